"""Keeps sealed files in step with the rows that name them, whatever becomes of a transaction."""

from collections.abc import Iterable
from functools import partial

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.sealed_files import SealedFiles


def keep_file(session: Session, files: SealedFiles, content: bytes, *, key: bytes) -> str:
    """Seal and keep a file; gives its name. Should the transaction fail, it does not stay."""
    name = files.keep(content, key)
    event.listen(session, "after_rollback", partial(_remove, files, name), once=True)
    return name


def remove_files(session: Session, files: SealedFiles, names: Iterable[str | None]) -> None:
    """Take files away once it is certain: a row without its file could not be mended."""
    for name in filter(None, names):
        event.listen(session, "after_commit", partial(_remove, files, name), once=True)


def _remove(files: SealedFiles, name: str, _session: Session) -> None:
    files.remove(name)
