"""Typed coordinates in the forms that people use; what has two readings is refused, not guessed."""

import re
from collections.abc import Callable

from geodata.degrees import read_degrees
from geodata.map_grids import read_mgrs, read_utm
from geodata.positions import (
    Position,
    PositionForm,
    PositionUnclear,
    UnclearReason,
    digits_uncertainty_m,
)

LONGEST_TEXT = 200
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_WKT = re.compile(
    rf"(?:SRID=(\d+);)?\s*POINT\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})?\s*\)", re.I
)
_GEO_URI = re.compile(rf"geo:({_NUMBER}),({_NUMBER})(?:,{_NUMBER})?((?:;[a-z0-9-]+=?[^;]*)*)", re.I)
_OTHER_DATUM = re.compile(
    r"NAD\s*-?\s*27|NAD\s*-?\s*1927|PSAD\s*-?\s*56|SAD\s*-?\s*69|CORREGO", re.I
)
_SAME_DATUM = re.compile(
    r"\(?\b(?:datum\s*:?\s*)?(?:WGS\s*-?\s*(?:19)?84|NAD\s*-?\s*(?:19)?83|SIRGAS\s*-?\s*2000|"
    r"MAGNA\s*-?\s*SIRGAS|EPSG\s*:?\s*4326)\b\)?",
    re.I,
)
_SYMBOLS = str.maketrans(
    {
        **dict.fromkeys("º˚∘", "°"),
        **dict.fromkeys("’′‘´`ʹʼ", "'"),
        **dict.fromkeys("”″“ʺ", '"'),
        **dict.fromkeys("−–—‒‐‑", "-"),
        **dict.fromkeys("\u00a0\u2009\u202f\t\r\n", " "),
    }
)


def parse_position(text: str) -> Position:
    """Read one typed position: degrees in es/en/fr/pt, WKT, geo: URI, UTM or MGRS (WGS 84).

    Plain decimals are latitude, longitude. Raises PositionUnclear with a code where the text
    cannot be read, or could mean two places (NAD27 and older datums included).
    """
    if len(text) > LONGEST_TEXT:
        raise PositionUnclear(UnclearReason.UNREADABLE)
    plain = text.translate(_SYMBOLS).replace("''", '"').strip().rstrip(".")
    if _OTHER_DATUM.search(plain):
        raise PositionUnclear(UnclearReason.UNKNOWN_DATUM)
    readers: tuple[Callable[[str], Position | None], ...] = (_read_wkt, _read_geo_uri)
    readers_without_datum = (read_utm, read_mgrs, read_degrees)
    undated = _SAME_DATUM.sub(" ", plain).strip(" ,;")
    for read, given in (
        *((read, plain) for read in readers),
        *((read, undated) for read in readers_without_datum),
    ):
        position = read(given)
        if position is not None:
            return position
    raise PositionUnclear(UnclearReason.UNREADABLE)


def _read_wkt(text: str) -> Position | None:
    found = _WKT.fullmatch(text)
    if found is None:
        return None
    if found[1] not in {None, "4326"}:
        raise PositionUnclear(UnclearReason.UNKNOWN_DATUM)
    return _position(found[2], found[3], PositionForm.WKT)


def _read_geo_uri(text: str) -> Position | None:
    found = _GEO_URI.fullmatch(text)
    if found is None:
        return None
    asked = dict(part.partition("=")[::2] for part in found[3].lower().split(";") if part)
    if asked.get("crs", "wgs84") != "wgs84":
        raise PositionUnclear(UnclearReason.UNKNOWN_DATUM)
    position = _position(found[2], found[1], PositionForm.GEO_URI)
    stated = asked.get("u", "")
    if not re.fullmatch(r"\d+(\.\d+)?", stated):
        return position
    return Position(
        position.longitude,
        position.latitude,
        max(float(stated), position.uncertainty_m),
        PositionForm.GEO_URI,
    )


def _position(longitude: str, latitude: str, form: PositionForm) -> Position:
    radius = digits_uncertainty_m(float(latitude), _last_digit(longitude), _last_digit(latitude))
    return Position(float(longitude), float(latitude), radius, form)


def _last_digit(number: str) -> float:
    return 10.0 ** -len(number.partition(".")[2])
