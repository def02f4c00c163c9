"""Shows what two versions of a person's record, or two people who write in it, say differently."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.domain.people import PersonKind
from tracker.http.language import gettext
from tracker.translations.person_fields import PERSON_FIELDS
from tracker.web.people.reading import read_person
from tracker.web.people.words import fact_in_words
from tracker.web.records.entries import Entries


@dataclass(frozen=True)
class Difference:
    """One fact that differs: what it is called, how it was told, and how it is told."""

    words: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Give the facts that differ, in the order of the form."""
    named = [*PERSON_FIELDS, *sorted({*before, *after} - {*PERSON_FIELDS})]
    return tuple(
        Difference(
            gettext(PERSON_FIELDS.get(name, name)),
            _words(name, before.get(name)),
            _words(name, after.get(name)),
        )
        for name in named
        if before.get(name) != after.get(name)
    )


def differences_of_entries(
    kind: PersonKind, facts: Mapping[str, Any], entries: Entries
) -> tuple[Difference, ...]:
    """Give the facts in which what stands differs from what was typed."""
    typed, _ = read_person(kind, entries, facts)
    texts = {name: _plain(value) for name, value in typed.items()}
    return differences({name: _plain(value) for name, value in facts.items()}, texts)


def _plain(value: Any) -> Any:  # noqa: ANN401 -- whatever a fact holds
    """Write numbers as they are typed, so that only other values differ."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return value if isinstance(value, bool) else str(value)


def _words(name: str, value: Any) -> str:  # noqa: ANN401 -- whatever a fact holds
    if value in (None, "", []):
        return gettext("empty")
    try:
        return fact_in_words(name, value)
    except (ValueError, KeyError):  # typed, and not yet sound
        return str(value)
