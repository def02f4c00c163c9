"""Hold the subregion schemes as data, and the rules that put a death into one of them.

Sources: UN M49 standard (data/un_m49.csv); the regional review of 2021; IOM's region labels.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

_DATA = Path(__file__).resolve().parent / "data"
LANGUAGES = ("es", "en", "pt", "fr", "ht")

BOUNDARIES_VERSION: str = (_DATA / "VERSION").read_text(encoding="ascii").strip()
"""Names the edition of the boundaries and the hash of the built files, as 2026-11-4da775b8."""


@dataclass(frozen=True)
class Scheme:
    """A way to divide the Americas into subregions.

    `reach_km`: how far from land a death at sea still goes to the nearest land; None where the
    scheme takes the label as received. `beyond`: the code past that reach, None for not known.
    """

    id: str
    version: str
    labels: Mapping[str, Mapping[str, str]]
    reach_km: float | None
    beyond: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes of the subregions in their order."""
        return tuple(self.labels)

    def label(self, code: str, language: str) -> str:
        """Give the name of a subregion in a language; KeyError for an unknown one."""
        return self.labels[code][language]


def _labels(*rows: tuple[str, str, str, str, str, str]) -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType(
        {code: MappingProxyType(dict(zip(LANGUAGES, names, strict=True))) for code, *names in rows}
    )


_NORTHERN = (
    "northern_america",
    "América septentrional",
    "Northern America",
    "América Setentrional",
    "Amérique septentrionale",
    "Amerik dinò",
)
_OTHER_NORTHERN = (
    "northern_america",
    "Resto de América septentrional",
    "Other Northern America",
    "Restante da América Setentrional",
    "Reste de l'Amérique septentrionale",
    "Rès Amerik dinò",
)
_BORDER = (
    "us_mexico_border",
    "Frontera México-Estados Unidos",
    "US-Mexico border",
    "Fronteira México-Estados Unidos",
    "Frontière États-Unis-Mexique",
    "Fwontyè Etazini-Meksik",
)
_CENTRAL = (
    "central_america",
    "Centroamérica y México",
    "Central America and Mexico",
    "América Central e México",
    "Amérique centrale et Mexique",
    "Amerik santral ak Meksik",
)
_CARIBBEAN = ("caribbean", "Caribe", "Caribbean", "Caribe", "Caraïbes", "Karayib")
_SOUTH = (
    "south_america",
    "América del Sur",
    "South America",
    "América do Sul",
    "Amérique du Sud",
    "Amerik disid",
)
_AT_SEA = (
    "at_sea",
    "En el mar, sin asignar",
    "At sea, not assigned",
    "No mar, sem atribuição",
    "En mer, non attribué",
    "Sou lanmè, san plase",
)

UN_M49 = Scheme(
    id="un_m49",
    version="2024-01",
    labels=_labels(_NORTHERN, _CENTRAL, _CARIBBEAN, _SOUTH, _AT_SEA),
    reach_km=370.4,  # 200 nautical miles, the outer limit of an exclusive economic zone
    beyond="at_sea",
)
REVIEW_2021 = Scheme(
    id="review_2021",
    version="2021-04",
    labels=_labels(_BORDER, _CENTRAL, _CARIBBEAN, _SOUTH, _OTHER_NORTHERN),
    reach_km=1000.0,  # the review knows no open sea; boats adrift off Brazil count there
    beyond=None,
)
IOM_REGION = Scheme(
    id="iom_region",
    version="as-received",
    labels=_labels(),
    reach_km=None,
    beyond=None,
)
SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {scheme.id: scheme for scheme in (UN_M49, REVIEW_2021, IOM_REGION)}
)
DEFAULT_SCHEME = REVIEW_2021.id

# The corridors that are subregions of the review themselves, wherever on land or sea they lie.
REVIEW_CORRIDORS: Mapping[str, str] = MappingProxyType(
    {"us_mexico_border": "us_mexico_border", "caribbean": "caribbean"}
)
_M49_AREAS = {
    "Northern America": "northern_america",
    "Central America": "central_america",
    "Caribbean": "caribbean",
    "South America": "south_america",
}


@cache
def subregions_by_country() -> Mapping[str, str]:
    """Give the UN M49 subregion code of every country of the Americas by its iso3.

    For Latin America these are the standard's intermediate regions.
    """
    with (_DATA / "un_m49.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region"] == "Americas"]
    return MappingProxyType(
        {row["iso3"]: _M49_AREAS[row["intermediate_region"] or row["subregion"]] for row in rows}
    )


def un_m49_subregion(country: str | None, *, distance_km: float = 0.0) -> str:
    """Put a death into a subregion of the UN standard by the country it lies in or nearest to.

    `country`: iso3 of the country of the point or, at sea, of the nearest land; None for none.
    `distance_km`: from that land. Beyond the reach, or with no land known: `at_sea`.
    """
    code = _by_country(country, UN_M49, distance_km)
    return "at_sea" if code is None else code


def review_2021_subregion(
    country: str | None, corridor: str | None, *, distance_km: float = 0.0
) -> str | None:
    """Put a death into a subregion of the review: the corridor decides first, then the land.

    The sea routes to Florida and Puerto Rico are Caribbean, Mexico outside the border corridor
    is Central America, and the Darien belongs to the country on whose side it lies.
    None when neither is known.
    """
    if corridor is not None and corridor in REVIEW_CORRIDORS:
        return REVIEW_CORRIDORS[corridor]
    return _by_country(country, REVIEW_2021, distance_km)


def _by_country(country: str | None, scheme: Scheme, distance_km: float) -> str | None:
    if country is None or scheme.reach_km is None or distance_km > scheme.reach_km:
        return scheme.beyond
    return subregions_by_country().get(country, scheme.beyond)
