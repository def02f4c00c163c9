"""Two periods side by side: the same numbers as two tallies, and nothing that misleads."""

import re

import pytest
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH

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
