"""Areas of a map with their figures: subregions, corridors, and where nobody has reported from."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from geodata.basemap import simple_country_features
from geodata.corridors import features
from geodata.subregions import simple_subregion_features
from tracker.domain.maps import MapQuery
from tracker.domain.measures import Counts, Measure
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.tallies import Grouping, Scheme, TallyQuery
from tracker.services.tallies import period_tally
from tracker.translations.labels import labels_in

GeoJson = dict[str, Any]
CORRIDOR_DETAIL_M = 4_000
SILENT_DETAIL_DEGREES = 0.15  # a hatching needs no fine edge


class AreaKind(StrEnum):
    """What a map can be coloured by."""

    SUBREGION = "subregion"
    CORRIDOR = "corridor"
    SILENT = "silent"


@dataclass(frozen=True)
class AreaFigures:
    """An area's figures in the period and, where one was chosen, in the one before."""

    id: str
    name: str
    now: Counts | None
    before: Counts | None
    geometry: GeoJson

    def told(self) -> dict[str, object]:
        """Name each field that the map is told."""
        people = Measure.DEAD_AND_MISSING
        return {
            "id": self.id,
            "name": self.name,
            "incidents": self.now[Measure.INCIDENTS] if self.now else 0,
            "dead": self.now[Measure.DEAD] if self.now else None,
            "missing": self.now[Measure.MISSING] if self.now else None,
            "people": self.now[people] if self.now else None,
            "before": self.before[people] if self.before else None,
        }


def areas_of_map(
    session: Session, actor: Actor, asked: MapQuery, *, kind: AreaKind, language: str
) -> tuple[AreaFigures, ...]:
    """Give areas with the figures of a question; silent ones are countries without any incident.

    From a silent country nobody has reported anything as known then, whatever the filters: that
    is no sign that nobody died there.
    """
    require(actor, Action.SEE_TALLIES)
    if kind is AreaKind.SILENT:
        return _silent(session, actor, asked.query, language=language)
    grouping = Grouping(kind.value)
    query = replace(asked.query, by=(grouping,), scheme=Scheme.UN_M49)
    now = _by_code(session, actor, query)
    earlier = period_before(query)
    before = _by_code(session, actor, earlier) if earlier else None
    drawn = (
        simple_subregion_features()
        if kind is AreaKind.SUBREGION
        else features(simplify_m=CORRIDOR_DETAIL_M)
    )
    label = labels_in(language)
    return tuple(
        AreaFigures(
            id=str(code := feature["properties"]["id"]),
            name=label(query.words_of(grouping), code),
            now=now.get(code),
            before=before.get(code) if before is not None else None,
            geometry=feature["geometry"],
        )
        for feature in drawn["features"]
    )


def period_before(query: TallyQuery) -> TallyQuery | None:
    """Give the same question of the period of the same length just before; None without one."""
    first, last = query.period_from, query.period_to
    if first is None or last is None:
        return None
    years = last.year - first.year + 1
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year > years:
        starts = first.replace(year=first.year - years)
    else:
        starts = first - ((last - first) + dt.timedelta(days=1))
    return replace(query, period_from=starts, period_to=first - dt.timedelta(days=1))


def _by_code(session: Session, actor: Actor, query: TallyQuery) -> dict[str, Counts]:
    return {row.codes[0]: row.counts for row in period_tally(session, actor, query).rows}


def _silent(
    session: Session, actor: Actor, query: TallyQuery, *, language: str
) -> tuple[AreaFigures, ...]:
    everything = TallyQuery(query.as_known_on, by=(Grouping.COUNTRY,), rule=query.rule)
    heard = _by_code(session, actor, everything)
    return tuple(
        AreaFigures(
            id=feature["properties"]["iso3"],
            name=labels_in(language)("country", feature["properties"]["iso3"]) or "",
            now=None,
            before=None,
            geometry=feature["geometry"],
        )
        for feature in simple_country_features(SILENT_DETAIL_DEGREES)["features"]
        if feature["properties"]["iso3"] not in heard
    )
