"""Files hold the incidents that the tally counts, as the asker may see them, and nothing else."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import geopandas
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.corridors import CORRIDOR_CODES
from tests.conftest import BEATRIZ, CAMILO, ESTEBAN, XIMENA
from tests.services.records import log
from tests.services.test_logging import verify
from tracker.db.queries.incidents import versions_as_known
from tracker.db.session import Database
from tracker.domain.causes import Cause
from tracker.domain.errors import BadQuery
from tracker.domain.exports import NAMES, IncidentForm
from tracker.domain.measures import PEOPLE
from tracker.domain.permissions import ANYONE, OPERATOR, Actor
from tracker.domain.tallies import TallyQuery
from tracker.services.exports import (
    FileRequest,
    export_incidents,
    rows_of_export,
    stream_incidents,
    write_incidents,
)
from tracker.services.exports.files import CsvOptions
from tracker.services.incidents import restrict_incident
from tracker.services.incidents.read import end_of_day, published_incident
from tracker.services.places import published_place
from tracker.services.tallies import period_tally

TODAY = dt.date(2026, 12, 31)
EVERYTHING = TallyQuery(as_known_on=TODAY)


def text_of(session, actor: Actor, query: TallyQuery, form: str, **options: bool) -> str:
    export = export_incidents(session, actor, query)
    request = FileRequest(export, IncidentForm(form), CsvOptions(**options))
    return b"".join(stream_incidents(session, actor, request)).decode()


def file_of(session, actor: Actor, query: TallyQuery, path: Path) -> Path:
    export = export_incidents(session, actor, query)
    form = IncidentForm(path.suffix[1:])
    write_incidents(session, actor, FileRequest(export, form), path=path)
    return path


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def people_of(rows: list[dict[str, object]]) -> dict[str, int | None]:
    """Sum the people of rows: what is empty is not known."""
    sums = {}
    for name in (*PEOPLE, "dead_and_missing"):
        known = [int(row[name]) for row in rows if row[name] not in (None, "")]
        sums[name] = sum(known) if known else None
    return sums


def asked(**given: object) -> TallyQuery:
    return TallyQuery(**{"as_known_on": TODAY, **given})


@st.composite
def questions(draw: st.DrawFn) -> TallyQuery:
    days = st.dates(dt.date(2014, 1, 1), dt.date(2025, 5, 1))
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first and last and last < first:
        first, last = last, first
    filters = {}
    if draw(st.booleans()):
        filters["corridor"] = (draw(st.sampled_from((*CORRIDOR_CODES, "not_known"))),)
    if draw(st.integers(0, 3)) == 0:
        filters["cause"] = (str(draw(st.sampled_from(tuple(Cause)))),)
    if draw(st.integers(0, 7)) == 0:
        filters["children"] = ("only",)
    known_on = draw(st.dates(dt.date(2020, 1, 1), TODAY))
    return TallyQuery(known_on, first, last, filters=filters)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=questions())
def test_every_file_has_the_rows_and_the_people_of_the_tally(
    demo_database: Database, tmp_path_factory: pytest.TempPathFactory, query: TallyQuery
) -> None:
    folder = tmp_path_factory.mktemp("files")
    with demo_database.reading() as session:
        total = dict(period_tally(session, ANYONE, query).total)
        incidents = total.pop("incidents")
        facts = export_incidents(session, ANYONE, query).facts
        assert (facts.rows, facts.not_shown) == (incidents, 0)
        assert {name: count for name, count in facts.people.items() if name in total} == total
        table = cells(text_of(session, ANYONE, query, "csv"))
        lines = [
            json.loads(line) for line in text_of(session, ANYONE, query, "ndjson").splitlines()
        ]
        whole = json.loads(text_of(session, ANYONE, query, "json"))["incidents"]
        features = json.loads(text_of(session, ANYONE, query, "geojson"))["features"]
        book = openpyxl.load_workbook(file_of(session, ANYONE, query, folder / "x.xlsx"))
    sheet = [
        dict(zip(NAMES, row, strict=True))
        for row in book["incidents"].iter_rows(min_row=2, max_col=len(NAMES), values_only=True)
    ]
    for rows in (table, lines, whole, [each["properties"] for each in features], sheet):
        assert len(rows) == incidents
        assert people_of(rows) == total
        assert [row["id"] for row in rows] == [row["id"] for row in table]


@pytest.mark.parametrize("actor", [ANYONE, ESTEBAN, BEATRIZ], ids=lambda actor: actor.role)
def test_each_field_of_a_file_is_what_the_page_of_the_incident_shows(
    demo_copy: Database, actor: Actor
) -> None:
    with demo_copy.writing() as session:
        for at in range(3):
            verify(session, log(session, submit=True, longitude=-76.9 - at / 7).public_id)
    with demo_copy.reading() as session:
        query = asked(period_from=dt.date(2024, 6, 1))
        export = export_incidents(session, actor, query)
        rows = [
            row for table in rows_of_export(session, actor, export) for row in table.to_pylist()
        ]
        known = versions_as_known(session, export.numbers.tolist(), end_of_day(TODAY))
        shown = [
            published_incident(session, actor, each, names=row["external_ids"].split(";"))
            if row["external_ids"]
            else published_incident(session, actor, each, names=[])
            for each, row in zip(
                sorted(known, key=lambda each: each.version.incident_id), rows, strict=True
            )
        ]
    assert len(rows) == len(shown) == export.facts.rows > 3
    for row, page in zip(rows, shown, strict=True):
        assert (row["id"], row["dataset"]) == (page.public_id, page.dataset)
        assert (row["date_from"], row["date_to"]) == (page.date_from, page.date_to)
        assert {name: row[name] for name in (*PEOPLE, "dead_and_missing")} == {
            name: page.counts[name] for name in (*PEOPLE, "dead_and_missing")
        }
        for name in ("causes", "origins"):
            assert tuple(row[name].split(";") if row[name] else ()) == getattr(page, name)
        for name in (
            *("incident_type", "date_precision", "cause_reported", "country", "subregion"),
            *("corridor", "segment", "corridor_relation", "route_reported", "region_reported"),
            *("source_quality", "information_source", "url", "version_number", "status"),
        ):
            assert row[name] == getattr(page, name), name
        assert row["known_since"] == page.recorded_from
        place = page.place
        told = (row["longitude"], row["latitude"], row["uncertainty_m"], row["location_precision"])
        assert told == (
            (place.longitude, place.latitude, place.uncertainty_m, place.precision)
            if place
            else (None,) * 4
        )
        assert row["location_description"] == (place.description if place else None)


def test_the_public_gets_the_grid_and_no_words_and_nothing_before_the_delay(
    database: Database,
) -> None:
    database.tell_time(lambda: dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC))
    with database.writing() as session:
        public_id = log(session, submit=True).public_id
        verify(session, public_id)
    for day, place in ((5, ("", "")), (20, ("-76.95", "8.45"))):
        database.tell_time(lambda day=day: dt.datetime(2026, 5, day, tzinfo=dt.UTC))
        with database.reading() as session:
            text = text_of(session, XIMENA, asked(as_known_on=dt.date(2026, 5, day)), "csv")
        (row,) = cells(text)
        assert (row["longitude"], row["latitude"]) == place
        assert "blue house" not in text
        assert "8.4527" not in text
    with database.reading() as session:
        (full,) = cells(text_of(session, CAMILO, asked(), "csv"))
    assert (full["longitude"], full["latitude"]) == ("-76.9312", "8.4527")
    assert full["location_description"] == "By the jetty behind the blue house"


def test_what_may_not_be_shown_is_no_row_and_is_told(database: Database) -> None:
    with database.writing() as session:
        shown = log(session, submit=True).public_id
        verify(session, shown)
    with database.writing() as session:
        hidden = log(session, submit=True, number_dead=7).public_id
        verify(session, hidden)
        restrict_incident(session, CAMILO, hidden, visibility="restricted")
    with database.reading() as session:
        public = export_incidents(session, XIMENA, EVERYTHING)
        monitor = export_incidents(session, ESTEBAN, EVERYTHING)
        ids = [row["id"] for row in cells(text_of(session, XIMENA, EVERYTHING, "csv"))]
    assert ids == [shown]
    assert (public.facts.rows, public.facts.not_shown, public.facts.people["dead"]) == (1, 1, 2)
    assert (monitor.facts.rows, monitor.facts.not_shown, monitor.facts.people["dead"]) == (2, 0, 9)


def test_a_question_without_an_answer_gives_files_without_rows(
    database: Database, tmp_path: Path
) -> None:
    with database.reading() as session:
        assert cells(text_of(session, ANYONE, EVERYTHING, "csv")) == []
        assert text_of(session, ANYONE, EVERYTHING, "ndjson") == ""
        assert json.loads(text_of(session, ANYONE, EVERYTHING, "json"))["incidents"] == []
        assert json.loads(text_of(session, ANYONE, EVERYTHING, "geojson"))["features"] == []
        assert len(text_of(session, ANYONE, EVERYTHING, "iom").splitlines()) == 1
        for end in ("xlsx", "gpkg", "fgb", "parquet"):
            file_of(session, ANYONE, EVERYTHING, tmp_path / f"none.{end}")
    assert len(geopandas.read_file(tmp_path / "none.gpkg")) == 0
    assert len(geopandas.read_parquet(tmp_path / "none.parquet")) == 0


def test_geographic_files_have_the_same_rows_and_say_in_which_degrees(
    demo_database: Database, tmp_path: Path
) -> None:
    query = asked(filters={"corridor": ("darien", "not_known")})
    with demo_database.reading() as session:
        for end in ("gpkg", "fgb", "parquet"):
            file_of(session, ANYONE, query, tmp_path / f"x.{end}")
        rows = cells(text_of(session, ANYONE, query, "csv"))
    places = [(row["longitude"], row["latitude"]) for row in rows]
    assert ("", "") in places
    for end in ("gpkg", "fgb", "parquet"):
        read = geopandas.read_parquet if end == "parquet" else geopandas.read_file
        frame = read(tmp_path / f"x.{end}")
        assert frame.crs.to_epsg() == 4326
        assert frame["id"].tolist() == [row["id"] for row in rows]
        assert int(frame["dead"].sum()) == people_of(rows)["dead"]
        points = [
            (f"{point.x:.5f}", f"{point.y:.5f}") if point else ("", "") for point in frame.geometry
        ]
        assert points == [
            (f"{float(x):.5f}", f"{float(y):.5f}") if x else ("", "") for x, y in places
        ]


def test_a_workbook_refuses_more_rows_than_it_holds(
    demo_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.services.exports.files.MOST_ROWS", 10)
    with demo_database.reading() as session, pytest.raises(BadQuery, match="too_many_rows"):
        file_of(session, ANYONE, EVERYTHING, tmp_path / "x.xlsx")


def test_a_file_as_known_on_a_past_date_keeps_its_facts_after_later_editions(
    demo_database: Database,
) -> None:
    before = asked(as_known_on=dt.date(2021, 9, 5))
    with demo_database.reading() as session:
        rows = cells(text_of(session, OPERATOR, before, "csv"))
        total = period_tally(session, OPERATOR, before).total
    assert len(rows) == total["incidents"] > 1_000
    assert max(row["known_since"] for row in rows) <= "2021-09-05T23:59:59Z"


def test_places_of_whole_columns_are_those_of_single_incidents(database: Database) -> None:
    with database.writing() as session:
        for at in range(40):
            there = {"longitude": -76.9 - at * 0.05, "latitude": 8.4 + at * 0.1}
            verify(session, log(session, submit=True, **there).public_id)
    database.tell_time(lambda: dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    query = asked(as_known_on=dt.date(2026, 12, 31))
    with database.reading() as session:
        export = export_incidents(session, XIMENA, query)
        assert export.facts.rows == 40
        known = versions_as_known(session, export.numbers.tolist(), end_of_day(query.as_known_on))
        places = {each.public_id: published_place(session, XIMENA, each) for each in known}
        for table in rows_of_export(session, XIMENA, export):
            for row in table.to_pylist():
                place = places[row["id"]]
                assert (row["longitude"], row["latitude"]) == (place.longitude, place.latitude)
                assert row["uncertainty_m"] == place.uncertainty_m
