"""The ground of a search: what was searched, how thoroughly, and the gaps; drawn and on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from geodata.ground_grid import GroundSheet
from geodata.searched_ground import Ground, Line, Sweep, searched_ground
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.searches import (
    EFFORTS,
    WIDTH_M,
    ReportTold,
    SearchMethod,
    SearchTold,
)
from tracker.maps.search_sheet import draw_search_sheet, search_sheet
from tracker.services.acts import note_act
from tracker.services.searches.read import get_search, list_reports


@dataclass(frozen=True)
class SearchGround:
    """A search with its reports and what they make of its area; hours and people of all efforts.

    `person_hours` is None where nobody wrote down how many searched for how long.
    """

    search: SearchTold
    reports: tuple[ReportTold, ...]
    ground: Ground
    person_hours: float | None
    days: int

    @property
    def efforts(self) -> tuple[ReportTold, ...]:
        """Give the reports that stand and count as searched ground."""
        return tuple(each for each in self.reports if each.kind in EFFORTS and each.stands)

    @property
    def findings(self) -> tuple[ReportTold, ...]:
        """Give the findings that stand."""
        return tuple(each for each in self.reports if each.kind not in EFFORTS and each.stands)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Give every way that somebody went."""
        return tuple(line for each in self.efforts for line in lines_of(each))


@dataclass(frozen=True)
class SearchSheet:
    """A search on paper: the sheet, and its drawing as SVG without any word."""

    seen: SearchGround
    sheet: GroundSheet
    drawing: str


def ground_of_search(session: Session, actor: Actor, public_id: str) -> SearchGround:
    """Say what of a search's area was searched and what is left, for those who take part."""
    require(actor, Action.SEE_SEARCHES)
    search = get_search(session, actor, public_id)
    reports = list_reports(session, actor, public_id)
    efforts = [each for each in reports if each.kind in EFFORTS and each.stands]
    hours = [spent for each in efforts if (spent := _person_hours(each)) is not None]
    return SearchGround(
        search=search,
        reports=reports,
        ground=searched_ground(search.area, _sweeps(search, efforts)),
        person_hours=sum(hours) if hours else None,
        days=len({each.done_on for each in efforts}),
    )


def export_search(session: Session, actor: Actor, public_id: str) -> SearchGround:
    """Give a search for a file that leaves this place, and note that somebody made one."""
    require(actor, Action.SEE_SEARCHES)
    seen = ground_of_search(session, actor, public_id)
    thing = f"search {seen.search.public_id}"
    note_act(session, actor, action="export_search", thing=thing)
    return seen


def draw_sheet(session: Session, actor: Actor, public_id: str) -> SearchSheet:
    """Draw a search for paper."""
    require(actor, Action.SEE_SEARCHES)
    seen = ground_of_search(session, actor, public_id)
    area, ground = seen.search.area, seen.ground
    sheet = search_sheet(area)
    drawing = draw_search_sheet(
        sheet,
        area,
        searched=ground.searched.values(),
        gap=ground.gap if ground.searched_km2 else None,
        lines=seen.lines,
    )
    return SearchSheet(seen, sheet, drawing)


def lines_of(report: ReportTold) -> tuple[Line, ...]:
    """Give the ways of an effort."""
    return _pairs(report.told.get("lines"))


def areas_of(report: ReportTold) -> tuple[Line, ...]:
    """Give the areas of an effort."""
    return _pairs(report.told.get("areas"))


def width_of(report: ReportTold) -> float:
    """Give how wide the ground is that the tracks of an effort cover, in metres."""
    told = report.told.get("width_m")
    usual = WIDTH_M[SearchMethod(str(report.told["method"]))]
    return float(told) if isinstance(told, float | int) else usual


def _pairs(held: object) -> tuple[Line, ...]:
    lines: Iterable[Sequence[Sequence[float]]] = held if isinstance(held, list) else ()
    return tuple(tuple((float(x), float(y)) for x, y, *_ in line) for line in lines)


def _sweeps(search: SearchTold, efforts: Iterable[ReportTold]) -> list[Sweep]:
    sweeps = []
    for each in efforts:
        whole = (search.area,) if each.told.get("whole_area") else ()
        sweeps.append(
            Sweep(
                lines=lines_of(each),
                areas=(*whole, *areas_of(each)),
                width_m=width_of(each),
                level=int(str(each.told["thoroughness"])),
            )
        )
    return sweeps


def _person_hours(report: ReportTold) -> float | None:
    people, hours = report.told.get("people"), report.told.get("hours")
    if not isinstance(people, int) or not isinstance(hours, float | int):
        return None
    return people * float(hours)
