"""Measure the search for duplicates on real incidents that are told again.

    python -m benchmarks.measure_duplicates [--seed N] [--count N] [--harder] [--strangers]

The background is every row of the newest full edition of the demonstration. Each retold row
(`benchmarks/retold.py`) has one true partner in it. Counted are pairs: found and true (recall), and
true among found (precision). "Same event" also takes a pair as right that leads to a row of the
same day and the same spot as the true one: a reader of the two could not tell them apart either.
The weights were set with seed 1 in view; other seeds report. "Strangers" are retold rows whose true
partner, and all of its day and spot, is taken out of the background: none should be found.
"""

import argparse
import time

import numpy as np
import pandas as pd

from benchmarks.background_of_duplicates import read_edition
from benchmarks.retold import AS_ASKED, HARDER, Manner, retell
from tracker.linkage.duplicates import DUPLICATES_VERSION, LikelyPair, find_pairs

SPOT = ["date_from", "longitude", "latitude"]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--harder", action="store_true")
    parser.add_argument("--strangers", action="store_true")
    asked = parser.parse_args()
    rows = read_edition().assign(dataset="iom-mmp")
    print(f"duplicates version {DUPLICATES_VERSION}, {len(rows)} rows, seed {asked.seed}")
    for manner in (AS_ASKED, *(HARDER if asked.harder else ())):
        print_manner(rows, manner, seed=asked.seed, count=asked.count)
    if asked.strangers:
        alarmed = false_alarms(rows, seed=asked.seed, count=asked.count)
        print(f"strangers: {alarmed:.4f} of them are taken for a row of the background")


def retold(
    rows: pd.DataFrame, manner: Manner, *, seed: int, count: int
) -> tuple[np.ndarray, pd.DataFrame]:
    """Choose some dated rows, and tell them again."""
    rng = np.random.default_rng(seed)
    dated = np.flatnonzero(rows["date_from"].notna())
    chosen = np.sort(rng.choice(dated, size=min(count, len(dated)), replace=False))
    return chosen, retell(rows.iloc[chosen], manner, rng)


def print_manner(rows: pd.DataFrame, manner: Manner, *, seed: int, count: int) -> None:
    """Print recall and precision of one manner of telling again."""
    chosen, told = retold(rows, manner, seed=seed, count=count)
    start = time.perf_counter()
    pairs = find_pairs(told, rows)
    seconds = time.perf_counter() - start
    measured = measure(rows, chosen, pairs)
    print(
        f"{manner.name}: recall {measured['recall']:.4f}, precision {measured['precision']:.4f} "
        f"(same event {measured['same_event']:.4f}); best pair of each: recall "
        f"{measured['best_recall']:.4f}, precision {measured['best_precision']:.4f}; "
        f"{seconds:.1f} s"
    )


def false_alarms(rows: pd.DataFrame, *, seed: int, count: int) -> float:
    """Give the share of retold rows that find another, every second one's own being away."""
    chosen, told = retold(rows, AS_ASKED, seed=seed, count=count)
    strangers = np.zeros(len(chosen), dtype=bool)
    strangers[::2] = True
    spots = pd.MultiIndex.from_frame(rows[SPOT].astype(str))
    away = spots.isin(spots[chosen[strangers]])
    pairs = find_pairs(told, rows[~away])
    alarmed = {pair.one for pair in pairs if strangers[pair.one]}
    return len(alarmed) / int(strangers.sum())


def measure(rows: pd.DataFrame, chosen: np.ndarray, pairs: list[LikelyPair]) -> dict[str, float]:
    """Count true pairs among those found, and found ones among the true."""
    spots = [tuple(map(str, row)) for row in rows[SPOT].itertuples(index=False)]
    true = np.array([chosen[pair.one] == pair.other for pair in pairs], dtype=bool)
    alike = [spots[chosen[pair.one]] == spots[pair.other] for pair in pairs]
    best: dict[int, LikelyPair] = {}
    for pair in pairs:
        best.setdefault(pair.one, pair)
    best_true = sum(chosen[one] == pair.other for one, pair in best.items())
    return {
        "recall": true.sum() / len(chosen),
        "precision": true.mean(),
        "same_event": float(np.mean(true | np.array(alike))),
        "best_recall": best_true / len(chosen),
        "best_precision": best_true / len(best),
    }


if __name__ == "__main__":
    main()
