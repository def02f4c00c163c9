"""Lists of people are read as they say; what has two readings is refused beside its cell."""

import datetime as dt

import pytest

from tracker.domain.errors import InvalidRecord
from tracker.domain.people import PersonKind
from tracker.domain.person_imports import DateOrder, PersonMapping
from tracker.schemas.person_columns import (
    READY_MADE,
    TARGETS,
    is_never_taken,
    propose_mapping,
    repeated_targets,
    sound_mapping,
)
from tracker.schemas.person_measures import read_age, read_height, read_weight
from tracker.schemas.person_rows import ConsentRead, person_table, read_people
from tracker.schemas.person_words import read_condition, read_sex
from tracker.schemas.typed import Unclear

TODAY = dt.date(2026, 6, 1)
CASE, REMAINS = PersonKind.CASE, PersonKind.REMAINS

# Whole small files, of invented people.
EXAMINER = [
    ["Case Number", "Date Found", "Location", "Latitude", "Longitude", "Sex", "Age From", "Age To",
     "Condition", "Cause of Death", "Name", "Tattoos", "Clothing", "Property", "Race"],
    ["26-90001", "2026-03-20", "Near Arivaca (invented)", "31.58", "-111.33", "Female", "20", "28",
     "Decomposed", "Exposure", "", "Left forearm: MATEO", "Blue jeans; red shirt", "Rosary", "H"],
    ["26-90002", "March 2026", "Invented Wash", "", "", "Unknown", "", "",
     "Skeletal remains", "Undetermined", "Invented Person", "", "", "'=1+1", ""],
]  # fmt: skip
NAMUS_MISSING = [
    ["Case Number", "DLC", "Last Name", "First Name", "Missing Age", "City", "County", "State",
     "Sex", "Race / Ethnicity", "Date Modified"],
    ["MP900001", "03/04/2026", "Invented", "Lucía", "24 Years", "Nogales", "Santa Cruz", "AZ",
     "Female", "Hispanic / Latino", "05/01/2026"],
]  # fmt: skip
NAMUS_UNIDENTIFIED = [
    ["Case Number", "ME/C Case", "DBF", "Age From", "Age To", "City", "County", "State", "Sex",
     "Race / Ethnicity", "Date Modified"],
    ["UP900001", "26-90001", "03/20/2026", "20", "28", "Arivaca", "Pima", "AZ", "Male",
     "Uncertain", "05/01/2026"],
]  # fmt: skip


def read(table: list[list[str]], mapping: PersonMapping):
    return read_people(person_table(table), mapping, today=TODAY)


def only(headers: list[str], cells: list[str], kind: PersonKind = CASE, **changed: object):
    mapping = propose_mapping(kind, headers)
    mapping = PersonMapping(kind, {"No": "id", **mapping.columns}, **changed)
    [row] = read([["No", *headers], ["1", *cells]], mapping)
    return row


def test_a_list_of_an_examiner_is_read_whole() -> None:
    mapping = propose_mapping(REMAINS, EXAMINER[0], READY_MADE["examiner"])
    first, second = read(EXAMINER, mapping)
    assert (first.wrong, second.wrong) == ({}, {})
    assert first.id == "26-90001"
    assert first.facts == {
        "examiner_number": "26-90001",
        "found_date": "2026-03-20",
        "found_place": "Near Arivaca (invented)",
        "found_latitude": 31.58,
        "found_longitude": -111.33,
        "sex": "female",
        "sex_basis": "examiner",
        "age_from": 20,
        "age_to": 28,
        "age_basis": "examiner",
        "condition": "decomposed",
        "cause_official": "Exposure",
        "marks": [
            {
                "kind": "tattoo",
                "part": "forearm",
                "side": "left",
                "text": "MATEO",
                "description": "Left forearm: MATEO",
                "basis": "examiner",
            }
        ],
        "clothing": [
            {
                "kind": "trousers",
                "colour": "blue",
                "description": "Blue jeans",
                "basis": "examiner",
            },
            {"kind": "shirt", "colour": "red", "description": "red shirt", "basis": "examiner"},
        ],
        "belongings": [{"kind": "religious", "description": "Rosary", "basis": "examiner"}],
        "notes": "Condition: Decomposed",
    }
    assert second.facts is not None
    assert second.facts["found_date_precision"] == "month"
    assert second.facts["condition"] == "skeletal"
    assert second.facts["belongings"][0]["description"] == "=1+1"
    assert "sex" not in second.facts


