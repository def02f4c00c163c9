"""Every answer keeps to itself."""

import re

import pytest
from flask.testing import FlaskClient

PAGES = ("/", "/map", "/tallies", "/incidents", "/about", "/nothing", "/api/v1/tallies", "/healthz")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_safety_headers(visitor: FlaskClient, address: str) -> None:
    headers = visitor.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_a_page_without_its_own_script_gets_no_nonce(visitor: FlaskClient) -> None:
    assert "nonce-" not in visitor.get("/").headers["Content-Security-Policy"]


def test_the_nonce_of_the_map_is_in_page_and_policy_and_never_comes_twice(
    visitor: FlaskClient,
) -> None:
    nonces = set()
    for _ in range(4):
        answer = visitor.get("/map?corridor=darien")
        in_policy = re.findall(r"nonce-([\w-]+)", answer.headers["Content-Security-Policy"])
        in_page = re.findall(r'nonce="([\w-]+)"', answer.text)
        assert set(in_policy) == set(in_page)
        nonces.update(in_policy)
    assert len(nonces) == 4


def test_no_page_has_inline_styles_or_handlers(visitor: FlaskClient) -> None:
    for address in PAGES:
        text = visitor.get(address).text
        assert not re.search(r"<[^>]*\s(style|on\w+)=", text), address


def test_no_page_loads_anything_from_another_host(visitor: FlaskClient) -> None:
    for address in PAGES:
        text = visitor.get(address).text
        loaded = re.findall(r'<(?:link|script|img|iframe|source)[^>]*(?:href|src)="([^"]+)"', text)
        assert all(re.match(r"/(?!/)", path) for path in loaded), address
