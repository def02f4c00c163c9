"""Gathers the incidents of a map into hexagons of one size, so that densities can be compared."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from geodata.hexagons import hexagon_centre, hexagon_outline, wider_hexagons
from tracker.domain.maps import MapQuery, MapWindow
from tracker.domain.permissions import Actor
from tracker.domain.places import Box
from tracker.maps.cells import Ints, People
from tracker.services.maps.selections import Selection, select_incidents
from tracker.services.maps.views import WORLD

Outline = tuple[tuple[float, float], ...]
# The resolution of H3 at each zoom: a hexagon is some 40 to 90 pixels wide.
_RESOLUTIONS = {0: 1, 1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 4, 7: 4}
_FINEST = 5


@dataclass(frozen=True)
class Hexagon:
    """A hexagon by its corners (longitude, latitude), and who died or disappeared in it."""

    outline: Outline
    incidents: int
    dead: int | None
    missing: int | None


@dataclass(frozen=True)
class HexagonView:
    """The hexagons of a window, and the people of the fullest one anywhere."""

    hexagons: tuple[Hexagon, ...]
    fullest: int


def hexagons_of_map(
    session: Session, actor: Actor, asked: MapQuery, *, window: MapWindow
) -> HexagonView:
    """Gather the incidents of a window into hexagons, wider ones the farther away."""
    selection = select_incidents(session, actor, asked)
    found = _gathered(selection, _RESOLUTIONS.get(window.zoom, _FINEST))
    cells, incidents, dead, missing = found
    box = window.box or WORLD
    inside = [at for at, cell in enumerate(cells) if _within(hexagon_centre(cell), box)]
    people = zip(incidents.tolist(), dead.or_none(), missing.or_none(), strict=True)
    told = list(people)
    fullest = int(np.maximum(dead.number + missing.number, 0).max(initial=0))
    return HexagonView(
        tuple(Hexagon(hexagon_outline(cells[at]), *told[at]) for at in inside), fullest
    )


def _gathered(selection: Selection, resolution: int) -> tuple[list[int], Ints, People, People]:
    kept = selection.hexagons.get(resolution)
    if kept is None:
        codes = wider_hexagons(selection.places.hexagons[selection.placed], resolution)
        cells, at = np.unique(codes, return_inverse=True)
        count, placed = len(cells), slice(len(codes))

        def summed(people: People) -> People:
            number, known = (
                np.bincount(at, weights=values[placed], minlength=count).astype(np.int64)
                for values in (people.number, people.known)
            )
            return People(number, known)

        incidents = np.bincount(at, minlength=count)
        kept = (cells.tolist(), incidents, summed(selection.dead), summed(selection.missing))
        selection.hexagons[resolution] = kept
    return kept


def _within(point: tuple[float, float], box: Box) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north
