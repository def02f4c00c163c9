"""Weights of evidence that two rows are one event: log-likelihood ratios, in nats, field by field.

Each agreement is worth log(m / u): m, the chance that a true pair agrees so far (set here, see
docs/linking.md), and u, the share of the newer file's rows that would agree by chance (counted).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from geodata.distances import distance_m
from tracker.linkage.fields import UNKNOWN, Files, Flags, Rows
from tracker.linkage.words import Floats, Ints

LINKING_VERSION = "1"

# Most rows that agree by chance continue another old row and so are not to be had (nats).
FREE_ROW = 2.0

# Counted where no other row agrees: absence in one file is no proof of a zero chance.
NOBODY_ELSE = 0.25

DATE_LEVELS = (
    (0, 0.90, "same_date"),
    (3, 0.04, "date_within_3_days"),
    (31, 0.05, "date_within_31_days"),
)
DATE_SWAPPED, DATE_ELSEWHERE = 0.005, 0.001
PLACE_LEVELS = (
    (0.05, 0.001, 0.8, "same_place"),
    (1.0, 0.02, 0.06, "within_1_km"),
    (10.0, 0.2, 0.06, "within_10_km"),
    (100.0, 2.0, 0.05, "within_100_km"),
    (300.0, 5.0, 0.01, "within_300_km"),
)
PLACE_ELSEWHERE = 0.02
TOTAL_SAME = 0.985
MEASURE_SAME, MEASURE_MOST = 0.985, 3.0
CAUSE_SAME = 0.85
URL_SAME, URL_MOST, URL_OTHER = 0.9, 6.0, -1.0
# A page that more of the newer file's rows name than this is a portal and says nothing.
URL_MOST_ROWS = 20
WORDS_LEVELS = ((0.75, 0.8, "same_words"), (0.4, 0.12, ""))
WORDS_MOST, WORDS_UNLIKE = 5.0, -2.3


@dataclass
class Evidence:
    """Summed weight of each pair (nats) and the reasons that speak for it."""

    old: Ints
    new: Ints
    weight: Floats
    reasons: list[tuple[str, Flags]] = field(default_factory=list)

    def add(self, weight: Floats, reason: str, holds: Flags) -> None:
        """Add the weight of one field and, where it holds, the reason it gives."""
        self.weight += weight
        self.reasons.append((reason, holds))

    @classmethod
    def joined(cls, parts: Sequence["Evidence"]) -> "Evidence":
        """Put the evidence on several lots of pairs together."""
        old, new, weight = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("old", "new", "weight")
        )
        reasons = zip(*(part.reasons for part in parts), strict=True)
        joined = [(lot[0][0], np.concatenate([holds for _, holds in lot])) for lot in reasons]
        return cls(old, new, weight, joined)

    def only(self, pairs: Flags | Ints) -> "Evidence":
        """Return the evidence on some of the pairs."""
        reasons = [(name, holds[pairs]) for name, holds in self.reasons]
        return Evidence(self.old[pairs], self.new[pairs], self.weight[pairs], reasons)

    def words_for(self, pair: int) -> str:
        """Return the reasons that hold for one pair, joined with semicolons."""
        return ";".join(name for name, holds in self.reasons if holds[pair])


def compare(files: Files, pairs: tuple[Ints, Ints]) -> Evidence:
    """Weigh every pair of positions (old, new); what is unknown on either side weighs nothing."""
    old, new = files.old, files.new
    evidence = Evidence(*pairs, weight=np.full(len(pairs[0]), FREE_ROW))
    _compare_dates(evidence, old, new)
    _compare_places(evidence, old, new)
    _compare_people(evidence, old, new)
    _compare_words(evidence, files)
    _compare_causes(evidence, old, new)
    _compare_urls(evidence, old, new)
    return evidence


def _compare_dates(evidence: Evidence, old: Rows, new: Rows) -> None:
    """Weigh dates against the rows of the newer file that stand as near in time.

    This holds the prior, too: with n rows in reach, one of them is the likely same.
    """
    start, end = old.first_day[evidence.old], old.last_day[evidence.old]
    first, last = new.first_day[evidence.new], new.last_day[evidence.new]
    apart = np.maximum(np.maximum(first - end, start - last), 0)
    apart = np.where((end > start) | (last > first), np.maximum(apart, 4), apart)
    long = (end - start > DATE_LEVELS[-1][0]) | (last - first > DATE_LEVELS[-1][0])
    apart = np.where(long, np.nan, apart)
    days = np.sort(new.first_day[~np.isnan(new.first_day)])
    weight = np.full(len(apart), np.log(DATE_ELSEWHERE / max(len(new), 1)))
    weight[np.isnan(apart)] = -np.log(max(len(new), 1))
    lower = -1.0
    for reach, likely, name in DATE_LEVELS:
        holds = (apart > lower) & (apart <= reach)
        until = np.searchsorted(days, first + reach, "right")
        within = np.maximum(until - np.searchsorted(days, first - reach), 1)
        weight = np.where(holds, np.log(likely / within), weight)
        evidence.reasons.append((name, holds))
        lower = reach
    swapped = (old.swapped_day[evidence.old] == first) & (apart > lower)
    on_day = np.searchsorted(days, first, "right") - np.searchsorted(days, first)
    weight = np.where(swapped, np.log(DATE_SWAPPED / np.maximum(on_day, 1)), weight)
    evidence.add(weight, "day_and_month_swapped", swapped)


def _compare_places(evidence: Evidence, old: Rows, new: Rows) -> None:
    """Weigh distances against the share of the newer file's rows in the same surroundings."""
    i, j = evidence.old, evidence.new
    here, there = (old.longitude[i], old.latitude[i]), (new.longitude[j], new.latitude[j])
    apart = distance_m(here, there) / 1000
    vague = old.vague[i] | new.vague[j]
    weight = np.where(np.isnan(apart), 0.0, np.log(PLACE_ELSEWHERE))
    lower = -1.0
    for reach, degrees, likely, name in PLACE_LEVELS:
        holds = (apart > lower) & (apart <= reach)
        by_chance = _share_around(new, degrees)[j]
        weight = np.where(holds, np.log(likely / by_chance), weight)
        evidence.reasons.append((name, holds))
        lower = reach
    # Off a point that stands for an area, a distance within it says nothing against.
    off = vague & (apart > PLACE_LEVELS[0][0]) & (apart <= PLACE_LEVELS[-1][0])
    evidence.weight += np.where(off, np.maximum(weight, 0.0), weight)


