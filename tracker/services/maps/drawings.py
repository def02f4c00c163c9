"""Draws the incidents of a map: the same ones that the tally of the same query counts."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from geodata.basemap import country_features, large_cities
from geodata.corridors import features
from tracker.db.models import IncidentVersion
from tracker.db.queries.incidents import versions_as_known
from tracker.domain.incidents import PublishedPlace
from tracker.domain.maps import MapQuery, MapWindow
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.tallies import Tally, TallyQuery
from tracker.maps.figures import Bounds
from tracker.maps.first_looks import first_looks
from tracker.maps.incidents_map import CLOSEST_FIRST_VIEW, MapParts, draw_map, first_view
from tracker.maps.map_file import draw_map_file
from tracker.maps.page_data import (
    cells_answer,
    incident_columns,
    json_for_page,
    row_in_words,
)
from tracker.services.incidents import end_of_day
from tracker.services.maps.selections import select_incidents
from tracker.services.maps.views import MapTimes, list_map, times_of_map, view_map
from tracker.services.places import published_place
from tracker.services.tallies import period_tally

# More than a file can hold; the latest are in it, and it says so.
MOST_IN_A_FILE = 20_000
_SMALL_CELLS = 12  # less than a tenth of a degree wide

COLUMNS = (
    "public_id",
    "longitude",
    "latitude",
    "uncertainty_m",
    "precision",
    "date_from",
    "date_to",
    "date_precision",
    "dead",
    "missing",
    "survivors",
    "causes",
    "country",
    "subregion",
    "corridor",
    "segment",
    "information_source",
    "location_description",
    "source_quality",
    "url_path",
)


def incidents_of_map(
    session: Session, actor: Actor, numbers: Sequence[int], *, known_on: dt.date
) -> pd.DataFrame:
    """Give what this actor may see of incidents (`COLUMNS`; NaN and None are not known), in order.

    Those whose place is not known, or may not be shown yet, are there without one.
    """
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    rows = {}
    for known in versions_as_known(session, numbers, end_of_day(known_on)):
        place = published_place(session, actor, known)
        rows[known.version.incident_id] = _row(known.public_id, known.version, place)
    return _typed(
        pd.DataFrame([rows[number] for number in numbers if number in rows], columns=list(COLUMNS))
    )


@dataclass(frozen=True)
class MapRows:
    """Incidents of a window in words, and how many incidents and people there are in all."""

    rows: tuple[Mapping[str, Any], ...]
    number_in_all: int
    dead: int | None
    missing: int | None


def rows_of_map(
    session: Session, actor: Actor, asked: MapQuery, *, window: MapWindow, language: str
) -> MapRows:
    """Give a page of the incidents of a window in the reader's words."""
    listed = list_map(session, actor, asked, window=window)
    frame = incidents_of_map(session, actor, listed.incidents, known_on=asked.query.as_known_on)
    columns = incident_columns(frame, language)
    return MapRows(
        tuple(row_in_words(columns, number) for number in range(len(frame))),
        listed.number_in_all,
        listed.dead,
        listed.missing,
    )


@dataclass(frozen=True)
class DrawnMap:
    """A map with the first incidents beside it, and the figures that belong to it."""

    asked: MapQuery
    parts: MapParts
    beside: MapRows
    tally: Tally
    times: MapTimes
    number_without_place: int


def draw_incidents(session: Session, actor: Actor, asked: MapQuery, *, language: str) -> DrawnMap:
    """Draw the incidents of a tally, and give the tally with them."""
    selection = select_incidents(session, actor, asked)
    view = first_view(*selection.positions)
    parts = draw_map(
        first_view=view,
        corridors=_corridors(),
        basemap=country_features(),
        language=language,
        cities=large_cities(),
    )
    cells = json_for_page(_first_cells(session, actor, asked, view=view))
    return DrawnMap(
        asked=asked,
        parts=replace(parts, data={**parts.data, "map-first": cells}),
        beside=rows_of_map(session, actor, asked, window=MapWindow(), language=language),
        tally=period_tally(session, actor, asked.query),
        times=times_of_map(session, actor, asked),
        number_without_place=len(selection.incident) - len(selection.placed),
    )


def _first_cells(
    session: Session, actor: Actor, asked: MapQuery, *, view: Bounds
) -> list[dict[str, object]]:
    """Give the cells of what a screen is likely to show first, as each answer for a box holds."""
    looks = []
    for zoom, box in first_looks(view, closest=CLOSEST_FIRST_VIEW):
        seen = view_map(session, actor, asked, window=MapWindow(box, zoom))
        looks.append({"zoom": zoom, "box": box, **cells_answer(seen.cells, seen.fullest)})
    return looks


def draw_incidents_file(
    session: Session, actor: Actor, query: TallyQuery, *, language: str, site: str | None = None
) -> str:
    """Draw the incidents of a tally as one HTML file that needs nothing else.

    It holds the latest `MOST_IN_A_FILE` of them, and says so where there are more.
    """
    selection = select_incidents(session, actor, MapQuery(query))
    latest = np.lexsort((-selection.incident, -selection.first_day.astype(np.int64)))
    numbers = selection.incident[latest[:MOST_IN_A_FILE]].tolist()
    return draw_map_file(
        incidents_of_map(session, actor, numbers, known_on=query.as_known_on),
        tally=period_tally(session, actor, query),
        corridors=_corridors(),
        basemap=country_features(),
        language=language,
        cities=large_cities(),
        site=site,
        number_in_all=len(selection.incident),
    )


def places_of_people(
    session: Session, actor: Actor, query: TallyQuery
) -> Iterator[tuple[float, float, float, float]]:
    """Give the middle of each small cell (longitude, latitude) with its dead and missing.

    For drawings of the whole region; NaN is not known.
    """
    cells = select_incidents(session, actor, MapQuery(query)).pyramid.level(_SMALL_CELLS)
    people = (
        (math.nan if n is None else float(n) for n in measure.or_none())
        for measure in (cells.dead, cells.missing)
    )
    return zip(cells.longitude.tolist(), cells.latitude.tolist(), *people, strict=True)


@cache
def _corridors() -> dict[str, Any]:
    # Soft bands need no sharper edge, and every page carries them.
    return features(simplify_m=4_000)


def _row(
    public_id: str, version: IncidentVersion, place: PublishedPlace | None
) -> tuple[object, ...]:
    return (
        public_id,
        place.longitude if place else None,
        place.latitude if place else None,
        place.uncertainty_m if place else None,
        place.precision if place else None,
        version.date_from,
        version.date_to,
        version.date_precision,
        version.number_dead,
        version.number_missing_min,
        version.number_survivors,
        version.causes,
        version.country,
        version.review_2021,
        version.corridor,
        version.segment,
        version.information_source,
        place.description if place else None,
        version.source_quality,
        f"/incidents/{public_id}",
    )


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    for name in ("date_from", "date_to"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    for name in (
        *("longitude", "latitude", "uncertainty_m"),
        *("dead", "missing", "survivors", "source_quality"),
    ):
        frame[name] = frame[name].astype(float)
    return frame
