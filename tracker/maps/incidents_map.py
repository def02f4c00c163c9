"""The map of incidents: what folium describes, and the data that our own script draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import folium
import pandas as pd
from folium.map import CustomPane

from tracker.maps.basemap import area_names, city_names, prepared_corridors, prepared_land
from tracker.maps.figures import Bounds, DataLayer, QuietMap, figure_parts
from tracker.maps.page_data import incident_columns, json_for_page, row_in_words
from tracker.maps.shapes import GeoJson
from tracker.translations import mark
from tracker.translations.catalogues import catalogue

MAP_NAME = mark("Map of incidents")
INCIDENTS = mark("Incidents")
CORRIDORS = mark("Migration corridors")
UNCERTAINTY = mark("How exactly the place is known")
ROWS_AT_ONCE = 50
MAX_ZOOM = 13
CLOSEST_FIRST_VIEW = 9
WHOLE_REGION: Bounds = ((-36.0, -118.0), (50.0, -34.0))


@dataclass(frozen=True)
class MapParts:
    """A map ready for a template.

    `scripts` and `styles` are paths below static/, in order; `html` and `script` are folium's;
    `data` holds JSON by the id of its script element, safe to stand in a page as it is; `rows`
    are the first rows of the table in words, None where nobody knows.
    """

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    html: str
    script: str
    data: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    number_of_rows: int
    number_without_place: int
    rows_at_once: int = ROWS_AT_ONCE


def draw_map(
    incidents: pd.DataFrame,
    *,
    corridors: GeoJson,
    basemap: GeoJson,
    language: str,
    cities: pd.DataFrame | None = None,
) -> MapParts:
    """Draw incidents over land and corridors, without any address of another host.

    `incidents`: one row each, in the order of the table, with the columns public_id, longitude,
    latitude (EPSG:4326 as published, NaN = not placed), uncertainty_m, precision, date_from,
    date_to, date_precision, dead, missing, survivors (NaN = not known), causes (";" joined),
    country, corridor, segment, route_reported, location_description, source_quality.
    `basemap`, `corridors`: GeoJSON collections whose properties hold `names` by language.
    `cities`: name, longitude, latitude, population.
    """
    land = prepared_land(basemap)
    bands = prepared_corridors(corridors)
    drawing = _described_map(incidents, bands.shapes, language)
    scripts, styles, html, script = figure_parts(drawing)
    columns = incident_columns(incidents, language)
    names = [
        *area_names(land.named, language),
        *area_names(bands.named, language),
        *city_names(cities),
    ]
    return MapParts(
        scripts=scripts,
        styles=styles,
        html=html,
        script=script,
        data={
            "map-land": land.json,
            "map-names": json_for_page(names),
            "map-incidents": json_for_page(columns),
        },
        rows=tuple(
            row_in_words(columns, number) for number in range(min(ROWS_AT_ONCE, len(incidents)))
        ),
        number_of_rows=len(incidents),
        number_without_place=int(incidents[["longitude", "latitude"]].isna().any(axis=1).sum()),
    )


def _described_map(incidents: pd.DataFrame, corridors: GeoJson, language: str) -> folium.Map:
    say = catalogue(language).gettext
    drawing = QuietMap(
        title=say(MAP_NAME),
        first_view=_first_view(incidents),
        closest=CLOSEST_FIRST_VIEW,
        max_zoom=MAX_ZOOM,
    )
    for name, height in (("land", 200), ("corridors", 300), ("uncertainty", 350)):
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
    DataLayer("names").add_to(drawing)
    control = folium.LayerControl(collapsed=True)
    control._id = "layers"
    control.add_to(drawing)
    return drawing


def _first_view(incidents: pd.DataFrame) -> Bounds:
    """Give the box that holds nearly all incidents, but never the ends of the earth."""
    placed = incidents[["latitude", "longitude"]].dropna()
    (south, west), (north, east) = WHOLE_REGION
    usual = placed["latitude"].between(south, north) & placed["longitude"].between(west, east)
    if not usual.any():
        return WHOLE_REGION
    corners = placed[usual].quantile([0.01, 0.99]).to_numpy().tolist()
    return tuple(corners[0]), tuple(corners[1])
