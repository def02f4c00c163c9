"""Finds likely pairs: one row with a register, or two registers with each other."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.names import NameLinks
from tracker.linkage.matches.profiles import Register, read_register
from tracker.linkage.matches.rough import Prepared, Rough, ask, prepare_register
from tracker.linkage.matches.scores import PRIOR, Scores, score_rows, strength_of
from tracker.linkage.words import Ints

# Rows that are compared field by field for each candidate that is asked for, and at least.
SHORTLIST, LEAST_SHORTLIST = 20, 200
# Rough weights may miss so much (nats): clothes, the place of origin, inscriptions spelt alike.
SLACK = 1.5
LIKELY_ENOUGH = 0.01
# Rows of one side that are worked through at once, and pairs, to bound the memory.
BLOCK_ROWS, SCORED_AT_ONCE = 2_500, 100_000

Side = tuple[Register, Ints]


def prepare(frame: pd.DataFrame) -> Prepared:
    """Make a frame of cases or remains ready to be searched many times (never changed)."""
    return prepare_register(read_register(frame))


def score_pairs(
    cases: pd.DataFrame | Prepared, remains: pd.DataFrame | Prepared, pairs: pd.DataFrame
) -> pd.DataFrame:
    """Score given pairs of two registers of either kind: a frame of `one_id` and `other_id`.

    Returns one row a pair: one_id, other_id, probability (0 to 1), log_odds (nats), strength, and
    `weight_` with each field's name (nats). KeyError for an id that is not there.
    """
    one, other = _prepared(cases).register, _prepared(remains).register
    rows, others = _rows_of(one, pairs["one_id"]), _rows_of(other, pairs["other_id"])
    scores = score_rows((one, rows), (other, others))
    frame = _frame(one, other, scores)
    return frame.assign(**{f"weight_{field}": scores.weights[field] for field in MatchField})


def candidates_for(
    row: pd.DataFrame | Prepared, others: pd.DataFrame | Prepared, limit: int = 10
) -> pd.DataFrame:
    """Find the likeliest partners of one row (a frame of one row), the likeliest first.

    Give the others as `prepare` returns them where many are asked for. More rows are answered one
    after another. Columns: one_id, other_id, probability, log_odds (nats), strength.
    """
    asked, register = _prepared(row).register, _prepared(others)
    found = [
        nearest(asked, np.arange(start, min(start + BLOCK_ROWS, len(asked))), register, limit=limit)
        for start in range(0, len(asked), BLOCK_ROWS)
    ]
    return pd.concat(found, ignore_index=True) if len(found) > 1 else found[0]


def nearest(asked: Register, rows: Ints, others: Prepared, *, limit: int) -> pd.DataFrame:
    """Find the likeliest partners of some rows (numbers) of a register."""
    asking = ask(asked, rows, others)
    wanted = max(SHORTLIST * limit, LEAST_SHORTLIST)
    chosen = [_top(asking.weigh(row), wanted) for row in rows.tolist()]
    one = np.repeat(rows, [len(each) for each in chosen])
    other = np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)
    parts = [
        _frame(asked, others.register, scores)
        for scores in _scored((asked, one), (others.register, other), asking.links)
    ]
    frame = _of_two(pd.concat(parts, ignore_index=True), asked, others.register)
    order = np.lexsort((frame["other_id"], -frame["log_odds"].round(6)))
    ordered = frame.iloc[order]
    best = ordered.groupby("one_id", sort=False).head(limit)
    places = {name: place for place, name in enumerate(np.array(asked.ids)[rows])}
    asked_first = best["one_id"].map(places)
    return best.iloc[np.argsort(asked_first.to_numpy(), kind="stable")].reset_index(drop=True)


def _top(rough: Rough, wanted: int) -> Ints:
    if len(rough) <= wanted:
        return np.arange(len(rough))
    return np.argpartition(rough, len(rough) - wanted)[-wanted:]


def all_candidates(
    cases: pd.DataFrame | Prepared,
    remains: pd.DataFrame | Prepared,
    *,
    at_least: float = LIKELY_ENOUGH,
) -> pd.DataFrame:
    """Find the pairs of two registers whose probability is at least so much, in any order of both.

    Columns: one_id, other_id, probability (0 to 1), log_odds (nats), strength; the likeliest first.
    A register beside itself gives each pair from both sides, and none of a row with itself.
    """
    one, other = _prepared(cases), _prepared(remains)
    # Which side asks follows from the registers themselves, never from the order of the two.
    turned = _asks(one.register) < _asks(other.register)
    asked, others = (one, other) if turned else (other, one)
    parts = [_kept(block, others, at_least=at_least) for block in _blocks(asked.register)]
    frame = pd.concat(parts, ignore_index=True)
    if not turned:
        frame = frame.rename(columns={"one_id": "other_id", "other_id": "one_id"})
        frame = frame[["one_id", "other_id", *frame.columns[2:]]]
    order = np.lexsort((frame["other_id"], frame["one_id"], -frame["log_odds"].round(6)))
    return frame.iloc[order].reset_index(drop=True)


def _asks(register: Register) -> tuple[bool, tuple[str, ...]]:
    """Give what puts two registers in order: remains ask of cases, otherwise the first ids."""
    return not register.journeys.is_remains, register.ids


def _blocks(register: Register) -> Iterator[Side]:
    for start in range(0, max(len(register), 1), BLOCK_ROWS):
        yield register, np.arange(start, min(start + BLOCK_ROWS, len(register)))


def _kept(block: Side, others: Prepared, *, at_least: float) -> pd.DataFrame:
    asked, rows = block
    asking = ask(asked, rows, others)
    needed = float(np.log(at_least / (1 - at_least))) - PRIOR
    chosen = [np.flatnonzero(asking.weigh(row) >= needed - SLACK) for row in rows.tolist()]
    one = np.repeat(rows, [len(each) for each in chosen])
    other = np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)
    parts = [
        _frame(asked, others.register, scores, least=needed + PRIOR)
        for scores in _scored((asked, one), (others.register, other), asking.links)
    ]
    return _of_two(pd.concat(parts, ignore_index=True), asked, others.register)


def _of_two(frame: pd.DataFrame, one: Register, other: Register) -> pd.DataFrame:
    """Leave out what would pair a row with itself, where cases look among cases."""
    if one.journeys.is_remains != other.journeys.is_remains:
        return frame
    return frame[frame["one_id"] != frame["other_id"]]


def _scored(one: Side, other: Side, links: NameLinks) -> Iterator[Scores]:
    for start in range(0, max(len(one[1]), 1), SCORED_AT_ONCE):
        part = slice(start, start + SCORED_AT_ONCE)
        yield score_rows((one[0], one[1][part]), (other[0], other[1][part]), links=links)


def _frame(
    one: Register, other: Register, scores: Scores, *, least: float = -np.inf
) -> pd.DataFrame:
    kept = np.flatnonzero(scores.log_odds >= least)
    probability = scores.probability[kept]
    return pd.DataFrame(
        {
            "one_id": np.array(one.ids, dtype=object)[scores.one[kept]],
            "other_id": np.array(other.ids, dtype=object)[scores.other[kept]],
            "probability": probability,
            "log_odds": scores.log_odds[kept],
            "strength": [str(strength_of(chance)) for chance in probability.tolist()],
        }
    )


def _prepared(register: pd.DataFrame | Prepared) -> Prepared:
    return prepare(register) if isinstance(register, pd.DataFrame) else register


def _rows_of(register: Register, ids: Sequence[str] | pd.Series) -> Ints:
    places = {each: row for row, each in enumerate(register.ids)}
    return np.array([places[str(each)] for each in ids], dtype=np.int64)
