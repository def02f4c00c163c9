"""Texts travel small, whole and unmixed."""

import gzip
import re
import zlib

import pytest
from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip, br", "Accept-Language": "en"}


@pytest.mark.parametrize("address", ["/", "/map", "/api/v1/tallies?by=month", "/static/tables.js"])
def test_what_is_unpacked_is_what_was_said(visitor: FlaskClient, address: str) -> None:
    plain = visitor.get(address, headers={"Accept-Language": "en"})
    packed = visitor.get(address, headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) == packed.content_length < len(plain.data)
    if address != "/map":  # two answers of the map differ in their nonce
        assert gzip.decompress(packed.data) == plain.data


def test_a_page_packed_in_parts_is_one_whole_stream_each_time(visitor: FlaskClient) -> None:
    nonces = set()
    for _ in range(3):
        packed = visitor.get("/map", headers=GZIP)
        nonce = re.search(r"'nonce-([^']+)'", packed.headers["Content-Security-Policy"])[1]
        stream = zlib.decompressobj(31)
        text = stream.decompress(packed.data).decode()
        assert stream.eof
        assert stream.unused_data == b""
        assert f'nonce="{nonce}"' in text
        plain = visitor.get("/map", headers={"Accept-Language": "en"}).get_data(as_text=True)
        assert re.sub('nonce="[^"]+"', "", text) == re.sub('nonce="[^"]+"', "", plain)
        nonces.add(nonce)
    assert len(nonces) == 3


def test_gzip_refused_is_gzip_not_sent(visitor: FlaskClient) -> None:
    answer = visitor.get("/about", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in answer.headers


def test_a_font_is_left_as_it_is(visitor: FlaskClient) -> None:
    path = "/static/vendor/fonts/source-serif-4-latin-600-normal.woff2"
    answer = visitor.get(path, headers=GZIP)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_a_packed_page_can_be_asked_for_again(visitor: FlaskClient) -> None:
    first = visitor.get("/about", headers=GZIP)
    again = visitor.get("/about", headers=GZIP | {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
