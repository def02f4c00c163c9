"""What stands on the maps of a search: shapes with the words of their popups, and where to look."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from geodata.basemap import country_features, large_cities
from tracker.domain.places import AMERICAS
from tracker.domain.searches import PersonNear, ReportTold
from tracker.http.language import current_language, day, gettext, label
from tracker.maps.figures import Bounds
from tracker.maps.incidents_map import MapParts
from tracker.maps.search_map import draw_drawing_map, draw_search_map
from tracker.services.searches import SearchGround

Point: TypeAlias = tuple[float, float]
Feature: TypeAlias = dict[str, Any]
_SMALLEST_TOWN = 1_000
_AROUND_DEGREES = 1.5
_AROUND_AREA = 0.15
WHOLE_REGION: Bounds = ((AMERICAS[1], AMERICAS[0]), (AMERICAS[3], AMERICAS[2]))


def map_of_search(seen: SearchGround, people: Iterable[PersonNear]) -> MapParts:
    """Draw the map of a search, with people nearby for those who may see any."""
    area = seen.search.area
    return draw_search_map(
        box_around(area),
        features={
            "area": [_feature({"type": "Polygon", "coordinates": [[*area, area[0]]]}, [])],
            "ground": _ground(seen),
            "gaps": [_feature(seen.ground.gap, [gettext("Not searched yet")])],
            "tracks": [_track(each, line) for each in seen.efforts for line in _lines(each)],
            "findings": [_finding(each) for each in seen.findings],
            "people": [_person(each) for each in people],
        },
        basemap=country_features(),
        cities=_towns_near(area),
        language=current_language(),
    )


def map_to_draw_on(area: Sequence[Point], *, shown: bool) -> MapParts:
    """Give a map to draw on, around an area; `shown` draws the area beneath."""
    return draw_drawing_map(
        box_around(area) if area else WHOLE_REGION,
        area=area if shown else (),
        basemap=country_features(),
        cities=_towns_near(area) if area else large_cities(),
        language=current_language(),
    )


def box_around(area: Sequence[Point]) -> Bounds:
    """Give the box of an area with some room around it."""
    xs, ys = [x for x, _ in area], [y for _, y in area]
    wide, high = (max(xs) - min(xs)) * _AROUND_AREA, (max(ys) - min(ys)) * _AROUND_AREA
    return (min(ys) - high, min(xs) - wide), (max(ys) + high, max(xs) + wide)


def _towns_near(area: Sequence[Point]) -> pd.DataFrame:
    (south, west), (north, east) = box_around(area)
    towns, more = large_cities(_SMALLEST_TOWN), _AROUND_DEGREES
    near = towns["longitude"].between(west - more, east + more)
    return towns[near & towns["latitude"].between(south - more, north + more)]


def _feature(geometry: Mapping[str, Any], words: Sequence[str], **told: object) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": {"words": [*words], **told}}


def _ground(seen: SearchGround) -> list[Feature]:
    return [
        _feature(shape, [label(str(level), "search_thoroughness")], level=level)
        for level, shape in seen.ground.searched.items()
        if shape["coordinates"]
    ]


def _lines(report: ReportTold) -> Sequence[Any]:
    lines = report.told.get("lines")
    return lines if isinstance(lines, list) else ()


def _track(report: ReportTold, line: Sequence[Any]) -> Feature:
    words = [
        day(report.done_on),
        label(str(report.told["method"]), "search_method"),
        label(report.kind, "search_report"),
        report.organisation,
    ]
    return _feature({"type": "LineString", "coordinates": [*line]}, words)


def _finding(report: ReportTold) -> Feature:
    told = report.told
    point = {"type": "Point", "coordinates": [told["longitude"], told["latitude"]]}
    words = [label(str(told["what"]), "search_finding"), day(report.done_on)]
    if told.get("words"):
        words.append(str(told["words"]))
    return _feature(point, words, radius=told["uncertainty_m"])


def _person(person: PersonNear) -> Feature:
    kinds = {"case": gettext("Last contact"), "remains": gettext("Remains were found here")}
    words = [kinds[person.kind], person.public_id]
    if person.day is not None:
        words.append(day(person.day))
    point = {"type": "Point", "coordinates": [person.longitude, person.latitude]}
    return _feature(point, words, kind=person.kind)
