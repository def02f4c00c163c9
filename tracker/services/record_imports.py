"""Logs the rows of a spreadsheet as records of whoever sends it, after a look at each of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.session import moment
from tracker.domain.duplicates import LikelyDuplicate
from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.incidents import Logged
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.personal_data import PersonalData, find_personal_data
from tracker.domain.statuses import LoggedThrough
from tracker.schemas.record_rows import RecordRow, read_row
from tracker.services.duplicates import find_duplicates
from tracker.services.incidents import log_incident

# Of a longer file only so many rows are compared before they are stored; reviewers see the rest.
MOST_COMPARED = 50
_FREE_TEXT = ("location_description", "cause_reported", "notes")


@dataclass(frozen=True)
class RowRead:
    """A row as it was understood, or by column what is wrong with it."""

    row: RecordRow
    facts: dict[str, Any] | None = None
    wrong: dict[str, tuple[str, ...]] = field(default_factory=dict)
    personal_data: tuple[PersonalData, ...] = ()
    duplicates: tuple[LikelyDuplicate, ...] = ()


@dataclass(frozen=True)
class RowLogged:
    """What became of a row: a record, new or known from an earlier sending."""

    row: RecordRow
    logged: Logged | None


def preview_rows(session: Session, actor: Actor, rows: Sequence[RecordRow]) -> tuple[RowRead, ...]:
    """Read rows without storing anything: what is understood, wrong, and likely known already."""
    require(actor, Action.LOG_INCIDENTS)
    today = moment(session).date()
    read = [_read(row, today) for row in rows]
    return tuple(
        RowRead(
            row=each.row,
            facts=each.facts,
            wrong=each.wrong,
            personal_data=_personal_data(each.facts),
            duplicates=find_duplicates(session, actor, each.facts, limit=3)
            if each.facts is not None and place < MOST_COMPARED
            else (),
        )
        for place, each in enumerate(read)
    )


def log_rows(
    session: Session, actor: Actor, rows: Sequence[tuple[RecordRow, str]], *, submit: bool
) -> tuple[RowLogged, ...]:
    """Log every row that is right as a draft or for review; wrong ones are left out.

    Each comes with its key (`keys_of_rows`): what this sender has sent before makes no second
    record, in whichever file it stands.
    """
    require(actor, Action.LOG_INCIDENTS)
    today = moment(session).date()
    done = []
    for row, key in rows:
        read = _read(row, today)
        if read.facts is not None:
            done.append(RowLogged(row, _logged(session, actor, (read, key), submit=submit)))
    return tuple(done)


def _read(row: RecordRow, today: dt.date) -> RowRead:
    try:
        return RowRead(row, read_row(row.cells, today))
    except InvalidRecord as error:
        return RowRead(row, wrong=dict(error.fields))


def _logged(
    session: Session, actor: Actor, told: tuple[RowRead, str], *, submit: bool
) -> Logged | None:
    read, key = told
    through = LoggedThrough.COLLECTED_FORM if read.row.uuid else LoggedThrough.SPREADSHEET
    try:
        return log_incident(
            session, actor, read.facts or {}, submit=submit, key=key, through=through
        )
    except Conflict:
        # Sent before as a draft or for review, or read otherwise by then: it is there already.
        return None


def _personal_data(facts: dict[str, Any] | None) -> tuple[PersonalData, ...]:
    found = [kind for name in _FREE_TEXT for kind in find_personal_data((facts or {}).get(name))]
    return tuple(dict.fromkeys(found))
