"""Work on whole columns: each different value is handled once."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
Column: TypeAlias = "pd.Series[Any]"
Mask: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]


def clean_text(column: Column) -> Column:
    """Strip blanks, byte-order marks and zero-width spaces; a blank becomes not known."""
    cleaned = column.astype(TEXT).str.strip(" \t\r\n\ufeff\u200b\u00a0")
    return cleaned.where(cleaned != "")


def translate(column: Column, rule: Callable[[str], object]) -> Column:
    """Apply a rule to each different value once; what is not known stays None."""
    codes, values = pd.factorize(column)
    meanings = np.empty(len(values) + 1, dtype=object)
    for position, value in enumerate(values):
        meanings[position] = rule(value)
    meanings[-1] = None
    return pd.Series(meanings[codes], index=column.index, dtype=object)


def tell(column: Column, rule: Callable[[str], bool]) -> Mask:
    """Ask a rule about each different value once; not known counts as no."""
    codes, values = pd.factorize(column)
    answers = np.array([*(rule(value) for value in values), False], dtype=bool)
    return answers[codes]


def matches(column: Column, pattern: str) -> Mask:
    """Tell where a pattern (RE2, case ignored) occurs; not known counts as no."""
    codes, values = pd.factorize(column)
    texts = pa.array(values, pa.string())
    found = pc.match_substring_regex(texts, pattern, ignore_case=True)
    return np.append(found.to_numpy(zero_copy_only=False).astype(bool), False)[codes]


def holds(column: Column, mark: str) -> Mask:
    """Tell where a mark occurs; not known counts as no."""
    found: Mask = column.str.contains(mark, regex=False).fillna(False).to_numpy(dtype=bool)
    return found
