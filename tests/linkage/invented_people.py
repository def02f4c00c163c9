"""Frames of invented people, one row each, and the pairs that are compared by hand."""

import pandas as pd

LISTS = ("nicknames", "marks", "belongings", "telephones", "clothing", "dental", "medical")
TEXTS = ("given_names", "first_surname", "second_surname", "sex", "sex_basis", "age_basis")
NUMBERS = ("age_from", "age_to", "height_from_cm", "height_to_cm", "weight_from_kg", "weight_to_kg")
MORE = ("hair", "eyes", "origin_country", "origin_place")


def _row(facts: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    row: dict[str, object] = {"id": "1"}
    row |= dict.fromkeys((*TEXTS, *MORE)) | {name: float("nan") for name in NUMBERS}
    row |= {name: [] for name in LISTS} | own
    assert set(facts) <= set(row)
    return row | facts


def _frame(rows: list[dict[str, object]], dates: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame[dates] = pd.to_datetime(frame[dates]).astype("datetime64[s]")
    for name in NUMBERS:
        frame[name] = frame[name].astype(float)
    return frame


CASE = {
    "contact_date": None, "contact_longitude": float("nan"), "contact_latitude": float("nan"),
    "contact_corridor": None, "planned_corridor": None,
}  # fmt: skip
REMAINS = {
    "found_date": None, "found_longitude": float("nan"), "found_latitude": float("nan"),
    "found_corridor": None, "condition": None, "interval_days_from": float("nan"),
    "interval_days_to": float("nan"),
}  # fmt: skip


def case(**facts: object) -> pd.DataFrame:
    """Make a register of one case."""
    return _frame([_row(facts, CASE)], "contact_date")


def remains(**facts: object) -> pd.DataFrame:
    """Make a register of one find."""
    return _frame([_row(facts, REMAINS)], "found_date")


def register(*frames: pd.DataFrame) -> pd.DataFrame:
    """Put rows together, and number them."""
    rows = pd.concat(frames, ignore_index=True)
    return rows.assign(id=[f"{place}" for place in range(len(rows))])


def tattoo(part: str, side: str | None = None, **more: object) -> dict[str, object]:
    """Describe a tattoo."""
    return {"kind": "tattoo", "part": part, "side": side, "text": None, "description": ""} | more


# Invented: a man from Honduras, last heard of in Altar, found in the desert of Arizona.
MARVIN: dict[str, object] = {
    "given_names": "Marvin Josué", "first_surname": "Funez", "second_surname": "Mejía",
    "sex": "male", "sex_basis": "family", "age_from": 24.0, "age_to": 24.0, "age_basis": "family",
    "height_from_cm": 168.0, "height_to_cm": 172.0, "hair": "black", "eyes": "brown",
    "marks": [tattoo("forearm", "left", text="Yoselin", description="nombre con una rosa")],
    "dental": [{"finding": "gold", "tooth": 11}], "origin_country": "HND",
    "contact_date": "2024-06-01", "contact_longitude": -111.83, "contact_latitude": 30.71,
    "contact_corridor": "us_mexico_border", "planned_corridor": "us_mexico_border",
}  # fmt: skip
FOUND: dict[str, object] = {
    "sex": "male", "sex_basis": "examiner", "age_from": 20.0, "age_to": 30.0,
    "age_basis": "examiner", "height_from_cm": 165.0, "height_to_cm": 173.0, "hair": "black",
    "marks": [tattoo("forearm", "left", text="YOSELIN", description="name with a rose")],
    "dental": [{"finding": "gold", "tooth": 11}], "found_date": "2024-06-20",
    "found_longitude": -111.9, "found_latitude": 31.9, "found_corridor": "us_mexico_border",
    "condition": "decomposed", "interval_days_from": 7.0, "interval_days_to": 21.0,
}  # fmt: skip
