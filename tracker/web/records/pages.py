"""What the pages that log and edit a record share: options, countries, and drawing them again."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from geodata.countries import country_codes
from tracker.domain.causes import Cause
from tracker.domain.groups import CODES_OF_KIND, Basis, GroupKind
from tracker.domain.statuses import Manner, Scope
from tracker.http.language import label
from tracker.http.record_problems import problems_in_words
from tracker.schemas.incidents import (
    DATE_BASES,
    DATE_PRECISIONS,
    INCIDENT_TYPES,
    LOCATION_BASES,
    LOCATION_PRECISIONS,
)
from tracker.schemas.tallies import SOURCE_QUALITIES
from tracker.web.records.blueprint import own_page
from tracker.web.records.entries import Entries


@dataclass(frozen=True)
class Offered:
    """The codes that the fields offer; the page gives them their words."""

    causes: tuple[str, ...] = tuple(Cause)
    date_precisions: tuple[str, ...] = DATE_PRECISIONS
    date_bases: tuple[str, ...] = DATE_BASES
    location_precisions: tuple[str, ...] = LOCATION_PRECISIONS
    location_bases: tuple[str, ...] = LOCATION_BASES
    incident_types: tuple[str, ...] = INCIDENT_TYPES
    scopes: tuple[str, ...] = tuple(Scope)
    manners: tuple[str, ...] = tuple(Manner)
    bases: tuple[str, ...] = tuple(Basis)
    kinds: tuple[str, ...] = tuple(GroupKind)
    qualities: tuple[str, ...] = SOURCE_QUALITIES

    def codes_of(self, kind: str) -> tuple[str, ...]:
        """Give the codes of a kind of group; none where it is told in words."""
        return CODES_OF_KIND.get(GroupKind(kind), ())

    def countries(self) -> list[str]:
        """Name every country in the reader's language, in order."""
        return sorted(label(code, "country") for code in country_codes())


OFFERED = Offered()


def form_page(
    name: str,
    entries: Entries,
    values: Mapping[str, object],
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    status: int = 200,
) -> Response:
    """Draw a form with everything that was typed in it, and what is wrong beside its field."""
    drawn = {"given": entries, "offered": OFFERED, "problems": problems_in_words(wrong or {})}
    return own_page(name, {**drawn, **values}, status=status, asks_position=True)
