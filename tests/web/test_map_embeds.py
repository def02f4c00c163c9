"""The map in frames of partners: anyone's view, no cookie, and no other page of ours in a frame."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import BEATRIZ, CAMILO
from tests.http.clients import Clock, Visitor, sign_in
from tests.services.test_merges import verified
from tracker.app import create_app
from tracker.config import Settings, WrongSetting, settings_from_environment
from tracker.db.session import Database
from tracker.http.cookies import SESSION
from tracker.http.language import COOKIE
from tracker.web import map_embeds

PARTNERS = ("https://partner.example", "https://www.partner.example:8443")
BOX = "box=-90,0,-60,20&zoom=6"
ADDRESSES = (
    "/map/embed",
    f"/map/embed/cells?{BOX}",
    f"/map/embed/hexagons?{BOX}",
    "/map/embed/areas?kind=corridor",
    "/map/embed/incidents",
)


def framed_app(database: Database, clock: Clock | None = None) -> Flask:
    """Make the application of an installation that names its partners."""
    settings = Settings(database_url="sqlite://", secret_key="x", frames=PARTNERS)
    app = create_app(settings, database=database, clock=clock or Clock())
    app.test_client_class = Visitor
    return app


@pytest.fixture
def partner(demo_database: Database) -> FlaskClient:
    return framed_app(demo_database).test_client()


def ancestors(policy: str) -> str:
    """Give who may show a page in a frame, by its policy."""
    (allowed,) = re.findall(r"frame-ancestors ([^;]+)", policy)
    return allowed


def test_without_partners_there_is_no_embedded_map(visitor: FlaskClient) -> None:
    for address in ADDRESSES:
        answer = visitor.get(address)
        assert answer.status_code == 404
        assert ancestors(answer.headers["Content-Security-Policy"]) == "'none'"


def test_the_embedded_map_alone_may_stand_in_frames_of_partners(partner: FlaskClient) -> None:
    app = partner.application
    answer = partner.get("/map/embed")
    policy = answer.headers["Content-Security-Policy"]
    assert ancestors(policy) == " ".join(PARTNERS)
    assert policy.startswith("default-src 'none'; script-src 'self' 'nonce-")
    assert "unsafe" not in policy
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "map_embeds.show_embed" or "GET" not in rule.methods:
            continue
        address = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = partner.get(address)
        assert ancestors(answer.headers["Content-Security-Policy"]) == "'none'", address
        assert "X-Frame-Options" not in answer.headers


def test_it_holds_figures_and_list_and_no_way_to_sign_in(partner: FlaskClient) -> None:
    page = partner.get("/map/embed?lang=en&corridor=darien").text
    total = partner.get("/api/v1/tallies?format=json&corridor=darien").json["total"]
    assert f">{total['dead']}<" in page.replace(",", "")
    assert "minimum, as known on June 1, 2026" in page
    assert 'href="/map?lang=en&amp;corridor=darien" target="_blank" rel="noopener"' in page
    assert "no opinion on the status" in page
    assert not re.search(r"<(header|nav|footer|form|input)\b", page)
    assert "/sign-in" not in page
    for address in re.findall(r'<a [^>]*href="(/[^"]*)"[^>]*>', page):
        assert f'href="{address}" target="_blank"' in page, "it would be refused in the frame"


def test_a_wrong_question_is_answered_in_the_frame(partner: FlaskClient) -> None:
    for question in ("corridor=nowhere", "endpoint=x&_external=1", "from=x"):
        answer = partner.get(f"/map/embed?lang=en&{question}")
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert ancestors(answer.headers["Content-Security-Policy"]) == " ".join(PARTNERS)


def test_it_sets_no_cookie_and_reads_none(partner: FlaskClient) -> None:
    partner.set_cookie(COOKIE, "es")
    for address in ADDRESSES:
        sign = "&" if "?" in address else "?"
        answer = partner.get(f"{address}{sign}lang=en", headers={"Accept-Language": "es"})
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert 'lang="en"' in partner.get("/map/embed", headers={"Accept-Language": "en"}).text


def test_it_has_what_every_layer_of_the_map_asks_for(partner: FlaskClient) -> None:
    script = (Path(map_embeds.__file__).parent / "static" / "map" / "source.js").read_text("utf-8")
    layers = set(re.findall(r'\bask\("(\w+)"', script))
    assert {"cells", "incidents"} <= layers
    for layer in layers:
        question = "kind=corridor" if layer == "areas" else BOX
        assert partner.get(f"/map/embed/{layer}?{question}").status_code == 200, layer
    assert partner.get("/map/embed/places").status_code == 404


def test_whoever_is_signed_in_sees_in_a_frame_what_anyone_would(
    database: Database, clock: Clock
) -> None:
    app = framed_app(database, clock)
    with database.writing() as session:
        verified(session)
    anyone = app.test_client()
    for actor in (BEATRIZ, CAMILO):
        member = sign_in(app, actor)
        assert member.get_cookie(SESSION) is not None
        own = member.get(f"/map/cells?{BOX}").json["cells"]
        framed = member.get(f"/map/embed/cells?{BOX}")
        assert own, "they see the place already"
        assert framed.json["cells"] == [], "the public has to wait"
        assert framed.headers["Cache-Control"] == "private, no-cache"
        rows = member.get("/map/embed/incidents").json["rows"]
        assert [row["place"] for row in rows] == [None]
        nonce = re.compile(rb"nonce=\"[\w-]+\"")
        pages = [nonce.sub(b"", each.get("/map/embed").data) for each in (anyone, member)]
        assert pages[0] == pages[1]
        assert actor.name.encode() not in pages[1]


def test_partners_are_read_from_the_environment_as_origins() -> None:
    given = {"TRACKER_FRAMES": "https://partner.example, https://www.partner.example:8443"}
    assert settings_from_environment(given).frames == PARTNERS
    assert settings_from_environment({}).frames == ()


@pytest.mark.parametrize(
    "given",
    [
        *("partner.example", "http://partner.example", "https://partner.example/", "*"),
        *("https://*.partner.example", "https://a.example;script-src", "https://", "'self'"),
        *("https://a.example/x", "https://user@a.example", "https://a.example:99999999", "https:"),
    ],
)
def test_what_is_no_origin_is_named_and_refused(given: str) -> None:
    with pytest.raises(WrongSetting, match="TRACKER_FRAMES"):
        settings_from_environment({"TRACKER_FRAMES": f"https://partner.example,{given}"})
