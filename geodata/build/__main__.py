"""Write countries, corridors, segments and the base map, the same bytes every time."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build import border, caribbean, darien, overland, sources
from geodata.build.base_map import build_base_map
from geodata.build.countries import country_rows
from geodata.build.land_drawing import build_land_drawing
from geodata.build.shapes import minus, together, without_crumbs

VERSION = "2026-11"
CRUMB_KM2 = 1.0


def build(directory: Path) -> None:
    """Write countries, corridors, segments and their version into a directory."""
    facts = json.loads((sources.SOURCES / "corridors.json").read_text(encoding="utf-8"))
    parts = corridor_parts()
    corridors, segments = [], []
    for precedence, corridor in enumerate(facts, start=1):
        names = corridor.pop("segments", [])
        held = parts.get(corridor["id"], {})
        row = {"id": corridor["id"], "precedence": precedence, "version": VERSION, **corridor}
        corridors.append((row, together(held.values()) if held else None))
        for order, segment in enumerate(names, start=1):
            row = {"id": segment["id"], "corridor": corridor["id"], "order": order, **segment}
            segments.append((row, held[segment["id"]]))
    texts = {
        "countries.geojson": _collection(country_rows()),
        "corridors.geojson": _collection(corridors),
        "segments.geojson": _collection(segments),
    }
    for name, text in texts.items():
        (directory / name).write_bytes(text)
    (directory / "VERSION").write_text(boundaries_version(texts.values()) + "\n", encoding="ascii")


def boundaries_version(files: Iterable[bytes]) -> str:
    """Name the state of the boundaries: the edition, and the hash of the files as built."""
    digest = hashlib.sha256(b"".join(files)).hexdigest()
    return f"{VERSION}-{digest[:8]}"


def corridor_parts() -> dict[str, dict[str, BaseGeometry]]:
    """Give each corridor's parts in order of precedence, none upon another."""
    wanted: dict[str, dict[str, BaseGeometry]] = {
        "darien": darien.segments(),
        "us_mexico_border": border.segments(),
        "caribbean": caribbean.segments(),
        **{name: {name: area} for name, area in overland.overland().items()},
    }
    taken: BaseGeometry = shapely.Polygon()
    for name, parts in wanted.items():
        wanted[name] = {
            part: without_crumbs(minus(area, taken), CRUMB_KM2) for part, area in parts.items()
        }
        taken = together([taken, *wanted[name].values()])
    return wanted


def _collection(rows: Sequence[tuple[dict[str, Any], BaseGeometry | None]]) -> bytes:
    features = [
        json.dumps(
            {"type": "Feature", "properties": facts, "geometry": _coordinates(geometry)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for facts, geometry in rows
    ]
    head = '{"type":"FeatureCollection","features":[\n'
    return (head + ",\n".join(features) + "\n]}\n").encode()


def _coordinates(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    if geometry is None:
        return None
    tidy = shapely.normalize(shapely.orient_polygons(geometry))
    rounded: dict[str, Any] = json.loads(shapely.to_geojson(tidy), parse_float=_six)
    return rounded


def _six(text: str) -> float:
    return round(float(text), 6)


if __name__ == "__main__":
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else sources.DATA
    build(directory)
    build_base_map(directory)
    build_land_drawing(directory)
    if len(sys.argv) == 1:
        # In a process of its own: this one still holds the boundaries of before.
        subprocess.run([sys.executable, "-m", "geodata.grid_building"], check=True)
