"""The map as one file holds all it needs and allows nothing else."""

import base64
import hashlib
import re

import pytest
from map_frames import CORRIDORS, LAND, frame, hostile_frame, incident, tally

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


def test_it_speaks_spanish() -> None:
    page = drawn(frame(incident()), language="es")
    assert '<html lang="es">' in page
    assert "Dónde murieron o desaparecieron personas" in page
