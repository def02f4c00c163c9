"""Measure the search for matches on synthetic registers whose true pairs are known.

    python -m benchmarks.matches [--cases N] [--remains N] [--seed N]

Registers have `.cases`, `.remains` (as docs/matching.md tells) and `.truth` (a frame of case_id,
remains_id and informative, the number of fields that tell something).
"""

import argparse
import itertools
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from benchmarks.peers_of_matches import nearest_by_name_and_age, nearest_by_splink
from tracker.linkage.matches import (
    MATCHES_VERSION,
    PRIOR,
    all_candidates,
    candidates_for,
    explain_pair,
    prepare,
)

FIRST, INFORMATIVE, LIKELY = 10, 4, 0.01
BINS = (0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.98, 1.0)


class Registers(Protocol):
    """Two registers and the pairs of rows that are one person."""

    cases: pd.DataFrame
    remains: pd.DataFrame
    truth: pd.DataFrame


@dataclass(frozen=True)
class Measured:
    """What one run says; recalls and precisions are shares, times seconds, memory MB.

    `calibration` has a line for each bin of stated probability: stated, observed, observed at the
    stated prior, pairs.
    """

    recall: float
    recall_informative: float
    recall_of_peers: dict[str, tuple[float, float]]
    strong: int
    precision_strong: float
    strong_share: float
    missed_by_choosing: float
    calibration: pd.DataFrame
    seconds: dict[str, float]
    megabytes: float


def measure_matches(registers: Registers, *, peers: bool = True) -> Measured:
    """Measure recall, precision, calibration, times and memory; `peers` with two baselines."""
    seconds: dict[str, float] = {}
    cases = timed("prepare cases", seconds, lambda: prepare(registers.cases))
    remains = timed("prepare remains", seconds, lambda: prepare(registers.remains))
    pairs = timed("all pairs", seconds, lambda: all_candidates(cases, remains, at_least=LIKELY))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    nearest = timed("ten nearest of each", seconds, lambda: candidates_for(remains, cases, FIRST))
    truth = registers.truth
    strong = pairs[pairs["strength"] == "strong"]
    right = is_true(strong, truth)
    missed = missed_by_choosing(registers, pairs)
    recall = recalls(nearest, truth)
    others: dict[str, tuple[float, float]] = {}
    if peers:
        frames = (registers.cases, registers.remains)
        for name, search in (
            ("name and age", nearest_by_name_and_age),
            ("Splink's defaults", nearest_by_splink),
        ):
            found = timed(name, seconds, lambda search=search: search(*frames, FIRST))
            others[name] = recalls(found, truth)
    return Measured(
        recall=recall[0],
        recall_informative=recall[1],
        recall_of_peers=others,
        strong=len(strong),
        precision_strong=float(right.mean()) if len(strong) else float("nan"),
        strong_share=float(right.sum() / max(len(truth), 1)),
        missed_by_choosing=missed,
        calibration=calibration(pairs, registers),
        seconds=seconds,
        megabytes=megabytes,
    )


def timed(name: str, seconds: dict[str, float], work: Callable[[], object]):  # noqa: ANN201
    """Do some work, and note its seconds."""
    start = time.perf_counter()
    done = work()
    seconds[name] = time.perf_counter() - start
    return done


def recalls(nearest: pd.DataFrame, truth: pd.DataFrame) -> tuple[float, float]:
    """Give the share of true pairs among the nearest: of all, and of remains that tell enough.

    `nearest` has one_id (remains) and other_id (case).
    """
    found = set(zip(nearest["one_id"], nearest["other_id"], strict=True))
    pairs = zip(truth["remains_id"].astype(str), truth["case_id"].astype(str), strict=True)
    hit = np.array([pair in found for pair in pairs], dtype=bool)
    enough = truth["informative"].to_numpy() >= INFORMATIVE
    return float(hit.mean()), float(hit[enough].mean()) if enough.any() else float("nan")


def is_true(pairs: pd.DataFrame, truth: pd.DataFrame) -> np.ndarray:
    """Say of pairs (one_id a case, other_id a find) whether they are of one person."""
    known = set(zip(truth["case_id"].astype(str), truth["remains_id"].astype(str), strict=True))
    both = zip(pairs["one_id"], pairs["other_id"], strict=True)
    return np.array([pair in known for pair in both], dtype=bool)


