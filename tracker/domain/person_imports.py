"""How a list of people is read: which column means what, and what becomes of each row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.people import Basis, PersonKind


class DateOrder(StrEnum):
    """How days are written in a list: `03/04/2026` has two readings, and only the list knows."""

    AS_WRITTEN = "as_written"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class RowOutcome(StrEnum):
    """What becomes of a row of a list of people."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    # Somebody has changed the record here since: what the list says now is only reported.
    REVISED_HERE = "revised_here"
    ERASED = "erased"
    REPEATED = "repeated"
    WRONG = "wrong"


@dataclass(frozen=True)
class PersonMapping:
    """What each column of a list means, by its header: names of columns only, nothing told.

    `dates` says how its days are written, `basis` how what it tells is known.
    """

    kind: PersonKind
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: DateOrder = DateOrder.AS_WRITTEN
    basis: Basis = Basis.THIRD_PARTY


@dataclass(frozen=True)
class MappingTold:
    """A mapping that is kept: its number, its name, and whose it is."""

    number: int
    name: str
    mapping: PersonMapping
    organisation: str
    shared: bool
    own: bool


@dataclass(frozen=True)
class RowTaken:
    """What became of a row; `public_id` where a record of this organisation belongs to it."""

    number: int
    outcome: RowOutcome
    public_id: str | None = None
