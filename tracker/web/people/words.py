"""Tells what is known of a person in words: a value, its range, and how it is known."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.http.language import day, gettext, label
from tracker.translations.person_fields import CODES_OF, KINDS_OF, PERSON_FIELDS

# How a thing is told; kind, place on the body and basis stand around it.
_IN_THIS_ORDER = (
    *("tooth", "colour", "text", "brand", "size", "description"),
    *("holder_kind", "holder", "place", "plot", "since", "laboratory", "taken_on", "consent"),
    *("examined_on", "examiner", "number", "result"),
)


@dataclass(frozen=True)
class Line:
    """One thing that is known: what it is, the value in words, and how it is known."""

    words: str
    value: str
    basis: str = ""


def span(low: object, high: object) -> str:
    """Write a number, or from which to which; empty where neither is known."""
    if low is None and high is None:
        return ""
    if low is None:
        return gettext("at most %(most)s", most=high)
    if high is None:
        return gettext("at least %(least)s", least=low)
    if low == high:
        return str(low)
    return gettext("between %(least)s and %(most)s", least=low, most=high)


def day_told(facts: Mapping[str, Any], name: str) -> str:
    """Write a day as well as it is known: the day, the month or the year."""
    given = facts.get(name)
    if not given:
        return ""
    precision = facts.get(f"{name}_precision")
    text = str(given)
    if precision == "year":
        return text[:4]
    if precision == "month":
        return label(text[:7], "month")
    return day(dt.date.fromisoformat(text))


def thing_in_words(listed: str, thing: Mapping[str, Any]) -> str:
    """Tell of a mark, a tooth, a piece of clothing and the like in one line."""
    parts = [label(str(thing["kind"]), KINDS_OF[listed])] if "kind" in thing else []
    parts += [
        _part_of_thing(name, thing[name])
        for name in _IN_THIS_ORDER
        if thing.get(name) not in (None, "")
    ]
    if where := _where(thing):
        parts[1:1] = [where]
    told = ", ".join(parts)
    return f"{told} ({label(thing['basis'], 'person_basis')})" if thing.get("basis") else told


def fact_in_words(name: str, value: Any) -> str:  # noqa: ANN401 -- whatever a fact holds
    """Tell any fact of a person in words."""
    if isinstance(value, list):
        if value and isinstance(value[0], Mapping):
            return "; ".join(thing_in_words(name, each) for each in value)
        return ", ".join(map(str, value))
    if name in CODES_OF:
        return label(str(value), CODES_OF[name])
    if name.endswith("_date") or name in ("contacts_until",):
        return day(dt.date.fromisoformat(str(value)))
    return str(value)


def lines_of(facts: Mapping[str, Any], names: Iterable[str]) -> tuple[Line, ...]:
    """Give a line for each of these facts that is known."""
    return tuple(
        Line(gettext(PERSON_FIELDS[name]), fact_in_words(name, facts[name]), _basis(facts, name))
        for name in names
        if facts.get(name) not in (None, "", [])
    )


def profile_lines(facts: Mapping[str, Any]) -> tuple[Line, ...]:
    """Tell who somebody is: name, sex, age, height, weight, hair, eyes, origin."""
    names = " ".join(
        str(facts[name])
        for name in ("given_names", "first_surname", "second_surname")
        if facts.get(name)
    )
    told = [
        Line(gettext("Name"), names, _basis(facts, "names")),
        *lines_of(facts, ("married_name", "nicknames")),
        Line(gettext("Sex"), _coded(facts, "sex"), _basis(facts, "sex")),
        *lines_of(facts, ("gender",)),
        _numbered(facts, gettext("Age"), gettext("%(span)s years"), at="age"),
        _numbered(facts, gettext("Height"), gettext("%(span)s cm"), at="height", unit="_cm"),
    ]
    weight = _numbered(facts, gettext("Weight"), gettext("%(span)s kg"), at="weight", unit="_kg")
    told += [weight] if weight.value else []
    told += lines_of(facts, ("hair", "eyes"))
    where = [facts.get("origin_place"), _coded(facts, "origin_country")]
    origin = ", ".join(str(part) for part in where if part)
    told.append(Line(gettext("From"), origin, _basis(facts, "origin")))
    return (*told, *lines_of(facts, ("languages", "telephones")))


def _numbered(facts: Mapping[str, Any], words: str, form: str, *, at: str, unit: str = "") -> Line:
    told = span(facts.get(f"{at}_from{unit}"), facts.get(f"{at}_to{unit}"))
    return Line(words, form % {"span": told} if told else "", _basis(facts, at))


def _coded(facts: Mapping[str, Any], name: str) -> str:
    return fact_in_words(name, facts[name]) if facts.get(name) else ""


def _basis(facts: Mapping[str, Any], name: str) -> str:
    code = facts.get(f"{name}_basis")
    return label(str(code), "person_basis") if code else ""


def _where(thing: Mapping[str, Any]) -> str:
    part, side = thing.get("part"), thing.get("side")
    told = [label(str(part), "body_part")] if part else []
    told += [label(str(side), "side")] if side else []
    return " ".join(told)


def _part_of_thing(name: str, value: Any) -> str:  # noqa: ANN401 -- whatever a fact holds
    if isinstance(value, bool):
        agreed, refused = gettext("may be compared"), gettext("may not be compared")
        return agreed if value else refused
    if name == "text":
        return f"“{value}”"
    if name in CODES_OF:
        return label(str(value), CODES_OF[name])
    if name in ("taken_on", "since", "examined_on"):
        return f"{gettext(PERSON_FIELDS[name])} {day(dt.date.fromisoformat(str(value)))}"
    if name in ("tooth", "size", "plot", "number", "laboratory"):
        return f"{gettext(PERSON_FIELDS[name])}: {value}"
    return str(value)
