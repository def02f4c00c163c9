"""The commands for lists of people and files of PFIF, from a shell."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.exchange.test_pfif import WHOLE
from tests.http.clients import add_cast
from tests.schemas.test_person_rows import EXAMINER
from tracker.cli import main
from tracker.config import settings_from_environment
from tracker.db.encryption import find_key_ring
from tracker.db.session import open_database


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give a way to call commands on an installation of its own, with the cast in it."""
    monkeypatch.setenv("TRACKER_DATA", str(tmp_path / "data"))

    def call(*words: str):
        return CliRunner().invoke(main, list(words))

    assert call("db", "upgrade").exit_code == 0
    settings = settings_from_environment()
    keys = find_key_ring(settings.keys, settings.keys_file)
    opened = open_database(settings.database_url, keys)
    with opened.writing() as session:
        add_cast(session)
    opened.close()
    return call


def test_a_list_is_looked_at_then_taken_in(shell, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([*EXAMINER, ["26-90003", "03/04/2026"]])
    words = ("people", "import", str(file), "--organisation", "3", "--kind", "remains")
    assert shell(*words).exit_code == 2
    words = (*words, "--dataset", "x", "--mapping", "examiner", "--invented")
    dry = shell(*words, "--dry-run")
    assert "Dry run" in dry.output
    assert "  Race: not taken in" in dry.output
    assert "row 4, Date Found: Day and month could change places here." in dry.output
    assert "MATEO" not in dry.output
    assert "       2  new" in shell(*words).output
    assert "       2  unchanged" in shell(*words).output


def test_a_file_of_pfif_is_taken_in_and_a_case_without_consent_stays(shell, tmp_path) -> None:
    file = tmp_path / "registry.xml"
    file.write_bytes(WHOLE)
    words = ("people", "import", str(file), "--organisation", "2", "--invented")
    answer = shell(*words)
    assert "       1  new" in answer.output
    assert "       2  notes of others, now tasks" in answer.output
    out = tmp_path / "case.xml"
    words = ("people", "export", "C-0000-0000", "--reason", "x", "--domain", "y", "--out", str(out))
    assert shell(*words).exit_code == 2
    answer = shell(*words, "--public")
    assert answer.exit_code == 1
    assert "There is no such person." in answer.output
    assert not out.exists()
