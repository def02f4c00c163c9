"""Two hundred questions drawn at random: every way out gives the same, and keeps giving it."""

import csv
import html
import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.conftest import CAMILO, ESTEBAN
from tests.http.clients import ENGLISH, new_app, sign_in
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.causes import Cause
from tracker.domain.erasures import Ground
from tracker.domain.errors import Conflict, NotFound
from tracker.domain.measures import MEASURES
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Grouping, Rule, Scheme
from tracker.services.erasures import erase_incident
from tracker.services.incidents import revise_incident, withdraw_incident
from tracker.services.merges import merge_incidents
from tracker.translations.labels import labels_in

NUMBER, ACTS, SEED = 200, 1_000, 20261125
KNOWN = ("2021-03-27", "2021-09-05", "2022-05-15", "2024-01-01", "2025-05-05", "2025-12-31")
FILTERS = {
    "corridor": ("us_mexico_border", "darien", "caribbean", "not_known"),
    "cause": (*list(Cause)[:4], "not_known"),
    "country": ("MEX", "USA", "COL"),
    "sex": ("female", "male", "not_known"),
    "source_quality": ("1", "4", "5"),
    "children": ("only",),
}
COUNTS = [str(name) for name in MEASURES]


def questions() -> Iterator[str]:
    """Draw questions over every parameter: breakdowns, periods, dates, rules, filters."""
    draw = random.Random(SEED)
    for _ in range(NUMBER):
        parts = [f"as_known_on={draw.choice(KNOWN)}"]
        parts += [f"by={each}" for each in draw.sample(tuple(Grouping), draw.choice((0, 1, 1, 2)))]
        parts.append(f"rule={draw.choice(tuple(Rule))}")
        parts.append(f"scheme={draw.choice(tuple(Scheme))}")
        years = sorted(draw.sample(range(2014, 2026), 2))
        if draw.random() < 0.5:
            parts.append(f"from={years[0]}-{draw.randint(1, 12):02}-01")
        if draw.random() < 0.5:
            parts.append(f"to={years[1]}-12-31")
        for name in draw.sample(tuple(FILTERS), draw.choice((0, 0, 1, 2))):
            parts.append(f"{name}={draw.choice(FILTERS[name])}")
        yield "&".join(parts)


Counts = dict[str, int | None]


def of_csv(text: str) -> list[Counts]:
    rows = csv.DictReader(io.StringIO(text))
    return [{name: int(row[name]) if row[name] else None for name in COUNTS} for row in rows]


def of_workbook(data: bytes) -> list[Counts]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["tally"]
    head, *rows = sheet.iter_rows(values_only=True)
    return [
        {name: value for name, value in zip(head, row, strict=True) if name in COUNTS}
        for row in rows
    ]


def of_page(text: str) -> list[Counts]:
    """Read the first table of a page; columns in which nothing is known are not shown."""
    if "<thead>" not in text:
        return []
    words = {labels_in("en")("measure", name): name for name in COUNTS}
    table = text[text.index("<thead>") : text.index("</table>")]
    head = re.findall(r'<th scope="col"( class="words")?>([^<]+)</th>', table)
    names = [words[html.unescape(word)] for words_only, word in head if not words_only]
    found = []
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]:
        cells = re.findall(r"<td(?! class=\"words\")[^>]*>(.*?)</td>", row, re.DOTALL)
        numbers = [re.sub(r"<[^>]+>|,|\s", "", cell).replace("−", "-") for cell in cells]
        known = {name: _whole(cell) for name, cell in zip(names, numbers, strict=True)}
        found.append(dict.fromkeys(COUNTS) | known)
    return found


def _whole(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"-?\d+", cell) else None


