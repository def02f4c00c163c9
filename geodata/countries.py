"""Countries of the world by ISO 3166 code, in the spellings that people and datasets use."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from babel import Locale
from babel.core import get_global

from geodata.spelling import folded

DATA = Path(__file__).parent / "data"
LANGUAGES = ("es", "en", "pt", "fr", "ht")
_ARTICLE = re.compile(r"^(?:the|el|la|las|los|les|le|l|o|a|os|as) ")
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _world() -> dict[str, str]:
    """Read the official English name of each country and area, by iso3."""
    return {row["iso3"]: row["name"] for row in _rows(DATA / "un_m49.csv")}


@cache
def _american_names() -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in _rows(DATA / "sources" / "country_names.csv")}


@cache
def _iso2_by_iso3() -> dict[str, str]:
    # CLDR lists the three-letter codes as aliases of the two-letter ones.
    listed: dict[str, list[str]] = get_global("territory_aliases")  # type: ignore[assignment]
    return {code: iso2[0] for code, iso2 in listed.items() if len(code) == 3 and code.isalpha()}


@cache
def iso3_by_iso2() -> dict[str, str]:
    """Give the iso3 code of each iso2 code of a country in use."""
    known = {*_world(), "TWN", "XKX"}
    return {iso2: iso3 for iso3, iso2 in _iso2_by_iso3().items() if iso3 in known}


@cache
def country_codes() -> frozenset[str]:
    """Give the iso3 code of every country and territory in use."""
    return frozenset(iso3_by_iso2().values())


def american_countries() -> tuple[str, ...]:
    """Give the iso3 code of every country and territory of the Americas."""
    return tuple(_american_names())


def country_name(iso3: str, language: str) -> str:
    """Name a country in one of the five languages; KeyError for a code that no list has.

    Outside the Americas Haitian Creole falls back to French (CLDR has no names in it).
    """
    american = _american_names().get(iso3)
    if american is not None:
        return american[language]
    name: str = _territories("fr" if language == "ht" else language)[_iso2_by_iso3()[iso3]]
    return name


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale(language).territories)


def find_country(text: str | None) -> str | None:
    """Find the iso3 code of a country named in any of the five languages, or by its ISO code.

    None for what is no single country: a region ("Latin America / Caribbean (P)"), "Unknown".
    """
    if not isinstance(text, str):
        return None
    stripped = text.strip()
    if stripped.isupper() and stripped in iso3_by_iso2():
        return iso3_by_iso2()[stripped]
    key = folded(stripped)
    return _index().get(key) or _index().get(_ARTICLE.sub("", key))


def find_countries(texts: Iterable[str | None]) -> npt.NDArray[np.object_]:
    """Find the countries of many texts at once; gives an array of iso3 | None, as long."""
    listed = list(texts)
    found = {text: find_country(text) for text in set(listed)}
    return np.array([found[text] for text in listed], dtype=object)


@cache
def _index() -> dict[str, str]:
    """Map folded spellings to iso3; what is listed by hand goes before what is derived."""
    index: dict[str, str] = {}
    for spelling, iso3 in _spellings():
        index.setdefault(folded(spelling), iso3)
    for spelling, iso3 in _spellings():
        shorter = folded(_BRACKETS.sub(" ", spelling))
        index.setdefault(_ARTICLE.sub("", shorter), iso3)
    return index


def _spellings() -> Iterator[tuple[str, str]]:
    for iso3, official in _world().items():
        yield iso3, iso3
        yield official, iso3
    for row in _rows(DATA / "country_aliases.csv"):
        for alias in row["aliases"].split("|"):
            yield alias, row["iso3"]
    for iso3, names in _american_names().items():
        for language in LANGUAGES:
            yield names[language], iso3
    for language in ("es", "en", "pt", "fr"):
        names = _territories(language)
        for iso2, iso3 in iso3_by_iso2().items():
            yield names[iso2], iso3