def test_the_columns_of_namus_are_known_without_being_told() -> None:
    mapping = propose_mapping(CASE, NAMUS_MISSING[0])
    assert mapping == PersonMapping(
        CASE, READY_MADE["namus_missing"].columns, DateOrder.MONTH_FIRST
    )
    [row] = read(NAMUS_MISSING, mapping)
    assert row.facts == {
        "given_names": "Lucía",
        "first_surname": "Invented",
        "names_basis": "third_party",
        "age_from": 24,
        "age_to": 24,
        "age_basis": "third_party",
        "sex": "female",
        "sex_basis": "third_party",
        "contact_date": "2026-03-04",
        "contact_place": "Nogales, Santa Cruz, AZ",
    }


def test_unidentified_people_of_namus_are_read() -> None:
    mapping = propose_mapping(REMAINS, NAMUS_UNIDENTIFIED[0])
    [row] = read(NAMUS_UNIDENTIFIED, mapping)
    assert row.facts is not None
    assert row.facts["found_date"] == "2026-03-20"
    assert (row.facts["age_from"], row.facts["age_to"], row.facts["sex"]) == (20, 28, "male")
    assert row.facts["examiner_number"] == "UP900001"
    assert row.facts["notes"] == "26-90001"


@pytest.mark.parametrize(
    "header",
    ["Race", "Race / Ethnicity", "Raza", "Etnia", "Estatus migratorio", "Immigration Status"],
)
def test_race_and_migration_status_are_never_taken_in(header: str) -> None:
    assert is_never_taken(header)
    assert propose_mapping(CASE, ["Case", header]).columns == {"Case": "id"}
    assert sound_mapping(CASE, {"Case": "id", header: "notes"}) == {"Case": "id"}


@pytest.mark.parametrize(
    ("headers", "targets"),
    [
        (["Folio", "Nombre(s)", "Apellido paterno", "Edad"],
         ["id", "given_names", "first_surname", "age"]),
        (["Expediente", "Fecha del hallazgo", "Latitud", "Señas particulares"],
         ["id", "date", "latitude", "scars"]),
        (["Case Number", "Height (in)", "Eye Color", "Something else"],
         ["id", "height", "eyes"]),
    ],
)  # fmt: skip
def test_headers_are_understood_in_both_languages(headers, targets) -> None:
    assert list(propose_mapping(REMAINS, headers).columns.values()) == targets


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("24", (24, 24)),
        ("20-30", (20, 30)),
        ("20 a 30 años", (20, 30)),
        ("25±5", (20, 30)),
        ("25 +/- 5 years", (20, 30)),
        ("24 Years", (24, 24)),
        ("18+", (18, None)),
        ("mayor de 18", (18, None)),
        ("under 5", (None, 5)),
        ("about 30", (27, 33)),
        ("6 months", (0, 0)),
        ("unknown", (None, None)),
        ("adult", None),
        ("adulto joven", None),
    ],
)
def test_ages_are_ranges(text, ages) -> None:
    assert read_age(text) == ages


@pytest.mark.parametrize(
    ("text", "header", "cm"),
    [
        ("165", "Estatura", (165, 165)),
        ("1.65 m", "", (165, 165)),
        ("1,65", "Talla", (165, 165)),
        ("5'4\"", "", (163, 163)),
        ("5' 4\" (64 Inches)", "", (163, 163)),
        ("5 ft 4 in", "", (163, 163)),
        ("5 pies 4 pulgadas", "", (163, 163)),
        ("64", "Height (inches)", (163, 163)),
        ("160-165 cm", "", (160, 165)),
        ("5'4\" to 5'6\"", "", (163, 168)),
        ("5'4\" - 5'6\"", "", (163, 168)),
        ("unknown", "", (None, None)),
    ],
)
def test_heights_are_read_in_every_unit(text, header, cm) -> None:
    assert read_height(text, header) == cm


