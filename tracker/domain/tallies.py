"""The question that a tally answers, and the answer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.errors import BadQuery, UnknownCode
from tracker.domain.measures import Counts

NOT_KNOWN = "not_known"
NOT_SHOWN = "not_shown"
TOTAL = "total"
MOST_GROUPINGS = 4


class Grouping(StrEnum):
    """What a tally can be broken down by."""

    SUBREGION = "subregion"
    CORRIDOR = "corridor"
    SEGMENT = "segment"
    COUNTRY = "country"
    ROUTE_REPORTED = "route_reported"
    ORIGIN = "origin"
    CAUSE = "cause"
    SEX = "sex"
    AGE_GROUP = "age_group"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    SOURCE_QUALITY = "source_quality"
    DATASET = "dataset"


PERIOD_GROUPINGS = (Grouping.YEAR, Grouping.QUARTER, Grouping.MONTH, Grouping.DAY)
CHILDREN_FILTER = "children"
CHILDREN_ONLY = "only"


class Rule(StrEnum):
    """Which incidents count."""

    IOM = "iom"
    CONFIRMED_DEAD = "confirmed_dead"
    WIDE = "wide"


class Scheme(StrEnum):
    """How the Americas are divided into subregions."""

    REVIEW_2021 = "review_2021"
    UN_M49 = "un_m49"
    IOM_REGION = "iom_region"


@dataclass(frozen=True)
class TallyQuery:
    """A question to the ledger.

    Both ends of the period are inclusive; None leaves that end open, and with both open even
    undated incidents count. `as_known_on` means the end of that day, UTC.
    Filters map a grouping (or `children`) to the codes that are let through.
    """

    as_known_on: dt.date
    period_from: dt.date | None = None
    period_to: dt.date | None = None
    by: tuple[Grouping, ...] = ()
    scheme: Scheme = Scheme.REVIEW_2021
    rule: Rule = Rule.IOM
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a question that contradicts itself."""
        if self.period_from and self.period_to and self.period_to < self.period_from:
            raise BadQuery("period_ends_before_it_begins")
        if len(self.by) > MOST_GROUPINGS:
            raise BadQuery("too_many_groupings", most=MOST_GROUPINGS)
        if len(set(self.by)) != len(self.by):
            raise BadQuery("grouping_named_twice")
        for name, codes in self.filters.items():
            if name == CHILDREN_FILTER:
                if codes != (CHILDREN_ONLY,):
                    raise UnknownCode(CHILDREN_FILTER, codes[0] if codes else "", (CHILDREN_ONLY,))
            elif name not in tuple(Grouping):
                raise UnknownCode("filter", name, (*Grouping, CHILDREN_FILTER))

    def words_of(self, grouping: str) -> str:
        """Say by which field's words codes of a grouping are called: a subregion by its scheme."""
        return str(self.scheme if grouping == Grouping.SUBREGION else grouping)


@dataclass(frozen=True)
class ChangedIncidents:
    """The incidents behind a change of one reason: those that may be shown, and how many may not.

    `public_ids` are the newest ones; `number_in_all` counts all that may be shown.
    """

    reason: str
    public_ids: tuple[str, ...]
    number_in_all: int
    not_shown: int


@dataclass(frozen=True)
class TallyRow:
    """One row: its codes in the order of the groupings, and what is counted there."""

    codes: tuple[str, ...]
    counts: Counts


@dataclass(frozen=True)
class Tally:
    """An answer: rows that always sum to the total, and what is needed to ask again."""

    query: TallyQuery
    rows: tuple[TallyRow, ...]
    total: Counts
    boundaries_version: str


@dataclass(frozen=True)
class TallyDifference:
    """What changed between two dates, by reason.

    The codes of a row are those of the groupings, then the reason.
    """

    query: TallyQuery
    known_before: dt.date
    known_after: dt.date
    rows: tuple[TallyRow, ...]
    total: Counts
    boundaries_version: str
