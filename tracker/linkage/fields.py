"""What is compared of each row: two files as arrays of numbers, in an order of their own."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from geodata.spelling import folded
from tracker.linkage.words import Floats, Ints, TextTable, text_table

Flags = npt.NDArray[np.bool_]

MEASURES = ("number_survivors", "number_females", "number_males", "number_children")
UNTOLD_CAUSES = frozenset({"mixed or unknown", "unknown", ""})
# A point that rows of this many different days share stands for an area, not for a spot.
VAGUE_FROM_DAYS = 5
UNKNOWN = -1
NUMBERS = ("number_dead", "number_missing_min", *MEASURES, "longitude", "latitude")
TEXTS = ("location_description", "information_source", "url", "causes", "identity")


@dataclass(frozen=True)
class Rows:
    """The compared fields of one file; days since 1970, degrees, people; nan or -1 = unknown."""

    first_day: Floats
    last_day: Floats
    swapped_day: Floats
    longitude: Floats
    latitude: Floats
    vague: Flags
    total: Floats
    measures: dict[str, Floats]
    text: Ints
    cause: Ints
    url_row: Ints
    url: Ints

    def __len__(self) -> int:
        return len(self.first_day)


@dataclass(frozen=True)
class Files:
    """Two files ready to be compared: the rows of each and the texts that both refer to."""

    old: Rows
    new: Rows
    texts: TextTable


def settled_order(frame: pd.DataFrame) -> Ints:
    """Return positions in an order that depends on what rows say, never on where they stand."""
    days = [days_of(frame, name) for name in ("date_from", "date_to")]
    numbers = [numbers_of(frame, name) for name in NUMBERS]
    texts = [pd.factorize(texts_of(frame, name), sort=True)[0] for name in TEXTS]
    return np.lexsort([*reversed(texts), *reversed(numbers), *reversed(days)]).astype(np.int64)


def read_rows(old: pd.DataFrame, new: pd.DataFrame) -> Files:
    """Turn two frames of incident rows into comparable arrays with shared numbering."""
    both = pd.concat([old, new], ignore_index=True)
    text, texts = pd.factorize(_texts(both), sort=True)
    counts = np.bincount(text, minlength=len(texts)).astype(np.int64)
    cause = _numbers_of_causes(both)
    url_row, url = _numbers_of_urls(both)
    split = len(old)
    in_old = url_row < split
    first = _rows(old, (text[:split], cause[:split]), (url_row[in_old], url[in_old]))
    second = _rows(new, (text[split:], cause[split:]), (url_row[~in_old] - split, url[~in_old]))
    return Files(first, second, text_table([str(one) for one in texts], counts))


def _rows(frame: pd.DataFrame, codes: tuple[Ints, Ints], urls: tuple[Ints, Ints]) -> Rows:
    first_day, last_day = days_of(frame, "date_from"), days_of(frame, "date_to")
    longitude, latitude = numbers_of(frame, "longitude"), numbers_of(frame, "latitude")
    total, measures = people_of(frame)
    return Rows(
        first_day=first_day,
        last_day=np.where(np.isnan(last_day), first_day, last_day),
        swapped_day=swapped_days(first_day),
        longitude=longitude,
        latitude=latitude,
        vague=_shared_by_days(longitude, latitude, first_day) >= VAGUE_FROM_DAYS,
        total=total,
        measures=measures,
        text=codes[0],
        cause=codes[1],
        url_row=urls[0],
        url=urls[1],
    )


def days_of(frame: pd.DataFrame, column: str) -> Floats:
    """Return days since 1970 of a column of dates, nan where not known."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    try:
        # Plain dates, as the database gives them.
        days = np.array(frame[column].tolist(), dtype="datetime64[D]")
    except (TypeError, ValueError):
        days = pd.to_datetime(frame[column], errors="coerce").to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64))


def swapped_days(day: Floats) -> Floats:
    """Return the day that day and month in each other's place would give, nan where none."""
    known = np.where(np.isnan(day), 0, day).astype(np.int64).astype("datetime64[D]")
    months = known.astype("datetime64[M]")
    of_month = (known - months).astype(np.int64)
    month = months.astype(np.int64) % 12
    swapped = (months - month + of_month).astype("datetime64[D]") + month
    return np.where(np.isnan(day) | (of_month >= 12), np.nan, swapped.astype(np.int64))


def numbers_of(frame: pd.DataFrame, column: str) -> Floats:
    """Return the numbers of a column, nan where not known."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    return pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def people_of(frame: pd.DataFrame) -> tuple[Floats, dict[str, Floats]]:
    """Return dead and missing together, and the measures of the people of each row."""
    dead, missing = numbers_of(frame, "number_dead"), numbers_of(frame, "number_missing_min")
    total = np.where(np.isnan(dead) & np.isnan(missing), np.nan, np.nansum([dead, missing], axis=0))
    measures = {name: numbers_of(frame, name) for name in MEASURES}
    females, males = measures["number_females"], measures["number_males"]
    # Where one sex accounts for everybody, a blank for the other is a zero.
    measures["number_females"] = np.where(np.isnan(females) & (males >= total), 0.0, females)
    measures["number_males"] = np.where(np.isnan(males) & (females >= total), 0.0, males)
    return total, measures


def _shared_by_days(longitude: Floats, latitude: Floats, day: Floats) -> Ints:
    """Count the different days of the rows that stand on the same point, row by row."""
    points = pd.DataFrame({"longitude": longitude, "latitude": latitude, "day": day})
    days = points.groupby(["longitude", "latitude"])["day"].transform("nunique")
    return days.fillna(0).to_numpy(dtype=np.int64)


def texts_of(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return a column of text; several values in a cell are sorted and joined, unknown is empty."""
    if column not in frame:
        return pd.Series("", index=frame.index, dtype=object)
    return frame[column].astype(object).map(plain_text)


def plain_text(value: object) -> str:
    """Return a cell as text; several values are sorted and joined, unknown is empty."""
    if isinstance(value, str):
        return value.strip()
    return ";".join(sorted(map(str, value))) if isinstance(value, (list, tuple, set)) else ""


def _texts(frame: pd.DataFrame) -> "pd.Series[str]":
    place, source = texts_of(frame, "location_description"), texts_of(frame, "information_source")
    return place + " " + source


def _numbers_of_causes(frame: pd.DataFrame) -> Ints:
    causes = texts_of(frame, "causes").map(lru_cache(folded))
    codes, _ = pd.factorize(causes.where(~causes.isin(UNTOLD_CAUSES)), sort=True)
    return codes.astype(np.int64)


def _numbers_of_urls(frame: pd.DataFrame) -> tuple[Ints, Ints]:
    cells, cell_texts = pd.factorize(texts_of(frame, "url"))
    parsed = [addresses_of(text) for text in cell_texts]
    found = [parsed[cell] for cell in cells]
    rows = np.repeat(np.arange(len(frame)), [len(addresses) for addresses in found])
    flat = [address for addresses in found for address in addresses]
    codes, _ = pd.factorize(np.array(flat, dtype=object), sort=True)
    return rows.astype(np.int64), codes.astype(np.int64)


def addresses_of(text: str) -> list[str]:
    """Return the addresses in a text, without what differs between spellings of the same one."""
    parts = re.split(r"[\s,;]+", text)
    plain = (re.sub(r"^https?://(www\.)?", "", part).rstrip("/") for part in parts)
    return sorted({part for part in plain if "." in part})
