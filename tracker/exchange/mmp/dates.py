"""Read when an incident happened, and how precisely that is known."""

import datetime as dt
import re

import numpy as np
import pandas as pd

from tracker.exchange.mmp.columns import TEXT, Column, clean_text, matches, translate
from tracker.exchange.mmp.findings import Findings

_MONTHS = {
    name[:3]: number
    for number, names in enumerate(
        (
            "january enero janvier janeiro",
            "february febrero fevrier fevereiro",
            "march marzo mars marco",
            "april abril avril",
            "may mayo mai maio",
            "june junio juin junho",
            "july julio juillet julho",
            "august agosto aout",
            "september septiembre septembre setembro",
            "october octubre octobre outubro",
            "november noviembre novembre novembro",
            "december diciembre decembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_WORDS = re.compile(r"([A-Za-zç]{3,})\.? (\d{1,2}),? (\d{4})$")
_SLASHES = re.compile(r"(?:[A-Za-z]{3}, )?(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
_DAY_FIRST = re.compile(r"(1[3-9]|2\d|3[01])/(0?\d|1[0-2])/\d{4}\b")
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]{3}, )?(0?\d|1[0-2])/(1[3-9]|2\d|3[01])/\d{4}\b")
_WEEKDAY = re.compile(r"[A-Za-z]{3}, \d")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_REMAINS = r"skelet|remains|decomposed|mummified|osamenta|restos"
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def read_dates(raw: pd.DataFrame, identity: Column, findings: Findings) -> pd.DataFrame:
    """Return `date_from`, `date_to`, `date_precision`; where no day is given, month or year count.

    The year comes from its own column, else from the prefix of the id ("2020.MMP01074").
    """
    words = clean_text(raw["date"]) if "date" in raw else _nothing(raw)
    day = parse_days(words)
    start, end = day.copy(), day.copy()
    precision = pd.Series("day", index=raw.index, dtype=TEXT)
    lacking = day.isna().to_numpy()
    if lacking.any():
        start[lacking], end[lacking], precision[lacking] = _coarse(raw[lacking], identity[lacking])
        shown = _short(start[lacking], precision[lacking]).reindex(raw.index)
        findings.add(
            "undated", lacking, column="date", action="lowered", original=words, value=shown
        )
    return pd.DataFrame({"date_from": start, "date_to": end, "date_precision": precision})


def date_basis(date_header: str, *texts: Column) -> Column:
    """Say what was dated: `reported` by its header, else `found` for remains, else `death`."""
    if date_header != "incidentdate":
        return pd.Series("reported", index=texts[0].index, dtype=TEXT)
    remains = np.logical_or.reduce([matches(text, _REMAINS) for text in texts])
    return pd.Series(np.where(remains, "found", "death"), index=texts[0].index, dtype=TEXT)


def parse_days(words: Column) -> Column:
    """Read days in every format of the files; what is no date is NaT.

    Days with slashes are read in US order, unless a part above 12 shows the other order and
    none shows the US one.
    """
    different = words.dropna().unique()
    slashed = [word for word in different if "/" in word]
    day_first = (
        any(_DAY_FIRST.match(word) for word in slashed)
        and not any(_MONTH_FIRST.match(word) for word in slashed)
        and not any(_WEEKDAY.match(word) for word in slashed)
    )
    days = translate(words, lambda word: _parse_day(word, day_first))
    return pd.to_datetime(days).astype("datetime64[s]")


def _parse_day(word: str, day_first: bool) -> dt.date | None:
    """Read one day."""
    if found := _ISO.match(word):
        parts = [int(part) for part in found.groups()]
    elif found := _WORDS.match(word):
        month = _MONTHS.get(_plain(found[1]))
        parts = [int(found[3]), month or 0, int(found[2])]
    elif found := _SLASHES.match(word):
        first, second, year = (int(part) for part in found.groups())
        parts = [year, second, first] if day_first else [year, first, second]
    elif _SERIAL.match(word):
        day = _EXCEL_EPOCH + dt.timedelta(days=int(float(word)))
        parts = [day.year, day.month, day.day]
    else:
        return None
    if not _FIRST_YEAR <= parts[0] <= _LAST_YEAR:
        return None
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _plain(month: str) -> str:
    return month.casefold()[:3].replace("û", "u").replace("é", "e")


def _coarse(raw: pd.DataFrame, identity: Column) -> tuple[Column, Column, Column]:
    """Return the first day, the last day and the precision of rows without a day."""
    year = _whole(raw, "year", r"((?:19|20)\d\d)")
    year = year.fillna(identity.str.extract(r"^((?:19|20)\d\d)\.", expand=False).astype("float64"))
    month = (
        translate(clean_text(raw["month"]), _month).astype("float64")
        if "month" in raw
        else pd.Series(np.nan, index=raw.index)
    )
    start = pd.to_datetime(
        pd.DataFrame({"year": year, "month": month.fillna(1), "day": 1}), errors="coerce"
    ).astype("datetime64[s]")
    in_month = (start + pd.offsets.MonthEnd(0)).astype("datetime64[s]")
    in_year = (start + pd.offsets.YearEnd(0)).astype("datetime64[s]")
    end = in_month.where(month.notna(), in_year)
    precision = np.select([year.isna(), month.isna()], ["unknown", "year"], "month")
    return start, end, pd.Series(precision, index=raw.index, dtype=TEXT)


def _short(start: Column, precision: Column) -> Column:
    """Write a month or a year as far as it is known."""
    year, month = start.dt.strftime("%Y"), start.dt.strftime("%Y-%m")
    return year.where((precision != "month").to_numpy(), month)


def _month(word: str) -> int | None:
    """Read a month by its name or number."""
    if re.fullmatch(r"0?[1-9]|1[0-2]", word):
        return int(word)
    return _MONTHS.get(_plain(word))


def _whole(raw: pd.DataFrame, name: str, pattern: str) -> Column:
    """Return the number that a pattern finds in a column, or NaN everywhere without the column."""
    if name not in raw:
        return pd.Series(np.nan, index=raw.index)
    return clean_text(raw[name]).str.extract(pattern, expand=False).astype("float64")


def _nothing(raw: pd.DataFrame) -> Column:
    return pd.Series(np.nan, index=raw.index, dtype=TEXT)