def calibration(pairs: pd.DataFrame, registers: Registers) -> pd.DataFrame:
    """Set stated probabilities beside observed shares, as they are and at the stated prior."""
    right = is_true(pairs, registers.truth)
    rate = len(registers.truth) / (len(registers.cases) * len(registers.remains))
    prior = 1 / (1 + np.exp(-PRIOR))
    weights = np.where(right, prior / rate, (1 - prior) / (1 - rate))
    lines = []
    for low, high in itertools.pairwise(BINS):
        within = (
            (pairs["probability"] >= low) & (pairs["probability"] < high + (high == 1))
        ).to_numpy()
        if within.any():
            lines.append(
                {
                    "bin": f"{low:g} to {high:g}",
                    "stated": pairs["probability"][within].mean(),
                    "observed": right[within].mean(),
                    "at the prior": weights[within & right].sum() / weights[within].sum(),
                    "pairs": int(within.sum()),
                }
            )
    return pd.DataFrame(lines)


def missed_by_choosing(registers: Registers, pairs: pd.DataFrame, most: int = 500) -> float:
    """Give the share of true pairs scored as likely that the search of all pairs left out."""
    found = set(zip(pairs["one_id"], pairs["other_id"], strict=True))
    cases, remains = (
        frame.set_index("id", drop=False) for frame in (registers.cases, registers.remains)
    )
    likely = missed = 0
    for case_id, remains_id in registers.truth[["case_id", "remains_id"]].head(most).to_numpy():
        told = explain_pair(cases.loc[[case_id]], remains.loc[[remains_id]])
        if told.probability >= LIKELY:
            likely += 1
            missed += (str(case_id), str(remains_id)) not in found
    return missed / max(likely, 1)


def one_among_many(registers: Registers, many: int = 100_000, times: int = 30) -> list[float]:
    """Time single cases against so many remains (those at hand, told again), in seconds."""
    repeats = -(-many // len(registers.remains))
    remains = pd.concat([registers.remains] * repeats, ignore_index=True).head(many)
    ready = prepare(remains.assign(id=[f"{row}" for row in range(len(remains))]))
    taken = []
    for row in range(min(times, len(registers.cases))):
        start = time.perf_counter()
        candidates_for(registers.cases.iloc[[row]], ready, FIRST)
        taken.append(time.perf_counter() - start)
    return sorted(taken)


def lines_of(measured: Measured) -> list[str]:
    """Tell what was measured as lines of a document."""
    lines = [
        f"- matches version {MATCHES_VERSION}, load {os.getloadavg()[0]:.1f}",
        f"- recall in the first {FIRST}: {measured.recall:.3f}; of remains with at least "
        f"{INFORMATIVE} informative fields {measured.recall_informative:.3f}",
        *(
            f"- {name}: {recall:.3f}; {informative:.3f}"
            for name, (recall, informative) in measured.recall_of_peers.items()
        ),
        f"- strong: {measured.strong} pairs, precision {measured.precision_strong:.3f}, "
        f"{measured.strong_share:.3f} of the true pairs",
        f"- true pairs of {LIKELY} or more that the search left out: "
        f"{measured.missed_by_choosing:.4f}",
        f"- peak memory after all pairs {measured.megabytes:.0f} MB",
        *(f"- {name}: {taken:.2f} s" for name, taken in measured.seconds.items()),
        "",
        "| probability | stated | observed | at the stated prior | pairs |",
        "|---|---|---|---|---|",
    ]
    for row in measured.calibration.to_dict("records"):
        lines.append(
            f"| {row['bin']} | {row['stated']:.3f} | {row['observed']:.3f} "
            f"| {row['at the prior']:.3f} | {row['pairs']} |"
        )
    return lines


def main() -> None:
    """Make registers, measure, and print."""
    from benchmarks.registers import make_registers  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--remains", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    registers = make_registers(cases=asked.cases, remains=asked.remains, seed=asked.seed)
    print("\n".join(lines_of(measure_matches(registers))))
    taken = one_among_many(registers)
    middle, slow = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    print(
        f"- one case among 100,000 remains: {1e3 * middle:.0f} ms, 95% within {1e3 * slow:.0f} ms"
    )


if __name__ == "__main__":
    main()
