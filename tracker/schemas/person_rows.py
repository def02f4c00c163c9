"""A list of people, read row by row through a mapping of its columns."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from geodata.countries import find_country
from geodata.spelling import folded
from tracker.domain.errors import InvalidRecord
from tracker.domain.exports import unguarded
from tracker.domain.people import PersonKind
from tracker.domain.person_imports import DateOrder, PersonMapping
from tracker.schemas.people import MOST_THINGS, load_person
from tracker.schemas.person_columns import repeated_targets
from tracker.schemas.person_findings import (
    Findings,
    read_belongings,
    read_clothes,
    read_marks,
    read_medical,
    read_teeth,
)
from tracker.schemas.person_measures import Range, read_age, read_height, read_weight
from tracker.schemas.person_words import (
    read_code,
    read_condition,
    read_sex,
    says_nothing,
    says_yes,
)
from tracker.schemas.typed import Unclear, read_position, read_when, span_of

MOST_ROWS, MOST_COLUMNS = 2_000, 200
# A column that comes back with rows to be mended; read again, it is passed over.
NOTE_HEADERS = frozenset({"what to mend", "lo que hay que corregir"})
_SLASHED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T].*)?")
# Under which name of the record each column tells things, and how they are read.
_THINGS: Mapping[str, tuple[str, Callable[[str], Findings]]] = {
    "tattoos": ("marks", partial(read_marks, otherwise="tattoo")),
    "scars": ("marks", partial(read_marks, otherwise="scar")),
    "dental": ("dental", read_teeth),
    "medical": ("medical", read_medical),
    "clothing": ("clothing", partial(read_clothes, otherwise="other")),
    "shoes": ("clothing", partial(read_clothes, otherwise="shoes")),
    "belongings": ("belongings", read_belongings),
}
_SHORT = 200
_LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class PersonTable:
    """A list as it was sent: its headers, and its rows with their numbers in the file."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ConsentRead:
    """That a family agreed to matching, as a list says."""

    given_on: dt.date
    given_by: str


@dataclass(frozen=True)
class PersonRead:
    """A row as it was understood, or what is wrong with it by header (or by meaning)."""

    number: int
    cells: Mapping[str, str]
    id: str = ""
    facts: Mapping[str, Any] | None = None
    consent: ConsentRead | None = None
    wrong: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # A row before it has the same number.
    repeated: bool = False


def identity_of(words: str) -> str:
    """Give a number or a name such that blanks and capitals make no other one of it."""
    return " ".join(words.split()).casefold()


def person_table(table: Sequence[Sequence[str]]) -> PersonTable:
    """Give headers and rows of a table; raises `InvalidRecord` without rows or with two alike."""
    filled = [
        (number, row) for number, row in enumerate(table, start=1) if any(map(str.strip, row))
    ]
    if len(filled) < 2:
        raise InvalidRecord({"file": ("no_rows",)})
    if len(filled) > MOST_ROWS + 1 or len(filled[0][1]) > MOST_COLUMNS:
        raise InvalidRecord({"file": ("too_many_rows",)})
    places = [place for place, header in enumerate(filled[0][1]) if header.strip()]
    headers = tuple(filled[0][1][place].strip()[:_SHORT] for place in places)
    if len({folded(header) for header in headers}) < len(headers):
        raise InvalidRecord({"file": ("duplicate_header",)})
    rows = tuple(
        (number, tuple(row[place].strip() if place < len(row) else "" for place in places))
        for number, row in filled[1:]
    )
    return PersonTable(headers, rows)


def read_people(
    table: PersonTable, mapping: PersonMapping, *, today: dt.date
) -> tuple[PersonRead, ...]:
    """Read every row; what is wrong with one stands beside it.

    Raises `InvalidRecord` for a mapping without the number of the person, or with a meaning twice.
    """
    if repeated_targets(mapping.columns):
        raise InvalidRecord({"file": ("duplicate_header",)})
    if "id" not in mapping.columns.values():
        raise InvalidRecord({"file": ("number_missing",)})
    reader = _Rows(mapping, table, today)
    seen: set[str] = set()
    read = []
    for number, cells in table.rows:
        row = reader.read(number, cells)
        own = identity_of(row.id)
        read.append(replace(row, repeated=own in seen))
        if own:
            seen.add(own)
    return tuple(read)


