"""What a visitor reads."""

import html
import re

import pytest
from flask.testing import FlaskClient

from tests.http.clients import ENGLISH, SPANISH, counted_queries
from tracker.db.session import Database

PAGES = ("/", "/map", "/tallies", "/incidents", "/about")


def words(text: str) -> str:
    """Give a page as its words alone."""
    without = re.sub(r"(?s)<(script|svg|style)\b.*?</\1>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_title_one_heading_and_a_way_past_the_menu(
    visitor: FlaskClient, address: str
) -> None:
    text = visitor.get(address, headers=ENGLISH).text
    assert text.count("<h1") == 1
    assert re.search(r"<title>\S.+ – Migrants who died", text)
    assert 'href="#main"' in text
    assert 'id="main"' in text


@pytest.mark.parametrize("address", PAGES)
def test_no_page_calls_anyone_illegal(visitor: FlaskClient, address: str) -> None:
    for headers in (SPANISH, ENGLISH):
        assert not re.search(
            r"(?i)illegal|ilegal", words(visitor.get(address, headers=headers).text)
        )


@pytest.mark.parametrize("address", PAGES)
def test_help_stands_wherever_news_of_a_death_can_appear(
    visitor: FlaskClient, address: str
) -> None:
    text = visitor.get(address, headers=SPANISH).text
    assert 'href="/about#support"' in text
    assert "familylinks.icrc.org" in visitor.get("/about", headers=SPANISH).text


def test_the_first_page_says_minimum_and_as_known_on_beside_the_figure(
    visitor: FlaskClient,
) -> None:
    text = words(visitor.get("/", headers=ENGLISH).text)
    assert re.search(r"11,\d{3} people died or disappeared minimum, as known on June 1, 2026", text)
    assert re.search(r"9,\d{3} people died minimum", text)
    assert re.search(r"1,9\d\d people disappeared minimum", text)


def test_the_first_page_draws_months_and_places_with_words_for_them(visitor: FlaskClient) -> None:
    text = visitor.get("/", headers=ENGLISH).text
    assert text.count('<rect class="dead"') > 130
    assert text.count("<circle cx") > 100
    assert len(re.findall(r'role="img" aria-label="[^"]{60,}"', text)) == 2


def test_a_bare_tally_page_counts_by_subregion(visitor: FlaskClient) -> None:
    text = words(visitor.get("/tallies", headers=SPANISH).text)
    assert "Frontera México-Estados Unidos" in text
    assert "se registró la muerte o desaparición de al menos 11," in text
    assert "según lo sabido al 1 de junio de 2026" in text


def test_the_sentence_that_may_be_quoted_names_period_filter_date_and_rule(
    visitor: FlaskClient,
) -> None:
    address = "/tallies?from=2021-01-01&to=2021-04-30&corridor=darien&as_known_on=2021-09-05"
    text = words(visitor.get(address, headers=ENGLISH).text)
    sentence = text[text.index("Between January 1, 2021") :]
    assert sentence.startswith("Between January 1, 2021 and April 30, 2021, at least ")
    assert "Corridor: Darien" in sentence.replace("é", "e")
    assert "Minimum, as known on September 5, 2021." in sentence
    assert "IOM's rule" in sentence


def test_the_unknown_is_never_written_as_zero(visitor: FlaskClient) -> None:
    question = "by=year&corridor=altiplano"
    answer = visitor.get(f"/api/v1/tallies?{question}").json
    known = [name for name, people in answer["total"].items() if people is not None]
    unknown = sum(row[name] is None for row in answer["rows"] for name in known)
    page = visitor.get(f"/tallies?{question}", headers=ENGLISH).text
    assert unknown > 5
    assert page.count('data-sort=""><span class="unknown">') == unknown
    assert page.count('data-sort="0">0</td>') == sum(
        row[name] == 0 for row in answer["rows"] for name in known
    )


def test_the_review_of_2021_can_be_read_off_the_page(visitor: FlaskClient) -> None:
    address = (
        "/tallies?from=2021-01-01&to=2021-04-30&by=subregion&scheme=iom_region"
        "&as_known_on=2021-04-01"
    )
    text = visitor.get(address, headers=ENGLISH).text
    for region, people in (
        ("US-Mexico Border", 77),
        ("South America", 49),
        ("Caribbean", 28),
        ("Central America", 20),
    ):
        row = text[text.index(f'data-sort="{region}"') :]
        assert f'class="main-number" data-sort="{people}"' in row[: row.index("</tr>")]


