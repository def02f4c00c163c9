"""Build land.svg: land, lakes, rivers and borders as one drawing, for maps of a whole continent.

It is drawn where a pixel is about two kilometres or more; nearer by stand the tiles of base_map.
"""

from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.build import base_map_shapes as shapes
from geodata.build.base_map import ROUND_THE_WORLD

NAME = "land.svg"
STEPS = 8192  # around the earth; half a pixel of a map at zoom 4
FINEST_BEND = 1.0  # steps
# North and south of these a degree is short, the coast long, and nobody walks.
FAR_NORTH_M, FAR_SOUTH_M = 7_360_000.0, -5_160_000.0
TIMES_COARSER = 3.0
# The least that is drawn, in steps across an area or along a line.
LAYERS = (
    ("land", shapes.land, 3.0),
    ("lakes", shapes.lakes, 12.0),
    ("rivers", shapes.rivers, 40.0),
    ("borders", shapes.borders, 4.0),
)
# West, south, east and north of it all, in metres of a web map.
BOX = (-20_037_508.0, -8_500_000.0, -1_100_000.0, 18_500_000.0)
_STEP_M = ROUND_THE_WORLD / STEPS
_BEND_M = FINEST_BEND * _STEP_M


def build_land_drawing(directory: Path) -> None:
    """Write land.svg into a directory, the same bytes every time."""
    paths = [
        f'<path class="{name}" d="{_path(_fitted(shapes.on_the_map(given()), least))}"/>'
        for name, given, least in LAYERS
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" data-world="{STEPS}" viewBox="{_view()}">'
    (directory / NAME).write_text(f"{head}{''.join(paths)}</svg>\n", encoding="ascii")


def _view() -> str:
    """Name the part of the world map that is drawn on."""
    west, south, east, north = _points(np.array(BOX).reshape(2, 2)).ravel().tolist()
    return f"{west} {north} {east - west} {south - north}"


def _fitted(drawn: NDArray[np.object_], least: float) -> NDArray[np.object_]:
    """Leave out what is too small to be seen, and bends that nobody sees."""
    edges = shapely.bounds(drawn)
    far = (edges[:, 1] > FAR_NORTH_M) | (edges[:, 3] < FAR_SOUTH_M)
    kept = [
        shapes.fit_for(drawn[chosen], least=times * least * _STEP_M, off=times * bend)
        for chosen, times, bend in ((~far, 1.0, _BEND_M), (far, TIMES_COARSER, _BEND_M))
    ]
    return np.concatenate(kept)


def _path(drawn: NDArray[np.object_]) -> str:
    """Write areas and lines as one path of steps."""
    parts = shapely.get_parts(drawn)
    areas = shapely.get_dimensions(parts) == 2
    closed = (_line(ring, end="z") for ring in shapely.get_rings(parts[areas]))
    return "".join((*closed, *(_line(line, end="") for line in parts[~areas])))


def _points(metres: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(metres * (1.0, -1.0) / _STEP_M).astype(np.int64) + STEPS // 2


def _line(line: shapely.LineString, *, end: str) -> str:
    """Write the points of a line from one to the next; nothing where all are the same."""
    points = _points(shapely.get_coordinates(line)[: -1 if end else None])
    moves = np.diff(points, axis=0)
    moves = moves[(moves != 0).any(axis=1)]
    if len(moves) < (2 if end else 1):
        return ""
    first, *others = (f"{number:+d}" for number in moves.ravel().tolist())
    # A sign parts numbers; only before those without one is a space needed.
    steps = first.lstrip("+") + "".join(others).replace("+", " ")
    return f"M{points[0, 0]} {points[0, 1]}l{steps}{end}"
