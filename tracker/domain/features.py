"""What a geographic program asks for: incidents or areas, page by page."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.places import Box
from tracker.domain.tallies import TallyQuery


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
