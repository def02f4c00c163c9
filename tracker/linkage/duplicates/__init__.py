"""Which incidents are likely the same event, and why; knows no database."""

from tracker.linkage.duplicates.scores import DUPLICATES_VERSION
from tracker.linkage.duplicates.search import (
    LIKELY,
    LikelyPair,
    compare_incidents,
    compare_with_all,
    find_pairs,
)

__all__ = [
    "DUPLICATES_VERSION",
    "LIKELY",
    "LikelyPair",
    "compare_incidents",
    "compare_with_all",
    "find_pairs",
]
