"""The tiles beneath the map are read in parts, kept for good, and never packed again."""

import re

from flask import url_for
from flask.testing import FlaskClient

from geodata.basemap import base_map_file

ADDRESS = "/map/base.pmtiles"
FILE = base_map_file().read_bytes()


def test_a_part_of_the_file_is_given_as_it_is(visitor: FlaskClient) -> None:
    for first, last in ((0, 16_383), (20_000, 20_999), (len(FILE) - 10, len(FILE) - 1)):
        answer = visitor.get(
            ADDRESS, headers={"Range": f"bytes={first}-{last}", "Accept-Encoding": "gzip"}
        )
        assert answer.status_code == 206
        assert answer.data == FILE[first : last + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(FILE)}"
        assert "Content-Encoding" not in answer.headers


def test_a_part_beyond_the_end_is_refused(visitor: FlaskClient) -> None:
    answer = visitor.get(ADDRESS, headers={"Range": f"bytes={len(FILE)}-"})
    assert answer.status_code == 416


def test_the_whole_file_says_that_it_can_be_read_in_parts(visitor: FlaskClient) -> None:
    answer = visitor.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.data) == (200, FILE)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.mimetype == "application/vnd.pmtiles"
    assert "Content-Encoding" not in answer.headers


def test_whoever_has_it_already_is_told_so(visitor: FlaskClient) -> None:
    first = visitor.get(ADDRESS)
    again = visitor.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_its_address_changes_with_it_and_may_be_kept_for_good(visitor: FlaskClient) -> None:
    with visitor.application.test_request_context():
        address = url_for("maps.give_base_map")
    assert re.fullmatch(r"/map/base\.pmtiles\?v=[0-9a-f]{12}", address)
    part = {"Range": "bytes=0-99"}
    kept = visitor.get(address, headers=part)
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert kept.headers["ETag"] == f'"{address.rpartition("=")[2]}"'
    plain = visitor.get(ADDRESS, headers=part)
    assert plain.headers["Cache-Control"] == "public, no-cache"


def test_it_sets_no_cookie_so_that_any_cache_may_keep_it(visitor: FlaskClient) -> None:
    answer = visitor.get(ADDRESS, headers={"Range": "bytes=0-99"})
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
