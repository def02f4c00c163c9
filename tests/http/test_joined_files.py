"""What a page needs together comes in one file, and says what the files in it say."""

import re

import pytest
from flask.testing import FlaskClient

from tracker.http.joined_files import JOINED
from tracker.maps.assets import STATIC_FOLDER
from tracker.maps.figures import QuietMap, figure_parts


@pytest.mark.parametrize("name", JOINED)
def test_a_joined_file_holds_each_of_its_files_in_order(visitor: FlaskClient, name: str) -> None:
    answer = visitor.get(f"/static/joined/{name}")
    assert answer.status_code == 200
    parts = [(STATIC_FOLDER / path).read_text(encoding="utf-8") for path in JOINED[name]]
    begins = [answer.text.index(part.splitlines()[0]) for part in parts]
    assert begins == sorted(begins)
    assert len(answer.text) == pytest.approx(sum(map(len, parts)), rel=0.02)


@pytest.mark.parametrize("name", [name for name in JOINED if name.endswith(".css")])
def test_what_joined_styles_name_is_where_they_say(visitor: FlaskClient, name: str) -> None:
    text = visitor.get(f"/static/joined/{name}").text
    named = set(re.findall(r"""url\(["']?(\.\.[^"')]+)""", text))
    assert named
    for path in named:
        if "marker-icon" not in path:  # of Leaflet's own markers: none is drawn
            address = f"/static/{path.removeprefix('../')}"
            assert visitor.get(address).status_code == 200, path


def test_the_joined_files_of_the_map_hold_what_folium_asks_for() -> None:
    drawing = QuietMap(title="", first_view=((0, -100), (20, -60)), closest=9, max_zoom=13)
    scripts, styles, _, _ = figure_parts(drawing)
    assert styles == JOINED["map.css"]
    assert scripts == ("vendor/leaflet/leaflet.js", *JOINED["map.js"])[: len(scripts)]


def test_what_is_not_joined_is_not_there(visitor: FlaskClient) -> None:
    for name in ("nothing.css", "..%2fapp.py"):
        assert visitor.get(f"/static/joined/{name}").status_code == 404
