"""Gives the incidents of a map: the same ones that the tally of the same query counts."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from geodata.basemap import country_features, large_cities
from geodata.corridors import features
from tracker.db.ledger_cache import ledger_columns
from tracker.db.models import IncidentVersion
from tracker.db.queries.incidents import versions_as_known
from tracker.db.queries.tallies import incidents_counted
from tracker.domain.incidents import PublishedPlace
from tracker.domain.periods import day_number
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.tallies import Tally, TallyQuery
from tracker.maps.incidents_map import MapParts, draw_map
from tracker.maps.map_file import draw_map_file
from tracker.services.incidents import end_of_day
from tracker.services.places import published_place
from tracker.services.tallies import cut_of_query, period_tally

# More than a page can draw at once; the latest are drawn, and the page says so.
MOST_DRAWN = 20_000

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
    "route_reported",
    "location_description",
    "source_quality",
    "url_path",
)


@dataclass(frozen=True)
class MapIncidents:
    """Incidents to draw (`COLUMNS`; NaN and None are not known), and how many there are in all.

    Incidents whose place is not known, or may not be shown yet, are in `frame` without one.
    """

    frame: pd.DataFrame
    number_in_all: int


def incidents_for_map(session: Session, actor: Actor, query: TallyQuery) -> MapIncidents:
    """Give the incidents that the tally of the same query counts, the latest first."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    columns = ledger_columns(session)
    ids = incidents_counted(columns, cut_of_query(query, actor), day_number(query.as_known_on))
    drawn = ids[:MOST_DRAWN].tolist()
    rows = {}
    for known in versions_as_known(session, drawn, end_of_day(query.as_known_on)):
        place = published_place(session, actor, known)
        rows[known.version.incident_id] = _row(known.public_id, known.version, place)
    frame = pd.DataFrame(
        [rows[number] for number in drawn if number in rows], columns=list(COLUMNS)
    )
    return MapIncidents(_typed(frame), number_in_all=len(ids))


@dataclass(frozen=True)
class DrawnMap:
    """A map with the figures that belong to it."""

    parts: MapParts
    tally: Tally
    number_in_all: int


def draw_incidents(session: Session, actor: Actor, query: TallyQuery, *, language: str) -> DrawnMap:
    """Draw the incidents of a tally, and give the tally with them."""
    incidents = incidents_for_map(session, actor, query)
    parts = draw_map(
        incidents.frame,
        corridors=_corridors(),
        basemap=country_features(),
        language=language,
        cities=large_cities(),
    )
    return DrawnMap(parts, period_tally(session, actor, query), incidents.number_in_all)


def draw_incidents_file(
    session: Session, actor: Actor, query: TallyQuery, *, language: str, site: str | None = None
) -> str:
    """Draw the incidents of a tally as one HTML file that needs nothing else."""
    incidents = incidents_for_map(session, actor, query)
    return draw_map_file(
        incidents.frame,
        tally=period_tally(session, actor, query),
        corridors=_corridors(),
        basemap=country_features(),
        language=language,
        cities=large_cities(),
        site=site,
    )


@cache
def _corridors() -> dict[str, Any]:
    # Finer than a pixel at the closest zoom of the map's first view.
    return features(simplify_m=1_000)


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
        version.route_reported,
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