class _Rows:
    """Reads the rows of one list."""

    def __init__(self, mapping: PersonMapping, table: PersonTable, today: dt.date) -> None:
        self.mapping, self.headers, self.today = mapping, table.headers, today
        self.headers_of: dict[str, list[str]] = {}
        for header in table.headers:
            target = mapping.columns.get(header)
            if target and folded(header) not in NOTE_HEADERS:
                self.headers_of.setdefault(target, []).append(header)
        place = table.headers.index(self.headers_of["sex"][0]) if "sex" in self.headers_of else None
        self.sexes = frozenset(folded(cells[place]) for _, cells in table.rows if place is not None)

    def read(self, number: int, cells: Sequence[str]) -> PersonRead:
        told = {
            header: unguarded(cell)
            for header, cell in zip(self.headers, cells, strict=True)
            if cell.strip()
        }
        row = _Row(self, told)
        facts = row.facts()
        own_id = row.joined("id")
        if not own_id:
            row.is_wrong("id", "required")
        consent = row.consent()
        loaded = None
        try:
            loaded = load_person(self.mapping.kind, facts, today=self.today)
        except InvalidRecord as error:
            for path, codes in error.fields.items():
                row.is_wrong(_target_of(path), codes[0])
        wrong = row.wrong
        return PersonRead(number, told, own_id, None if wrong else loaded, consent, wrong)


