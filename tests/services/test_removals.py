"""What was erased, and what a family took back, stays so after a backup was put back."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import BEATRIZ, DOLORES, FERNANDA, KEYS
from tests.http.clients import add_cast
from tests.services.people_records import GABRIEL, agree, open_case, record_remains
from tests.services.records import log
from tracker.cli import main
from tracker.db.encryption import write_key_file
from tracker.db.migrations import upgrade_database
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, open_database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import NotFound
from tracker.domain.people import PersonKind
from tracker.domain.permissions import OPERATOR
from tracker.services.erasures import erase_incident
from tracker.services.incidents import get_record
from tracker.services.installation import check_database
from tracker.services.matches import find_matches
from tracker.services.people import erase_person, get_person, list_consents, withdraw_consent
from tracker.services.removals import count_removals_undone, repeat_removals


class Installation:
    """A database with an incident, two cases and remains, and its list of removals."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.files = SealedFiles(folder / "attachments")
        self.removals = folder / "removals.jsonl"
        database.list_removals(self.removals)
        with database.writing() as session:
            add_cast(session)
        with database.writing() as session:
            self.incident = log(session).public_id
        self.remains = record_remains(database)
        self.erased = open_case(database)
        self.kept = open_case(database)
        for case in (self.erased, self.kept):
            self.consent = agree(database, case, Purpose.MATCH)

    def remove(self) -> None:
        """Erase the incident and a case, and take the consent of the other one back."""
        with self.database.writing() as session:
            erase_incident(
                session, BEATRIZ, self.files, public_id=self.incident, ground=Ground.MISTAKE
            )
        with self.database.writing() as session:
            erase_person(
                session, DOLORES, self.files, public_id=self.erased, ground=Ground.PERSON_ASKED
            )
        with self.database.writing() as session:
            withdraw_consent(session, DOLORES, self.kept, number=self.consent)

    def candidates(self) -> int:
        with self.database.reading() as session:
            return len(find_matches(session, GABRIEL, self.remains, kind=PersonKind.REMAINS))

    def undone(self) -> int:
        with self.database.reading() as session:
            return count_removals_undone(session, OPERATOR)

    def repeat(self) -> int:
        with self.database.writing() as session:
            return repeat_removals(session, OPERATOR, self.files)


@pytest.fixture
def installed(database: Database, tmp_path: Path) -> Installation:
    return Installation(database, tmp_path)


def test_what_the_list_names_is_removed_again_and_only_that(
    installed: Installation, tmp_path: Path
) -> None:
    """The list of an installation that removed three things, beside a database as before."""
    with installed.database.writing() as session:
        other = log(session).public_id
    lines = [
        f'{{"removed": "{kind}", "name": "{name}", "removed_at": "2099-01-01T00:00:00+00:00",'
        f' "ground": "{ground}"}}'
        for kind, name, ground in (
            ("incident", installed.incident, "law"),
            ("person", installed.erased, "danger"),
            ("consent", installed.consent, ""),
            ("person", "P-NOWHERE", "danger"),
        )
    ]
    installed.removals.write_text('\n{"removed": "cut o\n' + "\n".join(lines))
    assert installed.candidates() == 2
    assert installed.undone() == 3
    assert installed.repeat() == 3
    assert installed.undone() == 0
    assert installed.repeat() == 0
    assert installed.candidates() == 0
    with installed.database.reading() as session:
        with pytest.raises(NotFound):
            get_record(session, FERNANDA, installed.incident)
        with pytest.raises(NotFound):
            get_person(session, DOLORES, installed.erased)
        assert get_record(session, BEATRIZ, other)
        assert get_person(session, DOLORES, installed.kept)
    assert check_database(installed.database, OPERATOR) == []


def test_a_consent_given_after_the_list_was_written_holds(installed: Installation) -> None:
    """Numbers of consents begin anew where a backup was put back."""
    installed.removals.write_text(
        f'\n{{"removed": "consent", "name": "{installed.consent}",'
        ' "removed_at": "2001-01-01T00:00:00+00:00", "ground": ""}'
    )
    assert installed.undone() == 0
    with installed.database.reading() as session:
        [consent] = list_consents(session, DOLORES, installed.kept)
    assert consent.withdrawn_on is None


def test_the_list_holds_ids_and_no_words(installed: Installation) -> None:
    assert not installed.removals.exists()
    installed.remove()
    written = installed.removals.read_text()
    assert written.count("\n") == 3
    assert installed.erased in written
    assert "Lucía" not in written
    assert "Quijada" not in written
    assert installed.removals.stat().st_mode & 0o777 == 0o600


def test_what_is_refused_is_not_listed(installed: Installation) -> None:
    with pytest.raises(NotFound), installed.database.writing() as session:
        erase_person(session, GABRIEL, installed.files, public_id=installed.kept, ground=Ground.LAW)
    assert not installed.removals.exists()


def test_a_backup_put_back_opens_only_once_everything_was_removed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands of an operator, with real files."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("TRACKER_DATA", str(folder))
    write_key_file(KEYS, folder / "keys" / "tracker.keys")
    path = folder / "tracker.sqlite3"
    database = open_database(f"sqlite:///{path}", KEYS)
    upgrade_database(database)
    installed = Installation(database, folder)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(tmp_path / "backup.sqlite3"),))
    installed.remove()
    database.close()
    run = CliRunner()
    assert run.invoke(main, ["db", "check"]).exit_code == 0

    for beside in folder.glob("tracker.sqlite3-*"):
        beside.unlink()
    shutil.copy(tmp_path / "backup.sqlite3", path)
    refused = run.invoke(main, ["db", "check"])
    assert refused.exit_code == 1
    assert "3 records or consents that were removed stand here again" in refused.output
    done = run.invoke(main, ["db", "upgrade"])
    assert "Removed again after a backup was put back: 3." in done.output
    assert run.invoke(main, ["db", "check"]).output.startswith("Everything agrees.\n")
    assert b"Quijada" not in path.read_bytes()
