"""Build base_map.pmtiles: land, lakes, rivers, borders and provinces as vector tiles.

GDAL cuts and encodes the tiles of each layer at each zoom; they are put together here, since the
layers of a tile may simply follow one another. There are no names in it: the map writes them in
the reader's language.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.build import base_map_shapes as shapes
from geodata.build.pmtiles import Frame, Tile, archive

NAME = "base_map.pmtiles"
ZOOMS = (0, 7)
UNITS = 4096  # steps across a tile
BUFFER = 48  # steps beyond its edge, so that no line ends at it
COARSENESS = 6.0  # steps that a line may be off where the next zoom draws it finer
ROUND_THE_WORLD = 40_075_016.6856


@dataclass(frozen=True)
class Layer:
    """What a layer holds, the zoom that it begins at, and the least that is drawn.

    `least`: steps across an area, or along a line.
    """

    name: str
    kind: str
    shapes: Callable[[], Sequence[BaseGeometry]]
    first_zoom: int = 0
    least: float = 0.0


LAYERS = (
    Layer("land", "Polygon", shapes.land, least=12),
    Layer("lakes", "Polygon", shapes.lakes, first_zoom=1, least=48),
    Layer("rivers", "LineString", shapes.rivers, first_zoom=2, least=40),
    Layer("provinces", "LineString", shapes.provinces, first_zoom=4, least=40),
    Layer("borders", "LineString", shapes.borders),
)


def build_base_map(directory: Path) -> None:
    """Write base_map.pmtiles into a directory, the same bytes every time."""
    tiles: dict[Tile, bytes] = {}
    for zoom in range(ZOOMS[0], ZOOMS[1] + 1):
        for layer in LAYERS:
            if zoom >= layer.first_zoom:
                for tile, body in _cut(layer, zoom):
                    tiles[tile] = tiles.get(tile, b"") + body
    frame = Frame(shapes.bounds(), ZOOMS)
    (directory / NAME).write_bytes(archive(tiles, _metadata(), frame))


def _metadata() -> dict[str, Any]:
    layers = [
        {"id": layer.name, "minzoom": layer.first_zoom, "maxzoom": ZOOMS[1], "fields": {}}
        for layer in LAYERS
    ]
    return {
        "name": "Americas",
        "description": "Land, lakes, rivers, borders and provinces of the Americas",
        "attribution": "Natural Earth",
        "type": "baselayer",
        "format": "pbf",
        "version": "1",
        "vector_layers": layers,
    }


def _cut(layer: Layer, zoom: int) -> Iterable[tuple[Tile, bytes]]:
    """Cut a layer into the tiles of a zoom with GDAL."""
    step = ROUND_THE_WORLD / 2**zoom / UNITS
    off = COARSENESS if zoom < ZOOMS[1] else 1.0
    kept = shapes.fit_for(_flat(layer), least=layer.least * step, off=off * step)
    if not len(kept):
        return
    with tempfile.TemporaryDirectory() as folder:
        cut = Path(folder) / "tiles"
        pyogrio.raw.write(
            cut,
            shapely.to_wkb(kept),
            [],
            [],
            geometry_type=layer.kind,
            crs="EPSG:3857",
            driver="MVT",
            layer=layer.name,
            dataset_options={
                "FORMAT": "DIRECTORY",
                "COMPRESS": "NO",
                "MINZOOM": zoom,
                "MAXZOOM": zoom,
                "EXTENT": UNITS,
                "BUFFER": BUFFER,
                "MAX_SIZE": 5_000_000,
            },
        )
        for path in sorted(cut.glob(f"{zoom}/*/*.pbf")):
            yield Tile(zoom, int(path.parent.name), int(path.stem)), path.read_bytes()


@cache
def _flat(layer: Layer) -> NDArray[np.object_]:
    return shapes.on_the_map(layer.shapes())
