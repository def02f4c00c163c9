"""Records as bad as a file can hold them are told calmly and harm nobody."""

import csv
import datetime as dt
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH, new_app
from tests.web.test_pages import words
from tracker.db.migrations import upgrade_database
from tracker.db.session import open_database
from tracker.domain.permissions import OPERATOR
from tracker.services.imports import ImportRequest, import_file

HEADER = (
    "Main ID", "Incident ID", "Incident Type", "Region of Incident", "Incident Date",
    "Incident Year", "Month", "Number of Dead", "Minimum Estimated Number of Missing",
    "Total Number of Dead and Missing", "Number of Survivors", "Number of Females",
    "Number of Males", "Number of Children", "Country of Origin", "Region of Origin",
    "Cause of Death", "Country of Incident", "Migration Route", "Location of Incident",
    "Coordinates", "UNSD Geographical Grouping", "Information Source", "URL", "Source Quality",
)  # fmt: skip
FORMULAS = ("=1+1", "+52 55 1234", "-5", "@SUM(A1)", '=HYPERLINK("https://example.org")', "＝1+1")
LONG = "ñ" * 5_000
ROWS: tuple[dict[str, str], ...] = (
    *({"Migration Route": text, "Number of Dead": "1"} for text in FORMULAS),
    {"Location of Incident": LONG, "Number of Dead": "1", "Coordinates": "14.5, -90.5"},
    {"Number of Dead": "20", "Minimum Estimated Number of Missing": "-1"},
    {"Incident Date": "", "Incident Year": "", "Month": ""},
    {"URL": "javascript:alert(1), https://example.org/a", "Number of Dead": "0"},
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Give a visitor of an installation that has taken in such a file."""
    folder = tmp_path_factory.mktemp("hostile")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, restval="")
        writer.writeheader()
        for number, row in enumerate(ROWS):
            name = f"2021.MMP0{number:04d}"
            usual = {
                "Main ID": name, "Incident ID": name, "Incident Type": "Incident",
                "Region of Incident": "Central America", "Incident Date": "2021-03-01",
                "Incident Year": "2021", "Month": "March",
            }  # fmt: skip
            writer.writerow(usual | row)
    database = open_database(f"sqlite:///{folder / 'tracker.sqlite3'}")
    upgrade_database(database)
    request = ImportRequest(path=folder / "rows.csv", recorded_on=dt.date(2021, 5, 1))
    import_file(database, OPERATOR, request)
    yield new_app(database).test_client()
    database.close()


def pages_of_records(reader: FlaskClient) -> list[str]:
    addresses = re.findall(
        r'href="(/incidents/[^"?]+)"', reader.get("/incidents", headers=ENGLISH).text
    )
    assert len(addresses) == len(ROWS)
    return [reader.get(address, headers=ENGLISH).text for address in addresses]


@pytest.mark.parametrize("path", ["tallies?", "tallies/diff?between=2021-01-01&and=2021-06-01&"])
def test_no_cell_of_a_file_is_a_formula(reader: FlaskClient, path: str) -> None:
    text = reader.get(f"/api/v1/{path}by=route_reported&format=csv").text
    cells = [row[0] for row in csv.reader(text.splitlines()) if row]
    assert {f"'{formula}" for formula in FORMULAS} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))]


def test_people_who_were_found_again_are_told_in_words(reader: FlaskClient) -> None:
    told = "20 people died, 1 person first counted as disappeared was found"
    assert told in words(reader.get("/incidents", headers=ENGLISH).text)
    assert sum(told in words(page) for page in pages_of_records(reader)) == 1


def test_a_long_description_is_whole_on_its_own_page_and_short_elsewhere(
    reader: FlaskClient,
) -> None:
    assert sum(LONG in page for page in pages_of_records(reader)) == 1
    for address in ("/incidents", "/map"):
        text = reader.get(address, headers=ENGLISH).text
        assert LONG[:290] in text
        assert LONG[:301] not in text


def test_a_record_that_knows_nothing_says_so(reader: FlaskClient) -> None:
    told = [words(page) for page in pages_of_records(reader)]
    assert any("Number of people not known. Place not known" in page for page in told)


def test_a_script_in_an_address_is_no_link(reader: FlaskClient) -> None:
    page = next(page for page in pages_of_records(reader) if "javascript:" in page)
    assert 'href="https://example.org/a"' in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize("address", ["/", "/map", "/tallies?by=route_reported", "/tallies?by=day"])
def test_every_page_of_such_records_can_be_read(reader: FlaskClient, address: str) -> None:
    assert reader.get(address, headers=ENGLISH).status_code == 200
