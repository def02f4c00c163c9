"""The same question gives the same figures on every way out, because it is the same call."""

import csv
import html
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH
from tracker.cli import main
from tracker.domain.measures import MEASURES

QUESTIONS = (
    "as_known_on=2025-06-01",
    "corridor=darien&as_known_on=2025-06-01",
    "from=2021-01-01&to=2021-04-30&as_known_on=2021-09-05",
    "from=2022-01-01&to=2022-12-31&cause=drowning&as_known_on=2022-05-15",
)


def page_total(text: str) -> dict[str, int]:
    """Read the measures and the total row of the first table of a page."""
    head = text[text.index("<thead>") : text.index("</thead>")]
    foot = text[text.index("<tfoot>") : text.index("</tfoot>")]
    names = [html.unescape(name) for name in re.findall(r'<th scope="col">([^<]+)</th>', head)]
    cells = [cell.replace(",", "") for cell in re.findall(r"<td>([\d,]+|<span.*?)</td>", foot)]
    return {n: int(c) for n, c in zip(names, cells, strict=True) if c.isdigit()}


def command_line(question: str, *more: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Ask the same on the command line."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{file}")
    options = [
        part
        for pair in question.split("&")
        for name, value in [pair.split("=")]
        for part in (f"--{name.replace('_', '-')}", value)
    ]
    result = CliRunner().invoke(main, ["tally", *options, *more])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("question", QUESTIONS)
def test_page_csv_json_map_and_list_agree(visitor: FlaskClient, question: str) -> None:
    total = visitor.get(f"/api/v1/tallies?by=year&{question}").json["total"]
    rows = list(
        csv.DictReader(
            io.StringIO(visitor.get(f"/api/v1/tallies?by=year&format=csv&{question}").text)
        )
    )
    assert rows[-1]["year"] == "total"
    told = {name: int(rows[-1][name]) if rows[-1][name] else None for name in MEASURES}
    assert told == total

    on_page = page_total(visitor.get(f"/tallies?by=year&{question}", headers=ENGLISH).text)
    assert on_page["Died"] == total["dead"]
    assert on_page["Died or disappeared"] == total["dead_and_missing"]
    assert on_page["Incidents"] == total["incidents"]

    on_map = visitor.get(f"/map?{question}", headers=ENGLISH).text
    figures = re.findall(r'figure-number">([\d,]+)<', on_map)
    assert [int(figure.replace(",", "")) for figure in figures] == [
        total["dead"],
        total["missing"],
        total["incidents"],
    ]
    listed = visitor.get(f"/incidents?{question}", headers=ENGLISH).text
    assert re.search(rf"\b{total['incidents']:,} incidents?,", listed)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_interface_and_command_line_give_the_same_bytes(
    visitor: FlaskClient,
    demo_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
    form: str,
) -> None:
    answer = visitor.get(f"/api/v1/tallies?by=subregion,year&format={form}&{question}")
    options = ("--by", "subregion,year", "--format", form)
    assert answer.text == command_line(question, *options, file=demo_file, monkeypatch=monkeypatch)


def test_rows_sum_to_the_total_on_the_way_out(visitor: FlaskClient) -> None:
    for by in ("month", "corridor", "cause,sex", "origin", "subregion,quarter"):
        answer = visitor.get(f"/api/v1/tallies?by={by}").json
        for measure in MEASURES:
            known = [row[measure] for row in answer["rows"] if row[measure] is not None]
            assert (sum(known) if known else None) == answer["total"][measure], (by, measure)