def _share_around(rows: Rows, degrees: float) -> Floats:
    """Return the share of rows in the grid cell of each row, of the given width in degrees."""
    column, line = (np.floor(value / degrees) for value in (rows.longitude, rows.latitude))
    cells = column * 1e6 + line
    return _share_of(cells)


def _share_of(values: Floats) -> Floats:
    """Return, for each row, the share of the other rows that agree with it by chance."""
    _, kind, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (counts[kind] - 1 + NOBODY_ELSE) / max(int((~np.isnan(values)).sum()), 1)


def _agreement(values: tuple[Floats, Floats], share: Floats, likely: float) -> tuple[Floats, Flags]:
    """Weigh equal and unequal values; where either is nan the weight is zero."""
    ours, theirs = values
    known = ~(np.isnan(ours) | np.isnan(theirs))
    same = known & (ours == theirs)
    unequal = np.log((1 - likely) / np.clip(1 - share, 0.05, 1))
    agreed = np.log(likely / np.clip(share, 1e-6, 1))
    return np.where(same, agreed, np.where(known, unequal, 0.0)), same


def _compare_people(evidence: Evidence, old: Rows, new: Rows) -> None:
    i, j = evidence.old, evidence.new
    share = _share_of(new.total)[j]
    weight, same = _agreement((old.total[i], new.total[j]), share, TOTAL_SAME)
    evidence.add(weight, "same_total", same)
    for name, theirs in new.measures.items():
        share = _share_of(theirs)[j]
        weight, same = _agreement((old.measures[name][i], theirs[j]), share, MEASURE_SAME)
        told = same & (theirs[j] > 0)
        weight = np.where(same & ~told, 0.0, np.minimum(weight, MEASURE_MOST))
        evidence.add(weight, f"same_{name.removeprefix('number_')}", told)


def _compare_words(evidence: Evidence, files: Files) -> None:
    """Weigh the words that both texts share by their rarity, each distinct pair of texts once."""
    table = files.texts
    ours, theirs = files.old.text[evidence.old], files.new.text[evidence.new]
    codes, back = np.unique(ours * len(table.words) + theirs, return_inverse=True)
    first, second = codes // len(table.words), codes % len(table.words)
    part, rarest = table.in_common(first, second)
    told = np.minimum(rarest, WORDS_MOST)
    weight = np.where(np.isnan(part), 0.0, WORDS_UNLIKE)
    for least, likely, _ in reversed(WORDS_LEVELS):
        weight = np.where(part >= least, np.log(likely) + told, weight)
    least, _, reason = WORDS_LEVELS[0]
    evidence.add(weight[back], reason, (part >= least)[back])


def _compare_causes(evidence: Evidence, old: Rows, new: Rows) -> None:
    ours, theirs = (np.where(code == UNKNOWN, np.nan, code) for code in (old.cause, new.cause))
    share = _share_of(theirs)[evidence.new]
    weight, same = _agreement((ours[evidence.old], theirs[evidence.new]), share, CAUSE_SAME)
    evidence.add(weight, "same_cause", same)


def _compare_urls(evidence: Evidence, old: Rows, new: Rows) -> None:
    """Weigh the rarest address that both rows name; a page that many rows name says little."""
    top = int(max(old.url.max(initial=0), new.url.max(initial=0))) + 1
    counts = np.bincount(new.url, minlength=top)
    theirs = np.sort(new.url_row * top + new.url)
    best = np.zeros(len(evidence.old))
    starts = np.searchsorted(old.url_row, np.arange(len(old) + 1))
    many = np.diff(starts)[evidence.old]
    for nth in range(int(many.max(initial=0))):
        has = np.flatnonzero(many > nth)
        url = old.url[starts[evidence.old[has]] + nth]
        wanted = evidence.new[has] * top + url
        at = np.minimum(np.searchsorted(theirs, wanted), max(len(theirs) - 1, 0))
        met = theirs[at] == wanted if len(theirs) else np.zeros(len(has), dtype=bool)
        met &= counts[url] <= URL_MOST_ROWS
        worth = np.log(URL_SAME * max(len(new), 1) / np.maximum(counts[url], 1))
        best[has] = np.maximum(best[has], np.where(met, np.minimum(worth, URL_MOST), 0.0))
    both = (many > 0) & np.isin(evidence.new, new.url_row)
    same = best > 0
    evidence.add(np.where(same, best, np.where(both, URL_OTHER, 0.0)), "same_url", same)
