"""A list beside the database of what was erased, and of consents that were taken back: ids alone.

A backup that is put back knows of neither. The list is part of no backup, so that both are done
again before anybody sees what came back.
"""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.session import moment


class Removed(StrEnum):
    """What is removed: a record or a search for good, or a consent."""

    INCIDENT = "incident"
    PERSON = "person"
    SEARCH = "search"
    CONSENT = "consent"


@dataclass(frozen=True)
class Removal:
    """That something was removed. `name` is a public id, or the number of a consent."""

    removed: Removed
    name: str
    removed_at: dt.datetime
    ground: str = ""


def note_removal(session: Session, removed: Removed, name: str, *, ground: str = "") -> None:
    """Add a removal to the list just before it is committed: better once too often than lost."""
    path = session.info.get("removals")
    if path is not None:
        removal = Removal(removed, name, moment(session), ground)
        event.listen(session, "before_commit", partial(_add, path, removal), once=True)


def listed_removals(session: Session) -> tuple[Removal, ...]:
    """Give the list, the oldest first; a line that was cut off is passed over."""
    path = session.info.get("removals")
    if path is None or not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return tuple(filter(None, map(_removal, lines)))


def _add(path: Path, removal: Removal, _session: Session) -> None:
    told = {**asdict(removal), "removed_at": removal.removed_at.isoformat()}
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        # The new line comes first: a line that was cut off spoils no other.
        os.write(file, f"\n{json.dumps(told)}".encode())
        # Only then is it safe from a loss of power.
        os.fsync(file)
    finally:
        os.close(file)


def _removal(line: str) -> Removal | None:
    try:
        told = json.loads(line)
        return Removal(
            Removed(told["removed"]),
            str(told["name"]),
            dt.datetime.fromisoformat(told["removed_at"]),
            str(told["ground"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
