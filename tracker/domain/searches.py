"""Searches on the ground: what is planned, what was done and found, and who sees it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from tracker.domain.permissions import Actor, Role


class SearchStatus(StrEnum):
    """How a search stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CALLED_OFF = "called_off"


NEXT: Mapping[SearchStatus, tuple[SearchStatus, ...]] = {
    SearchStatus.PLANNED: (SearchStatus.UNDER_WAY, SearchStatus.CALLED_OFF),
    SearchStatus.UNDER_WAY: (SearchStatus.DONE, SearchStatus.CALLED_OFF),
    SearchStatus.DONE: (SearchStatus.UNDER_WAY,),
    SearchStatus.CALLED_OFF: (SearchStatus.PLANNED,),
}


class SearchMethod(StrEnum):
    """How ground is searched."""

    FOOT_LINE = "foot_line"
    GRID = "grid"
    DOGS = "dogs"
    DRONE = "drone"
    BOAT = "boat"
    VEHICLE = "vehicle"
    WATER = "water"
    OTHER = "other"


# How wide the ground is that one track covers, where nobody says otherwise: metres from edge to
# edge. Assumptions of ours, on the careful side; whoever was there knows better and says so.
WIDTH_M: Mapping[SearchMethod, float] = {
    SearchMethod.FOOT_LINE: 30.0,
    SearchMethod.GRID: 10.0,
    SearchMethod.DOGS: 60.0,
    SearchMethod.DRONE: 60.0,
    SearchMethod.BOAT: 60.0,
    SearchMethod.VEHICLE: 20.0,
    SearchMethod.WATER: 10.0,
    SearchMethod.OTHER: 20.0,
}
WIDEST_M = 1_000


class ReportKind(StrEnum):
    """What a group reports: an effort, one that found nothing, a track alone, or a finding."""

    EFFORT = "effort"
    NOTHING_FOUND = "nothing_found"
    TRACK = "track"
    FINDING = "finding"


# Somebody was there and looked: these count as searched ground, nothing found most of all.
EFFORTS = (ReportKind.EFFORT, ReportKind.NOTHING_FOUND, ReportKind.TRACK)


class FindingKind(StrEnum):
    """What was found."""

    CLOTHING = "clothing"
    BELONGINGS = "belongings"
    REMAINS = "remains"
    GRAVE = "grave"
    CAMP = "camp"
    WATER = "water"
    OTHER = "other"


class Handling(StrEnum):
    """What was done with a finding."""

    LEFT_UNTOUCHED = "left_untouched"
    MARKED = "marked"
    PHOTOGRAPHED = "photographed"
    AUTHORITY_INFORMED = "authority_informed"
    FORENSIC_SERVICE_INFORMED = "forensic_service_informed"
    TAKEN_BY_AUTHORITY = "taken_by_authority"
    MOVED_BY_US = "moved_by_us"


class SearchView(StrEnum):
    """How well one could see."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


# How the row of an erased search stands; it keeps its ids, and nobody sees it.
ERASED = "erased"
# Found on the ground, these can become a record of remains; a case worker decides.
MAY_BE_REMAINS = (FindingKind.REMAINS, FindingKind.GRAVE)
THOROUGHNESS = (1, 2, 3)


class SearchSight(IntEnum):
    """How much of a search somebody sees and does; more includes less.

    A `MEMBER` reports; a `KEEPER` changes the plan too.
    """

    NOTHING = 0
    MEMBER = 1
    KEEPER = 2


@dataclass(frozen=True)
class SearchStanding:
    """What decides who sees a search: who planned it, and which groups take part."""

    organisation_id: int
    groups: frozenset[int] = frozenset()


def sight_of_search(actor: Actor, standing: SearchStanding) -> SearchSight:
    """Say how much of a search this actor sees."""
    if actor.role is Role.OPERATOR:
        return SearchSight.KEEPER
    if actor.role not in (Role.SEARCHER, Role.CASE_WORKER) or actor.organisation_id is None:
        return SearchSight.NOTHING
    if actor.organisation_id == standing.organisation_id:
        return SearchSight.KEEPER
    return SearchSight.MEMBER if actor.organisation_id in standing.groups else SearchSight.NOTHING


@dataclass(frozen=True)
class SearchTold:
    """A search as those see it who take part.

    `plan` holds plain values by the names of `tracker.schemas.searches`; `groups` maps the
    organisations that take part to their names, whoever planned it among them.
    """

    public_id: str
    status: SearchStatus
    begins_on: dt.date
    ends_on: dt.date
    plan: Mapping[str, object]
    organisation: str
    groups: Mapping[int, str]
    sight: SearchSight
    version_number: int
    changed_at: dt.datetime
    invented: bool

    @property
    def title(self) -> str:
        """Give what people call the search."""
        return str(self.plan["title"])

    @property
    def area(self) -> tuple[tuple[float, float], ...]:
        """Give the edge of the planned area: longitude and latitude of each point."""
        ring: object = self.plan["area"]
        return tuple((float(x), float(y)) for x, y in ring)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ReportTold:
    """What a group reported; `told` holds plain values by the names of the report's shape.

    That a case worker opened a record of remains for it is told to case workers alone, and which
    one (`remains`) to those of their organisation.
    """

    number: int
    kind: ReportKind
    done_on: dt.date
    organisation: str
    told: Mapping[str, object] = field(default_factory=dict)
    reported_at: dt.datetime | None = None
    taken_back_on: dt.date | None = None
    own: bool = False
    remains: str | None = None
    remains_opened: bool = False

    @property
    def stands(self) -> bool:
        """Say whether it was not taken back."""
        return self.taken_back_on is None


@dataclass(frozen=True)
class PersonNear:
    """A last contact, or remains, near a search: where and when, and no name."""

    public_id: str
    kind: str
    longitude: float
    latitude: float
    day: dt.date | None
    status: str
    kilometres: float
