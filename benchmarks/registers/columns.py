"""The columns of the two frames, and how a row of values becomes a frame."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

TEXTS = ("given_names", "first_surname", "second_surname", "sex", "sex_basis", "age_basis", "hair",
         "eyes", "origin_country", "origin_place")  # fmt: skip
LISTS = ("nicknames", "marks", "belongings", "telephones", "clothing", "dental", "medical")
NUMBERS = ("age_from", "age_to", "height_from_cm", "height_to_cm", "weight_from_kg",
           "weight_to_kg")  # fmt: skip
PROFILE = (
    *("id", "given_names", "first_surname", "second_surname", "nicknames", "sex", "sex_basis"),
    *("age_from", "age_to", "age_basis", "height_from_cm", "height_to_cm", "weight_from_kg"),
    *("weight_to_kg", "hair", "eyes", "marks", "belongings", "telephones", "clothing", "dental"),
    *("medical", "origin_country", "origin_place"),
)
CASE_COLUMNS = (
    *PROFILE,
    *("contact_date", "contact_longitude", "contact_latitude", "contact_corridor"),
    "planned_corridor",
)
REMAINS_COLUMNS = (
    *PROFILE,
    *("found_date", "found_longitude", "found_latitude", "found_corridor", "condition"),
    *("interval_days_from", "interval_days_to"),
)
OTHER_TEXTS = ("id", "contact_corridor", "planned_corridor", "found_corridor", "condition")
DATES = ("contact_date", "found_date")
# Groups of columns of which one known value tells a little about who somebody was.
INFORMATIVE = (
    ("given_names", "first_surname", "second_surname", "nicknames"),
    *(("sex",), ("age_from",), ("height_from_cm",), ("weight_from_kg",), ("hair",), ("eyes",)),
    *(("marks",), ("belongings",), ("telephones",), ("clothing",), ("dental",), ("medical",)),
    ("origin_country", "origin_place"),
)

Row = dict[str, Any]


def is_known(value: object) -> bool:
    """Tell whether a cell holds something."""
    if isinstance(value, list):
        return bool(value)
    return value is not None and value == value  # noqa: PLR0124


def informative(row: Row) -> int:
    """Count the groups of fields of a row of which something is known."""
    return sum(any(is_known(row.get(name)) for name in group) for group in INFORMATIVE)


def frame_of(rows: Sequence[Row], columns: Sequence[str], letter: str) -> pd.DataFrame:
    """Make a frame with ids in the order of the rows; what a row does not hold is unknown."""
    held: dict[str, Any] = {}
    for name in columns:
        if name == "id":
            values: list[Any] = [f"{letter}{number:06d}" for number in range(1, len(rows) + 1)]
        elif name in LISTS:
            values = [row.get(name, []) for row in rows]
        else:
            values = [row.get(name) for row in rows]
        held[name] = _series(name, values)
    return pd.DataFrame(held)


def _series(name: str, values: list[Any]) -> "pd.Series[Any]":
    if name in DATES:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]"))
    if name in TEXTS or name in LISTS or name in OTHER_TEXTS:
        return pd.Series(values, dtype=object)
    return pd.Series(values, dtype=float)
