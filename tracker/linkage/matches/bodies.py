"""Sex, age, height, weight, hair and eyes: how each report spreads over the possible truths.

Shares and errors are set by hand; docs/matching.md names the source of each.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.latent import LikelihoodOf, Reports, Truths, reports_of
from tracker.linkage.words import Floats

Report = tuple[object, ...]

FEMALE_SHARE = 0.25
SEXES = ("female", "male")
# How often a sex is assessed wrongly, by who says so; of an examiner by what was left to examine.
SEX_WRONG = {"family": 0.005, "document": 0.02, "third_party": 0.05, "examiner": 0.03}
SEX_WRONG_BY_CONDITION = {"fresh": 0.01, "decomposed": 0.03, "mummified": 0.04, "skeletal": 0.10}
SEX_WRONG_OTHERWISE = 0.03

AGES = np.arange(0.5, 100, 1.0)  # years
HEIGHTS = np.arange(61.0, 211, 2.0)  # cm
WEIGHTS = np.arange(11.0, 151, 2.0)  # kg

# (share, mean, spread) of bells that add up to the people on the move.
AGE_BELLS = ((0.08, 9.0, 6.0), (0.62, 25.0, 6.5), (0.30, 38.0, 10.0))
HEIGHT_BELLS = ((0.06, 125.0, 22.0), (0.22, 155.0, 6.5), (0.72, 167.0, 7.0))
WEIGHT_BELLS = ((0.06, 30.0, 12.0), (0.94, 69.0, 12.0))

COLOURS = {
    MatchField.HAIR: {
        "black": 0.62, "brown": 0.28, "fair": 0.02, "grey": 0.04, "red": 0.01, "bald": 0.03,
    },
    MatchField.EYES: {"brown": 0.72, "black": 0.20, "green": 0.03, "blue": 0.02, "hazel": 0.03},
}  # fmt: skip
COLOUR_TOLD_RIGHT = 0.75
# What is told for one another: the share of a truth that is told as its neighbour.
NEIGHBOURS = {
    frozenset(("black", "brown")): 0.20, frozenset(("brown", "fair")): 0.10,
    frozenset(("brown", "red")): 0.05, frozenset(("black", "grey")): 0.05,
    frozenset(("brown", "grey")): 0.04, frozenset(("brown", "hazel")): 0.15,
    frozenset(("green", "hazel")): 0.20, frozenset(("green", "blue")): 0.10,
}  # fmt: skip


def _bells(grid: Floats, bells: tuple[tuple[float, float, float], ...]) -> Floats:
    shares = np.zeros(len(grid))
    for share, mean, spread in bells:
        bell = np.exp(-0.5 * ((grid - mean) / spread) ** 2)
        shares += share * bell / bell.sum()
    whole: Floats = shares / shares.sum()
    return whole


TRUTHS: dict[MatchField, Truths] = {
    MatchField.SEX: Truths(np.array([FEMALE_SHARE, 1 - FEMALE_SHARE]), -3.0, 1.5),
    MatchField.AGE: Truths(_bells(AGES, AGE_BELLS), -3.2, 3.0),
    MatchField.HEIGHT: Truths(_bells(HEIGHTS, HEIGHT_BELLS), -2.5, 1.8),
    MatchField.WEIGHT: Truths(_bells(WEIGHTS, WEIGHT_BELLS), -1.0, 0.7),
    **{
        field: Truths(np.array(list(shares.values())), -1.5, 2.0)
        for field, shares in COLOURS.items()
    },
}


@dataclass(frozen=True)
class RangeLikelihood:
    """A range of numbers: likeliest in its middle, falling to both sides, never to nothing.

    A report is from, to, the error (years, cm, kg) that comes to a part of half the range, and how
    many such reports are of somebody else or plainly wrong: those say nothing of the truth.
    """

    grid: Floats
    shares: Floats

    @property
    def truths(self) -> int:
        """Count the points of the grid."""
        return len(self.grid)

    def __call__(self, report: Report, /) -> Floats:
        """Return the likelihood at each point of the grid."""
        low, high, error, stray = (float(str(part)) for part in report)
        spread = error + HALF_SPREAD * (high - low) / 2
        off = np.abs(self.grid - (low + high) / 2) / spread
        # A bell in the middle, and straight from twice its spread on: errors have long tails.
        shape = np.exp(-np.where(off < 2, off**2 / 2, 2 * off - 2))
        anybody = float(shape @ self.shares)
        whole: Floats = (1 - stray) * shape + stray * max(anybody, LEAST_ANYBODY)
        return whole


@dataclass(frozen=True)
class SexLikelihood:
    """A sex and how often such an assessment is wrong."""

    truths: int = 2

    def __call__(self, report: Report, /) -> Floats:
        """Return the likelihood of the report for women and for men."""
        sex, wrong = report
        error = float(str(wrong))
        return np.array([1 - error if each == sex else error for each in SEXES])


@dataclass(frozen=True)
class ColourLikelihood:
    """A colour of hair or eyes, which people tell differently."""

    field: MatchField

    @property
    def truths(self) -> int:
        """Count the colours."""
        return len(COLOURS[self.field])

    def __call__(self, report: Report, /) -> Floats:
        """Return how likely the colour is told of each true colour."""
        told = str(report[0])
        return np.array(
            [
                COLOUR_TOLD_RIGHT if each == told else NEIGHBOURS.get(frozenset((each, told)), 0.02)
                for each in COLOURS[self.field]
            ]
        )


# (error beside the range, share that is plainly wrong), by who estimates the age: a document may be
# somebody else's. The last is for everybody else.
AGE_ERRORS = {"family": (0.8, 0.02), "document": (0.8, 0.08), "examiner": (1.0, 0.04)}
OTHER_AGE_ERROR = (2.0, 0.05)
# Without a range an examiner's estimate has at least this error: years of age, cm of height.
POINT_AGE_ERROR, POINT_HEIGHT_ERROR = 5.0, 4.0
# Of heights and weights: as families tell them, and as they are measured of remains.
HEIGHT_ERRORS, WEIGHT_ERRORS = ((4.0, 0.06), (2.0, 0.06)), ((8.0, 0.20), (6.0, 0.20))
# A range is meant to hold nine of ten: its half is some 1.6 of its spread.
HALF_SPREAD = 0.6
# A report that fits hardly anybody is rather a slip than somebody rare.
LEAST_ANYBODY = 1e-4


def body_reports(frame: pd.DataFrame) -> dict[MatchField, Reports]:
    """Number what each row tells of the body (frame of either register)."""
    measured = int("found_date" in frame)
    usual = "examiner" if measured else "family"
    bases = [str(basis or usual) for basis in frame["age_basis"].tolist()]
    ages = [AGE_ERRORS.get(basis, OTHER_AGE_ERROR) for basis in bases]
    points = [POINT_AGE_ERROR if basis == "examiner" else 0.0 for basis in bases]
    told: dict[MatchField, tuple[list[Report | None], LikelihoodOf]] = {
        MatchField.SEX: (_sexes(frame), SexLikelihood()),
        MatchField.AGE: (
            _ranges(frame, ("age_from", "age_to"), errors=ages, points=points),
            RangeLikelihood(AGES, TRUTHS[MatchField.AGE].shares),
        ),
        MatchField.HEIGHT: (
            _ranges(
                frame,
                ("height_from_cm", "height_to_cm"),
                errors=[HEIGHT_ERRORS[measured]] * len(frame),
                points=[measured * POINT_HEIGHT_ERROR] * len(frame),
            ),
            RangeLikelihood(HEIGHTS, TRUTHS[MatchField.HEIGHT].shares),
        ),
        MatchField.WEIGHT: (
            _ranges(
                frame,
                ("weight_from_kg", "weight_to_kg"),
                errors=[WEIGHT_ERRORS[measured]] * len(frame),
                points=[0.0] * len(frame),
            ),
            RangeLikelihood(WEIGHTS, TRUTHS[MatchField.WEIGHT].shares),
        ),
    }
    for field, shares in COLOURS.items():
        colours = frame[str(field)].tolist()
        known: list[Report | None] = [(each,) if each in shares else None for each in colours]
        told[field] = (known, ColourLikelihood(field))
    return {field: reports_of(*reports) for field, reports in told.items()}


def _sexes(frame: pd.DataFrame) -> list[Report | None]:
    """Give the sex and the chance that it is wrong; intersex says nothing of either."""
    conditions = frame["condition"] if "condition" in frame else [None] * len(frame)
    told: list[Report | None] = []
    for sex, basis, condition in zip(frame["sex"], frame["sex_basis"], conditions, strict=True):
        wrong = SEX_WRONG.get(basis, SEX_WRONG_OTHERWISE)
        if basis not in ("family", "document", "third_party"):
            wrong = SEX_WRONG_BY_CONDITION.get(condition, wrong)
        told.append((sex, wrong) if sex in SEXES else None)
    return told


def _ranges(
    frame: pd.DataFrame,
    columns: tuple[str, str],
    *,
    errors: list[tuple[float, float]],
    points: list[float],
) -> list[Report | None]:
    """Give from, to, error and stray; where one end is not known, the other stands for both.

    `points` are the least errors of what is told without a range.
    """
    low, high = (frame[column].to_numpy(dtype=float, na_value=np.nan) for column in columns)
    low, high = np.where(np.isnan(low), high, low), np.where(np.isnan(high), low, high)
    low, high = np.round(np.fmin(low, high)), np.round(np.fmax(low, high))
    return [
        None if np.isnan(start) else (start, end, max(error, point if start == end else 0.0), stray)
        for start, end, (error, stray), point in zip(
            low.tolist(), high.tolist(), errors, points, strict=True
        )
    ]
