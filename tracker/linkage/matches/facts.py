"""What was compared of two rows, as plain values under fixed names, each field with a code."""

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from geodata.distances import distance_m
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.item_rules import RULES
from tracker.linkage.matches.items import thing_nats
from tracker.linkage.matches.profiles import Register

Facts = dict[str, object]
Row = Mapping[str, object]
NOT_TOLD = "not_told"


def facts_of(
    field: MatchField, sides: tuple[Row, Row], registers: tuple[Register, Register]
) -> Facts:
    """Tell the facts of one field of two rows (registers of one row each)."""
    if field in RULES:
        return _thing_facts(field, sides, registers)
    return _FACTS[field](sides)


def _both(sides: tuple[Row, Row], name: str) -> tuple[object, object]:
    one, other = (_plain(side.get(name)) for side in sides)
    return one, other


def _plain(value: object) -> object:
    """Give None for what is not known, and plain Python values for the rest."""
    if isinstance(value, list | tuple | np.ndarray):
        return tuple(value)
    if isinstance(value, str):
        return value.strip() or None
    if value is None or (np.ndim(np.asarray(value)) == 0 and pd.isna(value)):  # type: ignore[call-overload]
        return None
    if isinstance(value, pd.Timestamp | np.datetime64):
        return pd.Timestamp(value).date()
    return value.item() if isinstance(value, np.generic) else value


def _coded(known: bool, code: str, **values: object) -> Facts:
    return {"code": code if known else NOT_TOLD, **values}


def _names(sides: tuple[Row, Row]) -> Facts:
    told = ("given_names", "first_surname", "second_surname", "nicknames")
    values = {name: _both(sides, name) for name in told}
    known = [any(_plain(side.get(name)) or () for name in told) for side in sides]
    return _coded(all(known), "names_compared", **values)


def _telephones(sides: tuple[Row, Row]) -> Facts:
    """Count the numbers; digests are never shown."""
    one, other = (
        frozenset(side if isinstance(side, tuple) else ()) for side in _both(sides, "telephones")
    )
    shared = len(one & other)
    code = "same_number" if shared else "other_numbers"
    return _coded(bool(one and other), code, numbers=(len(one), len(other)), in_common=shared)


def _one_value(name: str, *more: str) -> Callable[[tuple[Row, Row]], Facts]:
    def facts(sides: tuple[Row, Row]) -> Facts:
        one, other = _both(sides, name)
        code = f"same_{name}" if one == other else f"other_{name}"
        extra = {each: _both(sides, each) for each in more}
        return _coded(one is not None and other is not None, code, told=(one, other), **extra)

    return facts


def _range(low: str, high: str) -> Callable[[tuple[Row, Row]], Facts]:
    def facts(sides: tuple[Row, Row]) -> Facts:
        ends = [[_plain(side.get(name)) for name in (low, high)] for side in sides]
        known = [[float(str(end)) for end in each if end is not None] for each in ends]
        if not all(known):
            return {
                "code": NOT_TOLD,
                "from": (ends[0][0], ends[1][0]),
                "to": (ends[0][1], ends[1][1]),
            }
        lows, highs = [min(each) for each in known], [max(each) for each in known]
        apart = max(lows[0] - highs[1], lows[1] - highs[0], 0.0)
        code = "ranges_apart" if apart else "ranges_meet"
        return {"code": code, "from": tuple(lows), "to": tuple(highs), "apart": apart}

    return facts


def _time(sides: tuple[Row, Row]) -> Facts:
    days = [_day(side) for side in sides]
    kinds = tuple("remains" if "found_date" in side else "case" for side in sides)
    facts: Facts = {"kinds": kinds, "dates": tuple(days)}
    for name in ("condition", "interval_days_from", "interval_days_to"):
        facts[name] = _both(sides, name)
    if days[0] is None or days[1] is None:
        return {"code": NOT_TOLD, **facts}
    apart = (days[1] - days[0]).days
    if kinds[0] == kinds[1]:
        return {"code": "days_apart", "days": abs(apart), **facts}
    apart = apart if kinds[0] == "case" else -apart
    code = "contact_before_found" if apart >= 0 else "contact_after_found"
    return {"code": code, "days": abs(apart), **facts}


