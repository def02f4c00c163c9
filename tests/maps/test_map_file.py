"""The map as one file holds all it needs and allows nothing else."""

import base64
import hashlib
import json
import re

import pytest
from map_frames import CORRIDORS, HOSTILE, LAND, frame, hostile_frame, incident, tally

from tracker.maps.map_file import draw_map_file
from tracker.web.build_assets import assets_are_built, build_assets


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    if not assets_are_built():
        build_assets()


def drawn(rows: object, **options: object) -> str:
    options.setdefault("language", "en")
    return draw_map_file(rows, tally=tally(), corridors=CORRIDORS, basemap=LAND, **options)


def test_the_file_names_no_file_beside_it() -> None:
    page = drawn(frame(incident()))
    assert re.findall(r"<(?:script|img|link|iframe)[^>]*(?:src|href)=", page) == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert re.findall(r"url\((?!data:)[^)]*\)|@import", styles) == []
    assert "sourceMappingURL" not in page


def test_its_policy_holds_the_hash_of_each_script_and_style_and_nothing_looser() -> None:
    page = drawn(hostile_frame())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    for text in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_it_says_the_figures_with_their_rule_and_date_and_the_unknown_as_unknown() -> None:
    page = drawn(frame(incident()))
    assert "minimum, as known on May 1, 2021" in page
    assert "not known" in page
    assert "IOM's Missing Migrants Project (CC BY 4.0)" in page.replace("&#39;", "'")


def test_records_are_linked_only_where_there_is_a_site() -> None:
    assert "/incidents/4TX-001" not in drawn(frame(incident()))
    linked = drawn(frame(incident()), site="https://tracker.example/")
    assert 'href="https://tracker.example/incidents/4TX-001"' in linked


def test_an_incident_without_a_place_is_a_row_but_no_mark() -> None:
    rows = frame(incident(1), incident(2, longitude=float("nan"), latitude=float("nan")))
    page = drawn(rows)
    columns = json.loads(re.search(r'id="map-incidents">(.*?)</script>', page)[1])
    assert columns["longitude"] == [-767800, None]
    assert columns["public_id"] == ["4TX-001", "4TX-002"]
    assert "1 incident has no place that can be shown" in page


def test_a_file_of_nothing_can_be_drawn() -> None:
    page = drawn(frame())
    columns = json.loads(re.search(r'id="map-incidents">(.*?)</script>', page)[1])
    assert columns["public_id"] == []


def test_a_file_that_cannot_hold_all_says_so() -> None:
    assert "the latest 1 of 30 incidents" in drawn(frame(incident()), number_in_all=30)
    assert "the latest" not in drawn(frame(incident()))


def test_hostile_words_end_no_script() -> None:
    page = drawn(hostile_frame())
    for text in HOSTILE:
        assert "<" not in text or text not in page


def test_it_speaks_spanish() -> None:
    page = drawn(frame(incident()), language="es")
    assert '<html lang="es">' in page
    assert "Dónde murieron o desaparecieron personas" in page
