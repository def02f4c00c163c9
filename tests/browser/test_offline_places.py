"""What a phone says of names, coordinates and corridors without network is what the server says."""

import numpy as np
import pytest
import shapely
from offline_phone import NewPhone, OfflineSite, opened, prepare, stand
from playwright.sync_api import Page, expect
from watched_pages import Site, Watch

from geodata.compact import compact_areas
from geodata.corridors import corridors
from geodata.gazetteer import all_places, find_places
from geodata.places import look_up_places
from geodata.spelling import folded
from tests.geodata.test_coordinates import READABLE, REFUSED
from tests.services.records import GIVEN
from tracker.domain.errors import InvalidRecord
from tracker.schemas.incidents import load_incident

PARSE = """texts => texts.map(text => {
  try {
    return offline.coordinates.parse(text);
  } catch (error) {
    return { code: error.code || String(error) };
  }
})"""
FIND = """async names => {
  await offline.places.load();
  return names.map(name => offline.places.find(name, 5).map(each => [each.name, each.country]));
}"""
CORRIDORS = """async points => {
  await offline.places.load();
  return points.map(([x, y]) => {
    const found = offline.places.corridorAt(x, y);
    return found ? [found.corridor, found.segment] : [null, null];
  });
}"""
# Refused by the server for a reason of a grid of metres, by the phone because it reads none.
OF_GRIDS = {
    "498000 3540000": "missing_zone",
    "12R 3540000 498000": "ambiguous_order",
    "12S 498000 3540000": "ambiguous_hemisphere",
    "12T 498000 3540000": "zone_conflict",
    "61N 498000 3540000": "out_of_range",
    "12RVV 980 4000": "unreadable",
}


@pytest.fixture
def page(watch: Watch, site: Site) -> Page:
    opened_page = watch(site.address).page
    opened_page.goto(site.address + "/offline/en")
    # The page has looked into its store, and hides nothing any more.
    expect(opened_page.locator("#set-up")).to_be_visible(timeout=60_000)
    return opened_page


def test_typed_degrees_are_read_and_refused_as_by_the_server(page: Page) -> None:
    read = page.evaluate(PARSE, [case[0] for case in READABLE])
    for (text, latitude, longitude, _), given in zip(READABLE, read, strict=True):
        assert given.get("code") is None, (text, given)
        assert given["latitude"] == pytest.approx(latitude, abs=1e-9), text
        assert given["longitude"] == pytest.approx(longitude, abs=1e-9), text
    refused = page.evaluate(PARSE, [text for text, _ in REFUSED])
    for (text, code), given in zip(REFUSED, refused, strict=True):
        assert given["code"] == ("grid" if OF_GRIDS.get(text) == code else code), text
    for text in ("17TPJ3008433438", "17T PJ 30 33", "12R 498000 3540000"):
        assert page.evaluate(PARSE, [text]) == [{"code": "grid"}]


def test_the_uncertainty_of_typed_degrees_is_that_of_the_server(page: Page) -> None:
    from_server = {"31.5, -110.2": 7_247, "31°30'N 110°12'W": 1_218, "31.500000, -110.200000": 10}
    for text, metres in from_server.items():
        (given,) = page.evaluate(PARSE, [text])
        assert given["uncertainty_m"] == pytest.approx(metres, rel=0.01)


def test_every_name_is_folded_as_by_the_server(page: Page) -> None:
    names = "\n".join(all_places()["name"])
    assert page.evaluate("names => offline.places.folded(names)", names) == folded(names)


def test_places_are_found_by_name_as_by_the_server(page: Page) -> None:
    names = ["Necoclí", "san jose", "Cd. Juarez", "Sta Ana", "Port-au-Prince", "xyzzy", "tapachula"]
    for name, found in zip(names, page.evaluate(FIND, names), strict=True):
        expected = [[place.name, place.country] for place in find_places(name, limit=5)]
        assert sorted(found) == sorted(expected), name


def sampled_points() -> np.ndarray:
    random = np.random.default_rng(20261125)
    everywhere = random.uniform((-125, -56), (-34, 60), (4_000, 2))
    boxes = [np.array(area["box"]) / 1000 for area in compact_areas()["areas"]]
    inside = [random.uniform(box[:2], box[2:], (400, 2)) for box in boxes]
    return np.concatenate([everywhere, *inside])


