"""Measures that both sides estimate: two reports weighed by the truths that could lie behind them.

A report (an age from 20 to 30, a woman by her bones) is turned into how likely it would be made of
each possible truth. Two reports of one person share one truth t, two of different people do not:

    weight = log( sum_t p(t) A(t) B(t)  /  (sum_t p(t) A(t) * sum_t p(t) B(t)) )

with p the shares of the truths among people on the move. It is the same from both sides, smooth,
and 0 where a report says nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tracker.linkage.words import Floats, Ints

Codes = npt.NDArray[np.int32]


class LikelihoodOf(Protocol):
    """How likely a report would be made of each truth."""

    @property
    def truths(self) -> int:
        """Count the truths."""

    def __call__(self, report: tuple[object, ...], /) -> Floats:
        """Return the likelihood of a report for each truth (truths), on any scale."""


@dataclass(frozen=True)
class Reports:
    """Reports of many rows: `codes` (rows) point into `likelihoods` (distinct reports x truths).

    Code 0 is "not known".
    """

    codes: Codes
    likelihoods: Floats


@dataclass(frozen=True)
class Truths:
    """The shares of the possible truths (adding up to 1), and the bounds of a weight in nats."""

    shares: Floats
    least: float
    most: float

    def table(self, ours: Floats, theirs: Floats) -> Floats:
        """Return the weight (nats) of each two reports (reports x truths; the first says nothing).

        Returns an array of ours x theirs.
        """
        together = (ours * self.shares) @ theirs.T
        apart = np.outer(ours @ self.shares, theirs @ self.shares)
        weights: Floats = np.clip(np.log(together / apart), self.least, self.most)
        weights[0, :] = weights[:, 0] = 0.0
        return weights

    def weigh(self, one: tuple[Reports, Ints], other: tuple[Reports, Ints]) -> Floats:
        """Return the weights of pairs, each side told as its reports and the rows (pairs)."""
        our_codes, ours = _used(*one)
        their_codes, theirs = _used(*other)
        table = self.table(our_codes.likelihoods, their_codes.likelihoods)
        weights: Floats = table[ours, theirs]
        return weights


def _used(reports: Reports, rows: Ints) -> tuple[Reports, Codes]:
    """Keep the reports that these rows use, so that few rows need a small table only."""
    if len(rows) > len(reports.likelihoods):
        return reports, reports.codes[rows]
    used, codes = np.unique(reports.codes[rows], return_inverse=True)
    kept = np.concatenate([reports.likelihoods[:1], reports.likelihoods[used]])
    shifted = np.where(used[codes] == 0, 0, codes + 1).astype(np.int32)
    return Reports(shifted, kept), shifted


def reports_of(told: Sequence[tuple[object, ...] | None], likelihood: LikelihoodOf) -> Reports:
    """Number the distinct reports of many rows; None is not known."""
    distinct = {report: code for code, report in enumerate(dict.fromkeys((None, *told)))}
    codes = np.fromiter((distinct[report] for report in told), dtype=np.int32, count=len(told))
    rows = [likelihood(report) for report in distinct if report is not None]
    flat = np.ones(likelihood.truths)
    return Reports(codes, np.vstack([flat, *rows]))
