"""The areas that places are looked up in: countries, corridors and segments with their shapes."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.distances import METRES_PER_DEGREE, Floats

DATA = Path(__file__).parent / "data"
# Half a degree of latitude on one plane: a kilometre is off by less than ten metres at 60 degrees.
BANDS_PER_DEGREE = 2
Codes: TypeAlias = npt.NDArray[np.int16]
Bits: TypeAlias = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Layer:
    """Areas of one kind, in order of precedence: ids, facts and shapes (None has no area)."""

    name: str
    ids: tuple[str, ...]
    facts: tuple[dict[str, Any], ...]
    shapes: tuple[BaseGeometry | None, ...]

    def covering(self, longitudes: Floats, latitudes: Floats, candidates: Bits) -> Codes:
        """Find the first area among each point's candidates (a bit each) that covers it."""
        found = np.full(longitudes.shape, -1, dtype=np.int16)
        asked = int(np.bitwise_or.reduce(candidates)) if candidates.size else 0
        for code in reversed(range(len(self.ids))):
            shape = self.shapes[code]
            if shape is None or not asked >> code & 1:
                continue
            at = np.flatnonzero(candidates >> np.uint64(code) & np.uint64(1))
            hit = shapely.intersects_xy(shape, longitudes[at], latitudes[at])
            found[at[hit]] = code
        return found


@cache
def layer(name: str) -> Layer:
    """Read `countries`, `corridors` or `segments`, prepared for exact tests."""
    text = (DATA / f"{name}.geojson").read_text(encoding="utf-8")
    features = json.loads(text)["features"]
    facts = [feature["properties"] for feature in features]
    shapes = _shapes(text)
    shapely.prepare([shape for shape in shapes if shape is not None])
    key = "iso3" if name == "countries" else "id"
    return Layer(name, tuple(str(fact[key]) for fact in facts), tuple(facts), tuple(shapes))


def _shapes(text: str) -> list[BaseGeometry | None]:
    # The reader of GEOS refuses a feature without a geometry.
    filled = text.replace('"geometry":null', '"geometry":{"type":"Polygon","coordinates":[]}')
    parts = shapely.get_parts(shapely.from_geojson(filled))
    return [None if shape.is_empty else shape for shape in parts]


def reaches(
    areas: tuple[Layer, Codes], points: tuple[Floats, Floats], metres: Floats
) -> npt.NDArray[np.bool_]:
    """Tell which points (longitudes, latitudes) have the edge of their area within so many metres.

    `areas` gives a layer and the code of each point's area. Measured on a plane for each half
    degree of latitude: metres are true to 1% within 100 km.
    """
    (one, codes), (longitudes, latitudes) = areas, points
    bands = np.floor(latitudes * BANDS_PER_DEGREE).astype(np.int64)
    found = np.zeros(codes.shape, dtype=bool)
    keys = codes.astype(np.int64) * 1024 + bands + 512
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    for at in np.split(order, starts[1:]) if order.size else []:
        squeeze = _squeeze(int(bands[at[0]]))
        edge = _edge(one.name, int(codes[at[0]]), int(bands[at[0]]))
        spots = shapely.points(longitudes[at] * squeeze, latitudes[at])
        degrees: Any = metres[at] / METRES_PER_DEGREE  # the stubs know one distance for all points
        found[at] = shapely.dwithin(edge, spots, degrees)
    return found


def _squeeze(band: int) -> float:
    return float(np.cos(np.radians((band + 0.5) / BANDS_PER_DEGREE)))


@lru_cache(maxsize=4096)
def _edge(layer_name: str, code: int, band: int) -> BaseGeometry:
    """Draw the edge of an area on the plane of a band; of a country only what is near the band."""
    edge: Any = shapely.boundary(layer(layer_name).shapes[code])
    if layer_name == "countries":
        south = band / BANDS_PER_DEGREE
        edge = shapely.clip_by_rect(edge, -180, south - 0.2, 180, south + 0.7)
    squeeze = np.array([_squeeze(band), 1.0])
    plane: BaseGeometry = shapely.transform(edge, lambda points: points * squeeze)
    shapely.prepare(plane)
    return plane