def test_corridor_and_stretch_agree_with_the_server_away_from_edges(page: Page) -> None:
    points = sampled_points()
    given = page.evaluate(CORRIDORS, points.tolist())
    places = look_up_places(points[:, 0], points[:, 1])
    expected = list(
        map(list, zip(places.decoded("corridor"), places.decoded("segment"), strict=True))
    )
    same = np.array([one == other for one, other in zip(given, expected, strict=True)])
    shapes = [
        part.geometry
        for corridor in corridors()
        for part in (corridor, *corridor.segments)
        if part.geometry is not None
    ]
    edges = shapely.union_all([shapely.boundary(shape) for shape in shapes])
    away = ~shapely.dwithin(edges, shapely.points(points), 0.01)  # a kilometre
    within = np.array([corridor is not None for corridor, _ in expected])
    assert (away & within).sum() > 3_000
    assert same[away].mean() >= 0.995
    assert same[away & within].mean() >= 0.995
    assert same.mean() >= 0.99


def test_here_is_where_the_phone_says_and_how_well(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    phone.options = {
        "permissions": ["geolocation"],
        "geolocation": {"longitude": -76.93, "latitude": 8.45, "accuracy": 120},
    }
    page = phone.open()
    prepare(page)
    phone.context.set_offline(True)
    page.reload()
    opened(page)
    page.get_by_role("button", name="Here, where this phone is").click()
    expect(page.locator("#place")).to_contain_text("to about 120 m")
    expect(page.locator("#place")).to_contain_text("Gulf of Urab")
    expect(page.locator("#location_precision")).to_have_value("vicinity")
    facts = page.evaluate("() => offline.form.read()")
    assert (facts["longitude"], facts["latitude"]) == (-76.93, 8.45)
    assert (facts["uncertainty_m"], facts["location_basis"]) == (120, "gps")
    page.fill("#typed", "31.5, 110.2")
    page.get_by_role("button", name="Take these coordinates").click()
    expect(page.locator("#place")).to_contain_text("North or south, east or west?")
    page.fill("#typed", "31,5 N 110,2 O")
    page.get_by_role("button", name="Take these coordinates").click()
    expect(page.locator("#place")).to_contain_text("Sonoran Desert")
    assert page.evaluate("() => offline.form.read().longitude") == -110.2


def test_days_weeks_months_and_years_become_first_and_last_day(page: Page) -> None:
    page.evaluate("() => { document.getElementById('work').hidden = false; }")
    expected = {
        "day": ("2024-02-14", "2024-02-14"),
        "week": ("2024-02-12", "2024-02-18"),
        "month": ("2024-02-01", "2024-02-29"),
        "year": ("2024-01-01", "2024-12-31"),
        "unknown": (None, None),
    }
    page.fill("#date_from", "2024-02-14")
    for precision, days in expected.items():
        page.select_option("#date_precision", precision)
        facts = page.evaluate("() => offline.form.read()")
        assert (facts["date_from"], facts["date_to"]) == days
        given = {**GIVEN, "date_from": days[0], "date_to": days[1], "date_precision": precision}
        assert load_incident(given)["date_precision"] == precision


@pytest.mark.parametrize(
    "otherwise",
    [
        {},
        {"causes": []},
        {"number_dead": "-1"},
        {"number_dead": "two"},
        {"number_dead": "1.5"},
        {"number_dead": "9999999"},
        {"number_dead": "3", "number_dead_max": "2"},
        {"date_from": None},
        {"date_to": None, "date_precision": "range"},
        {"date_from": "2026-05-09", "date_precision": "range"},
        {"location_precision": "unknown"},
        {"cause_reported": "x" * 501},
        {"sources": [{"publisher": None, "url": None, "quality": "1"}]},
        {"sources": [{"publisher": "Somebody", "url": "news.example.org", "quality": None}]},
    ],
)
def test_the_phone_finds_wrong_what_the_server_finds_wrong(page: Page, otherwise) -> None:
    facts = {**GIVEN, "groups": [], "cause_reported": None, "notes": None, **otherwise}
    facts = {
        **dict.fromkeys(
            (
                *("number_dead_max", "number_survivors", "number_females", "number_males"),
                *("number_other_gender", "number_children"),
            )
        ),
        **facts,
    }
    found = page.evaluate("facts => offline.checks.check(facts)", facts)
    try:
        load_incident(facts)
        expected = {}
    except InvalidRecord as error:
        expected = {field: list(codes) for field, codes in error.fields.items()}
    assert found == expected


def test_an_entry_waits_with_its_words_after_closing(
    own_site: OfflineSite, new_phone: NewPhone
) -> None:
    phone = new_phone(own_site)
    page = phone.open()
    prepare(page)
    page.select_option("#causes", "violence")
    page.select_option("#date_precision", "unknown")
    page.fill("#number_missing_min", "2")
    page.get_by_role("button", name="Keep it, and send it when possible").click()
    expect(page.locator("#entries > li")).to_contain_text("day not known")
    phone.close()
    page = phone.open()
    opened(page)
    stand(page, "waiting")
    page.get_by_role("button", name="Open", exact=True).last.click()
    expect(page.locator("#causes")).to_have_value("violence")
    expect(page.locator("#number_missing_min")).to_have_value("2")
