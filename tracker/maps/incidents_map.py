"""The map of incidents: what folium describes, and the data that our own script draws."""

from collections.abc import Mapping
from dataclasses import dataclass

import folium
import numpy as np
import numpy.typing as npt
import pandas as pd
from folium.map import CustomPane

from tracker.domain.places import AMERICAS
from tracker.maps.basemap import area_names, city_names, prepared_corridors, prepared_land
from tracker.maps.figures import Bounds, DataLayer, QuietMap, figure_parts
from tracker.maps.page_data import json_for_page
from tracker.maps.shapes import GeoJson
from tracker.translations import mark
from tracker.translations.catalogues import catalogue

Floats = npt.NDArray[np.float64]

MAP_NAME = mark("Map of incidents")
INCIDENTS = mark("Incidents")
CORRIDORS = mark("Migration corridors")
UNCERTAINTY = mark("How exactly the place is known")
SILENCE = mark("Where nobody has reported")
# Layers that only a server can fill, off until somebody wants them.
DENSITIES = {
    "heat": mark("Density: heat"),
    "hexagons": mark("Density: hexagons"),
    "subregions": mark("Figures by subregion"),
    "corridor_figures": mark("Figures by corridor"),
}
MAX_ZOOM = 13
CLOSEST_FIRST_VIEW = 9
WHOLE_REGION: Bounds = ((AMERICAS[1], AMERICAS[0]), (AMERICAS[3], AMERICAS[2]))


@dataclass(frozen=True)
class MapParts:
    """A map ready for a template.

    `scripts` and `styles` are paths below static/, in order; `html` and `script` are folium's;
    `data` holds JSON by the id of its script element, safe to stand in a page as it is.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    html: str
    script: str
    data: Mapping[str, str]


def draw_map(
    *,
    first_view: Bounds,
    corridors: GeoJson,
    basemap: GeoJson,
    language: str,
    cities: pd.DataFrame | None = None,
    alone: bool = False,
) -> MapParts:
    """Draw land and corridors, and layers that our scripts fill; no address of another host.

    `first_view`: the box that is shown first. `basemap`, `corridors`: GeoJSON collections whose
    properties hold `names` by language. `cities`: name, longitude, latitude, population.
    `alone`: the land stands in the page, and no layer that a server would have to fill.
    """
    land = prepared_land(basemap)
    bands = prepared_corridors(corridors)
    drawing = _described_map(first_view, bands.shapes, language, by_server=not alone)
    scripts, styles, html, script = figure_parts(drawing)
    names = [
        *area_names(land.named, language),
        *area_names(bands.named, language),
        *city_names(cities, language),
    ]
    return MapParts(
        scripts=scripts,
        styles=styles,
        html=html,
        script=script,
        data={
            **({"map-land": land.json} if alone else {}),
            "map-names": json_for_page(names),
        },
    )


def first_view(longitude: Floats, latitude: Floats) -> Bounds:
    """Give the box that holds nearly all of some places, but never the ends of the earth."""
    (south, west), (north, east) = WHOLE_REGION
    usual = (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)
    if not usual.any():
        return WHOLE_REGION
    bottom, top = np.quantile(latitude[usual], (0.01, 0.99)).tolist()
    left, right = np.quantile(longitude[usual], (0.01, 0.99)).tolist()
    return (bottom, left), (top, right)


def _described_map(
    view: Bounds, corridors: GeoJson, language: str, *, by_server: bool
) -> folium.Map:
    say = catalogue(language).gettext
    drawing = QuietMap(
        title=say(MAP_NAME),
        first_view=view,
        closest=CLOSEST_FIRST_VIEW,
        max_zoom=MAX_ZOOM,
    )
    for name, height in (
        ("land", 200),
        ("density", 280),
        ("corridors", 300),
        ("uncertainty", 350),
    ):
        pane = CustomPane(name, z_index=height)
        pane._id = name
        pane.add_to(drawing)
    DataLayer("land").add_to(drawing)
    bands = folium.GeoJson(
        corridors,
        name=say(CORRIDORS),
        style_function=lambda feature: {"className": feature["properties"]["kind"]},
        pane="corridors",
        interactive=False,
    )
    bands._id = "corridors"
    bands.add_to(drawing)
    DataLayer("uncertainty", name=say(UNCERTAINTY)).add_to(drawing)
    DataLayer("incidents", name=say(INCIDENTS)).add_to(drawing)
    if by_server:
        DataLayer("silence", name=say(SILENCE)).add_to(drawing)
        for kind, words in DENSITIES.items():
            DataLayer(kind, name=say(words), show=False).add_to(drawing)
    DataLayer("names").add_to(drawing)
    control = folium.LayerControl(collapsed=True)
    control._id = "layers"
    control.add_to(drawing)
    return drawing
