"""No address of another server leads into a network of our own."""

import pytest

from tracker.domain.errors import InvalidRecord
from tracker.domain.server_addresses import may_be_asked, read_server_address


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" https://Tracker.example.org/ ", "https://tracker.example.org"),
        ("https://tracker.example.org:8443/mx/", "https://tracker.example.org:8443/mx"),
        ("https://8.8.8.8", "https://8.8.8.8"),
    ],
)
def test_an_address_is_kept_in_one_form(given: str, kept: str) -> None:
    assert read_server_address(given) == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("http://tracker.example.org", "not_https"),
        ("ftp://tracker.example.org", "not_https"),
        ("tracker.example.org", "not_an_address"),
        ("https://", "not_an_address"),
        ("https://a:b@tracker.example.org", "not_an_address"),
        ("https://tracker.example.org/?key=x", "not_an_address"),
        ("https://tracker.example.org/#x", "not_an_address"),
        ("https://tracker.example.org/../x", "not_an_address"),
        ("https://tracker.example.org:0", "not_an_address"),
        ("https://tracker.example.org:99999", "not_an_address"),
        ("https://tracker.example.org/a b", "not_an_address"),
        ("https://tracker.example.org\r\nX: y", "not_an_address"),
        ("https://127.0.0.1", "private_address"),
        ("https://localhost", "private_address"),
        ("https://localhost.", "private_address"),
        ("https://[::1]", "private_address"),
        ("https://10.1.2.3", "private_address"),
        ("https://192.168.0.1", "private_address"),
        ("https://169.254.169.254", "private_address"),
        ("https://[fd00::1]", "private_address"),
        ("https://[::ffff:10.0.0.1]", "private_address"),
        ("https://[64:ff9b::a00:1]", "private_address"),
        ("https://0x7f000001", "private_address"),
        ("https://2130706433", "private_address"),
        ("https://127.1", "private_address"),
        ("https://intranet", "private_address"),
    ],
)
def test_an_address_that_is_none_of_another_server_is_refused(given: str, code: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        read_server_address(given)
    assert dict(refused.value.fields) == {"address": (code,)}


def test_only_the_operator_asks_this_very_machine_and_no_other_private_one() -> None:
    assert read_server_address("http://127.0.0.1:8001", loopback=True) == "http://127.0.0.1:8001"
    assert read_server_address("http://[::1]:8001", loopback=True) == "http://[::1]:8001"
    with pytest.raises(InvalidRecord):
        read_server_address("https://10.0.0.1", loopback=True)


@pytest.mark.parametrize(
    "found", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:127.0.0.1"]
)
def test_a_name_of_the_internet_may_not_lead_inside(found: str) -> None:
    assert not may_be_asked(found, loopback=False)
    assert may_be_asked("8.8.8.8", loopback=False)


def test_a_name_of_this_machine_may_not_lead_elsewhere() -> None:
    assert may_be_asked("127.0.0.1", loopback=True)
    assert not may_be_asked("10.0.0.1", loopback=True)
    assert not may_be_asked("8.8.8.8", loopback=True)
