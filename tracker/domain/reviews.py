"""What a reviewer checks, asks and decides."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.incidents import IncidentRecord


class Check(StrEnum):
    """What has to be looked at before a record is verified."""

    PLACE = "place"
    DATE = "date"
    NUMBERS = "numbers"
    SOURCES = "sources"
    DUPLICATES = "duplicates"


@dataclass(frozen=True)
class QuestionTold:
    """A question about a record, with its answer if there is one."""

    number: int
    text: str
    asked_at: dt.datetime
    mine: bool
    answer: str | None
    answered_at: dt.datetime | None


@dataclass(frozen=True)
class QueueEntry:
    """A record that waits for a reviewer: since when, and what is known of it at a glance."""

    record: IncidentRecord
    waiting_since: dt.date
    open_questions: int
    own: bool


@dataclass(frozen=True)
class VersionTold:
    """A version of a record for those who see all of it; `changes` map a field to before, after."""

    version_number: int
    recorded_from: dt.datetime
    status: str
    reason: str
    reason_note: str | None
    mine: bool
    changes: Mapping[str, tuple[object, object]]
