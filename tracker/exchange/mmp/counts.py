"""Read numbers of people. Blank is not zero, and a negative "missing" stays negative."""

import re

import pandas as pd

from tracker.exchange.mmp.columns import Column, clean_text, translate
from tracker.exchange.mmp.findings import Findings

COUNT_OF = {
    "dead": "number_dead",
    "missing": "number_missing_min",
    "survivors": "number_survivors",
    "females": "number_females",
    "males": "number_males",
    "children": "number_children",
    "total": "total_reported",
}
_NUMBER = re.compile(r"[-−]?(\d+|\d{1,3}([,. ]\d{3})+)(\.0{1,2})?$")


def read_counts(raw: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Return one float column per number of people, NaN where not known."""
    counts = {}
    for field, name in COUNT_OF.items():
        if field not in raw:
            counts[name] = pd.Series(float("nan"), index=raw.index)
            continue
        words = clean_text(raw[field])
        number = translate(words, _number).astype("float64")
        counts[name] = number
        _report(findings, name, words=words, number=number)
    return pd.DataFrame(counts)


def _number(word: str) -> float | None:
    """Read a whole number with or without a mark between thousands."""
    if not _NUMBER.match(word):
        return None
    sign = -1.0 if word[0] in "-−" else 1.0
    return sign * float(re.sub(r"[-−, ]|\.0{1,2}$|\.(?=\d{3})", "", word))


def _report(findings: Findings, name: str, *, words: Column, number: Column) -> None:
    """Report what is no number, and numbers below zero."""
    unreadable = (words.notna() & number.isna()).to_numpy(dtype=bool)
    findings.add("unreadable_number", unreadable, column=name, action="kept", original=words)
    code = "negative_missing" if name == "number_missing_min" else "negative_count"
    negative = (number < 0).to_numpy(dtype=bool)
    findings.add(code, negative, column=name, action="kept", original=words, value=number)


def report_totals(counts: pd.DataFrame, findings: Findings) -> None:
    """Report rows whose own total is not dead plus missing; the parts stand."""
    parts = counts["number_dead"].fillna(0) + counts["number_missing_min"].fillna(0)
    total = counts["total_reported"]
    wrong = (total.notna() & (total != parts)).to_numpy(dtype=bool)
    findings.add(
        "total_mismatch",
        wrong,
        column="total_reported",
        action="kept",
        original=total,
        value=parts,
    )
