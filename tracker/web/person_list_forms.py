"""What the forms of a list of people carry along: the table, and what its columns mean."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from tracker.domain.errors import InvalidRecord
from tracker.domain.people import Basis, PersonKind
from tracker.domain.person_imports import DateOrder, MappingTold, PersonMapping
from tracker.http.language import gettext
from tracker.schemas.person_columns import READY_MADE, TARGET_WORDS, propose_mapping, sound_mapping
from tracker.schemas.person_rows import MOST_COLUMNS, MOST_ROWS, PersonTable
from tracker.services.people import ListSource
from tracker.translations.person_list_words import CODES, SHOWN
from tracker.web.people.words import thing_in_words

LONGEST_DATASET = 80
# Facts as a row shows them: the words before them, and their names.
_SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("given_names", ("given_names", "first_surname", "second_surname")),
    ("nicknames", ("nicknames",)),
    ("sex", ("sex",)),
    ("age", ("age_from", "age_to")),
    ("height", ("height_from_cm", "height_to_cm")),
    ("weight", ("weight_from_kg", "weight_to_kg")),
    ("hair", ("hair",)),
    ("eyes", ("eyes",)),
    ("origin_place", ("origin_place", "origin_country")),
    ("date", ("contact_date", "found_date")),
    ("place", ("contact_place", "found_place")),
    ("latitude", ("contact_latitude", "found_latitude")),
    ("longitude", ("contact_longitude", "found_longitude")),
    ("condition", ("condition",)),
    ("cause_official", ("cause_official",)),
    ("parts_found", ("parts_found",)),
    ("burial_place", ("burial_place",)),
    ("tattoos", ("marks",)),
    ("dental", ("dental",)),
    ("medical", ("medical",)),
    ("clothing", ("clothing",)),
    ("belongings", ("belongings",)),
    ("route", ("route",)),
    ("circumstances", ("circumstances",)),
    ("inquirer_name", ("inquirer_name", "inquirer_telephones")),
    ("notes", ("notes",)),
)
_UNITS = {"height": "cm", "weight": "kg"}


@dataclass(frozen=True)
class ListSent:
    """A list that somebody sent: its table, which list it is, and what its columns mean."""

    table: PersonTable
    source: ListSource
    mapping: PersonMapping


def kind_sent() -> PersonKind:
    """Read what the list is about; raises `InvalidRecord`."""
    given = request.form.get("kind", "")
    if given not in tuple(PersonKind):
        raise InvalidRecord({"kind": ("required",)})
    return PersonKind(given)


def source_sent() -> ListSource:
    """Read which list it is; raises `InvalidRecord` without a name."""
    dataset = request.form.get("dataset", "").strip()
    if not dataset or len(dataset) > LONGEST_DATASET or "\x00" in dataset:
        raise InvalidRecord({"dataset": ("too_long" if dataset else "required",)})
    return ListSource(dataset, kind_sent(), invented="invented" in request.form)


def table_sent() -> PersonTable:
    """Read the table that the page carried along; raises `InvalidRecord`."""
    try:
        headers, rows = json.loads(request.form.get("table", ""))
        table = PersonTable(
            tuple(str(header) for header in headers),
            tuple((int(number), tuple(str(cell) for cell in cells)) for number, cells in rows),
        )
    except (ValueError, TypeError, RecursionError):
        raise InvalidRecord({"file": ("not_valid",)}) from None
    fits = all(len(cells) == len(table.headers) for _, cells in table.rows)
    if not fits or not table.rows or not 0 < len(table.headers) <= MOST_COLUMNS:
        raise InvalidRecord({"file": ("not_valid",)})
    if len(table.rows) > MOST_ROWS:
        raise InvalidRecord({"file": ("too_many_rows",)})
    return table


def packed_table(table: PersonTable) -> str:
    """Write a table such that a page can carry it along."""
    return json.dumps([table.headers, table.rows], ensure_ascii=False)


def mapping_sent(kind: PersonKind, table: PersonTable) -> PersonMapping:
    """Read what somebody says that the columns mean; what cannot be is left out."""
    chosen = {
        header: request.form.get(f"column-{place}", "")
        for place, header in enumerate(table.headers)
    }
    dates, basis = request.form.get("dates", ""), request.form.get("basis", "")
    return PersonMapping(
        kind,
        sound_mapping(kind, chosen),
        DateOrder(dates) if dates in tuple(DateOrder) else DateOrder.AS_WRITTEN,
        Basis(basis) if basis in tuple(Basis) else Basis.THIRD_PARTY,
    )


def mapping_proposed(
    kind: PersonKind, table: PersonTable, kept: Sequence[MappingTold]
) -> PersonMapping:
    """Propose what the columns mean, by the mapping that was chosen if there is one."""
    chosen = request.form.get("mapping", "")
    known: PersonMapping | None = READY_MADE.get(chosen)
    if known is None:
        by_number = {str(each.number): each.mapping for each in kept}
        known = by_number.get(chosen)
    return propose_mapping(kind, table.headers, known if known and known.kind is kind else None)


def facts_shown(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what was understood of a row, with words before it."""
    shown = []
    for target, names in _SHOWN:
        told = [_in_words(name, facts[name]) for name in names if facts.get(name) is not None]
        if target in ("age", "height", "weight"):
            told = ["–".join(dict.fromkeys(told))] if told else []
        if told:
            words = " ".join([" ".join(told), _UNITS.get(target, "")]).strip()
            shown.append((gettext(SHOWN.get(target) or TARGET_WORDS[target]), words))
    return shown


def _in_words(name: str, value: Any) -> str:  # noqa: ANN401 -- whatever JSON can hold
    if isinstance(value, list):
        return "; ".join(
            # How each is known is said once, for the whole list.
            thing_in_words(name, {**each, "basis": None}) if isinstance(each, dict) else str(each)
            for each in value
        )
    known = CODES.get(name, {}).get(str(value))
    return gettext(known) if known else str(value)
