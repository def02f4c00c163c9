"""The maps of a search: its plan, what was searched and the gaps, drawn by scripts of ours.

What stands in the folium objects is our own words for layers; places and words of reports come as
JSON beside the map, and enter the page as text alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from folium import LayerControl
from folium.map import CustomPane

from tracker.maps.basemap import area_names, city_names, prepared_land
from tracker.maps.figures import Bounds, DataLayer, QuietMap, figure_parts
from tracker.maps.incidents_map import MapParts
from tracker.maps.page_data import json_for_page
from tracker.maps.shapes import GeoJson
from tracker.translations import mark
from tracker.translations.catalogues import catalogue

SEARCH_MAP = mark("Map of the search")
DRAWING_MAP = mark("Map to draw on: move it with the arrow keys, + and - zoom")
LAYERS = {
    "ground": mark("Searched ground"),
    "gaps": mark("Gaps"),
    "tracks": mark("Tracks"),
    "findings": mark("Findings"),
}
PEOPLE = mark("Last contacts and remains nearby")
MAX_ZOOM = 17
CLOSEST = 15
_SCRIPTS = ("map/data.js", "map/layers.js", "map/names.js", "map/map.js")


class _SearchMap(QuietMap):
    default_js = [  # noqa: RUF012
        QuietMap.default_js[0],
        *((path, path) for path in (*_SCRIPTS, "searches/ground.js")),
    ]


class _DrawingMap(QuietMap):
    default_js = [  # noqa: RUF012
        QuietMap.default_js[0],
        *((path, path) for path in (*_SCRIPTS, "searches/drawing.js")),
    ]


def draw_search_map(
    first_view: Bounds,
    *,
    features: Mapping[str, Iterable[Mapping[str, Any]]],
    basemap: GeoJson,
    cities: pd.DataFrame | None,
    language: str,
) -> MapParts:
    """Draw what was planned, searched, left and found; `features` are GeoJSON by layer.

    Layers: `area`, `ground`, `gaps`, `tracks`, `findings`, and `people` where somebody may see any.
    """
    say = catalogue(language).gettext
    drawing = _SearchMap(
        title=say(SEARCH_MAP), first_view=first_view, closest=CLOSEST, max_zoom=MAX_ZOOM
    )
    _add_ground(drawing)
    for kind, words in LAYERS.items():
        DataLayer(kind, name=say(words)).add_to(drawing)
    if features.get("people"):
        DataLayer("people", name=say(PEOPLE)).add_to(drawing)
    DataLayer("area").add_to(drawing)
    DataLayer("names").add_to(drawing)
    control = LayerControl(collapsed=True)
    control._id = "layers"
    control.add_to(drawing)
    held = {kind: [*listed] for kind, listed in features.items()}
    return _parts(drawing, basemap, cities, language=language, data={"search-features": held})


def draw_drawing_map(
    first_view: Bounds,
    *,
    area: Sequence[tuple[float, float]],
    basemap: GeoJson,
    cities: pd.DataFrame | None,
    language: str,
) -> MapParts:
    """Draw a map on which an area, a way or a point is tapped into a field of the form.

    `area` is the edge of the planned area, shown beneath; empty while it is being planned.
    """
    drawing = _DrawingMap(
        title=catalogue(language).gettext(DRAWING_MAP),
        first_view=first_view,
        closest=CLOSEST,
        max_zoom=MAX_ZOOM,
    )
    _add_ground(drawing)
    DataLayer("drawing").add_to(drawing)
    DataLayer("names").add_to(drawing)
    edge = [[y, x] for x, y in area]
    return _parts(
        drawing,
        basemap,
        cities,
        language=language,
        data={"search-area": {"edge": edge, "view": first_view}},
    )


def _add_ground(drawing: QuietMap) -> None:
    for name, height in (("land", 200), ("ground", 300), ("tracks", 350)):
        pane = CustomPane(name, z_index=height)
        pane._id = name
        pane.add_to(drawing)
    DataLayer("land").add_to(drawing)


def _parts(
    drawing: QuietMap,
    basemap: GeoJson,
    cities: pd.DataFrame | None,
    *,
    language: str,
    data: Mapping[str, object],
) -> MapParts:
    scripts, styles, html, script = figure_parts(drawing)
    names = [
        *area_names(prepared_land(basemap).named, language),
        *city_names(cities, language),
    ]
    return MapParts(
        scripts=scripts,
        styles=(*styles, "css/searches.css"),
        html=html,
        script=script,
        data={
            "map-names": json_for_page(names),
            **{name: json_for_page(held) for name, held in data.items()},
        },
    )
