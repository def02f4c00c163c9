"""What is sealed cannot be read from the database, and only its own keys open it."""

import stat

import pytest
from sqlalchemy import text

from tests.conftest import BEATRIZ
from tests.http.clients import add_cast
from tracker.db.encryption import (
    KeyRing,
    KeysMissing,
    WrongKeys,
    find_key_ring,
    new_key_ring,
    read_keys,
    write_key_file,
    written_keys,
)
from tracker.db.models import Account
from tracker.db.session import Database
from tracker.domain.errors import DomainError


def test_what_was_sealed_comes_back_and_never_looks_the_same_twice() -> None:
    ring = new_key_ring()
    sealed = ring.seal("Necoclí".encode())
    assert ring.open(sealed) == "Necoclí".encode()
    assert sealed != ring.seal("Necoclí".encode())
    assert "Necoclí".encode() not in sealed


def test_other_keys_open_nothing_and_neither_does_a_changed_seal() -> None:
    ring = new_key_ring()
    sealed = ring.seal(b"a secret")
    with pytest.raises(WrongKeys):
        new_key_ring().open(sealed)
    with pytest.raises(WrongKeys):
        ring.open(sealed[:-4] + b"AAA=")


def test_a_new_key_seals_and_the_old_ones_still_open() -> None:
    before = new_key_ring()
    sealed, found_by = before.seal(b"a secret"), before.digest("email", "b@cast.example")
    after = new_key_ring(before)
    assert after.open(sealed) == b"a secret"
    assert after.digest("email", "b@cast.example") == found_by
    anew = after.seal_anew(sealed)
    assert KeyRing(after.encrypt_keys[:1], after.lookup_key).open(anew) == b"a secret"
    with pytest.raises(WrongKeys):
        before.open(anew)


def test_a_digest_depends_on_key_and_purpose() -> None:
    ring = new_key_ring()
    assert ring.digest("email", "x") != ring.digest("telephone", "x")
    assert ring.digest("email", "x") != new_key_ring().digest("email", "x")


def test_a_key_file_can_be_read_by_its_owner_alone_and_gives_the_same_keys(tmp_path) -> None:
    ring, file = new_key_ring(new_key_ring()), tmp_path / "keys" / "tracker.keys"
    write_key_file(ring, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    found = find_key_ring("", file)
    assert found is not None
    assert written_keys(found) == written_keys(ring)
    in_setting = find_key_ring(written_keys(ring).replace("\n", ";"), tmp_path / "none")
    assert in_setting is not None
    assert in_setting.encrypt_keys == ring.encrypt_keys
    assert find_key_ring("", tmp_path / "none") is None


@pytest.mark.parametrize(
    "text_", ["encrypt x", "lookup x", "nonsense", "encrypt x\nlookup y", "encrypt\nlookup"]
)
def test_keys_that_cannot_be_read_are_refused(text_: str) -> None:
    with pytest.raises(DomainError, match="keys_not_readable"):
        read_keys(text_)


def test_the_database_holds_neither_name_nor_address(database: Database) -> None:
    with database.writing() as session:
        add_cast(session)
    with database.reading() as session:
        rows = session.execute(text("SELECT name, email, email_digest FROM accounts")).all()
        assert len(rows) == 6
        told = b"".join(bytes(row[0]) + bytes(row[1]) + row[2].encode() for row in rows)
        assert b"Beatriz" not in told
        assert b"@cast" not in told
        assert session.get_one(Account, BEATRIZ.account_id).name == "Beatriz"


def test_without_keys_nothing_sealed_is_read_or_written(database: Database) -> None:
    with database.writing() as session:
        add_cast(session)
    database.use_keys(None)
    with database.reading() as session, pytest.raises(KeysMissing):
        session.get(Account, BEATRIZ.account_id)
