"""Published figures, and what has been learnt since."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.measures import Counts
from tracker.domain.tallies import TallyQuery, TallyRow


@dataclass(frozen=True)
class Figure:
    """A tally as it was published; `rows` and `total` are the frozen ones.

    `followed_by` is the question by which it is compared with what was learnt later, where the
    question itself no longer finds its rows (such as labels that a source has given up).
    """

    public_id: str
    titles: Mapping[str, str]
    notes: Mapping[str, str | None]
    query: TallyQuery
    followed_by: TallyQuery
    rows: tuple[TallyRow, ...]
    total: Counts
    answer_csv: str
    answer_json: str
    checksum: str
    boundaries_version: str
    published_at: dt.datetime
    reproduces: bool


class StepKind(StrEnum):
    """How one figure leads to the next."""

    WIDENED = "widened"
    SCHEME = "scheme"
    LEARNT = "learnt"


@dataclass(frozen=True)
class ErrataStep:
    """One step from a published figure to what is known later.

    `rows` less `rows_before` add up to `change`. The codes of a row are those of the groupings
    and, where something was learnt, the reason. `rows_before` are there where the same people
    were counted under other labels, those of `query_before`.
    """

    kind: StepKind
    known_before: dt.date
    known_after: dt.date
    before: Counts
    after: Counts
    query: TallyQuery
    rows: tuple[TallyRow, ...]
    change: Counts
    query_before: TallyQuery | None = None
    rows_before: tuple[TallyRow, ...] = ()
