"""Reads the cells of a frame, however its register writes them: what is not known is nothing."""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from geodata.countries import find_country
from geodata.spelling import folded
from tracker.linkage.matches.register_words import (
    BASES,
    CONDITIONS,
    EYES,
    HAIR,
    SEXES,
    UNKNOWN_PHRASES,
    UNKNOWN_WORDS,
)

_LIST_COLUMNS = ("nicknames", "marks", "belongings", "telephones", "clothing", "dental", "medical")
_NAMES = ("given_names", "first_surname", "second_surname")
_CODED = {
    "sex": SEXES, "sex_basis": BASES, "age_basis": BASES, "hair": HAIR, "eyes": EYES,
    "condition": CONDITIONS,
}  # fmt: skip
# What can be so of a person and a place; everything else is a slip or a sign for "not known".
_BOUNDS = {
    "age_from": (0, 115), "age_to": (0, 115), "height_from_cm": (30, 230),
    "height_to_cm": (30, 230), "weight_from_kg": (1, 250), "weight_to_kg": (1, 250),
    "interval_days_from": (0, 20_000), "interval_days_to": (0, 40_000),
    "contact_longitude": (-180, 180), "contact_latitude": (-90, 90),
    "found_longitude": (-180, 180), "found_latitude": (-90, 90),
}  # fmt: skip
_PROFILE = (
    *(*_NAMES, *_LIST_COLUMNS, "sex", "sex_basis", "age_basis", "hair", "eyes"),
    *("age_from", "age_to", "height_from_cm", "height_to_cm", "weight_from_kg", "weight_to_kg"),
    *("origin_country", "origin_place"),
)
CASE_COLUMNS = (
    *("contact_date", "contact_longitude", "contact_latitude", "contact_corridor"),
    "planned_corridor",
)
REMAINS_COLUMNS = (
    *("found_date", "found_longitude", "found_latitude", "found_corridor", "condition"),
    *("interval_days_from", "interval_days_to"),
)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ].*)?")
_BY_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
# Heights below this are metres.
_METRES = 3.0
NO_DAY = np.datetime64("NaT")
_CORRIDORS = ("contact_corridor", "planned_corridor", "found_corridor")


def readable(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame with every column, its cells in the library's codes, numbers, days and lists.

    A column that is not there is not known; what cannot be read is not known either. A frame with
    a column of finds (`found_...`) is one of remains.
    """
    own = REMAINS_COLUMNS if any(str(name).startswith("found_") for name in frame) else CASE_COLUMNS
    told: dict[str, Any] = {"id": [str(each) for each in frame["id"].tolist()]}
    for name in (*_PROFILE, *own):
        cells = frame[name].tolist() if name in frame else [None] * len(frame)
        told[name] = _column(name, list(map(_reader(name), cells)))
    for stem in {name.removesuffix("_longitude") for name in own if name.endswith("_longitude")}:
        axes = [f"{stem}_longitude", f"{stem}_latitude"]
        east, north = (told[axis] for axis in axes)
        # Where both are nought nobody was: it stands for "not known".
        nowhere = np.isnan(east) | np.isnan(north) | ((east == 0) & (north == 0))
        told |= {axis: np.where(nowhere, np.nan, told[axis]) for axis in axes}
    return pd.DataFrame(told, copy=False)


def _column(name: str, cells: list[object]) -> object:
    if name in _BOUNDS:
        return np.array(cells, dtype=float)
    if name.endswith("_date"):
        return np.array(cells, dtype="datetime64[s]")
    return pd.Series(cells, dtype=object)


def _reader(name: str) -> Callable[[object], object]:
    if name in _CODED:
        return lambda cell: coded(cell, name) if isinstance(cell, str) else None
    if name in _BOUNDS:
        low, high = _BOUNDS[name]
        metres = _METRES if name.startswith("height") else 0.0
        return lambda cell: number(cell, low, high, metres=metres)
    if name.endswith("_date"):
        return day
    if name in _LIST_COLUMNS:
        return listed
    if name == "origin_country":
        return country
    return _corridor if name in _CORRIDORS else text


def text(cell: object) -> str | None:
    """Read a text; "desconocido", "N/N" or "XX" is none."""
    return cell if isinstance(cell, str) and _tells(cell) else None


@lru_cache(maxsize=200_000)
def _tells(written: str) -> bool:
    words = folded(written).split()
    plain = " ".join(words)
    return bool(words) and plain not in UNKNOWN_PHRASES and not UNKNOWN_WORDS.issuperset(words)


def _corridor(cell: object) -> str | None:
    return cell.strip().lower() if isinstance(cell, str) and cell.strip() else None


@lru_cache(maxsize=50_000)
def coded(cell: str, name: str) -> str | None:
    """Read a code, or the word for it in Spanish or English ("Femenino", "castaño oscuro")."""
    codes = _CODED[name]
    if cell in codes.values():
        return cell
    words = folded(cell.replace("_", " ")).split()
    whole = codes.get(" ".join(words))
    found = {codes[word] for word in words if word in codes}
    # Two colours in one cell are not clear.
    return whole or (found.pop() if len(found) == 1 else None)


@lru_cache(maxsize=50_000)
def country(cell: object) -> str | None:
    """Read a country: three letters, two, or its name in the region's languages."""
    return find_country(cell) if isinstance(cell, str) else None


def number(cell: object, low: float, high: float, *, metres: float = 0.0) -> float:
    """Read a number within bounds: "170 cm", "1,70" (m where it is below `metres`); else nan."""
    if isinstance(cell, str):
        found = _NUMBER.search(cell)
        cell = found.group().replace(",", ".") if found else None
    try:
        value = float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return float("nan")
    value = value * 100 if 0 < value < metres else value
    return value if low <= value <= high else float("nan")


def day(cell: object) -> np.datetime64:
    """Read a day: dates, ISO texts (a month is its first day), and day/month/year where clear."""
    if isinstance(cell, dt.date | np.datetime64):
        read = cell if isinstance(cell, pd.Timestamp) else pd.Timestamp(cell)
        return NO_DAY if pd.isna(read) else read.tz_localize(None).to_datetime64()
    return _written_day(cell.strip()) if isinstance(cell, str) else NO_DAY


def _written_day(written: str) -> np.datetime64:
    iso, by_day = _ISO.fullmatch(written), _BY_DAY.fullmatch(written)
    if iso:
        year, month, date = (int(part or 1) for part in iso.groups())
    elif by_day:
        date, month, year = (int(part) for part in by_day.groups())
        if month > 12:
            date, month = month, date
        elif date <= 12 and date != month:
            return NO_DAY  # Nobody knows which of both is the month.
    else:
        return NO_DAY
    try:
        return np.datetime64(dt.date(year, month, date))
    except ValueError:
        return NO_DAY


def listed(cell: object) -> list[object]:
    """Read a list; one text alone is a list of one."""
    things = [cell] if isinstance(cell, str | dict) else cell
    if not isinstance(things, list | tuple | np.ndarray):
        return []
    return [thing for thing in things if isinstance(thing, dict) or (text(thing) is not None)]
