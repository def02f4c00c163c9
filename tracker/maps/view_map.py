"""The map of a view as our own SVG, in two sheets: the ground, and the marks that lie upon it.

No word stands in either: names are written between them by whoever sets the page.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import shapely

from geodata.ground import (
    Shapes,
    border_shapes,
    corridor_shapes,
    lake_shapes,
    land_shapes,
)
from tracker.maps.cells import Cells
from tracker.maps.view_frame import Frame

# As in static/map/marks.js and the style sheets: a test holds them together.
LARGEST_RADIUS, PERSON_RADIUS, SMALLEST_RADIUS = 36.0, 4.5, 3.5
NUMBER_FITS = 13.0
COLOURS = {
    "paper": "#fbf8f3",
    "ink-soft": "#544c42",
    "dead": "#1b4f58",
    "missing": "#a9cbc9",
    "missing-edge": "#4f8287",
    "land": "#e7dfd1",
    "sea": "#eaeeed",
    "map-coast": "#bac4c1",
    "map-lake": "#e3e9e8",
    "map-water": "#bdcecd",
    "map-country": "#ab9d86",
    "map-corridor": "#a9854f",
    "map-uncertainty": "#7d9c9e",
    "map-halo": "#f4efe6",
}
# Discs nearer to one another than this share of their radii are drawn as one, as on the page.
COVERS = 0.92
# How much of the edge of a corridor is left out, far away and near by.
_FAR_DETAIL_M, _NEAR_DETAIL_M, _NEAR_ZOOM = 1_000, 100, 7.0
_FINEST_BEND = 0.35  # units
_LEAST_SIZE = 0.8  # units
_BEYOND = 0.05  # of the frame: edges of what is cut off lie outside of it
_DIGITS = 10  # steps to a unit


@dataclass(frozen=True)
class Disc:
    """The people of one cell: where, how large, and what is to be written upon it."""

    x: float
    y: float
    radius: float
    inner: float  # of those who died
    people: int | None  # None: not known


@dataclass(frozen=True)
class Sheets:
    """What is drawn of a view: two SVG images of the same size, and the discs, largest first.

    `per_root`: units per square root of people. `anywhere` counts incidents of which nobody knows
    where in the frame they happened.
    """

    ground: str
    marks: str
    discs: tuple[Disc, ...]
    per_root: float
    has_areas: bool
    anywhere: int
    has_corridors: bool


def scale_of(fullest: int) -> float:
    """Give the units per square root of people: the fullest cell just fits."""
    return float(min(PERSON_RADIUS, LARGEST_RADIUS / np.sqrt(max(1, fullest))))


def draw_view(frame: Frame, cells: Cells, *, fullest: int) -> Sheets:
    """Draw the land of a frame with corridors, areas of uncertainty and discs for people.

    `fullest`: the people of the fullest cell anywhere, by which discs are sized.
    """
    areas, anywhere = _areas(frame, cells)
    groups = joined_groups(_groups(frame, cells), scale_of(fullest))
    # Those that took in others may have grown beyond what fits.
    per_root = scale_of(max([fullest, *(group.total for group in groups)]))
    discs = tuple(disc_of((each.x, each.y), (each.dead, each.missing), per_root) for each in groups)
    land, corridors = _land(frame), _corridors(frame)
    wide, high = round(frame.width, 1), round(frame.height, 1)
    colour = COLOURS["map-uncertainty"]
    faded = (
        f'<g opacity="0.2" fill="{colour}">{areas}</g>'
        f'<g fill="none" stroke="{colour}" stroke-width="0.7" stroke-opacity="0.55">{areas}</g>'
    )
    sea = f'<rect width="{wide}" height="{high}" fill="{COLOURS["sea"]}"/>'
    return Sheets(
        ground=_sheet(frame, (sea, land, corridors, faded)),
        marks=_sheet(frame, map(drawn_disc, discs)),
        discs=tuple(sorted(discs, key=lambda disc: (-disc.radius, disc.y, disc.x))),
        per_root=per_root,
        has_areas=bool(areas),
        anywhere=anywhere,
        has_corridors=bool(corridors),
    )


def _sheet(frame: Frame, parts: Iterable[str]) -> str:
    size = f"{frame.width:.1f} {frame.height:.1f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{"".join(parts)}</svg>'


def drawn_disc(disc: Disc) -> str:
    """Draw a disc: those who died fill the inside, those who disappeared are the pale ring."""
    at = f'<circle cx="{disc.x:.1f}" cy="{disc.y:.1f}"'
    if disc.people is None:
        look = f'fill="{COLOURS["paper"]}" stroke="{COLOURS["ink-soft"]}" stroke-width="1.4"'
        return f'{at} r="{disc.radius:.2f}" {look}/>'
    drawn = ""
    if disc.inner < disc.radius:
        look = f'fill="{COLOURS["missing"]}" fill-opacity="0.9" stroke="{COLOURS["missing-edge"]}"'
        drawn += f'{at} r="{disc.radius:.2f}" {look} stroke-width="1.2" stroke-dasharray="3 2"/>'
    if disc.inner > 0:
        look = f'fill="{COLOURS["dead"]}" fill-opacity="0.86" stroke="{COLOURS["map-halo"]}"'
        drawn += f'{at} r="{disc.inner:.2f}" {look} stroke-width="1"/>'
    return drawn


def disc_of(
    place: tuple[float, float], people: tuple[int | None, int | None], per_root: float
) -> Disc:
    """Give the disc of the dead and the missing (None: not known), its area being people."""
    dead, missing = (number or 0 for number in people)
    total = max(dead + missing, 0)
    if total == 0:
        return Disc(*place, SMALLEST_RADIUS, 0.0, None)
    radius = max(SMALLEST_RADIUS, per_root * float(np.sqrt(total)))
    share = min(max(dead, 0) / total, 1.0)
    return Disc(*place, radius, radius * float(np.sqrt(share)), total)


@dataclass(frozen=True)
class Group:
    """The people of one cell, or of some whose discs would cover one another; None: not known."""

    x: float
    y: float
    dead: int | None
    missing: int | None

    @property
    def total(self) -> int:
        """Give the people who died or disappeared."""
        return max((self.dead or 0) + (self.missing or 0), 0)

    def with_those_of(self, other: "Group") -> "Group":
        """Take in another one, and stay where this one is."""
        dead, missing = _added(self.dead, other.dead), _added(self.missing, other.missing)
        return Group(self.x, self.y, dead, missing)


def _added(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)


def _groups(frame: Frame, cells: Cells) -> list[Group]:
    columns = (
        frame.x(cells.longitude).tolist(),
        frame.y(cells.latitude).tolist(),
        cells.dead.or_none(),
        cells.missing.or_none(),
    )
    return [Group(*each) for each in zip(*columns, strict=True)]


def joined_groups(groups: Iterable[Group], per_root: float) -> list[Group]:
    """Put together what would cover one another, as the page does: the largest takes in others."""

    def radius(group: Group) -> float:
        return max(SMALLEST_RADIUS, per_root * math.sqrt(group.total))

    kept: list[Group] = []
    for group in sorted(groups, key=lambda each: (-each.total, each.y, each.x)):
        for at, other in enumerate(kept):
            apart = math.hypot(group.x - other.x, group.y - other.y)
            if apart < COVERS * (radius(other) + radius(group)):
                kept[at] = other.with_those_of(group)
                break
        else:
            kept.append(group)
    return kept


def _areas(frame: Frame, cells: Cells) -> tuple[str, int]:
    """Draw how far places that are alone are uncertain; count those that may be anywhere here."""
    alone = cells.at(np.flatnonzero(cells.alone & (cells.radius_m > 0)))
    radius = frame.units(alone.radius_m, alone.latitude)
    x, y = frame.x(alone.longitude), frame.y(alone.latitude)
    farthest = np.hypot(
        np.maximum(np.abs(x), np.abs(frame.width - x)),
        np.maximum(np.abs(y), np.abs(frame.height - y)),
    )
    within = (x >= 0) & (x <= frame.width) & (y >= 0) & (y <= frame.height)
    anywhere = int(alone.incidents[within & (radius >= farthest)].sum())
    seen = np.flatnonzero(radius > SMALLEST_RADIUS)
    places = zip(x[seen].tolist(), y[seen].tolist(), radius[seen].tolist(), strict=True)
    return "".join(
        f'<circle cx="{a:.1f}" cy="{d:.1f}" r="{r:.1f}"/>' for a, d, r in places
    ), anywhere


@lru_cache(maxsize=8)
def _land(frame: Frame) -> str:
    """Draw coasts, lakes and the lines between countries."""
    coast, water = COLOURS["map-coast"], COLOURS["map-water"]
    return (
        f'<path d="{_path(frame, land_shapes())}" fill-rule="evenodd"'
        f' fill="{COLOURS["land"]}" stroke="{coast}" stroke-width="0.8" stroke-linejoin="round"/>'
        f'<path d="{_path(frame, lake_shapes(), least=4.0)}" fill-rule="evenodd"'
        f' fill="{COLOURS["map-lake"]}" stroke="{water}" stroke-width="0.6"/>'
        f'<path d="{_path(frame, border_shapes())}" fill="none" stroke="{COLOURS["map-country"]}"'
        ' stroke-width="0.9" stroke-linejoin="round" stroke-linecap="round"/>'
    )


@lru_cache(maxsize=8)
def _corridors(frame: Frame) -> str:
    path = _path(frame, corridors_for(frame))
    if not path:
        return ""
    colour = COLOURS["map-corridor"]
    return (
        f'<path d="{path}" fill="{colour}" fill-opacity="0.12" fill-rule="evenodd"'
        f' stroke="{colour}" stroke-opacity="0.3" stroke-width="1.1" stroke-linejoin="round"/>'
    )


def corridors_for(frame: Frame) -> Shapes:
    """Give the corridors as finely as a frame shows them."""
    return corridor_shapes(_NEAR_DETAIL_M if frame.zoom >= _NEAR_ZOOM else _FAR_DETAIL_M)


def _cut_to_frame(frame: Frame, shapes: Shapes) -> Shapes:
    """Cut shapes to the frame and a little beyond; those outside of it become empty."""
    west, south, east, north = frame.box
    wide, high = (east - west) * _BEYOND, (north - south) * _BEYOND
    box = west - wide, max(south - high, -89.0), east + wide, min(north + high, 89.0)
    return np.asarray(shapely.clip_by_rect(shapes, *box), dtype=object)


def in_units(frame: Frame, shapes: Shapes) -> Shapes:
    """Take shapes from degrees to the units of a frame, without bends that nobody sees."""
    moved = shapely.transform(
        shapes, lambda xy: np.column_stack([frame.x(xy[:, 0]), frame.y(xy[:, 1])])
    )
    return np.asarray(shapely.simplify(moved, _FINEST_BEND, preserve_topology=False), dtype=object)


def _path(frame: Frame, shapes: Shapes, *, least: float = _LEAST_SIZE) -> str:
    """Write what lies in a frame as one SVG path, without what is too small to be seen."""
    cut = _cut_to_frame(frame, shapes)
    drawn = in_units(frame, shapely.get_parts(cut[~shapely.is_empty(cut)]))
    edges = shapely.bounds(drawn)
    size = np.nan_to_num(np.maximum(edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]))
    parts = shapely.get_parts(drawn[size >= least])
    flat = [*shapely.get_rings(parts)] or list(parts)
    return "".join(_line(shapely.get_coordinates(each), closed=each.is_ring) for each in flat)


def _line(points: npt.NDArray[np.float64], *, closed: bool) -> str:
    """Write a line as steps of a tenth of a unit."""
    steps = np.rint(points * _DIGITS).astype(np.int64)
    first, moves = steps[0], np.diff(steps, axis=0)
    moves = moves[(moves != 0).any(axis=1)] / _DIGITS
    if not len(moves):
        return ""
    words = " ".join(f"{x:g} {y:g}" for x, y in moves.tolist())
    return f"M{first[0] / _DIGITS:g} {first[1] / _DIGITS:g}l{words}{'z' if closed else ''}"
