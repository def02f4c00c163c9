"""The addresses of a source are links that can be read and trusted."""

import pytest

from tracker.web.sources import source_links


def told(reported: str) -> list[tuple[str, str | None]]:
    return [(link.words, link.address) for link in source_links(reported)]


@pytest.mark.parametrize("between", [", ", ",", ",, ", " ", "\xa0", "; ", "!, ", ""])
def test_several_addresses_in_a_cell_are_several_links(between: str) -> None:
    cell = f"https://perma.cc/QJW7-KYHQ{between}http://bit.ly/2Z6uZ1A,"
    assert told(cell) == [
        ("perma.cc/QJW7-KYHQ", "https://perma.cc/QJW7-KYHQ"),
        ("bit.ly/2Z6uZ1A", "http://bit.ly/2Z6uZ1A"),
    ]


def test_an_address_within_an_address_stays_whole() -> None:
    archived = "https://web.archive.org/web/20240326123745/https://www.example.org/a/long/path"
    ((words, address),) = told(archived)
    assert address == archived
    assert words.startswith("web.archive.org/web/20240326123745/")
    assert words.endswith("…")
    assert told("https://http://bit.ly/2LmsZhY") == [("bit.ly/2LmsZhY", "http://bit.ly/2LmsZhY")]
    asked = "https://example.org/go?to=https://example.com/"
    assert told(asked) == [("example.org/go", asked)]


@pytest.mark.parametrize(
    "cell",
    ["javascript:alert(1)", "data:text/html,x", "//example.org/a", "ftp://example.org/a",
     "http://[", "http:///path", "https://\u202egro.elpmaxe/", "example.org", "https://"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_no_link(cell: str) -> None:
    assert [address for _, address in told(cell)] == [None]


def test_a_link_is_called_by_the_host_that_it_leads_to() -> None:
    assert told("https://un.org@evil.example/report")[0][0] == "evil.example/report"
    assert told("https://bücher.example/")[0][0] == "xn--bcher-kva.example"


def test_an_address_named_twice_is_one_link() -> None:
    assert len(told("https://example.org/a, https://example.org/a")) == 1
