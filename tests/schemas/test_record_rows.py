"""A row of a spreadsheet says the same as the form, whatever the words it is written in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InvalidRecord
from tracker.schemas.incidents import COUNTS, IncidentSchema, load_incident
from tracker.schemas.record_columns import TOLD_OTHERWISE, header_in_words, record_columns
from tracker.schemas.record_rows import RecordRow, keys_of_rows, read_row, rows_of_table
from tracker.schemas.typed import Unclear, read_count, read_when
from tracker.translations.labels import label

TODAY = dt.date(2026, 6, 1)


def test_every_field_of_the_shape_has_a_column_or_is_told_by_one() -> None:
    columns = {column.name for column in record_columns()}
    for name in IncidentSchema().fields:
        assert name in columns or TOLD_OTHERWISE[name] in columns, name


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_column_has_a_name_of_its_own(language: str) -> None:
    names = [header_in_words(language, column.name) for column in record_columns()]
    assert len(names) == len(set(names))
    assert not {column.name for column in record_columns()} & set(names)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-05-02", ("2026-05-02", "2026-05-02", "day")),
        ("2 de mayo de 2026", ("2026-05-02", "2026-05-02", "day")),
        ("May 2, 2026", ("2026-05-02", "2026-05-02", "day")),
        ("25/05/2026", ("2026-05-25", "2026-05-25", "day")),
        ("05/25/2026", ("2026-05-25", "2026-05-25", "day")),
        ("05/05/2026", ("2026-05-05", "2026-05-05", "day")),
        ("mayo de 2026", ("2026-05-01", "2026-05-31", "month")),
        ("2026-02", ("2026-02-01", "2026-02-28", "month")),
        ("2026", ("2026-01-01", "2026-12-31", "year")),
        ("3 sept. 2025", ("2025-09-03", "2025-09-03", "day")),
    ],
)
def test_dates_are_read_in_the_common_forms(typed: str, read: tuple[str, str, str]) -> None:
    first, last, precision = read_when(typed)
    assert (first.isoformat(), last.isoformat(), precision) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("02/05/2026", "ambiguous_date"),
        ("31/02/2026", "not_a_date"),
        ("13/13/2026", "not_a_date"),
        ("yesterday", "not_a_date"),
        ("45000", "not_a_date"),
    ],
)
def test_a_date_with_two_readings_or_none_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unclear, match=code):
        read_when(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        *(("", None), ("desconocido", None), ("Unknown", None), ("s/d", None)),
        *(("0", "0"), ("ninguna", "0"), ("None", "0"), ("1,022", "1022"), ("1 022", "1022")),
        *(("12", "12"), ("1,5", "1,5"), ("-3", "-3"), ("dos", "dos")),
    ],
)
def test_unknown_is_not_none_and_commas_part_thousands(typed: str, number: str | None) -> None:
    assert read_count(typed) == number


def told(**cells: str) -> dict[str, str]:
    return {"causes": "drowning", **cells}


def codes(**cells: str) -> dict[str, tuple[str, ...]]:
    with pytest.raises(InvalidRecord) as refused:
        read_row(told(**cells), TODAY)
    return dict(refused.value.fields)


def test_words_of_either_language_and_codes_mean_the_same() -> None:
    rows = [
        told(
            causes="Ahogamiento; Violencia",
            origins="Haití; Venezuela",
            scope=label("es", "scope", "detention"),
        ),
        told(causes="Drowning;Violence", origins="Haiti;VEN", scope="in detention"),
        told(causes="drowning;violence", origins="HTI; Venezuela", scope="detention"),
    ]
    first, *others = [read_row(row, TODAY) for row in rows]
    assert others == [first, first]


def test_what_is_wrong_is_named_by_the_cell_in_which_it_stands() -> None:
    assert codes(causes="") == {"causes": ("required",)}
    assert codes(number_dead="two") == {"number_dead": ("not_a_number",)}
    assert codes(coordinates="8.45") == {"coordinates": ("position_missing_coordinate",)}
    assert codes(date_from="03/04/2026") == {"date_from": ("ambiguous_date",)}
    assert codes(date_from="2027-01-01") == {"date_from": ("in_the_future",)}
    assert codes(origins="Haiti; Atlantis") == {"origins": ("unknown_code",)}
    assert codes(manner="murder") == {"manner": ("unknown_code",)}
    assert codes(source_2_url="nowhere", source_2_publisher="A") == {
        "source_2_url": ("not_an_address",)
    }
    assert codes(source_1_quality="9", source_1_publisher="A") == {
        "source_1_quality": ("unknown_code",)
    }


def said_of_row(cells: dict[str, str]) -> object:
    """Give what is read from a row, or what is wrong with it."""
    try:
        return read_row(cells, TODAY)
    except InvalidRecord as error:
        return dict(error.fields)


def said_of_form(given_: dict[str, object]) -> object:
    """Give what is read from a form, or what is wrong with it."""
    try:
        return load_incident(given_)
    except InvalidRecord as error:
        return dict(error.fields)


_AMOUNTS = st.one_of(st.none(), st.integers(-3, 40))


@given(st.fixed_dictionaries({name: _AMOUNTS for name in COUNTS if name != "total_reported"}))
def test_row_and_form_agree_on_every_number(counts: dict[str, int | None]) -> None:
    form = {
        "incident_type": "incident",
        "date_precision": "unknown",
        "location_precision": "unknown",
        "causes": ["drowning"],
    }
    cells = told(**{name: str(number) for name, number in counts.items() if number is not None})
    assert said_of_row(cells) == said_of_form({**form, **counts})


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2026, 5, 31)),
    st.dates(dt.date(2020, 1, 1), dt.date(2026, 5, 31)),
    st.sampled_from(["day", "week", "month", "year", "range", "unknown"]),
)
def test_row_and_form_agree_on_dates(first: dt.date, last: dt.date, precision: str) -> None:
    dates = {"date_from": first.isoformat(), "date_to": last.isoformat()}
    form = {"incident_type": "incident", "location_precision": "unknown", "causes": ["drowning"]}
    cells = told(**dates, date_precision=precision)
    assert said_of_row(cells) == said_of_form({**form, **dates, "date_precision": precision})


def test_the_same_row_twice_has_two_keys_and_a_file_sent_again_the_same_ones() -> None:
    rows = [RecordRow(2, {"causes": "a"}), RecordRow(3, {"causes": "a"}), RecordRow(4, {"x": "b"})]
    keys = keys_of_rows(rows)
    assert len(set(keys)) == 3
    moved = [RecordRow(number + 7, row.cells) for number, row in enumerate(rows)]
    assert keys_of_rows(moved) == keys
    assert all(len(key) <= 200 and key.isascii() for key in keys)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([], "no_rows"),
        ([["Causa", "Died"]], "not_the_template"),
        ([["Causa", "Murieron", "Notas"]], "no_rows"),
        ([["Causa", "Cause", "Notas", "Died"], ["a", "b", "c", "d"]], "duplicate_header"),
        ([["Causa", "Murieron", "Notas"], *[["a", "1", ""]] * 2_001], "too_many_rows"),
    ],
)
def test_a_table_that_is_not_the_template_is_refused(table: list[list[str]], code: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        rows_of_table(table)
    assert refused.value.fields == {"file": (code,)}


def test_unknown_headers_are_named_and_the_example_is_left_out() -> None:
    table = [["Tipo de registro", "Causa", "Murieron", "Shoe size"]]
    rows, strange = rows_of_table([*table, ["EJEMPLO", "a", "1", ""], ["", "b", "2", "41"]])
    assert strange == ("Shoe size",)
    assert rows == [RecordRow(3, {"causes": "b", "number_dead": "2"})]


def test_groups_of_people_are_read_in_words_or_codes() -> None:
    cells = {
        "causes": "drowning",
        "group_1_group": label("es", "group_kind", "sex") + ": " + label("es", "sex", "female"),
        "group_1_number_from": "2",
        "group_1_basis": label("es", "basis", "family"),
        "group_2_group": "origin",
        "group_2_code": "Haití",
        "group_2_number_from": "1",
        "group_2_number_to": "3",
        "group_7_group": "disability",
        "group_7_code": "ciega",
        "group_7_number_from": "1",
    }
    facts = read_row(cells, TODAY)
    told = [(each["kind"], each["code"], each["number_from"]) for each in facts["groups"]]
    assert told == [("sex", "female", 2), ("origin", "HTI", 1), ("disability", "ciega", 1)]
    assert facts["groups"][0]["basis"] == "family"
    assert facts["groups"][1]["number_to"] == 3


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"group_1_group": "robots", "group_1_number_from": "1"}, "group_1_group"),
        ({"group_1_group": "origin", "group_1_number_from": "1"}, "group_1_code"),
        ({"group_1_group": "sex.male"}, "group_1_number_from"),
        ({"group_3_group": "sex.male", "group_3_number_from": "many"}, "group_3_number_from"),
        ({"source_4_url": "news.example.org", "source_4_publisher": "x"}, "source_4_url"),
    ],
)
def test_what_is_wrong_with_a_group_or_source_is_told_at_its_own_cell(
    given: dict[str, str], wrong: str
) -> None:
    with pytest.raises(InvalidRecord) as refused:
        read_row({"causes": "drowning", **given}, TODAY)
    assert wrong in refused.value.fields