def test_what_changed_between_two_dates_is_told_by_reason(visitor: FlaskClient) -> None:
    address = "/tallies?from=2021-01-01&to=2021-04-30&between=2021-04-01&and=2021-09-05"
    text = words(visitor.get(address, headers=ENGLISH).text)
    assert "What was known on September 5, 2021 less what was known on April 1, 2021" in text
    assert "Newly reported" in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("by=banana", "banana is not a known value of by"),
        ("from=yesterday", "yesterday is not a date"),
        ("from=2022-01-01&to=2021-01-01", "The period ends before it begins"),
        ("as_known_on=2030-01-01", "2030-01-01 has not come yet"),
        ("corridor=nowhere", "nowhere is not a known value of corridor"),
        ("between=2021-01-01", "A date is missing: and"),
        ("banana=1", "banana is not a known value of parameter"),
        ("by=year,month,day,cause,sex", "at most 4"),
    ],
)
@pytest.mark.parametrize("page", ["/tallies", "/map"])
def test_a_bad_question_is_told_in_words_and_what_was_typed_is_kept(
    visitor: FlaskClient, page: str, query: str, said: str
) -> None:
    if page == "/map" and "between" in query:
        said = "between is not a known value of parameter"
    answer = visitor.get(f"{page}?{query}", headers=ENGLISH)
    assert answer.status_code == 400
    assert said in words(answer.text)
    if query.startswith("from=2022"):
        assert 'value="2022-01-01"' in answer.text


def test_the_list_holds_what_the_tally_counts(visitor: FlaskClient) -> None:
    question = "corridor=darien&from=2022-01-01&to=2022-12-31"
    counted = visitor.get(f"/api/v1/tallies?{question}").json["total"]["incidents"]
    text = visitor.get(f"/incidents?{question}", headers=ENGLISH).text
    assert f"{counted} incidents" in words(text)
    listed = len(re.findall(r'<li>\s*<p class="when">', text))
    assert listed == min(counted, 50)


def test_the_list_turns_its_pages_and_ends(visitor: FlaskClient) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        text = visitor.get(f"/incidents?corridor=darien&page={page}", headers=ENGLISH).text
        seen += re.findall(r'class="when"><a href="/incidents/([^"]+)"', text)
    assert len(seen) == len(set(seen)) == 150
    beyond = visitor.get("/incidents?corridor=darien&page=999", headers=ENGLISH)
    assert "The list has no such page." in beyond.text
    assert visitor.get("/incidents?page=0").status_code == 404
    assert visitor.get("/incidents?page=x").status_code == 404


@pytest.mark.parametrize("address", ["/incidents", "/incidents?page=40", "/incidents?sort=date"])
def test_a_list_asks_the_database_the_same_few_questions(
    visitor: FlaskClient, demo_database: Database, address: str
) -> None:
    with counted_queries(demo_database) as statements:
        assert visitor.get(address).status_code == 200
    assert len(statements) <= 9


def test_an_incident_tells_facts_place_source_and_history(visitor: FlaskClient) -> None:
    text = visitor.get("/incidents?from=2019-06-01&as_known_on=2020-02-01", headers=ENGLISH).text
    found = re.findall(r'href="(/incidents/[^"?]+)"', text)
    page = words(visitor.get(found[0], headers=ENGLISH).text)
    for heading in ("What is known", "Where", "Who says so", "How it came to be known"):
        assert heading in page
    assert "January 8, 2020 : Newly reported" in page
    assert "Minimum, as known since" in page


def test_the_number_of_an_incident_is_read_in_any_case(visitor: FlaskClient) -> None:
    text = visitor.get("/incidents", headers=ENGLISH).text
    address = re.findall(r'href="(/incidents/[^"?]+)"', text)[0]
    assert visitor.get(address.lower()).status_code == 200


def test_a_source_that_is_no_web_address_is_no_link(visitor: FlaskClient) -> None:
    with visitor.application.test_request_context("/"):
        macros = visitor.application.jinja_env.get_template("macros/incidents.html").module
        shown = macros.sources("javascript:alert(1), https://example.org/<b>")
    assert "<li>javascript:alert(1)</li>" in shown
    assert shown.count("<a ") == 1
    assert 'href="https://example.org/&lt;b&gt;"' in shown
    assert 'rel="external noopener noreferrer nofollow" referrerpolicy="no-referrer"' in shown


def test_no_page_prints_a_telephone_number_that_nobody_confirmed(visitor: FlaskClient) -> None:
    for headers in (SPANISH, ENGLISH):
        about = words(visitor.get("/about", headers=headers).text)
        assert not re.search(r"\d{3}[ -]\d{3}|\b988\b", about)


def test_one_person_in_one_incident_is_told_in_the_singular(visitor: FlaskClient) -> None:
    days = visitor.get("/api/v1/tallies?by=day").json["rows"]
    day = next(row["day"] for row in days if row["incidents"] == row["dead_and_missing"] == 1)
    question = f"day={day}"
    english = words(visitor.get(f"/tallies?{question}", headers=ENGLISH).text)
    assert "at least 1 person died or disappeared" in english
    assert "in 1 recorded incident." in english
    spanish = words(visitor.get(f"/tallies?{question}", headers=SPANISH).text)
    assert "al menos 1 persona en las rutas migratorias" in spanish
    assert "en 1 incidente." in spanish


def test_health_answers_when_the_database_does(visitor: FlaskClient) -> None:
    assert visitor.get("/healthz").json == {"status": "ok"}
