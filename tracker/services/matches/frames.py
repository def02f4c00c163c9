"""Turns what is told of people into the columns that `tracker.linkage.matches` compares."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tracker.db.encryption import KeyRing
from tracker.domain.people import PersonKind

Facts = Mapping[str, Any]
TEXTS = (
    *("given_names", "first_surname", "second_surname", "sex", "sex_basis", "age_basis", "hair"),
    *("eyes", "origin_country", "origin_place"),
)
NUMBERS = (
    *("age_from", "age_to", "height_from_cm", "height_to_cm", "weight_from_kg", "weight_to_kg"),
)
LISTS = ("marks", "belongings", "clothing")
# The library calls what is particular of teeth and bodies a finding.
FINDINGS = ("dental", "medical")
_OWN_TEXTS = {
    PersonKind.CASE: ("contact_corridor", "planned_corridor"),
    PersonKind.REMAINS: ("found_corridor", "condition"),
}
_OWN_NUMBERS = {
    PersonKind.CASE: ("contact_longitude", "contact_latitude"),
    PersonKind.REMAINS: (
        *("found_longitude", "found_latitude", "interval_days_from", "interval_days_to"),
    ),
}
_DAY = {PersonKind.CASE: "contact_date", PersonKind.REMAINS: "found_date"}
# On these a number is written that somebody carried.
WRITTEN_ON = ("paper", "telephone", "document")
# Whole national numbers of the region have at least so many digits; country codes stand before.
NUMBER_DIGITS = 8
LEAST_DIGITS = 7
_WRITTEN_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-/]{5,18}\d")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")


def people_frame(
    kind: PersonKind, people: Iterable[tuple[int, Facts]], keys: KeyRing, *, today: dt.date
) -> pd.DataFrame:
    """Make the frame of a register (docs/matching.md) from ids and facts, in their order.

    Numbers of telephones become digests under the key of lookups; nothing else of who asks for
    somebody is in it.
    """
    rows = [(str(number), facts) for number, facts in people]
    told = [facts for _, facts in rows]
    columns: dict[str, Any] = {"id": pd.Series([number for number, _ in rows], dtype=object)}
    for name in (*TEXTS, *_OWN_TEXTS[kind]):
        columns[name] = pd.Series([facts.get(name) for facts in told], dtype=object)
    for name in (*NUMBERS, *_OWN_NUMBERS[kind]):
        columns[name] = pd.Series([facts.get(name) for facts in told], dtype=float)
    for name in ("nicknames", *LISTS):
        columns[name] = pd.Series([facts.get(name) or [] for facts in told], dtype=object)
    for name in FINDINGS:
        things = [[_finding(thing) for thing in facts.get(name) or []] for facts in told]
        columns[name] = pd.Series(things, dtype=object)
    numbers = [telephone_digests(facts, keys, today=today) for facts in told]
    columns["telephones"] = pd.Series(numbers, dtype=object)
    days = pd.Series([compared_day(kind, facts) for facts in told], dtype=object)
    columns[_DAY[kind]] = pd.to_datetime(days).astype("datetime64[s]")
    return pd.DataFrame(columns)


def _finding(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {"finding" if name == "kind" else name: value for name, value in thing.items()}


def compared_day(kind: PersonKind, facts: Facts) -> str | None:
    """Give the day that is compared (ISO): a find of some month is no earlier than its end.

    Otherwise a find that is known to the year alone would seem to come before the last contact.
    """
    told = facts.get(_DAY[kind])
    if not told:
        return None
    day = dt.date.fromisoformat(str(told))
    precision = facts.get(f"{_DAY[kind]}_precision")
    if kind is PersonKind.REMAINS and precision in ("month", "year"):
        month = 12 if precision == "year" else day.month
        day = dt.date(day.year, month, calendar.monthrange(day.year, month)[1])
    return day.isoformat()


def telephone_digests(facts: Facts, keys: KeyRing, *, today: dt.date) -> list[str]:
    """Give keyed digests of the numbers that may be in two people's hands, each once.

    The person's own, those of whoever asks for them as long as these may be used, and those
    written on papers and telephones that were carried.
    """
    numbers = [*facts.get("telephones", ())]
    until = facts.get("contacts_until")
    if until is None or str(until) >= today.isoformat():
        numbers += facts.get("inquirer_telephones", ())
    for thing in facts.get("belongings", ()):
        if thing.get("kind") in WRITTEN_ON:
            for text in (thing.get("text"), thing.get("description")):
                numbers += written_numbers(text or "")
    compared = dict.fromkeys(filter(None, map(compared_number, numbers)))
    return [keys.digest("telephone", number) for number in compared]


def compared_number(text: str) -> str | None:
    """Give the digits of a number that are the same however it is written; None for too few.

    The last eight: country codes, leading noughts and Mexico's old 1 stand before them, and are
    seldom written on the paper in a pocket.
    """
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    return digits[-NUMBER_DIGITS:] if len(digits) >= LEAST_DIGITS else None


def written_numbers(text: str) -> list[str]:
    """Find what can be dialled in a text; dates cannot."""
    found = (each.strip() for each in _WRITTEN_NUMBER.findall(text))
    return [each for each in found if compared_number(each) and not _DATE.fullmatch(each)]
