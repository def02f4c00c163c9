"""What was found in a file, row by row: nothing is changed in silence."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tracker.exchange.mmp.columns import TEXT, Column, Mask

FINDING_CODES = (
    "swapped_coordinates",
    "latitude_clamped",
    "longitude_sign",
    "latitude_sign",
    "placeholder_coordinates",
    "whole_degree",
    "outside_country",
    "unreadable_position",
    "unplaced",
    "negative_missing",
    "negative_count",
    "unreadable_number",
    "total_mismatch",
    "undated",
    "unknown_cause",
    "joined_values",
    "duplicate_of",
    "id_conflict",
    "out_of_scope",
)
ACTIONS = ("repaired", "lowered", "kept", "kept_off_map", "left_out")
COLUMNS = ("row", "identity", "code", "column", "original", "value", "action")

Values = str | Sequence[object] | pd.Series | np.ndarray | None


class Findings:
    """Collects findings about rows of one frame; `rows` are the record numbers in the file."""

    def __init__(self, rows: np.ndarray) -> None:
        self._rows = rows
        self._parts: list[pd.DataFrame] = []

    def add(
        self,
        code: str,
        mask: Mask,
        *,
        column: str,
        action: str,
        original: Values = None,
        value: Values = None,
    ) -> None:
        """Report every row where the mask is true, with what the file held and what stands now."""
        if not mask.any():
            return
        self._parts.append(
            pd.DataFrame(
                {
                    "position": np.flatnonzero(mask),
                    "row": self._rows[mask],
                    "code": code,
                    "column": column,
                    "original": _chosen(original, mask),
                    "value": _chosen(value, mask),
                    "action": action,
                }
            )
        )

    def table(self, identities: Column) -> pd.DataFrame:
        """Return all findings ordered by row, each with the identity of its row."""
        if not self._parts:
            return pd.DataFrame({name: [] for name in COLUMNS})
        found = pd.concat(self._parts, ignore_index=True)
        found["identity"] = identities.to_numpy(dtype=object)[found["position"].to_numpy()]
        found = found.sort_values("row", kind="stable", ignore_index=True)
        return found[list(COLUMNS)]


def _chosen(values: Values, mask: Mask) -> object:
    """Return the values of the rows found, as text."""
    if values is None or isinstance(values, str):
        return pd.array([values] * int(mask.sum()), dtype=TEXT)
    chosen = pd.Series(values)[mask].reset_index(drop=True)
    return chosen.map(_words, na_action="ignore").astype(TEXT)


def _words(value: object) -> str:
    """Write a number without needless zeros."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
