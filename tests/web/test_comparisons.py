"""Two periods side by side: the same numbers as two tallies, and nothing that misleads."""

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import CAMILO, FERNANDA, XIMENA
from tests.http.clients import ENGLISH, new_app
from tracker.db.session import Database
from tracker.domain.statuses import Visibility
from tracker.domain.tallies import ChangedIncidents, TallyQuery
from tracker.services.incidents import list_incidents, restrict_incident, revise_incident
from tracker.services.tallies import changed_incidents

YEARS = "from=2020-01-01&to=2020-12-31&compare_from=2019-01-01&compare_to=2019-12-31"


def compared(client: FlaskClient, question: str) -> list[list[str]]:
    """Give the cells of the table of comparison, its totals last."""
    page = client.get(f"/tallies?{question}", headers=ENGLISH).text
    section = page[page.index('aria-labelledby="comparison"') :]
    section = section[: section.index("</section>")]
    rows = re.findall(r"<tr>(.*?)</tr>", section, re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in row] for row in cells]


def number(cell: str) -> int:
    return int(cell.replace(",", "").replace("−", "-").replace("+", "").replace("%", "") or 0)


@pytest.mark.parametrize("by", ["subregion", "corridor", "country"])
def test_both_columns_are_those_of_two_tallies_and_add_up(visitor: FlaskClient, by: str) -> None:
    *rows, total = compared(visitor, f"by={by}&{YEARS}")
    for year, at in (("2019", 1), ("2020", 2)):
        question = f"by={by}&from={year}-01-01&to={year}-12-31"
        told = visitor.get(f"/api/v1/tallies?{question}").json
        assert number(total[at]) == told["total"]["dead_and_missing"]
        known = [row["dead_and_missing"] for row in told["rows"]]
        assert sorted(number(row[at]) for row in rows if row[at] not in ("0", "–")) == sorted(
            value for value in known if value
        )
    assert number(total[3]) == number(total[2]) - number(total[1])
    assert sum(number(row[3]) for row in rows if row[3] != "–") == number(total[3])


def test_no_percentage_is_given_of_few_people(visitor: FlaskClient) -> None:
    *rows, _ = compared(visitor, f"by=country&{YEARS}")
    few = [row for row in rows if row[1] != "–" and number(row[1]) < 20]
    many = [row for row in rows if row[1] != "–" and number(row[1]) >= 20 and row[3] != "–"]
    assert few
    assert many
    assert {row[4] for row in few} == {"–"}
    for row in many:
        expected = round(100 * (number(row[2]) - number(row[1])) / number(row[1]))
        assert number(row[4]) == expected


def test_periods_are_not_compared_month_by_month(visitor: FlaskClient) -> None:
    *rows, total = compared(visitor, f"by=month&by=corridor&{YEARS}")
    assert rows
    assert all(len(row) == 5 for row in rows)
    assert not any(re.search(r"20(19|20)", row[0]) for row in rows)
    assert total[0] == "Total"


def test_what_is_no_period_is_said_and_nothing_is_compared(visitor: FlaskClient) -> None:
    for wrong in ("compare_from=yesterday", "compare_from=2020-02-01&compare_to=2020-01-01"):
        answer = visitor.get(f"/tallies?{wrong}", headers=ENGLISH)
        assert answer.status_code == 400
        assert "Two periods compared" not in answer.text


def test_the_sentence_says_both_periods_and_the_change(visitor: FlaskClient) -> None:
    page = visitor.get(f"/tallies?{YEARS}", headers=ENGLISH).text
    section = page[page.index('aria-labelledby="comparison"') :]
    quote = section[: section.index("</blockquote>")]
    assert "2019" in quote
    assert "2020" in quote
    assert re.search(r"That is [\d,]+ (more|fewer) people recorded", quote)
    assert "at least" in quote.lower() or "minimum" in quote.lower()


CHANGE = "between=2021-04-01&and=2025-06-01&corridor=us_mexico_border"


def behind(client: FlaskClient) -> dict[str, list[str]]:
    """Give the incidents that the page names behind each reason."""
    page = client.get(f"/tallies?{CHANGE}", headers=ENGLISH).text
    parts = re.findall(r'<details class="behind">(.*?)</details>', page, re.DOTALL)
    return {
        re.sub(r":.*", "", re.search(r"<summary>(.*?)</summary>", part, re.DOTALL)[1]): re.findall(
            r'href="/incidents/([^"]+)"', part
        )
        for part in parts
    }


def test_the_incidents_behind_a_change_are_named_by_reason_and_can_be_opened(
    visitor: FlaskClient,
) -> None:
    named = behind(visitor)
    told = visitor.get(f"/api/v1/tallies/diff?{CHANGE}").json
    assert len(named) == len(told["rows"]) >= 2
    for ids in named.values():
        assert 0 < len(ids) <= 100
        for public_id in ids[:5]:
            assert visitor.get(f"/incidents/{public_id}").status_code == 200


def test_incidents_behind_a_change_that_may_not_be_shown_are_only_counted(
    demo_copy: Database,
) -> None:
    client = new_app(demo_copy).test_client()
    known = dt.date(2021, 4, 1), dt.date(2025, 6, 1)
    query = TallyQuery(known[1], filters={"corridor": ("us_mexico_border",)})

    def changes() -> dict[str, ChangedIncidents]:
        with demo_copy.reading() as session:
            told = changed_incidents(
                session, XIMENA, query, known_before=known[0], known_after=known[1]
            )
        return {each.reason: each for each in told}

    before = changes()["reported"]
    hidden = before.public_ids[0]
    with demo_copy.writing() as session:
        restrict_incident(session, FERNANDA, hidden, visibility=Visibility.RESTRICTED)
    after = changes()
    assert all(hidden not in each.public_ids for each in after.values())
    assert hidden not in client.get(f"/tallies?{CHANGE}").text


def test_an_incident_whose_numbers_did_not_change_is_behind_nothing(demo_copy: Database) -> None:
    with demo_copy.reading() as session:
        page = list_incidents(session, XIMENA, TallyQuery(dt.date(2025, 6, 1)), page_size=1)
    (incident,) = page.incidents
    today = dt.datetime.now(dt.UTC).date()
    for changes in ({"url": None}, {"number_dead": 77}):
        with demo_copy.writing() as session:
            revise_incident(session, CAMILO, incident.public_id, changes=changes, because="x")
        with demo_copy.reading() as session:
            told = changed_incidents(
                session,
                XIMENA,
                TallyQuery(today),
                known_before=today - dt.timedelta(days=1),
                known_after=today,
            )
        named = [public_id for each in told for public_id in each.public_ids]
        assert named == ([incident.public_id] if "number_dead" in changes else [])
