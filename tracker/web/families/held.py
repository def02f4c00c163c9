"""What is kept about a person who is sought, in words that their family reads."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from tracker.http.language import current_language, day, gettext, label
from tracker.translations import mark
from tracker.translations.held_words import CODES, FACTS, GROUPS
from tracker.translations.labels import labels_in

Facts: TypeAlias = Mapping[str, object]
Held: TypeAlias = list[tuple[str, list[tuple[str, list[str]]]]]

_ORDER: Mapping[str, tuple[str, ...]] = {
    "who": (
        *("given_names", "first_surname", "second_surname", "married_name", "nicknames", "sex"),
        *("gender", "age", "origin_country", "origin_place", "languages"),
    ),
    "body": ("height", "weight", "hair", "eyes", "marks", "dental", "medical"),
    "things": ("clothing", "belongings", "telephones"),
    "contact": (
        *("contact_date", "contact_place", "contact_corridor", "contact_with"),
        *("planned_corridor", "route", "circumstances"),
    ),
    "references": ("references",),
    "you": (
        *("inquirer_name", "inquirer_relation", "inquirer_telephones", "inquirer_email"),
        *("inquirer_address", "inquirer_language", "inquirer_safe_contact", "contacts_until"),
    ),
}
_RANGES: Mapping[str, tuple[str, str, str]] = {
    "age": ("age_from", "age_to", mark("%(number)s years")),
    "height": ("height_from_cm", "height_to_cm", mark("%(number)s cm")),
    "weight": ("weight_from_kg", "weight_to_kg", mark("%(number)s kg")),
}


def held_words(facts: Facts) -> Held:
    """Give what is kept by groups: title, and for each fact its name and its lines."""
    groups = []
    for group, names in _ORDER.items():
        told = [(gettext(FACTS[name]), lines) for name in names if (lines := _lines(name, facts))]
        if told:
            groups.append((gettext(GROUPS[group]), told))
    return groups


def _lines(name: str, facts: Facts) -> list[str]:
    if name in _RANGES:
        return _range(name, facts)
    value = facts.get(name)
    if value in (None, "", []):
        return []
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_thing(name, each) if isinstance(each, Mapping) else str(each) for each in value]
    return [_WRITTEN.get(name, _plain)(name, str(value), facts)]


def _range(name: str, facts: Facts) -> list[str]:
    low, high, words = _RANGES[name]
    numbers = [str(facts[end]) for end in (low, high) if facts.get(end) is not None]
    if not numbers:
        return []
    return [gettext(words, number=" – ".join(dict.fromkeys(numbers)))]


def _thing(name: str, thing: Mapping[str, object]) -> str:
    """Tell a mark, a piece of clothing and the like: what, where, what is written on it."""
    return ", ".join(_parts(name, thing))


def _parts(name: str, thing: Mapping[str, object]) -> Iterator[str]:
    yield _coded(name, str(thing["kind"]))
    for field in ("colour", "part", "side"):
        if thing.get(field):
            yield _coded(field, str(thing[field]))
    if thing.get("tooth"):
        yield gettext("number %(number)s", number=thing["tooth"])
    for field in ("brand", "size", "holder", "laboratory"):
        if thing.get(field):
            yield str(thing[field])
    if thing.get("text"):
        yield f"“{thing['text']}”"
    if thing.get("description"):
        yield str(thing["description"])
    if thing.get("taken_on"):
        yield day(dt.date.fromisoformat(str(thing["taken_on"])))


def _coded(field: str, code: str) -> str:
    words = CODES.get(field, {}).get(code)
    return code if words is None else gettext(words)


def _plain(name: str, value: str, _facts: Facts) -> str:
    return _coded(name, value)


def _country(_name: str, value: str, _facts: Facts) -> str:
    return label(value, "country")


def _corridor(_name: str, value: str, _facts: Facts) -> str:
    return label(value, "corridor")


def _day(_name: str, value: str, facts: Facts) -> str:
    """Write a day as exactly as it is known."""
    date, precision = dt.date.fromisoformat(value), facts.get("contact_date_precision")
    if precision == "year":
        return str(date.year)
    if precision == "month":
        return labels_in(current_language())("month", value[:7])
    return day(date)


def _last_day(_name: str, value: str, _facts: Facts) -> str:
    return day(dt.date.fromisoformat(value))


_WRITTEN: Mapping[str, Callable[[str, str, Facts], str]] = {
    "origin_country": _country,
    "contact_corridor": _corridor,
    "planned_corridor": _corridor,
    "contact_date": _day,
    "contacts_until": _last_day,
}
