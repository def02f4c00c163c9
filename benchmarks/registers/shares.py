"""Counts what registers hold, so that their shares are read off and not believed."""

from collections.abc import Callable

import pandas as pd

from benchmarks.registers.columns import is_known
from benchmarks.registers.making import Registers


def known_share(frame: pd.DataFrame, *names: str) -> float:
    """Give the share of rows that hold something in at least one of these columns."""
    known = pd.Series(False, index=frame.index)
    for name in names:
        known |= frame[name].map(is_known)
    return float(known.mean())


def with_mark(frame: pd.DataFrame, kind: str) -> "pd.Series[bool]":
    """Tell which rows hold a mark of this kind."""
    found: pd.Series[bool] = frame["marks"].map(lambda held: any(m["kind"] == kind for m in held))
    return found


FIELDS: dict[str, Callable[[pd.DataFrame], float]] = {
    "any name": lambda f: known_share(f, "given_names", "first_surname", "nicknames"),
    "first surname": lambda f: known_share(f, "first_surname"),
    "second surname": lambda f: known_share(f, "second_surname"),
    "nickname": lambda f: known_share(f, "nicknames"),
    "sex": lambda f: known_share(f, "sex"),
    "age": lambda f: known_share(f, "age_from"),
    "age exact": lambda f: float((f["age_from"] == f["age_to"]).mean()),
    "height": lambda f: known_share(f, "height_from_cm"),
    "weight": lambda f: known_share(f, "weight_from_kg"),
    "hair": lambda f: known_share(f, "hair"),
    "eyes": lambda f: known_share(f, "eyes"),
    "tattoo": lambda f: float(with_mark(f, "tattoo").mean()),
    "any mark": lambda f: known_share(f, "marks"),
    "belongings": lambda f: known_share(f, "belongings"),
    "telephones": lambda f: known_share(f, "telephones"),
    "clothing": lambda f: known_share(f, "clothing"),
    "dental": lambda f: known_share(f, "dental"),
    "medical": lambda f: known_share(f, "medical"),
    "country of origin": lambda f: known_share(f, "origin_country"),
    "place of origin": lambda f: known_share(f, "origin_place"),
}


def table_of_shares(made: Registers) -> pd.DataFrame:
    """Give the share of rows in which each field is known: cases, remains, remains by condition."""
    conditions = ("fresh", "decomposed", "mummified", "skeletal")
    parts = {"cases": made.cases, "remains": made.remains}
    parts |= {one: made.remains[made.remains["condition"] == one] for one in conditions}
    held = {name: [share(part) for share in FIELDS.values()] for name, part in parts.items()}
    return pd.DataFrame(held, index=list(FIELDS))


def pairs_of(made: Registers) -> pd.DataFrame:
    """Set the two rows of every true pair beside each other, as `case_...` and `remains_...`."""
    cases = made.cases.add_prefix("case_")
    remains = made.remains.add_prefix("remains_")
    return made.truth.merge(cases, on="case_id").merge(remains, on="remains_id")


def apart_days(pairs: pd.DataFrame) -> "pd.Series[float]":
    """Count the days from the last contact as told to the finding."""
    apart = pairs["remains_found_date"] - pairs["case_contact_date"]
    return apart.dt.total_seconds() / 86_400


def age_outside(pairs: pd.DataFrame) -> float:
    """Give the share of examiners' ages that do not meet the family's."""
    told = pairs[pairs["remains_age_from"].notna() & pairs["case_age_from"].notna()]
    apart = (told["case_age_to"] < told["remains_age_from"]) | (
        told["case_age_from"] > told["remains_age_to"]
    )
    return float(apart.mean())


def sex_differs(pairs: pd.DataFrame) -> float:
    """Give the share of pairs with two sexes told that differ."""
    told = pairs[pairs["remains_sex"].notna() & pairs["case_sex"].notna()]
    return float((told["case_sex"] != told["remains_sex"]).mean())


def number_shared(pairs: pd.DataFrame) -> float:
    """Give the share of pairs with numbers on both sides of which one is the same."""
    told = pairs[pairs["remains_telephones"].map(bool) & pairs["case_telephones"].map(bool)]
    both = zip(told["remains_telephones"], told["case_telephones"], strict=True)
    common = [bool(set(found) & set(known)) for found, known in both]
    return sum(common) / len(common) if common else float("nan")


def notes_on_pairs(made: Registers) -> pd.Series:
    """Give figures of the true pairs, and of the names that many people share."""
    pairs = pairs_of(made)
    days = apart_days(pairs)
    named = made.cases.dropna(subset=["given_names", "first_surname", "second_surname"])
    whole = named[["given_names", "first_surname", "second_surname"]].agg(" ".join, axis=1)
    same_corridor = pairs["case_contact_corridor"] == pairs["remains_found_corridor"]
    corridors = pairs[["case_contact_corridor", "remains_found_corridor"]].notna().all(axis=1)
    return pd.Series(
        {
            "pairs": len(pairs),
            "informative fields, median": pairs["informative"].median(),
            "informative fields, tenth": pairs["informative"].quantile(0.1),
            "days from contact to finding, median": days.median(),
            "days from contact to finding, ninetieth": days.quantile(0.9),
            "found in the corridor of the last contact": same_corridor[corridors].mean(),
            "sexes differ": sex_differs(pairs),
            "ages do not meet": age_outside(pairs),
            "a number in common, where both hold some": number_shared(pairs),
            "cases whose whole name another case bears": whole.duplicated(keep=False).mean(),
        }
    )
