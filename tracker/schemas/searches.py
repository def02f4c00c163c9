"""The shapes of a search on the ground: its plan, an effort, a finding; places in any form.

Dates are ISO 8601, places longitude and latitude in degrees (EPSG:4326), widths metres.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from geodata.searched_ground import circle
from tracker.domain.errors import InvalidRecord
from tracker.domain.searches import (
    EFFORTS,
    THOROUGHNESS,
    WIDEST_M,
    FindingKind,
    Handling,
    ReportKind,
    SearchMethod,
    SearchView,
)
from tracker.schemas.fields import WORDS, Degrees, WholeNumber, at_most, code_field, date_field
from tracker.schemas.fields import text_field as text
from tracker.schemas.incidents import flat_messages
from tracker.schemas.search_places import Point, area_in_text, line_in_text, place_in_text
from tracker.schemas.typed import Unclear

LONG, SHORT = 4_000, 200
LARGEST_CIRCLE_KM = 40.0
MOST_PEOPLE, MOST_HOURS = 5_000, 1_000.0
Facts: TypeAlias = dict[str, Any]


class _Shape(Schema):
    class Meta:
        unknown = EXCLUDE  # a form sends its other fields along

    error_messages = {"type": "not_valid"}  # noqa: RUF012 -- marshmallow's


def _codes(known: Sequence[str], *, needed: bool = False) -> fields.List[Any]:
    def check(given: Sequence[str]) -> None:
        if needed and not given:
            raise ValidationError("required")

    each = code_field(known, required=True)
    checks = [at_most(len(known)), check]
    return fields.List(each, load_default=list, validate=checks, error_messages=WORDS)


class PlanSchema(_Shape):
    """What is planned: for what, when, how, and what people have to know to come back safely."""

    title = text(SHORT)
    purpose = text(LONG)
    begins_on = date_field()
    ends_on = date_field()
    methods = _codes(tuple(SearchMethod), needed=True)
    safety = text(LONG)
    contacts = text(LONG)


class EffortSchema(_Shape):
    """What was done on one day: by how many, how long, how, and how thoroughly."""

    done_on = date_field()
    method = code_field(tuple(SearchMethod))
    people = WholeNumber()
    hours = Degrees(within=(0, MOST_HOURS))
    thoroughness = WholeNumber()
    width_m = Degrees(within=(1, WIDEST_M))
    view = code_field(tuple(SearchView))
    weather = text(SHORT)
    words = text(LONG)


class FindingSchema(_Shape):
    """What was found, how well its place is known, and what was done with it."""

    done_on = date_field()
    what = code_field(tuple(FindingKind))
    uncertainty_m = Degrees(within=(1, 50_000))
    words = text(LONG)
    done_with = _codes(tuple(Handling))


@dataclass(frozen=True)
class PlanGiven:
    """A plan that was checked: its days, and what is sealed together."""

    begins_on: dt.date
    ends_on: dt.date
    plan: Facts


@dataclass(frozen=True)
class ReportGiven:
    """A report that was checked: its kind and day, and what is sealed together."""

    kind: ReportKind
    done_on: dt.date
    told: Facts


_PLAN_NEEDS = ("title", "purpose", "begins_on", "ends_on", "methods")


def load_plan(given: Mapping[str, Any]) -> PlanGiven:
    """Check a plan; its area is text (a point a line, or GeoJSON), or a circle around a point.

    Raises `InvalidRecord` with codes by field.
    """
    loaded, wrong = _checked(PlanSchema(), given, _PLAN_NEEDS)
    area: list[Point] = []
    try:
        area = _area(given)
    except Unclear as unclear:
        wrong["circle_centre" if _is_circle(given) else "area"] = (unclear.code,)
    begins, ends = loaded.pop("begins_on", None), loaded.pop("ends_on", None)
    if begins and ends and ends < begins:
        wrong["ends_on"] = ("date_order",)
    if wrong or begins is None or ends is None:
        raise InvalidRecord(wrong)
    return PlanGiven(begins, ends, _known(loaded) | {"area": [[x, y] for x, y in area]})


def _is_circle(given: Mapping[str, Any]) -> bool:
    return not str(given.get("area") or "").strip() and bool(given.get("circle_centre"))


def _area(given: Mapping[str, Any]) -> list[Point]:
    if not _is_circle(given):
        return area_in_text(str(given.get("area") or ""))
    centre = place_in_text(str(given["circle_centre"]))
    try:
        radius = float(str(given.get("circle_km") or "").replace(",", "."))
    except ValueError:
        raise Unclear("circle_radius") from None
    if not 0.01 <= radius <= LARGEST_CIRCLE_KM:
        raise Unclear("circle_radius")
    return circle((centre.longitude, centre.latitude), radius * 1_000)


def load_effort(
    given: Mapping[str, Any],
    *,
    today: dt.date,
    lines: Iterable[Sequence[Point]] = (),
    areas: Iterable[Sequence[Point]] = (),
) -> ReportGiven:
    """Check an effort, that nothing was found, or a track; `lines`, `areas`: of its file.

    `ground` says where: `whole` (all of the planned area), `area` or `line` (`points` are text),
    or nothing more than the file. Raises `InvalidRecord` with codes by field.
    """
    loaded, wrong = _checked(EffortSchema(), given, ("done_on", "method", "thoroughness"))
    kind = str(given.get("kind") or "")
    if kind not in EFFORTS:
        wrong["kind"] = ("required" if not kind else "unknown_code",)
    if loaded.get("thoroughness") not in (None, *THOROUGHNESS):
        wrong["thoroughness"] = ("unknown_code",)
    if not 0 <= (loaded.get("people") or 0) <= MOST_PEOPLE:
        wrong["people"] = ("out_of_range",)
    ground = {"lines": [*lines], "areas": [*areas]}
    try:
        _add_ground(ground, given)
    except Unclear as unclear:
        wrong["points"] = (unclear.code,)
    if kind == ReportKind.TRACK and not (ground["lines"] or ground["areas"]):
        wrong.setdefault("track", ("required",))
    done_on = _day(loaded, wrong, today)
    told = _known(loaded) | {name: held for name, held in ground.items() if held}
    if given.get("ground") == "whole":
        told["whole_area"] = True
    return ReportGiven(ReportKind(kind), done_on, told)


def _add_ground(ground: dict[str, list[Any]], given: Mapping[str, Any]) -> None:
    points = str(given.get("points") or "")
    match given.get("ground"):
        case "area":
            ground["areas"].append(area_in_text(points))
        case "line":
            ground["lines"].append(line_in_text(points))


def load_finding(given: Mapping[str, Any], *, today: dt.date) -> ReportGiven:
    """Check a finding; `place` is text in any form. Raises `InvalidRecord` with codes by field."""
    loaded, wrong = _checked(FindingSchema(), given, ("done_on", "what"))
    try:
        place = place_in_text(str(given.get("place") or ""))
        loaded |= {"longitude": place.longitude, "latitude": place.latitude}
        radius = loaded.get("uncertainty_m") or 0.0
        loaded["uncertainty_m"] = max(radius, round(place.uncertainty_m, 1))
    except Unclear as unclear:
        wrong["place"] = (unclear.code,)
    done_on = _day(loaded, wrong, today)
    return ReportGiven(ReportKind.FINDING, done_on, _known(loaded))


def _day(loaded: Facts, wrong: dict[str, tuple[str, ...]], today: dt.date) -> dt.date:
    done_on: dt.date | None = loaded.pop("done_on", None)
    if done_on is not None and done_on > today:
        wrong["done_on"] = ("in_the_future",)
    if wrong or done_on is None:
        raise InvalidRecord(wrong)
    return done_on


def _checked(
    shape: Schema, given: Mapping[str, Any], needed: Sequence[str]
) -> tuple[Facts, dict[str, tuple[str, ...]]]:
    """Load what was given; give what is sound, and the codes of what is not."""
    told = {name: value for name, value in given.items() if value not in ("", None)}
    wrong: dict[str, tuple[str, ...]] = {}
    try:
        loaded: Facts = shape.load(told)
    except ValidationError as error:
        wrong = {
            name.partition(".")[0]: codes for name, codes in flat_messages(error.messages).items()
        }
        valid: Any = error.valid_data
        loaded = dict(valid or {})
    for name in needed:
        held = loaded.get(name)
        blank = isinstance(held, str) and not held.strip()
        if name not in wrong and (held in (None, []) or blank):
            wrong[name] = ("required",)
    return loaded, wrong


def _known(told: Mapping[str, Any]) -> Facts:
    plain = {
        name: value.strip() if isinstance(value, str) else value for name, value in told.items()
    }
    return {name: value for name, value in plain.items() if value not in (None, "", [])}
