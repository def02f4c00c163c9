"""The commands of the operator: the first administrator, emergencies, and a change of keys."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from tests.http.clients import Visitor
from tests.web.account_forms import PASSWORD, accept, give_password, is_in
from tracker.app import create_app
from tracker.cli import main
from tracker.config import Settings, settings_from_environment
from tracker.db.encryption import find_key_ring
from tracker.db.session import open_database


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("TRACKER_DATA", str(tmp_path / "instance"))
    for name in ("TRACKER_DATABASE_URL", "TRACKER_KEYS", "TRACKER_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert run("db", "upgrade").exit_code == 0
    return settings_from_environment()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def visitor(settings: Settings) -> Visitor:
    app = create_app(settings)
    app.test_client_class = Visitor
    return app.test_client()


def test_from_nothing_to_the_first_administrator(settings: Settings) -> None:
    made = run("accounts", "create", "Albergue (invented)", "--kind", "shelter", "--country", "col")
    assert "Organisation 1: Albergue (invented)" in made.output
    link = run("accounts", "invite", "1", "--site", "https://tracker.example/").stdout.strip()
    assert link.startswith("https://tracker.example/invitations/")
    client = visitor(settings)
    answer = accept(client, link.rpartition("/")[2])
    assert answer.headers["Location"].startswith("/sign-in/set-up")
    listed = run("accounts", "list").output
    assert "1  Albergue (invented) (shelter, COL)" in listed
    assert "1  Nadia  nadia@cast.example  administrator, 0 factors" in listed


def test_emergencies_end_sessions_and_keep_people_out(settings: Settings) -> None:
    run("accounts", "create", "Albergue (invented)", "--kind", "shelter", "--country", "COL")
    link = run("accounts", "invite", "1", "--role", "reporter").stdout.strip()
    client = visitor(settings)
    accept(client, link.rpartition("/")[2])
    assert is_in(client)
    assert run("accounts", "revoke", "1").exit_code == 0
    assert not is_in(client)
    assert give_password(client, "nadia@cast.example").status_code == 303
    run("accounts", "deactivate", "1")
    assert not is_in(client)
    assert give_password(client, "nadia@cast.example").status_code == 422
    run("accounts", "reactivate", "1")
    assert give_password(client, "nadia@cast.example").status_code == 303
    run("accounts", "reset-second-factor", "1")
    assert not is_in(client)
    back = run("accounts", "link", "1").stdout.strip()
    assert client.get(f"/invitations/{back.rpartition('/')[2]}").status_code == 200


@pytest.mark.parametrize(
    "words",
    [
        ("accounts", "create", "x", "--kind", "shelter", "--country", "Atlantis"),
        ("accounts", "create", "x", "--kind", "migration_control", "--country", "COL"),
        ("accounts", "invite", "99"),
        ("accounts", "invite", "1", "--role", "operator"),
        ("accounts", "link", "99"),
        ("accounts", "deactivate", "99"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    settings: Settings, words: tuple[str, ...]
) -> None:
    answer = run(*words)
    assert answer.exit_code != 0
    assert "Traceback" not in answer.output
    assert "Error: " in answer.output


def test_keys_are_made_once_and_told(settings: Settings) -> None:
    assert settings.keys_file.stat().st_mode & 0o777 == 0o600
    before = settings.keys_file.read_bytes()
    again = run("db", "upgrade")
    assert "New keys" not in again.output
    assert settings.keys_file.read_bytes() == before


def test_lost_keys_are_not_replaced_by_new_ones(settings: Settings) -> None:
    run("accounts", "create", "Albergue (invented)", "--kind", "shelter", "--country", "COL")
    link = run("accounts", "invite", "1", "--role", "reporter").stdout.strip()
    accept(visitor(settings), link.rpartition("/")[2])
    settings.keys_file.unlink()
    for words in (("db", "upgrade"), ("accounts", "list"), ("db", "rotate-keys")):
        answer = run(*words)
        assert answer.exit_code == 1
        assert "The key file is missing" in answer.output
    assert not settings.keys_file.exists()


@pytest.mark.parametrize("keep", [(), ("--keep-old",)])
def test_a_change_of_keys_leaves_nothing_sealed_with_the_old(
    settings: Settings, keep: tuple[str, ...]
) -> None:
    run("accounts", "create", "Albergue (invented)", "--kind", "shelter", "--country", "COL")
    link = run("accounts", "invite", "1", "--role", "verifier").stdout.strip()
    accept(visitor(settings), link.rpartition("/")[2], password=PASSWORD)
    before = find_key_ring("", settings.keys_file)
    told = run("db", "rotate-keys", *keep).output
    # Name and address of the account, and the secret of the app that is being set up.
    assert re.match(r"3 values were sealed with a new key", told)
    after = find_key_ring("", settings.keys_file)
    assert after.encrypt_keys[0] != before.encrypt_keys[0]
    assert after.encrypt_keys[1:] == (before.encrypt_keys if keep else ())
    database = open_database(settings.database_url, after)
    with database.reading() as session:
        sealed = bytes(session.scalar(text("SELECT name FROM accounts")))
    database.close()
    assert after.open(sealed) == b"Nadia"
    answer = give_password(visitor(settings), "nadia@cast.example")
    assert answer.headers["Location"].startswith("/sign-in/set-up")
