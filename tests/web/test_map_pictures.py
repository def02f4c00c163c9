"""A picture of the map: anyone's view, with all that has to be said of it, in a file of its own."""

import io
import re
import struct

import numpy as np
import pypdf
import pytest
from flask.testing import FlaskClient

from tests.conftest import BEATRIZ
from tests.http.clients import ENGLISH, SPANISH, Clock, new_app, sign_in
from tests.services.records import GIVEN
from tests.services.test_merges import verified
from tests.services.test_reports import text_of
from tracker.db.session import Database
from tracker.domain.publication import place_on_grid
from tracker.exchange.map_picture import map_picture
from tracker.maps.view_frame import framed, grown_box
from tracker.maps.view_map import COLOURS

DARIEN = "box=-80.5,5.5,-74.5,10.2&zoom=8"
NEAR = (-77.2, 8.2, -76.6, 8.7)
HOSTILE = '</desc><script>alert(1)</script> #panic("x") $x$ *b* & " \u2028 {{ 7 * 7 }}'
DISC = re.compile(rb'<circle cx="([\d.-]+)" cy="([\d.-]+)" r="[\d.]+" fill="#(?:1b4f58|a9cbc9)"')


def figures(client: FlaskClient, question: str = "") -> dict[str, int]:
    """Give what the tally of a question counts."""
    return client.get(f"/api/v1/tallies?format=json&{question}").json["total"]


@pytest.mark.parametrize("form", ["png", "pdf", "svg"])
def test_the_same_question_gives_the_same_bytes(visitor: FlaskClient, form: str) -> None:
    address = f"/map/picture.{form}?{DARIEN}&lang=es"
    first, second = visitor.get(address), visitor.get(address)
    assert first.status_code == 200
    assert first.data == second.data
    assert visitor.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert visitor.get(address.replace("es", "en", 1)).data != first.data


def test_a_png_is_sixteen_hundred_pixels_wide(visitor: FlaskClient) -> None:
    for question in ("", DARIEN):
        answer = visitor.get(f"/map/picture.png?{question}")
        wide, high = struct.unpack(">II", answer.data[16:24])
        assert (answer.mimetype, wide) == ("image/png", 1600)
        assert 800 < high < 2_400


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (SPANISH, ("personas que murieron", "mínimo, según lo sabido al 1 de junio de 2026")),
        (ENGLISH, ("people who died", "minimum, as known on June 1, 2026")),
    ],
)
def test_a_pdf_says_figures_question_rule_and_sources_in_the_language_of_the_reader(
    visitor: FlaskClient, headers: dict[str, str], words: tuple[str, ...]
) -> None:
    question = "from=2019-01-01&corridor=darien"
    answer = visitor.get(f"/map/picture.pdf?{question}", headers=headers)
    text = text_of(answer.data)
    total = figures(visitor, question)
    for measure in ("dead", "missing", "incidents"):
        assert f"{total[measure]:,}" in text
    for said in (*words, "Natural Earth", "GeoNames", "CC BY 4.0", "2019", "Dari"):
        assert said in text
    assert "no opinion on the status" in text or "no son una opinión" in text
    catalog = pypdf.PdfReader(io.BytesIO(answer.data)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]) == ("es" if headers is SPANISH else "en")
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()


def test_a_part_of_the_map_says_how_much_of_the_figures_it_shows(visitor: FlaskClient) -> None:
    text = text_of(visitor.get(f"/map/picture.pdf?{DARIEN}", headers=ENGLISH).data)
    told = re.search(r"map shows: died ([\d,]+), disappeared ([\d,]+), recorded incidents", text)
    assert told is not None
    assert 0 < int(told[1].replace(",", "")) < figures(visitor)["dead"]


def test_only_what_became_known_since_a_day_is_counted_where_that_is_asked(
    visitor: FlaskClient,
) -> None:
    text = text_of(visitor.get("/map/picture.pdf?new_since=2022-06-01", headers=ENGLISH).data)
    assert "became known after June 1, 2022" in text
    assert f"{figures(visitor)['incidents']:,} recorded" not in text


def test_a_question_without_an_answer_shows_no_number(visitor: FlaskClient) -> None:
    address = "/map/picture.pdf?from=2013-01-01&to=2013-01-02"
    text = text_of(visitor.get(address, headers=ENGLISH).data)
    assert "That does not mean that nothing happened" in text
    assert "people who died 0" not in text
    assert "0 people who died" not in text


