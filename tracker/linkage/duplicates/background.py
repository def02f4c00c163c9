"""What agrees by chance: counts of one full register, fixed, so that no candidate moves a score.

Written by `benchmarks/background_of_duplicates.py`; see docs/duplicates.md.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from tracker.linkage.duplicates.wording import informative_words
from tracker.linkage.words import MOST_WORDS, NO_WORD, Floats, Ints, TextTable

BACKGROUND_FILE = Path(__file__).with_name("background.json.gz")
KM_PER_DEGREE = 111.195
# Widths in degrees of the cells in which neighbours are counted, 3 by 3 of them at a time.
CELLS = (0.003, 0.02, 0.1, 0.5, 2.0)
# Counted where no other row stands: absence in one register is no proof of a zero chance.
NOBODY_ELSE = 0.25
QUARTER_DAYS = 91.3
_SPAN = 1_000_000


@dataclass(frozen=True)
class _Scale:
    """Other rows around each grid cell of one width, by sorted keys of cells."""

    degrees: float
    keys: Ints
    counts: Floats

    def around(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Give the other rows in the block around each point, and the area of it in km2."""
        keys = _keys(longitude, latitude, self.degrees)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        counts = np.where(self.keys[at] == keys, self.counts[at], 0.0)
        side = 3 * self.degrees * KM_PER_DEGREE
        return counts, side * side * np.cos(np.radians(np.nan_to_num(latitude)))


class Background:
    """Counts of the register: rows by place, by word, and addresses that say nothing."""

    def __init__(self) -> None:
        told = json.loads(gzip.decompress(BACKGROUND_FILE.read_bytes()))
        self.rows = int(told["rows"])
        self.days = int(told["days"])
        self.portals = frozenset(told["portals"])
        self.words = {"place": told["place_words"], "source": told["source_words"]}
        spots = np.array(told["spots"], dtype=float)
        self._scales = [_scale(spots, degrees=degrees, days=self.days) for degrees in CELLS]

    def density(self, longitude: Floats, latitude: Floats, radius_km: Floats) -> Floats:
        """Give the share of all rows per km2 around points, seen no finer than their radius.

        The most crowded of the scales counts: rows pile up on bridges, morgues and placeholders.
        """
        densest = np.full(len(longitude), 0.0)
        for nth, scale in enumerate(self._scales):
            counts, area = scale.around(longitude, latitude)
            others = np.maximum(counts, NOBODY_ELSE)
            side = 3 * scale.degrees * KM_PER_DEGREE
            seen = (radius_km <= side) | (nth == len(CELLS) - 1)
            densest = np.maximum(densest, np.where(seen, others / area, 0.0))
        return densest / self.rows

    def text_table(self, texts: Sequence[str], kind: str) -> TextTable:
        """Number the informative words of texts, with their rarity (nats) in the register."""
        bags = [informative_words(text) for text in texts]
        known: dict[str, int] = self.words[kind]
        ranked = sorted({word for bag in bags for word in bag}, key=lambda w: (known.get(w, 1), w))
        number = {word: position for position, word in enumerate(ranked)}
        rarity = [np.log(self.rows / known.get(word, 1)) for word in ranked]
        table = np.full((len(bags), MOST_WORDS), NO_WORD, dtype=np.int64)
        for row, bag in enumerate(bags):
            rarest = sorted(number[word] for word in bag)[:MOST_WORDS]
            table[row, : len(rarest)] = rarest
        return TextTable(table, np.array([*rarity, 0.0]))


@cache
def background() -> Background:
    """Give the background, read once."""
    return Background()


def _keys(longitude: Floats, latitude: Floats, degrees: float) -> Ints:
    columns, lines = (
        np.floor(np.nan_to_num(value, nan=-999.0) / degrees).astype(np.int64)
        for value in (longitude, latitude)
    )
    return columns * _SPAN + lines


def _scale(spots: Floats, *, degrees: float, days: int) -> _Scale:
    """Count what a row of each block meets there: the others of its own quarter, as if all along.

    Deaths come in waves; in a wave more stand near by chance than the mean of the years tells.
    """
    longitude, latitude, quarter = spots[:, 0] / 1000, spots[:, 1] / 1000, spots[:, 2]
    around = [-1, 0, 1]
    centre = _keys(longitude, latitude, degrees)
    keys = np.concatenate([centre + dx * _SPAN + dy for dx in around for dy in around])
    times = len(around) ** 2
    cells = pd.DataFrame(
        {"key": keys, "quarter": np.tile(quarter, times), "rows": np.tile(spots[:, 3], times)}
    )
    in_quarter = cells.groupby(["key", "quarter"], as_index=False)["rows"].sum()
    in_quarter["met"] = in_quarter["rows"] * (in_quarter["rows"] - 1)
    summed = in_quarter.groupby("key")[["rows", "met"]].sum()
    in_waves = summed["met"] / summed["rows"] * days / QUARTER_DAYS
    others = np.maximum(summed["rows"] - 1, in_waves)
    return _Scale(degrees, summed.index.to_numpy(np.int64), others.to_numpy(np.float64))
