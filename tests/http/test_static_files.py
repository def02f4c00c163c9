"""Our own files are kept for good, because their address changes with them."""

import re

from flask.testing import FlaskClient


def test_every_file_of_a_page_may_be_kept_for_good(visitor: FlaskClient) -> None:
    for page in ("/", "/map"):
        addresses = re.findall(r'"(/static/[^"]+)"', visitor.get(page).text)
        assert len(addresses) >= 3
        for address in addresses:
            answer = visitor.get(address)
            assert answer.status_code == 200, address
            font = address.endswith(".woff2")  # named by styles too, which know no digest
            kept = "public, max-age=604800" if font else "public, max-age=31536000, immutable"
            assert answer.headers["Cache-Control"] == kept


def test_a_file_without_its_digest_is_asked_for_again(visitor: FlaskClient) -> None:
    answer = visitor.get("/static/icon.svg")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert visitor.get("/static/nothing.css").headers["Cache-Control"] == "no-store"


def test_the_first_view_is_light(visitor: FlaskClient) -> None:
    addresses = re.findall(r'"(/static/[^"]+\.(?:css|js)[^"]*)"', visitor.get("/").text)
    packed = {"Accept-Encoding": "gzip"}
    weight = sum(len(visitor.get(address, headers=packed).data) for address in addresses)
    assert weight < 30_000
