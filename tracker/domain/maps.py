"""What a map is asked for."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import BadQuery
from tracker.domain.places import Box
from tracker.domain.tallies import TallyQuery


class MapSort(StrEnum):
    """The order of the incidents beside a map; what is not known always comes last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DEAD = "dead"
    MISSING = "missing"


@dataclass(frozen=True)
class MapQuery:
    """The incidents of a map: those that the tally of `query` counts.

    With `new_since`, only those of them that did not count as known at the end of that day.
    """

    query: TallyQuery
    new_since: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a question that contradicts itself."""
        if self.new_since and self.new_since > self.query.as_known_on:
            raise BadQuery("known_dates_in_wrong_order")


@dataclass(frozen=True)
class MapWindow:
    """What somebody looks at: a box, how near (0 the world, 13 the nearest), a page of the list."""

    box: Box | None = None
    zoom: int = 0
    fine: bool = False
    sort: MapSort = MapSort.NEWEST
    page: int = 1
