"""Spanish first, English when asked, and the choice is kept."""

import pytest
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH, SPANISH


def language_of(text: str) -> str:
    return text.split('<html lang="', 1)[1][:2]


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "es"),
        ("es-419,es;q=0.9", "es"),
        ("en-US,en;q=0.9", "en"),
        ("de", "es"),
        ("ht", "es"),
        ("de,en;q=0.4", "en"),
    ],
)
def test_the_browser_decides_and_spanish_is_first(
    visitor: FlaskClient, accepted: str, expected: str
) -> None:
    answer = visitor.get("/about", headers={"Accept-Language": accepted})
    assert language_of(answer.text) == expected
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_chosen_language_is_kept_for_the_next_page(visitor: FlaskClient) -> None:
    visitor.get("/about?lang=en", headers=SPANISH)
    assert language_of(visitor.get("/tallies", headers=SPANISH).text) == "en"


def test_an_unknown_language_changes_nothing(visitor: FlaskClient) -> None:
    answer = visitor.get("/about?lang=xx", headers=ENGLISH)
    assert language_of(answer.text) == "en"
    assert "Set-Cookie" not in answer.headers


def test_the_switch_keeps_the_question(visitor: FlaskClient) -> None:
    text = visitor.get("/tallies?by=year&corridor=darien&corridor=caribbean", headers=SPANISH).text
    assert "?by=year&amp;corridor=darien&amp;corridor=caribbean&amp;lang=en" in text


def test_numbers_and_dates_are_written_as_in_latin_america(visitor: FlaskClient) -> None:
    text = visitor.get("/tallies?to=2021-04-30", headers=SPANISH).text
    assert "Hasta el 30 de abril de 2021" in text
    assert "1,0" not in visitor.get("/api/v1/tallies?to=2021-04-30&format=csv").text
