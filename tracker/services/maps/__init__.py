"""Gives maps the incidents of a question: the same ones that the tally of it counts."""

from tracker.services.maps.areas import AreaKind, areas_of_map
from tracker.services.maps.drawings import (
    DrawnMap,
    MapRows,
    draw_incidents,
    draw_incidents_file,
    places_of_people,
    rows_of_map,
)
from tracker.services.maps.hexagons import HexagonView, hexagons_of_map
from tracker.services.maps.views import MapList, MapView, list_map, view_map

__all__ = [
    "AreaKind",
    "DrawnMap",
    "HexagonView",
    "MapList",
    "MapRows",
    "MapView",
    "areas_of_map",
    "draw_incidents",
    "draw_incidents_file",
    "hexagons_of_map",
    "list_map",
    "places_of_people",
    "rows_of_map",
    "view_map",
]
