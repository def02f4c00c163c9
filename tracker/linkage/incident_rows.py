"""Link the rows of an older file to those of a newer one whose ids differ."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from tracker.linkage.assignments import one_to_one
from tracker.linkage.candidates import candidate_pairs
from tracker.linkage.comparisons import LINKING_VERSION, Evidence, compare
from tracker.linkage.fields import Files, read_rows, settled_order
from tracker.linkage.words import Ints

__all__ = ["LINKING_VERSION", "Link", "link_rows"]

# Nats: a pair may be linked when it is likelier than not.
THRESHOLD = 0.0
# Another row within this weight (nats) of the chosen one could as well be the same.
AS_GOOD = 0.5
# Pairs weighed at a time.
LOT = 500_000


class Link(NamedTuple):
    """One row of the result: positions, a score from 0 to 1, reasons joined with semicolons."""

    old: int
    new: int
    score: float
    reasons: str


def link_rows(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Link each old row to at most one new row that is likely the same event, and say why.

    Frames are in the canonical columns of the exchange (see docs/linking.md); unknown is
    neutral. Returns the columns of Link, positions counted from 0, sorted by `old`. The result
    does not depend on the order of the rows.
    """
    old_order, new_order = settled_order(old), settled_order(new)
    files = read_rows(old.iloc[old_order], new.iloc[new_order])
    likely = _likely_pairs(files)
    chosen = one_to_one(likely.old, likely.new, likely.weight)
    rivals = _as_good(likely, chosen)
    links = likely.only(chosen)
    frame = pd.DataFrame(
        {
            "old": old_order[links.old],
            "new": new_order[links.new],
            "score": np.round(1 / (1 + np.exp(-links.weight)), 4),
            "reasons": [
                links.words_for(pair) + (f";one_of_{count}" if count > 1 else "")
                for pair, count in enumerate(rivals.tolist())
            ],
        }
    )
    return frame.sort_values("old", ignore_index=True)


def _likely_pairs(files: Files) -> Evidence:
    """Weigh the candidate pairs lot by lot, to bound memory, and keep those above the threshold."""
    old, new = candidate_pairs(files)
    lots = []
    for start in range(0, max(len(old), 1), LOT):
        weighed = compare(files, (old[start : start + LOT], new[start : start + LOT]))
        lots.append(weighed.only(weighed.weight > THRESHOLD))
    return Evidence.joined(lots)


def _as_good(likely: Evidence, chosen: Ints) -> Ints:
    """Count, for each chosen pair, the new rows that could as well be its old row's partner."""
    held = np.full(likely.new.max(initial=-1) + 1, -np.inf)
    held[likely.new[chosen]] = likely.weight[chosen]
    own = np.full(likely.old.max(initial=-1) + 1, np.inf)
    own[likely.old[chosen]] = likely.weight[chosen]
    close = likely.weight >= own[likely.old] - AS_GOOD
    free = likely.weight >= held[likely.new] - AS_GOOD
    counts = np.bincount(likely.old[close & free], minlength=len(own))
    return counts[likely.old[chosen]]