def test_screen_files_and_interface_give_the_same_numbers_and_parts_sum_to_the_whole(
    visitor: FlaskClient,
) -> None:
    with_rows = 0
    for question in questions():
        answer = visitor.get(f"/api/v1/tallies?{question}").json
        told = [{name: row[name] for name in COUNTS} for row in answer["rows"]]
        grouped, total = "by=" in question, answer["total"]
        for name in COUNTS:
            known = [row[name] for row in told if row[name] is not None]
            if grouped:
                assert (sum(known) if known else None) == total[name] or (
                    name == "incidents" and not known and total[name] == 0
                ), (question, name)
        expected = [*(told if grouped else []), total]
        text = visitor.get(f"/exports/tally.csv?{question}").text
        assert text == visitor.get(f"/api/v1/tallies?format=csv&{question}").text, question
        assert of_csv(text) == expected, question
        assert of_workbook(visitor.get(f"/exports/tally.xlsx?{question}").data) == expected
        assert visitor.get(f"/exports/tally.json?{question}").json == answer, question
        page = of_page(visitor.get(f"/tallies?{question}", headers=ENGLISH).text)
        assert page == (expected if total["incidents"] else []), question
        with_rows += len(told) > 2
    assert with_rows > NUMBER / 4


def test_another_breakdown_of_a_question_has_the_same_total(visitor: FlaskClient) -> None:
    for at, question in enumerate(questions()):
        other = tuple(Grouping)[at % len(Grouping)]
        bare = re.sub(r"&by=\w+", "", question)
        one = visitor.get(f"/api/v1/tallies?{question}").json["total"]
        assert visitor.get(f"/api/v1/tallies?{bare}&by={other}").json["total"] == one, question


def change(database: Database, ids: list[str], files: SealedFiles, *, erases: bool) -> Counter[str]:
    """Edit, withdraw, merge and erase incidents at random; counts what was done."""
    draw, done = random.Random(SEED), Counter[str]()
    acts = ("edit",) * 6 + ("withdraw", "merge") + ("erase",) * erases
    while done.total() < ACTS:
        chosen, other = draw.sample(ids, 2)
        act = draw.choice(acts)
        try:
            with database.writing() as session:
                if act == "edit":
                    changes = {
                        "number_dead": draw.choice((None, 0, 1, 7)),
                        "causes": str(draw.choice(tuple(Cause))),
                    }
                    few = dict(draw.sample(sorted(changes.items()), draw.choice((1, 2))))
                    revise_incident(session, CAMILO, chosen, changes=few, because="heard more")
                elif act == "withdraw":
                    withdraw_incident(session, CAMILO, chosen, because="an error")
                elif act == "merge":
                    merge_incidents(
                        session, CAMILO, other, merged_public_id=chosen, because="the same"
                    )
                else:
                    erase_incident(
                        session, OPERATOR, files, public_id=chosen, ground=Ground.MISTAKE
                    )
        except (Conflict, NotFound):
            continue  # it was withdrawn, merged or erased before
        done[act] += 1
    return done


@pytest.mark.parametrize("erases", [False, True])
def test_a_past_figure_has_the_same_bytes_after_a_thousand_changes(
    demo_copy: Database, tmp_path: Path, *, erases: bool
) -> None:
    app = new_app(demo_copy)
    # Who answers for figures gets the same bytes, whatever was erased since.
    asker = sign_in(app, ESTEBAN) if erases else app.test_client()
    asked = [f"/api/v1/tallies?format=csv&{question}" for question in questions()]
    before = [asker.get(address).data for address in asked]
    as_all = [app.test_client().get(address).text for address in asked]
    now = asker.get("/api/v1/tallies").json["total"]
    page = asker.get("/api/v1/incidents?limit=500").json
    ids = [each["public_id"] for each in page["incidents"]]
    done = change(demo_copy, ids, SealedFiles(tmp_path), erases=erases)
    assert done.total() == ACTS
    assert min(done.values()) > 50
    assert [asker.get(address).data for address in asked] == before
    assert asker.get("/api/v1/tallies").json["total"] != now
    for address, told in zip(asked, as_all, strict=True):
        if FILTERS.keys().isdisjoint(parse_qs(address.partition("?")[2])):
            again = app.test_client().get(address).text
            assert again.splitlines()[-1] == told.splitlines()[-1], address