class _Row:
    """Reads the cells of one row."""

    def __init__(self, rows: _Rows, told: Mapping[str, str]) -> None:
        self.rows, self.told = rows, told
        self.kind = rows.mapping.kind
        self.basis = str(rows.mapping.basis)
        self.wrong: dict[str, tuple[str, ...]] = {}
        self.notes: list[str] = []

    def is_wrong(self, target: str, code: str) -> None:
        told_by = (target, target.removesuffix("_from").removesuffix("_to"), "coordinates")
        known = self.rows.headers_of
        header = next((known[name][0] for name in told_by if name in known), target)
        self.wrong.setdefault(header, (code,))

    def words(self, target: str) -> list[tuple[str, str]]:
        """Give the cells that tell something, with their headers."""
        headers = self.rows.headers_of.get(target, [])
        given = [(header, self.told.get(header, "")) for header in headers]
        return [(header, cell) for header, cell in given if not says_nothing(cell)]

    def joined(self, target: str) -> str:
        return ", ".join(cell for _, cell in self.words(target))

    def first(self, target: str) -> tuple[str, str]:
        return next(iter(self.words(target)), ("", ""))

    def note(self, header: str, words: str) -> None:
        """Keep words that no field holds."""
        self.notes.append(f"{header}: {words}")

    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        self._names(facts)
        self._looks(facts)
        self._measures(facts)
        self._things(facts)
        self._origin(facts)
        self._when(facts)
        self._where(facts)
        for target in _PLAIN[self.kind]:
            if words := self.joined(target):
                facts[target] = words
        if self.kind is PersonKind.CASE and self.words("inquirer_telephones"):
            facts["inquirer_telephones"] = _parts(self.joined("inquirer_telephones"))
        notes = "\n".join([*(cell for _, cell in self.words("notes")), *self.notes])
        if notes:
            facts["notes"] = notes[:_LONGEST_NOTE]
        if self.kind is PersonKind.REMAINS and self.words("id"):
            facts["examiner_number"] = self.joined("id")
        return facts

    def _names(self, facts: dict[str, Any]) -> None:
        given = " ".join(cell for _, cell in self.words("given_names"))
        names = {"given_names": given}
        names |= {name: self.joined(name) for name in ("first_surname", "second_surname")}
        facts |= {name: words for name, words in names.items() if words}
        if nicknames := self.joined("nicknames"):
            facts["nicknames"] = _parts(nicknames)
        if any(names.values()) or nicknames:
            facts["names_basis"] = self.basis

    def _looks(self, facts: dict[str, Any]) -> None:
        header, words = self.first("sex")
        if words:
            try:
                facts["sex"] = read_sex(words, self.rows.sexes, header)
                facts["sex_basis"] = self.basis
            except Unclear as unclear:
                self.is_wrong("sex", unclear.code)
            if facts.get("sex", "") is None:
                self.note(header, words)
                del facts["sex"], facts["sex_basis"]
        for what in ("hair", "eyes"):
            header, words = self.first(what)
            code = read_code(what, words) if words else None
            if code:
                facts[what], facts[f"{what}_basis"] = code, self.basis
            elif words:
                self.note(header, words)
        if self.kind is PersonKind.REMAINS:
            header, words = self.first("condition")
            if words:
                facts["condition"] = read_condition(words)
                self.note(header, words)

    def _measures(self, facts: dict[str, Any]) -> None:
        for name, unit, read in (
            ("age", "", lambda text, _: self._age(text)),
            ("height", "_cm", read_height),
            ("weight", "_kg", read_weight),
        ):
            low = high = None
            for target in (name, f"{name}_from", f"{name}_to"):
                header, words = self.first(target)
                if not words:
                    continue
                try:
                    found = read(words, header)
                except Unclear as unclear:
                    self.is_wrong(target, unclear.code)
                    continue
                low = found[0] if target != f"{name}_to" else low
                high = found[1] if target != f"{name}_from" else high
            if low is not None or high is not None:
                facts[f"{name}_from{unit}"], facts[f"{name}_to{unit}"] = low, high
                facts[f"{name}_basis"] = self.basis

    def _age(self, text: str) -> Range:
        found = read_age(text)
        if found is None:
            # "Adult" is no number: the words are kept as they are.
            header = next(header for header, cell in self.told.items() if cell == text)
            self.note(header, text)
            return (None, None)
        return found

    def _things(self, facts: dict[str, Any]) -> None:
        for target, (name, read) in _THINGS.items():
            for header, cell in self.words(target):
                found = read(cell)
                for thing in found.things:
                    told = facts.setdefault(name, [])
                    if len(told) < MOST_THINGS:
                        told.append({**thing, "basis": self.basis})
                    else:
                        self.note(header, thing.get("description", cell))
                for phrase in found.unclear:
                    self.note(header, phrase)

    def _origin(self, facts: dict[str, Any]) -> None:
        header, words = self.first("origin_country")
        if words:
            country = find_country(words)
            if country is None:
                self.note(header, words)
            else:
                facts["origin_country"] = country
        if place := self.joined("origin_place"):
            facts["origin_place"] = place
        if {"origin_country", "origin_place"} & set(facts):
            facts["origin_basis"] = self.basis

    def _when(self, facts: dict[str, Any]) -> None:
        _, words = self.first("date")
        if not words:
            return
        name = "contact_date" if self.kind is PersonKind.CASE else "found_date"
        found = self._day("date", words)
        if found is not None:
            facts[name] = found[0].isoformat()
            if found[2] != "day":
                facts[f"{name}_precision"] = found[2]

    def _day(self, target: str, words: str) -> tuple[dt.date, dt.date, str] | None:
        order = self.rows.mapping.dates
        try:
            slashed = _SLASHED.fullmatch(words.strip())
            if slashed and order is not DateOrder.AS_WRITTEN:
                first, second, year = (int(part) for part in slashed.groups())
                month, day = (first, second) if order is DateOrder.MONTH_FIRST else (second, first)
                return span_of(year, month, day)
            return read_when(words)
        except Unclear as unclear:
            self.is_wrong(target, unclear.code)
            return None

    def _where(self, facts: dict[str, Any]) -> None:
        before = "contact" if self.kind is PersonKind.CASE else "found"
        if place := self.joined("place"):
            facts[f"{before}_place"] = place
        latitude, longitude = self.first("latitude")[1], self.first("longitude")[1]
        words = self.first("coordinates")[1]
        if not words and (latitude or longitude):
            words = f"{latitude}, {longitude}"
        if not words:
            return
        try:
            position = read_position(words)
        except Unclear as unclear:
            self.is_wrong("coordinates" if self.words("coordinates") else "latitude", unclear.code)
            return
        if position is not None:
            facts[f"{before}_longitude"] = position.longitude
            facts[f"{before}_latitude"] = position.latitude

    def consent(self) -> ConsentRead | None:
        """Give the consent that a row tells of in so many words: yes, on which day, by whom."""
        if self.kind is not PersonKind.CASE or not says_yes(self.joined("match_consent")):
            return None
        by, words = self.joined("match_consent_by"), self.joined("match_consent_on")
        found = self._day("match_consent_on", words) if words else None
        if not by:
            self.is_wrong("match_consent_by", "required")
        if not words:
            self.is_wrong("match_consent_on", "required")
        if found is None or not by:
            return None
        if found[2] != "day" or found[0] > self.rows.today:
            self.is_wrong(
                "match_consent_on", "not_a_date" if found[2] != "day" else "in_the_future"
            )
            return None
        return ConsentRead(found[0], by)


_PLAIN = {
    PersonKind.CASE: ("route", "circumstances", "inquirer_name"),
    PersonKind.REMAINS: ("parts_found", "cause_official", "burial_place"),
}
_FIELDS = {
    "contact_date": "date",
    "found_date": "date",
    "contact_place": "place",
    "found_place": "place",
    "height_from_cm": "height_from",
    "height_to_cm": "height_to",
    "weight_from_kg": "weight_from",
    "weight_to_kg": "weight_to",
    "marks": "tattoos",
}


def _target_of(path: str) -> str:
    field_ = path.partition(".")[0]
    return _FIELDS.get(field_, field_)


def _parts(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,/\n]", words) if part.strip()][:MOST_THINGS]