@pytest.mark.parametrize(
    "question",
    ["form=gif", "box=10,0,5,5", "box=x", "zoom=99", "nothing=1", "corridor=nowhere", "endpoint=x"],
)
def test_what_nobody_knows_is_refused(visitor: FlaskClient, question: str) -> None:
    form = "gif" if question == "form=gif" else "png"
    assert visitor.get(f"/map/picture.{form}?{question}").status_code == 400


@pytest.mark.parametrize(
    "box",
    ["170,-80,200,80", "-77,8,-77,8", "-180,-90,180,90", "-180,0,180,0", "-80,-90,-80,90"],
)
def test_every_box_can_be_drawn(visitor: FlaskClient, box: str) -> None:
    for zoom in ("", "&zoom=1", "&zoom=13"):
        answer = visitor.get(f"/map/picture.svg?box={box}{zoom}")
        assert answer.status_code == 200
        assert b"<image" not in answer.data, "the sheets are part of the drawing"


def test_a_drawing_runs_nothing_and_asks_nobody(visitor: FlaskClient) -> None:
    answer = visitor.get("/map/picture.svg", query_string={"route_reported": HOSTILE, "lang": "en"})
    drawn = answer.data
    assert answer.status_code == 200
    assert b"<script" not in drawn
    assert b"<image" not in drawn
    assert b"foreignObject" not in drawn
    assert not re.search(rb"\son\w+=", drawn)
    assert not re.search(rb"href=\"(?!#)", drawn)
    assert b"&lt;script&gt;" in drawn
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_hostile_words_are_words_in_a_pdf(visitor: FlaskClient) -> None:
    answer = visitor.get("/map/picture.pdf", query_string={"route_reported": HOSTILE, "lang": "en"})
    text = text_of(answer.data)
    assert '<script>alert(1)</script> #panic("x") $x$ *b*' in text
    assert "{{ 7 * 7 }}" in text


def test_whatever_is_told_is_no_markup(visitor: FlaskClient) -> None:
    sheet = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'
    named = [{"kind": kind, "words": HOSTILE, "x": 1, "y": 1} for kind in ("country", "city")]
    told = {
        **dict.fromkeys(("title", "site", "question", "nothing", "known", "alt"), HOSTILE),
        "lang": "en",
        "beside": True,
        "asides": [HOSTILE],
        "notes": [HOSTILE],
        "figures": [{"number": HOSTILE, "words": HOSTILE}],
        "legend": {
            **dict.fromkeys(("dead", "missing", "unknown", "area", "corridor", "size"), HOSTILE),
            "sizes": [{"radius": 4, "words": HOSTILE}],
        },
        "scale": {"units": 4, "words": HOSTILE},
        "colours": COLOURS,
        "map": {
            "ground": sheet,
            "marks": sheet,
            "width": 99,
            "height": 99,
            "unit": 1,
            "lettering": 1,
            "names": named,
            "numbers": [{"words": HOSTILE, "x": 1, "y": 1, "dark": False}],
        },
    }
    day = Clock().now.date()
    assert text_of(map_picture(told, form="pdf", made_on=day)).count('#panic("x") $x$') >= 12
    assert b"<script" not in map_picture(told, form="svg", made_on=day)


def discs_of(answer: bytes) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in DISC.findall(answer)]


def test_a_record_logged_here_stands_on_the_public_grid_and_only_after_its_delay(
    database: Database, clock: Clock
) -> None:
    app = new_app(database, clock)
    database.tell_time(clock)
    with database.writing() as session:
        verified(session)
    address = "/map/picture.svg?box=" + ",".join(map(str, NEAR))
    browsers = (app.test_client(), sign_in(app, BEATRIZ))
    for browser in browsers:
        assert discs_of(browser.get(address).data) == [], "too early, even for its writer"
    clock.passes(days=15)
    public = place_on_grid(float(GIVEN["longitude"]), float(GIVEN["latitude"]))
    frame = framed(grown_box(NEAR), 728 / 0.76)
    at = frame.x(public[0]), float(frame.y(np.array(public[1])))
    exact = frame.x(float(GIVEN["longitude"])), float(frame.y(np.array(GIVEN["latitude"])))
    drawn = [browser.get(address).data for browser in browsers]
    assert drawn[0] == drawn[1], "whoever is signed in takes away what anyone would"
    for place in discs_of(drawn[0]):
        assert place == pytest.approx(at, abs=0.06)
        assert np.hypot(place[0] - exact[0], place[1] - exact[1]) > 5
    assert discs_of(drawn[0])
    assert b"blue house" not in drawn[0]
