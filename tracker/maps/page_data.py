"""Records as JSON that may stand in a page, whatever words people have written in them."""

import datetime as dt
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from babel.dates import format_date, format_interval, format_skeleton

from tracker.maps.cells import Cells
from tracker.translations.catalogues import locale
from tracker.translations.labels import labels_in

Columns: TypeAlias = dict[str, Any]
"""Numbers as lists; words as {"words": [...], "rows": [index into words or -1, ...]}."""

PARTS_OF_A_DEGREE = 10_000  # about 11 m, as fine as the finest precision that is published
_LONGEST_WORDS = 300  # the page of the record holds them all
_COUNTS = ("dead", "missing", "survivors", "source_quality", "uncertainty_m")
_CODED = {
    "causes": "cause",
    "country": "country",
    "corridor": "corridor",
    "segment": "segment",
    "precision": "location_precision",
}
_ESCAPED = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>&\u2028\u2029")


def json_for_page(value: object) -> str:
    """Write JSON in which no character can end a script element or begin a tag."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign, escaped in _ESCAPED:
        text = text.replace(sign, escaped)
    return text


def incident_columns(incidents: pd.DataFrame, language: str) -> Columns:
    """Turn the frame of `draw_map` into columns of numbers and words; the unknown stays null.

    Positions are whole numbers, in parts of a degree.
    """
    columns: Columns = {name: _numbers(incidents[name]) for name in _COUNTS}
    columns["longitude"] = _numbers(incidents["longitude"] * PARTS_OF_A_DEGREE)
    columns["latitude"] = _numbers(incidents["latitude"] * PARTS_OF_A_DEGREE)
    columns["public_id"] = incidents["public_id"].astype(str).tolist()
    columns["place"] = _words([_short(text) for text in _text(incidents["location_description"])])
    columns["source"] = _words([_short(text) for text in _text(incidents["information_source"])])
    columns["date"] = _words(_dates(incidents, language))
    words_for = labels_in(language)
    for name, field in _CODED.items():
        texts = _text(incidents[name])
        columns[name] = _words([words_for(field, code) if code else None for code in texts])
    return columns


def _numbers(column: pd.Series) -> list[int | None]:
    known = column.notna().to_numpy()
    whole = pd.to_numeric(column).fillna(0).round().astype("int64").tolist()
    return [number if sure else None for number, sure in zip(whole, known, strict=True)]


def _text(column: pd.Series) -> list[str | None]:
    return [value if isinstance(value, str) and value else None for value in column]


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= _LONGEST_WORDS:
        return text
    return text[: _LONGEST_WORDS - 1].rstrip() + "…"


def _words(texts: Sequence[str | None]) -> dict[str, list[Any]]:
    words: dict[str, int] = {}
    rows = [-1 if text is None else words.setdefault(text, len(words)) for text in texts]
    return {"words": list(words), "rows": rows}


def _dates(incidents: pd.DataFrame, language: str) -> list[str | None]:
    rows = zip(
        incidents["date_from"].dt.date,
        incidents["date_to"].dt.date,
        incidents["date_precision"],
        strict=True,
    )
    return [
        None if pd.isna(first) else date_in_words((first, last), precision, language)
        for first, last, precision in rows
    ]


@lru_cache(maxsize=20_000)
def date_in_words(
    dates: tuple[dt.date, dt.date | None], precision: str, language: str
) -> str | None:
    """Say the first and last day no more precisely than they are known; None when they are not."""
    first, last = dates
    written = locale(language)
    if precision == "unknown":
        return None
    if precision == "year":
        return str(format_date(first, "y", written))
    if precision == "month":
        return str(format_skeleton("yMMMM", first, locale=written))
    if precision == "day" or last is None or pd.isna(last) or last == first:
        return str(format_date(first, "d MMM y", written))
    return str(format_interval(first, last, "yMMMd", locale=written))


def row_in_words(columns: Columns, number: int) -> dict[str, Any]:
    """Give one row of the columns with its words in place, for the table that needs no script."""
    row: dict[str, Any] = {}
    for name, column in columns.items():
        if isinstance(column, dict):
            index = column["rows"][number]
            row[name] = None if index < 0 else column["words"][index]
        else:
            row[name] = column[number]
    return row


def cells_answer(cells: Cells, fullest: int) -> dict[str, object]:
    """Tell the map's own script of cells, and by which people its marks are sized."""
    return {"level": cells.level, "fullest": fullest, "cells": cells_in_lists(cells)}


def cells_in_lists(cells: Cells) -> list[list[float | int | None]]:
    """Write cells as lists, for an answer that is read by the map's own script.

    Each is longitude and latitude (in parts of a degree), incidents, dead, missing (None: not
    known), incidents of which neither is known, and how far the place is uncertain in metres, -1
    where not all lie at one place.
    """
    radius = np.where(cells.alone, np.rint(cells.radius_m), -1).astype(np.int64)
    columns = (
        np.rint(cells.longitude * PARTS_OF_A_DEGREE).astype(np.int64).tolist(),
        np.rint(cells.latitude * PARTS_OF_A_DEGREE).astype(np.int64).tolist(),
        cells.incidents.tolist(),
        cells.dead.or_none(),
        cells.missing.or_none(),
        cells.unknown.tolist(),
        radius.tolist(),
    )
    return [list(cell) for cell in zip(*columns, strict=True)]