def _day(side: Row) -> dt.date | None:
    day = _plain(side.get("found_date" if "found_date" in side else "contact_date"))
    return day if isinstance(day, dt.date) else None


def _stem(side: Row) -> str:
    return "found" if "found_date" in side else "contact"


def _place(sides: tuple[Row, Row]) -> Facts:
    points = [
        tuple(_plain(side.get(f"{_stem(side)}_{axis}")) for axis in ("longitude", "latitude"))
        for side in sides
    ]
    corridors = tuple(_plain(side.get(f"{_stem(side)}_corridor")) for side in sides)
    if all(value is not None for point in points for value in point):
        ends = [(float(str(point[0])), float(str(point[1]))) for point in points]
        km = round(float(distance_m(*ends)) / 1000, 1)
        return {"code": "km_apart", "km": km, "corridors": corridors}
    code = "same_corridor" if corridors[0] == corridors[1] else "other_corridor"
    return _coded(None not in corridors, code, corridors=corridors)


def _route(sides: tuple[Row, Row]) -> Facts:
    planned = [
        _plain(side.get("planned_corridor" if _stem(side) == "contact" else "found_corridor"))
        for side in sides
    ]
    none_planned = all(_stem(side) == "found" for side in sides)
    known = None not in planned and not none_planned
    code = "as_planned" if planned[0] == planned[1] else "not_as_planned"
    return _coded(known, code, corridors=tuple(planned))


def _origin(sides: tuple[Row, Row]) -> Facts:
    countries, places = _both(sides, "origin_country"), _both(sides, "origin_place")
    code = "same_country" if countries[0] == countries[1] else "other_country"
    if None in countries:
        code = "places_compared" if None not in places else NOT_TOLD
    return {"code": code, "countries": countries, "places": places}


def _thing_facts(
    field: MatchField, sides: tuple[Row, Row], registers: tuple[Register, Register]
) -> Facts:
    """Give all things of both sides, and which of them fit best (places, nats)."""
    told = [each if isinstance(each, tuple) else () for each in _both(sides, str(field))]
    if not told[0] or not told[1]:
        return {"code": NOT_TOLD, "told": tuple(told), "alike": ()}
    one, other = (register.items[field] for register in registers)
    size = (int(one.starts[1]), int(other.starts[1]))
    mine, its = np.repeat(np.arange(size[0]), size[1]), np.tile(np.arange(size[1]), size[0])
    nats = thing_nats((one, mine), (other, its), rules=RULES[field])
    alike = [
        (int(mine[at]), int(its[at]), round(float(nats[at]), 3))
        for at in np.argsort(-nats, kind="stable")
        if nats[at] > 0
    ]
    code = "some_alike" if alike else "none_alike" if np.isfinite(nats).any() else "other_kinds"
    return {"code": code, "told": tuple(told), "alike": tuple(alike)}


_FACTS: Mapping[MatchField, Callable[[tuple[Row, Row]], Facts]] = {
    MatchField.NAMES: _names,
    MatchField.TELEPHONES: _telephones,
    MatchField.SEX: _one_value("sex", "sex_basis", "condition"),
    MatchField.AGE: _range("age_from", "age_to"),
    MatchField.HEIGHT: _range("height_from_cm", "height_to_cm"),
    MatchField.WEIGHT: _range("weight_from_kg", "weight_to_kg"),
    MatchField.HAIR: _one_value("hair"),
    MatchField.EYES: _one_value("eyes"),
    MatchField.TIME: _time,
    MatchField.PLACE: _place,
    MatchField.ROUTE: _route,
    MatchField.ORIGIN: _origin,
}
