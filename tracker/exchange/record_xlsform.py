"""The form for KoboToolbox and ODK (XLSForm), made from the same columns as the template."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from geodata.countries import american_countries, country_codes
from tracker.schemas.fields import MOST_PEOPLE
from tracker.schemas.incidents import ESTIMATES, REQUIRED
from tracker.schemas.record_columns import (
    OF_GROUP,
    OF_SOURCE,
    PART,
    CellKind,
    RecordColumn,
    code_in_words,
    header_in_words,
    part_column,
    record_columns,
)
from tracker.translations import mark
from tracker.translations.catalogues import catalogue

# What collecting tools call a language: its own name and its code.
_LANGUAGES = {"es": "Español (es)", "en": "English (en)"}
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COUNTRIES = "country"
_TITLE = mark("An incident in which people died or disappeared")
_NO_NAMES = mark("No names and no telephone numbers.")
_NOT_KNOWN = mark("Leave it empty if nobody knows. 0 means: it is known to be none.")
_NO_PEOPLE = mark("Write a whole number of people.")
_TOO_LOW = mark("The highest number lies below the lowest one.")
_NOT_YET = mark("This day has not come yet.")
# Groups of questions, in the order in which they are asked, and how their columns begin.
_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "people": (mark("How many people"), ("number_",)),
    "when": (mark("When"), ("date_",)),
    "where": (mark("Where"), ("coordinates", "location_", "country_")),
    "what": (mark("What happened"), ("causes", "cause_", "manner", "scope", "incident_type")),
    "who": (mark("Where people came from"), ("origins",)),
    "groups": (mark("Groups of people"), ()),
    "sources": (mark("Sources"), ()),
    "more": (mark("Anything else"), ("notes",)),
}
# What can be many: asked as often as there is something to tell.
_REPEATS = {"groups": ("group", OF_GROUP), "sources": ("source", OF_SOURCE)}
_TOLD_IN_WORDS = "selected('origin indigenous disability', ${group})"
_DATED = "${date_precision} != 'unknown'"
_SPAN = "selected('week month year range', ${date_precision})"
Row = dict[str, str]


def write_xlsform() -> bytes:
    """Write the form: what is asked (survey), what can be chosen (choices), settings."""
    columns = record_columns()
    settings = {
        "form_title": catalogue("es").gettext(_TITLE),
        "form_id": "migrant_incident",
        "version": "1",
        "default_language": _LANGUAGES["es"],
    }
    sheets: dict[str, list[Row]] = {
        "survey": list(_survey(columns)),
        "choices": list(_choices(columns)),
        "settings": [settings],
    }
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, **_OPTIONS}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            headers = list(dict.fromkeys(header for row in rows for header in row))
            for place, header in enumerate(headers):
                sheet.write_string(0, place, header)
                for line, row in enumerate(rows, start=1):
                    if row.get(header):
                        sheet.write_string(line, place, row[header])
    return target.getvalue()


def _survey(columns: Sequence[RecordColumn]) -> Iterator[Row]:
    for name, (words, beginnings) in _GROUPS.items():
        if name in _REPEATS:
            yield from _repeat(name, words)
            continue
        yield {"type": "begin_group", "name": f"about_{name}", **_said("label", words)}
        for column in columns:
            if column.name.startswith(beginnings) and not PART.fullmatch(column.name):
                yield _question(column)
        yield {"type": "end_group"}


def _repeat(name: str, words: str) -> Iterator[Row]:
    yield {"type": "begin_repeat", "name": name, **_said("label", words)}
    which, parts = _REPEATS[name]
    for part in parts:
        question = _question(part_column(f"{which}_1_{part}"))
        said = {key: said.removesuffix(" 1") for key, said in question.items()}
        relevant = {"relevant": _TOLD_IN_WORDS} if part == "code" else {}
        yield {**said, "name": part, **relevant}
    yield {"type": "end_repeat"}


def _question(column: RecordColumn) -> Row:
    named = {
        f"label::{own_name}": header_in_words(language, column.name)
        for language, own_name in _LANGUAGES.items()
    }
    needed = column.name in (*REQUIRED, "causes")
    row = {"type": _type(column), "name": column.name, **named, "required": "yes" if needed else ""}
    if column.kind is CellKind.NUMBER:
        row |= _said("hint", _NOT_KNOWN) | _number(column.name)
    elif column.kind is CellKind.TEXT:
        row |= _said("hint", _NO_NAMES)
    elif column.kind is CellKind.DATE:
        row |= {"relevant": _DATED, "constraint": ". <= today()"}
        row |= _said("constraint_message", _NOT_YET)
        if column.name == "date_to":
            row["relevant"] = _SPAN
    return row


def _number(name: str) -> Row:
    lowest = {most: least for least, most in ESTIMATES}.get(name)
    within = f". >= 0 and . <= {MOST_PEOPLE}"
    if lowest is None:
        return {"constraint": within, **_said("constraint_message", _NO_PEOPLE)}
    above = f"{within} and (${{{lowest}}} = '' or . >= ${{{lowest}}})"
    return {"constraint": above, **_said("constraint_message", _TOO_LOW)}


def _type(column: RecordColumn) -> str:
    lists = column.words or _COUNTRIES
    return {
        CellKind.TEXT: "text",
        CellKind.NUMBER: "integer",
        CellKind.DATE: "date",
        CellKind.POSITION: "geopoint",
        CellKind.CHOICE: f"select_one {lists}",
        CellKind.GROUP: f"select_one {lists}",
        CellKind.CHOICES: f"select_multiple {lists}",
        CellKind.COUNTRY: f"select_one {_COUNTRIES}",
        CellKind.COUNTRIES: f"select_multiple {_COUNTRIES}",
    }[column.kind]


def _choices(columns: Sequence[RecordColumn]) -> Iterator[Row]:
    lists = {column.words: column for column in columns if column.words}
    near = american_countries()
    countries = (*near, *sorted(country_codes() - set(near)))
    lists[_COUNTRIES] = RecordColumn("", CellKind.COUNTRY, countries, _COUNTRIES)
    for name, column in lists.items():
        for code in column.codes:
            words = {
                f"label::{own_name}": code_in_words(language, column, code)
                for language, own_name in _LANGUAGES.items()
            }
            yield {"list_name": name, "name": code, **words}


def _said(what: str, words: str) -> Row:
    return {
        f"{what}::{own_name}": catalogue(language).gettext(words)
        for language, own_name in _LANGUAGES.items()
    }
