"""Build the table of cells from the shapes: which edges cross a cell, and what lies around it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geodata.areas import Bits, Layer, layer
from geodata.distances import METRES_PER_DEGREE, Floats, distance_m, mercator, unrolled
from geodata.grid import (
    CELLS_PER_DEGREE,
    COLUMNS,
    EDGE_STEP_M,
    LAYERS,
    PARTS,
    ROWS,
    SOUTH,
    WEST,
    Grid,
    save_grid,
)
from geodata.schemes import BOUNDARIES_VERSION, SCHEMES

AMERICAN_SEAS_KM = 2_000.0
# How far shores are told apart: as far as a scheme asks, then to the end of the American seas.
SHORE_REACHES_KM = (*sorted(s.reach_km for s in SCHEMES.values() if s.reach_km), AMERICAN_SEAS_KM)
NAMED_REACH_M = 5_000.0
_FINE = CELLS_PER_DEGREE * PARTS
_FINE_COLUMNS = COLUMNS * PARTS
_MARGIN = 1e-7  # so that rounding cannot put a point on an edge into a cell without one

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Cells:
    """Cells of one size: their middles in degrees, and by layer the areas whose edge is in."""

    x: Floats
    y: Floats
    touched: tuple[Bits, ...]
    northward: Integers

    def in_box(self, box: tuple[float, float, float, float]) -> Integers:
        """Find the cells whose middle lies between west, south, east and north."""
        west, south, east, north = box
        low, high = np.searchsorted(self.y, (south, north), sorter=self.northward) + np.array(
            [0, 1]
        )
        at = self.northward[low:high]
        return at[(self.x[at] >= west) & (self.x[at] <= east)]


def build_grid() -> Grid:
    """Make the table from countries, corridors and segments; takes about half a minute."""
    layers = [layer(name) for name in LAYERS]
    touches = [_touches(one) for one in layers]
    coarse = [(_coarse(cells), codes) for cells, codes in touches]
    split = np.unique(np.concatenate([cells for cells, _ in coarse]))
    whole = _cells(np.arange(ROWS * COLUMNS), COLUMNS, coarse)
    parts = _cells(_parts_of(split), _FINE_COLUMNS, touches)
    facts = [
        np.concatenate(pair)
        for pair in zip(_facts(layers, whole), _facts(layers, parts), strict=True)
    ]
    zone, first = _numbered([np.append(0, fact) for fact in facts])
    masks = np.array([np.append(0, facts[2 * k])[first] for k in range(3)], dtype=np.uint64)
    mixed = np.array([np.append(0, facts[2 * k + 1])[first] for k in range(3)], dtype=bool)
    shore = np.append(0, facts[6])[first].astype(np.int64)
    cells = zone[1 : 1 + ROWS * COLUMNS].astype(np.int32)
    cells[split] = -1 - np.arange(split.size)
    near, near_sets = _near(coarse[0])
    return Grid(
        version=BOUNDARIES_VERSION,
        cells=cells,
        parts=zone[1 + ROWS * COLUMNS :].astype(np.int16),
        codes=np.where(mixed, -1, _lowest_bit(masks)).astype(np.int16),
        masks=masks,
        mixed=mixed,
        shores=np.where(shore > 0, (shore - 1) // len(SHORE_REACHES_KM), -1).astype(np.int16),
        shores_km=np.take(SHORE_REACHES_KM, (shore - 1) % len(SHORE_REACHES_KM)),
        near=near,
        near_sets=near_sets,
        edges=_edges(layers[1], whole),
    )


def _touches(one: Layer) -> tuple[Integers, Integers]:
    """Find the fine cells that each area's edge crosses: pairs of a cell and the area's code."""
    cells, codes = [], []
    for code, shape in enumerate(one.shapes):
        if shape is None:
            continue
        found = np.unique(_crossed(*_edge_pieces(shape, 0.5 / _FINE)))
        cells.append(found)
        codes.append(np.full(found.size, code))
    return np.concatenate(cells), np.concatenate(codes)


def _edge_pieces(shape: shapely.Geometry, longest: float) -> tuple[Floats, Floats]:
    """Cut the edge of a shape into short pieces: their first and last points, unrolled."""
    rings = shapely.segmentize(shapely.get_rings(shapely.get_parts(shape)), longest)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points[:, 0] = unrolled(points[:, 0])
    joined = np.flatnonzero(ring[1:] == ring[:-1])
    return points[joined], points[joined + 1]


def _crossed(start: Floats, end: Floats) -> Integers:
    """List the fine cells that hold a corner of the box of a piece, half a cell long at most."""
    low = np.minimum(start, end) - _MARGIN
    high = np.maximum(start, end) + _MARGIN
    corners = [(low[:, 0], low[:, 1]), (high[:, 0], high[:, 1])]
    corners += [(low[:, 0], high[:, 1]), (high[:, 0], low[:, 1])]
    return np.concatenate([_fine_cell(x, y) for x, y in corners])


def _fine_cell(x: Floats, y: Floats) -> Integers:
    column = np.floor((x - WEST) * _FINE).astype(np.int64)
    row = np.floor((y - SOUTH) * _FINE).astype(np.int64)
    inside = (column >= 0) & (column < _FINE_COLUMNS) & (row >= 0) & (row < ROWS * PARTS)
    return (row * _FINE_COLUMNS + column)[inside]


def _coarse(fine: Integers) -> Integers:
    return fine // _FINE_COLUMNS // PARTS * COLUMNS + fine % _FINE_COLUMNS // PARTS


def _parts_of(cells: Integers) -> Integers:
    """List the 64 fine cells of each cell, row by row."""
    row, column = cells // COLUMNS * PARTS, cells % COLUMNS * PARTS
    down, across = np.divmod(np.arange(PARTS * PARTS), PARTS)
    return ((row[:, None] + down) * _FINE_COLUMNS + column[:, None] + across).ravel()


def _cells(numbers: Integers, columns: int, touches: list[tuple[Integers, Integers]]) -> _Cells:
    """Give the middles of cells in rising or block order, and the edges in them."""
    per_degree = CELLS_PER_DEGREE * columns // COLUMNS
    order = np.argsort(numbers, kind="stable")
    touched = []
    for cells, codes in touches:
        bits = np.zeros(numbers.size, dtype=np.uint64)
        at = order[np.searchsorted(numbers, cells, sorter=order)]
        np.bitwise_or.at(bits, at, np.uint64(1) << codes.astype(np.uint64))
        touched.append(bits)
    x = WEST + (numbers % columns + 0.5) / per_degree
    y = SOUTH + (numbers // columns + 0.5) / per_degree
    return _Cells(x, y, tuple(touched), np.argsort(y, kind="stable"))


def _facts(layers: list[Layer], cells: _Cells) -> list[Bits]:
    """Give by layer the areas that a cell may belong to, and whether to test; last, the shore."""
    facts: list[Bits] = []
    for one, touched in zip(layers, cells.touched, strict=True):
        middle = _middle_codes(one, cells)
        certain = np.where(middle >= 0, np.uint64(1) << np.maximum(middle, 0).astype(np.uint64), 0)
        facts += [certain.astype(np.uint64) | touched, (touched != 0).astype(np.uint64)]
        if one.name == LAYERS[0]:
            shores = _shores(one, cells, middle)
    return [*facts, shores.astype(np.uint64)]


def _middle_codes(one: Layer, cells: _Cells) -> Integers:
    """Find the area that covers the middle of each cell, -1 for none."""
    found = np.full(cells.x.size, -1, dtype=np.int64)
    for code in reversed(range(len(one.ids))):
        for part in shapely.get_parts(one.shapes[code]) if one.shapes[code] is not None else ():
            turn = -360 if part.bounds[0] >= 75 else 0
            west, south, east, north = part.bounds
            at = cells.in_box((west + turn, south, east + turn, north))
            shapely.prepare(part)
            found[at[shapely.intersects_xy(part, cells.x[at] - turn, cells.y[at])]] = code
    return found


def _shores(countries: Layer, cells: _Cells, middle: Integers) -> Integers:
    """Number the nearest country and its reach for the middle of each cell that may be sea."""
    tree, points, owners = _edge_points(countries, 0.05)
    shores = np.zeros(cells.x.size, dtype=np.int64)
    sea = np.flatnonzero((middle < 0) | (cells.touched[0] != 0))
    nearest = tree.nearest(shapely.points(cells.x[sea], mercator(cells.y[sea])))
    away = distance_m((cells.x[sea], cells.y[sea]), (points[nearest, 0], points[nearest, 1])) / 1000
    dry = middle[sea] >= 0
    owner = np.where(dry, middle[sea], owners[nearest])
    reach = np.searchsorted(SHORE_REACHES_KM, np.where(dry, 0, away))
    known = reach < len(SHORE_REACHES_KM)
    shores[sea] = np.where(known, 1 + owner * len(SHORE_REACHES_KM) + reach, 0)
    return shores


def _edge_points(one: Layer, step: float) -> tuple[shapely.STRtree, Floats, Integers]:
    """Gather points along the edges of a layer in a tree on the Mercator map."""
    starts = [
        (_edge_pieces(shape, step)[0], code) for code, shape in enumerate(one.shapes) if shape
    ]
    points = np.concatenate([piece for piece, _ in starts])
    owners = np.repeat([code for _, code in starts], [len(piece) for piece, _ in starts])
    spots = np.asarray(shapely.points(points[:, 0], mercator(points[:, 1])))
    return shapely.STRtree(spots), points, owners


def _near(touches: tuple[Integers, Integers]) -> tuple[npt.NDArray[np.uint16], Bits]:
    """Give each cell the set of countries with an edge within about 5 km of any of its points."""
    cells, codes = touches
    row, column = np.divmod(cells, COLUMNS)
    latitude = np.abs(SOUTH + (row + 0.5) / CELLS_PER_DEGREE) + 0.15
    across = NAMED_REACH_M * 1.05 / METRES_PER_DEGREE / np.cos(np.radians(latitude))
    wide = np.ceil(across * CELLS_PER_DEGREE).astype(np.int64)
    bits = np.zeros(ROWS * COLUMNS, dtype=np.uint64)
    for step in range(-int(wide.max()), int(wide.max()) + 1):
        for rise in (-1, 0, 1):
            at = np.flatnonzero((np.abs(step) <= wide) & (row + rise >= 0) & (row + rise < ROWS))
            at = at[(column[at] + step >= 0) & (column[at] + step < COLUMNS)]
            target = (row[at] + rise) * COLUMNS + column[at] + step
            np.bitwise_or.at(bits, target, np.uint64(1) << codes[at].astype(np.uint64))
    sets, near = np.unique(bits, return_inverse=True)
    return near.astype(np.uint16), sets


def _edges(corridors: Layer, cells: _Cells) -> npt.NDArray[np.uint16]:
    """Measure from the middle of each cell in a corridor to the nearest edge of any corridor."""
    tree, points, _ = _edge_points(corridors, 0.02)
    steps = np.zeros(cells.x.size, dtype=np.uint16)
    inside = np.flatnonzero((_middle_codes(corridors, cells) >= 0) & (cells.touched[1] == 0))
    nearest = tree.nearest(shapely.points(cells.x[inside], mercator(cells.y[inside])))
    spots = (points[nearest, 0], points[nearest, 1])
    metres = distance_m((cells.x[inside], cells.y[inside]), spots)
    steps[inside] = np.minimum(metres / EDGE_STEP_M, 65_535).astype(np.uint16)
    return steps


def _numbered(facts: list[Bits]) -> tuple[Integers, Integers]:
    """Number the distinct rows of columns as they first come, and tell where each first stands."""
    number = np.zeros(facts[0].size, dtype=np.int64)
    for fact in facts:
        code, values = pd.factorize(fact)
        number, _ = pd.factorize(number * len(values) + code)
    first = np.zeros(int(number.max()) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(number.size)[::-1]
    return number, first


def _lowest_bit(masks: Bits) -> Integers:
    lowest = masks & (~masks + np.uint64(1))
    return np.where(masks == 0, -1, np.log2(np.maximum(lowest, 1).astype(float)).astype(np.int64))


if __name__ == "__main__":
    save_grid(build_grid())
