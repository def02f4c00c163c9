"""Partners are chosen one to one for the greatest sum."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.linkage.assignments import one_to_one

GRIDS = st.integers(1, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 20), min_size=size, max_size=size), min_size=size, max_size=size
    )
)


def chosen(weights: list[list[float]]) -> list[tuple[int, int]]:
    grid = np.array(weights, dtype=float)
    old, new = np.nonzero(grid)
    pairs = one_to_one(old, new, grid[old, new])
    return [(int(old[pair]), int(new[pair])) for pair in pairs]


def test_a_holder_with_a_second_choice_makes_room():
    assert chosen([[10.0, 9.0], [9.5, 0.0]]) == [(0, 1), (1, 0)]


def test_two_rows_trade_places_when_the_sum_grows():
    assert chosen([[5.0, 4.9], [5.0, 1.0]]) == [(0, 1), (1, 0)]


def test_ties_go_to_the_lower_positions():
    assert chosen([[3.0, 3.0], [3.0, 3.0]]) == [(0, 0), (1, 1)]


@settings(max_examples=200, deadline=None)
@given(grid=GRIDS)
def test_no_single_trade_would_make_the_sum_greater(grid: list[list[int]]):
    pairs = chosen([[float(weight) for weight in row] for row in grid])
    rows, places = [row for row, _ in pairs], [place for _, place in pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(places)) == len(places)
    total = sum(grid[row][place] for row, place in pairs)
    best = max(
        sum(grid[row][place] for row, place in enumerate(order))
        for order in permutations(range(len(grid)))
    )
    assert total >= 0.75 * best
    for (row, place), (other, second) in permutations(pairs, 2):
        assert grid[row][place] + grid[other][second] >= grid[row][second] + grid[other][place] or (
            0 in (grid[row][second], grid[other][place])
        )
