"""Table of the Americas in cells of 0.1 degree, mixed ones in 8 x 8: few points need a test.

A cell that no edge crosses answers for all its points; in the others the points are tested against
the few shapes that are left. Nearest shores are those of the middle of a cell.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.areas import DATA, Codes
from geodata.distances import Floats, unrolled
from geodata.schemes import BOUNDARIES_VERSION

GRID_FILE = DATA / "grid.npz"
WEST, SOUTH = -190.0, -60.0
COLUMNS, ROWS = 1800, 1450
CELLS_PER_DEGREE, PARTS = 10, 8
HALF_DIAGONAL_M = 7_900.0
EDGE_STEP_M = 100.0
LAYERS = ("countries", "corridors", "segments")


class GridStale(RuntimeError):
    """Raised when the table was built from other boundaries than those beside it."""

    def __init__(self) -> None:
        """Carry the code of the fault."""
        super().__init__("grid_stale")


@dataclass(frozen=True)
class Grid:
    """The table: cells lead to zones, zones say what is certain and which shapes are left.

    `cells` (rows * columns) holds a zone, or -1 - block for a cell in parts; `parts` holds blocks
    of 64 zones. `masks[k]` and `mixed[k]` are the candidates of layer k as bits, and whether they
    must be tested; `codes[k]` the certain answer. `shores` is the nearest country of what may be
    sea, -1 outside the seas of the Americas, `shores_km` how far off at most. `near` leads to sets
    (bits) of countries within 5 km; `edges` is the way from the middle to the nearest corridor's
    edge in steps of 100 m, 0 where an edge may be in the cell.
    """

    version: str
    cells: npt.NDArray[np.int32]
    parts: npt.NDArray[np.int16]
    codes: npt.NDArray[np.int16]
    masks: npt.NDArray[np.uint64]
    mixed: npt.NDArray[np.bool_]
    shores: Codes
    shores_km: Floats
    near: npt.NDArray[np.uint16]
    near_sets: npt.NDArray[np.uint64]
    edges: npt.NDArray[np.uint16]

    def cell_of(
        self, longitudes: Floats, latitudes: Floats
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int16]]:
        """Find the cell and the zone of each point; cell -1 and zone 0 outside the table."""
        scale = CELLS_PER_DEGREE * PARTS
        with np.errstate(invalid="ignore"):
            x, y = (unrolled(longitudes) - WEST) * scale, (latitudes - SOUTH) * scale
            inside = (x >= 0) & (x < COLUMNS * PARTS) & (y >= 0) & (y < ROWS * PARTS)
        inside &= np.abs(longitudes) <= 180
        column = np.where(inside, x, 0).astype(np.int64)
        row = np.where(inside, y, 0).astype(np.int64)
        cell = (row >> 3) * COLUMNS + (column >> 3)
        zone = self.cells[cell]
        split = np.flatnonzero(zone < 0)
        part = (row[split] & 7) * PARTS + (column[split] & 7)
        zone[split] = self.parts[(-1 - zone[split]).astype(np.int64) * PARTS * PARTS + part]
        zone[~inside], cell[~inside] = 0, -1
        return cell, zone.astype(np.int16)


def save_grid(grid: Grid, path: Path = GRID_FILE) -> None:
    """Write the table; the same boundaries give the same bytes."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        fields: dict[str, Any] = {name: np.asarray(value) for name, value in vars(grid).items()}
        np.savez_compressed(file, **fields)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def load_grid(path: Path = GRID_FILE) -> Grid:
    """Read the table; GridStale if it was built from other boundaries."""
    with np.load(path) as stored:
        fields = {name: stored[name] for name in stored.files}
    grid = Grid(version=str(fields.pop("version")), **fields)
    if grid.version != BOUNDARIES_VERSION:
        raise GridStale
    return grid
