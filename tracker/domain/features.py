"""What a geographic program asks for: incidents or areas, page by page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from tracker.domain.tallies import TallyQuery

# West, south, east, north in degrees; west of east unless it crosses the date line.
Box: TypeAlias = tuple[float, float, float, float]


class FeatureCollection(StrEnum):
    """Collections of features, by the name in their address."""

    INCIDENTS = "incidents"
    CORRIDORS = "corridors"
    SUBREGIONS = "subregions"


@dataclass(frozen=True)
class FeatureFilter:
    """Which features: those after a number, in a box, at most `limit`.

    `query` says which incidents, as of which date; areas have neither.
    """

    query: TallyQuery
    limit: int
    after: int = 0
    box: Box | None = None
