"""Writes a tally as CSV: codes or labels, then the measures, the total last."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tracker.domain.measures import MEASURES, Counts
from tracker.domain.tallies import (
    TOTAL,
    Tally,
    TallyDifference,
    TallyQuery,
    TallyRow,
)

Labels: TypeAlias = Callable[[str, str], str]
"""Gives the words for a code of a grouping."""

# What a spreadsheet would run as a formula when it stands first in a cell of text.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def tally_csv(tally: Tally, labels: Labels | None = None) -> str:
    """Give a tally as CSV; an unknown count is an empty cell."""
    words = _words_of(tally.query, labels)
    groupings = [grouping.value for grouping in tally.query.by]
    return _csv(groupings, tally.rows, total=tally.total, words=words)


def difference_csv(difference: TallyDifference, labels: Labels | None = None) -> str:
    """Give the difference of two dates as CSV, by grouping and reason."""
    words = _words_of(difference.query, labels)
    groupings = [*(grouping.value for grouping in difference.query.by), "reason"]
    return _csv(groupings, difference.rows, total=difference.total, words=words)


def _words_of(query: TallyQuery, labels: Labels | None) -> Labels:
    """Give the words for a code, or the code itself, such that no spreadsheet runs it."""

    def words(grouping: str, code: str) -> str:
        text = labels(query.words_of(grouping), code) if labels else code
        return f"'{text}" if text.startswith(_FORMULA_BEGINS) else text

    return words


def _csv(
    groupings: Sequence[str], rows: Sequence[TallyRow], *, total: Counts, words: Labels
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*groupings, *MEASURES])
    for row in rows if groupings else ():
        pairs = zip(groupings, row.codes, strict=True)
        writer.writerow([*(words(*pair) for pair in pairs), *_cells(row.counts)])
    # The same word in every language: it is how a program finds the last row.
    last = [TOTAL, *[""] * (len(groupings) - 1)] if groupings else []
    writer.writerow([*last, *_cells(total)])
    return text.getvalue()


def _cells(counts: Counts) -> Iterator[int | None]:
    return (counts.get(measure) for measure in MEASURES)
