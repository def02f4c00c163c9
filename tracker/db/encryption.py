"""Keys that lie outside the database, and columns that only they can read.

A key file holds one key a line. `encrypt` keys seal: the first one seals what is new, the others
still open what is old. The `lookup` key finds a value that is kept sealed, by a keyed digest.
"""

import base64
import hmac
import os
import secrets
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from tracker.domain.errors import DomainError

_ON_DIALECT = "tracker_key_ring"


class KeysMissing(DomainError):
    """Something sealed is asked for, and this installation has no keys."""

    def __init__(self) -> None:
        super().__init__("keys_missing")


class WrongKeys(DomainError):
    """The keys are not those that sealed what is to be opened, or it was changed."""

    def __init__(self) -> None:
        super().__init__("wrong_keys")


class KeyRing:
    """The keys of an installation: to seal and open, and to compare what is sealed."""

    def __init__(self, encrypt: Sequence[str], lookup: str) -> None:
        self.encrypt_keys = tuple(encrypt)
        self.lookup_key = lookup
        self._seals = MultiFernet([Fernet(key) for key in encrypt])
        self._lookup = base64.urlsafe_b64decode(lookup)

    def seal(self, plain: bytes) -> bytes:
        """Encrypt with the newest key."""
        return self._seals.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt with whichever key sealed it; raises `WrongKeys`."""
        try:
            return self._seals.decrypt(sealed)
        except InvalidToken:
            raise WrongKeys from None

    def seal_anew(self, sealed: bytes) -> bytes:
        """Open what an older key may have sealed, and seal it with the newest."""
        return self.seal(self.open(sealed))

    def digest(self, purpose: str, value: str) -> str:
        """Give what a value can be found by; without the key nobody can guess it from a list."""
        message = f"{purpose}\0{value}".encode()
        return hmac.new(self._lookup, message, sha256).hexdigest()


def new_key_ring(before: KeyRing | None = None) -> KeyRing:
    """Make a ring, or one with a new first key that still opens what the ring before it sealed."""
    key = Fernet.generate_key().decode()
    if before is not None:
        return KeyRing((key, *before.encrypt_keys), before.lookup_key)
    return KeyRing((key,), base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def read_keys(text: str) -> KeyRing:
    """Read keys as they stand in a key file, or with `;` between them in a setting."""
    words = [line.split() for line in text.replace(";", "\n").splitlines() if line.strip()]
    found = [
        (kind, key) for kind, key, *_ in (pair if len(pair) == 2 else ("", "") for pair in words)
    ]
    encrypt = [key for kind, key in found if kind == "encrypt"]
    lookup = [key for kind, key in found if kind == "lookup"]
    if not encrypt or len(lookup) != 1 or len(found) != len(encrypt) + 1:
        raise DomainError("keys_not_readable")
    try:
        return KeyRing(encrypt, lookup[0])
    except ValueError:
        raise DomainError("keys_not_readable") from None


def written_keys(ring: KeyRing) -> str:
    """Write keys as a key file holds them."""
    lines = [*(f"encrypt {key}" for key in ring.encrypt_keys), f"lookup {ring.lookup_key}"]
    return "\n".join(lines) + "\n"


def find_key_ring(keys: str, file: Path) -> KeyRing | None:
    """Give the keys that a setting holds or a file; None where there are neither."""
    if keys.strip():
        return read_keys(keys)
    return read_keys(file.read_text(encoding="ascii")) if file.is_file() else None


def write_key_file(ring: KeyRing, file: Path) -> None:
    """Keep keys in a file that its owner alone can read, in one step."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = file.with_name(f".{file.name}.new")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as written:  # noqa: PTH123 -- born private
        written.write(written_keys(ring))
        written.flush()
        os.fsync(written.fileno())
    beside.replace(file)


def give_keys(dialect: Dialect, ring: KeyRing | None) -> None:
    """Let the sealed columns of a database use these keys."""
    setattr(dialect, _ON_DIALECT, ring)


def keys_of(dialect: Dialect) -> KeyRing:
    """Give the keys of a database; raises `KeysMissing`."""
    ring = getattr(dialect, _ON_DIALECT, None)
    if not isinstance(ring, KeyRing):
        raise KeysMissing
    return ring


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that the database holds encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal what goes in."""
        return None if value is None else keys_of(dialect).seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Open what comes out."""
        return None if value is None else keys_of(dialect).open(bytes(value))


class SealedText(TypeDecorator[str]):
    """Text that the database holds encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal what goes in."""
        return None if value is None else keys_of(dialect).seal(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open what comes out."""
        return None if value is None else keys_of(dialect).open(bytes(value)).decode()
