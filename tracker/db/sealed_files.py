"""Files under random names in a folder of their own, each sealed with a key of its own.

The key of a file stands sealed in the database: without the row nobody opens the file again, and
changing the keys of the installation touches no file.
"""

import datetime as dt
import os
import re
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from tracker.db.encryption import WrongKeys

_NAME = re.compile(r"[0-9a-f]{32}")


class SealedFiles:
    """The folder of an installation that holds what people have attached."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes, key: bytes) -> str:
        """Seal a file and keep it under a new random name; gives the name."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = secrets.token_hex(16)
        sealed = Fernet(key).encrypt(content)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(self.folder / name, flags, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        return name

    def read(self, name: str, key: bytes) -> bytes:
        """Open a file; raises `WrongKeys` for one that was changed, or is of another key."""
        try:
            return Fernet(key).decrypt(self._path(name).read_bytes())
        except InvalidToken:
            raise WrongKeys from None

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone already is no mistake."""
        self._path(name).unlink(missing_ok=True)

    def older_than(self, moment: dt.datetime) -> set[str]:
        """Name the files that were kept before a moment."""
        if not self.folder.is_dir():
            return set()
        return {
            path.name
            for path in self.folder.iterdir()
            if _NAME.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp()
        }

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("not a name of ours")
        return self.folder / name


def new_file_key() -> bytes:
    """Make the key of one file."""
    return Fernet.generate_key()