@pytest.mark.parametrize(
    ("text", "header", "kg"),
    [
        ("60 kg", "", (60, 60)),
        ("132 lbs", "", (60, 60)),
        ("132", "Weight (lbs)", (60, 60)),
        ("60", "Peso (kg)", (60, 60)),
        ("130 - 140 lbs", "", (59, 64)),
        ("130 a 140 libras", "", (59, 64)),
    ],
)
def test_weights_are_read_in_every_unit(text, header, kg) -> None:
    assert read_weight(text, header) == kg


@pytest.mark.parametrize(("read_it", "text"), [(read_height, "64"), (read_weight, "132")])
def test_a_measure_with_two_readings_is_refused(read_it, text) -> None:
    with pytest.raises(Unclear, match="unit_missing"):
        read_it(text, "Measure")


def test_m_is_read_by_what_stands_beside_it_in_the_column() -> None:
    assert read_sex("M", frozenset({"m", "h"}), "Sexo") == "female"
    assert read_sex("M", frozenset({"m", "f"}), "Sexo") == "male"
    assert read_sex("M", frozenset({"m"}), "Sex") == "male"
    with pytest.raises(Unclear, match="ambiguous_sex"):
        read_sex("M", frozenset({"m"}), "Sexo")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Not recognizable - Decomposing/putrefaction", "decomposed"),
        ("Not recognizable - Near complete or complete skeleton", "skeletal"),
        ("Recognizable face", "fresh"),
        ("Osamenta", "skeletal"),
        ("momificado", "mummified"),
        ("otro", None),
    ],
)
def test_conditions_are_understood(text, code) -> None:
    assert read_condition(text) == code


def test_an_age_in_words_is_kept_as_words() -> None:
    row = only(["Edad"], ["adulto joven"])
    assert row.facts == {"notes": "Edad: adulto joven"}


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("Fecha", "03/04/2026", "ambiguous_date"),
        ("Fecha", "2027-01-01", "in_the_future"),
        ("Fecha", "pronto", "not_a_date"),
        ("Edad", "400", "out_of_range"),
        ("Peso", "132", "unit_missing"),
        ("Coordenadas", "8.45", "position_missing_coordinate"),
    ],
)
def test_what_is_wrong_stands_beside_its_cell(header, cell, code) -> None:
    row = only([header], [cell])
    assert row.facts is None
    assert row.wrong == {header: (code,)}


def test_a_list_may_say_how_its_days_are_written() -> None:
    for order, day in ((DateOrder.DAY_FIRST, "2026-04-03"), (DateOrder.MONTH_FIRST, "2026-03-04")):
        assert only(["Fecha"], ["03/04/2026"], dates=order).facts["contact_date"] == day


def test_a_consent_counts_only_with_its_day_and_its_giver() -> None:
    headers = ["Consentimiento", "Fecha de consentimiento", "Quien consintió"]
    row = only(headers, ["sí", "2026-04-01", "Rosa (invented)"])
    assert row.consent == ConsentRead(dt.date(2026, 4, 1), "Rosa (invented)")
    assert only(headers, ["no", "2026-04-01", "Rosa (invented)"]).consent is None
    assert only(headers, ["", "2026-04-01", "Rosa (invented)"]).consent is None
    row = only(headers, ["sí", "", ""])
    assert row.consent is None
    assert row.wrong == {headers[1]: ("required",), headers[2]: ("required",)}


def test_a_row_without_its_number_is_not_taken_in() -> None:
    mapping = PersonMapping(CASE, {"No": "id", "Edad": "age"})
    rows = read([["No", "Edad"], ["", "24"], ["7", "24"], [" 7 ", "25"]], mapping)
    assert [row.wrong for row in rows] == [{"No": ("required",)}, {}, {}]
    assert [row.repeated for row in rows] == [False, False, True]


def test_a_mapping_without_the_number_is_refused() -> None:
    with pytest.raises(InvalidRecord) as refused:
        read([["Edad"], ["24"]], PersonMapping(CASE, {"Edad": "age"}))
    assert dict(refused.value.fields) == {"file": ("number_missing",)}
    assert repeated_targets({"a": "id", "b": "id", "c": "notes", "d": "notes"}) == ("id",)


@pytest.mark.parametrize("name", READY_MADE)
def test_ready_made_mappings_mean_what_there_is(name: str) -> None:
    mapping = READY_MADE[name]
    assert set(mapping.columns.values()) <= set(TARGETS[mapping.kind])
    assert repeated_targets(mapping.columns) == ()
