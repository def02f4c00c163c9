"""Shows side by side what two people have written into the same record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.http.language import gettext, label
from tracker.http.record_problems import field_in_words
from tracker.web.records.entries import Entries
from tracker.web.records.facts import entries_of_facts

# Fields that hold codes, and whose words they are.
CODED = {
    **dict.fromkeys(("incident_type", "scope", "manner", "date_precision", "date_basis"), ""),
    **dict.fromkeys(("location_precision", "location_basis"), ""),
    "causes": "cause",
}
_OF_THE_PAGE = ("csrf_token", "expected_version", "do", "key", "coordinates_chosen")


@dataclass(frozen=True)
class Difference:
    """One field in which what stands differs from what was typed."""

    field: str
    words: str
    standing: str
    typed: str


def differences(facts: Mapping[str, Any], typed: Entries) -> tuple[Difference, ...]:
    """Give the fields in which the record as it stands differs from the form, in words."""
    standing = entries_of_facts(facts)
    names = list(dict.fromkeys((*standing.values, *typed.values)))
    return tuple(
        Difference(name, field_in_words(name), _words(name, standing), _words(name, typed))
        for name in names
        if name not in _OF_THE_PAGE and standing.all(name) != typed.all(name)
    )


def _words(name: str, entries: Entries) -> str:
    values = entries.all(name)
    if name in CODED:
        values = tuple(label(value, CODED[name] or name) for value in values)
    return "; ".join(values) or gettext("empty")
