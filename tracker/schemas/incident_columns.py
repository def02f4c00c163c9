"""The rules of IncidentSchema over whole columns, for files of many rows.

A test mutates ten thousand rows and shows that both say the same of each.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from tracker.schemas.fields import MOST_PEOPLE
from tracker.schemas.incidents import (
    CAUSES,
    CODED,
    COUNTS,
    ESTIMATES,
    NEGATIVE_WHEN_IMPORTED,
    QUALITY,
    RANGES,
    REQUIRED,
)

Wrong = tuple[str, str, np.ndarray]


def check_incident_columns(frame: pd.DataFrame, *, imported: bool = False) -> pd.DataFrame:
    """Return `row` (position in the frame), `field` and `code` of all that is wrong.

    The frame holds the typed columns of a table of incidents; columns that are not there are not
    checked, and what is not known (NaN, NaT) is wrong only where it is required.
    """
    found = list(_fields_wrong(frame))
    sound = {str(name): np.ones(len(frame), dtype=bool) for name in frame}
    for field, _, mask in found:
        sound[field] &= ~mask
    found += _counts_wrong(frame, sound, imported=imported)
    found += _dates_wrong(frame, sound)
    found += _place_wrong(frame, sound)
    parts = [
        pd.DataFrame({"row": np.flatnonzero(mask), "field": field, "code": code})
        for field, code, mask in found
        if mask.any()
    ]
    if not parts:
        return pd.DataFrame({"row": [], "field": [], "code": []})
    return pd.concat(parts, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def _numbers(frame: pd.DataFrame, name: str) -> np.ndarray:
    return np.asarray(frame[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan))


def _blank(frame: pd.DataFrame, name: str) -> np.ndarray:
    return np.asarray(frame[name].isna())


def _fields_wrong(frame: pd.DataFrame) -> Iterator[Wrong]:
    """Check each field for itself."""
    for name, known in CODED.items():
        if name in frame:
            blank = _blank(frame, name)
            yield name, "unknown_code", ~blank & ~frame[name].isin(known).to_numpy()
            if name in REQUIRED:
                yield name, "required", blank
    for name in (*COUNTS, "source_quality"):
        if name in frame:
            number = _numbers(frame, name)
            broken = ~np.isnan(number) & (number % 1 != 0)
            yield name, "not_whole", broken
            yield name, "out_of_range", ~broken & (np.abs(number) > MOST_PEOPLE)
    for name, (least, most) in RANGES.items():
        if name in frame:
            number = _numbers(frame, name)
            yield name, "out_of_range", (number < least) | (number > most)
    if "causes" in frame:
        codes, values = pd.factorize(frame["causes"])
        strange = [not set(str(value).split(";")) <= set(CAUSES) for value in values]
        yield "causes", "unknown_code", np.array([*strange, False])[codes]
        yield "causes", "required", codes == -1


def _counts_wrong(
    frame: pd.DataFrame, sound: dict[str, np.ndarray], *, imported: bool
) -> Iterator[Wrong]:
    """Check numbers of people and the quality of the source."""
    for name in COUNTS:
        if name in frame and not (imported and name in NEGATIVE_WHEN_IMPORTED):
            yield name, "negative", sound[name] & (_numbers(frame, name) < 0)
    parts = ("number_dead", "number_missing_min", "total_reported")
    if all(name in frame for name in parts):
        dead, missing, total = (_numbers(frame, name) for name in parts)
        wrong = ~np.isnan(total) & (np.nan_to_num(dead) + np.nan_to_num(missing) != total)
        yield "total_reported", "total_mismatch", wrong & _all_sound(sound, *parts)
    for pair in ESTIMATES:
        if all(name in frame for name in pair):
            least, most = (_numbers(frame, name) for name in pair)
            yield pair[1], "below_minimum", (most < least) & _all_sound(sound, *pair)
    if "source_quality" in frame:
        number = _numbers(frame, "source_quality")
        beyond = (number < QUALITY[0]) | (number > QUALITY[1])
        yield "source_quality", "out_of_range", beyond & sound["source_quality"]


def _dates_wrong(frame: pd.DataFrame, sound: dict[str, np.ndarray]) -> Iterator[Wrong]:
    """Check that dates are in order and fit their precision."""
    names = ("date_from", "date_to", "date_precision")
    if not all(name in frame for name in names):
        return
    open_rows = _all_sound(sound, *names)
    start, end = frame["date_from"].to_numpy(), frame["date_to"].to_numpy()
    no_start, no_end = _blank(frame, "date_from"), _blank(frame, "date_to")
    yield "date_to", "required", open_rows & ~no_start & no_end
    yield "date_from", "required", open_rows & no_start & ~no_end
    open_rows = open_rows & (no_start == no_end)
    unknown = (frame["date_precision"] == "unknown").to_numpy(dtype=bool)
    unfit = open_rows & (no_start != unknown)
    late = open_rows & ~unfit & ~no_start & (end < start)
    yield "date_to", "date_order", late
    one_day = (frame["date_precision"] == "day").to_numpy(dtype=bool)
    spread = open_rows & ~unfit & ~no_start & ~late & one_day & (start != end)
    yield "date_precision", "precision_mismatch", unfit | spread


def _place_wrong(frame: pd.DataFrame, sound: dict[str, np.ndarray]) -> Iterator[Wrong]:
    """Check that a position is whole and says how precise it is."""
    names = ("longitude", "latitude", "location_precision")
    if not all(name in frame for name in names):
        return
    open_rows = _all_sound(sound, *names)
    no_longitude, no_latitude = _blank(frame, "longitude"), _blank(frame, "latitude")
    yield "latitude", "required", open_rows & ~no_longitude & no_latitude
    yield "longitude", "required", open_rows & no_longitude & ~no_latitude
    placed = open_rows & ~no_longitude & ~no_latitude
    unknown = (frame["location_precision"] == "unknown").to_numpy(dtype=bool)
    yield "location_precision", "precision_mismatch", placed & unknown


def _all_sound(sound: dict[str, np.ndarray], *names: str) -> np.ndarray:
    """Tell rows where each of the fields is sound by itself."""
    return np.asarray(np.logical_and.reduce([sound[name] for name in names]))
