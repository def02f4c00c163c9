"""Give the corridors and their segments: names, descriptions, sources and areas."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geodata.schemes import BOUNDARIES_VERSION

__all__ = [
    "BOUNDARIES_VERSION",
    "CORRIDOR_CODES",
    "SEGMENT_CODES",
    "Corridor",
    "Segment",
    "corridor",
    "corridors",
    "features",
    "segment",
    "segments",
]

SEGMENT_CODES: Mapping[str, tuple[str, ...]] = {
    "darien": ("jungle", "embera_rivers", "guna_yala", "gulf_of_uraba", "pacific_side"),
    "us_mexico_border": (
        "tijuana_san_diego",
        "mexicali_yuma",
        "sonoran_desert",
        "el_paso_juarez",
        "big_bend",
        "del_rio_eagle_pass",
        "laredo",
        "lower_rio_grande",
    ),
    "caribbean": (
        "cuba_to_us",
        "haiti_bahamas_to_us",
        "dominican_republic_to_puerto_rico",
        "haiti_to_dominican_republic",
        "venezuela_to_caribbean",
        "caribbean_to_central_america",
    ),
}
CORRIDOR_CODES: tuple[str, ...] = (
    *SEGMENT_CODES,
    "guatemala_mexico_border",
    "mexico_transit",
    "central_america_transit",
    "venezuela_colombia",
    "andean_route",
    "altiplano",
    "canada_us",
    "atlantic_drift",
)
METRES_PER_DEGREE = 111_195.0
_DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Segment:
    """A part of a corridor; the segments of a corridor fill it and do not overlap."""

    id: str
    corridor: str
    names: Mapping[str, str] = field(compare=False)
    geometry: BaseGeometry = field(compare=False, repr=False)


@dataclass(frozen=True)
class Corridor:
    """An area where people on the move die; corridors do not overlap.

    `geometry` is in EPSG:4326, None for the Atlantic drift, which is assigned by hand or by the
    reported route. `precedence` says which corridor took what two could claim, 1 first.
    """

    id: str
    precedence: int
    names: Mapping[str, str] = field(compare=False)
    descriptions: Mapping[str, str] = field(compare=False, repr=False)
    sources: tuple[str, ...] = field(compare=False, repr=False)
    version: str
    geometry: BaseGeometry | None = field(compare=False, repr=False)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Give the segments in their order; none for most corridors."""
        return tuple(part for part in segments() if part.corridor == self.id)


@cache
def corridors() -> tuple[Corridor, ...]:
    """Give all corridors in order of precedence."""
    return tuple(
        Corridor(
            id=facts["id"],
            precedence=facts["precedence"],
            names=facts["names"],
            descriptions=facts["description"],
            sources=tuple(facts["sources"]),
            version=facts["version"],
            geometry=geometry,
        )
        for facts, geometry in _read("corridors")
    )


@cache
def segments() -> tuple[Segment, ...]:
    """Give all segments, in the order of their corridors and then their own."""
    return tuple(
        Segment(facts["id"], facts["corridor"], names=facts["names"], geometry=geometry)
        for facts, geometry in _read("segments")
        if geometry is not None
    )


def corridor(code: str) -> Corridor:
    """Give one corridor; KeyError for a code that is none."""
    return {each.id: each for each in corridors()}[code]


def segment(code: str) -> Segment:
    """Give one segment; KeyError for a code that is none."""
    return {each.id: each for each in segments()}[code]


def features(*, simplify_m: float = 0.0, by_segment: bool = False) -> dict[str, Any]:
    """Give corridors (or segments) as a GeoJSON FeatureCollection for maps.

    `simplify_m`: details smaller than about so many metres are left out; neighbours keep one
    common edge. What has no area is left out.
    """
    parts: tuple[Corridor | Segment, ...] = segments() if by_segment else corridors()
    drawn = [(part, part.geometry) for part in parts if part.geometry is not None]
    areas = np.array([area for _, area in drawn], dtype=object)
    if simplify_m > 0:
        areas = shapely.coverage_simplify(areas, simplify_m / METRES_PER_DEGREE)
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": _properties(part), "geometry": _five_decimals(area)}
            for (part, _), area in zip(drawn, areas, strict=True)
        ],
    }


def _five_decimals(area: BaseGeometry) -> dict[str, Any]:
    facts: dict[str, Any] = mapping(shapely.set_precision(area, 1e-5))
    return facts


def _properties(part: Corridor | Segment) -> dict[str, Any]:
    if isinstance(part, Segment):
        return {"id": part.id, "corridor": part.corridor, "names": dict(part.names)}
    return {"id": part.id, "precedence": part.precedence, "names": dict(part.names)}


def _read(name: str) -> list[tuple[dict[str, Any], BaseGeometry | None]]:
    collection = json.loads((_DATA / f"{name}.geojson").read_text(encoding="utf-8"))
    return [
        (feature["properties"], shape(feature["geometry"]) if feature["geometry"] else None)
        for feature in collection["features"]
    ]
