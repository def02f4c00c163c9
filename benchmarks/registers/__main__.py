"""Prints what registers hold, and some of the pairs.

python -m benchmarks.registers [--cases N] [--remains N] [--seed N] [--pairs N]
"""

import argparse

import pandas as pd

from benchmarks.registers.columns import PROFILE, is_known
from benchmarks.registers.making import Registers, make_registers
from benchmarks.registers.shares import notes_on_pairs, table_of_shares


def print_pairs(made: Registers, count: int) -> None:
    """Print the first pairs of which the remains tell the most, the least and in between."""
    order = made.truth.sort_values("informative", kind="stable", ascending=False)
    step = max(len(order) // max(count, 1), 1)
    for pair in order.iloc[::step].head(count).itertuples():
        case = made.cases[made.cases["id"] == pair.case_id].iloc[0]
        found = made.remains[made.remains["id"] == pair.remains_id].iloc[0]
        print(f"\n{pair.case_id} and {pair.remains_id}, {pair.informative} informative fields")
        names = dict.fromkeys([*PROFILE, *made.cases.columns, *made.remains.columns])
        for name in names:
            told, seen = case.get(name), found.get(name)
            if name != "id" and (is_known(told) or is_known(seen)):
                shown = [str(value) if is_known(value) else "-" for value in (told, seen)]
                print(f"  {name}: {shown[0]}  |  {shown[1]}")


def main() -> None:
    """Make registers and print their shares."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--remains", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--pairs", type=int, default=0)
    given = asked.parse_args()
    made = make_registers(given.cases, given.remains, given.seed)
    with pd.option_context("display.width", 120, "display.max_rows", 100):
        print(table_of_shares(made).round(3).to_string())
        print(made.remains["condition"].value_counts(normalize=True, dropna=False).round(3))
        print(made.remains["found_corridor"].value_counts(normalize=True, dropna=False).round(3))
        print(made.cases["origin_country"].value_counts(normalize=True).round(3))
        print(notes_on_pairs(made).round(3).to_string())
    print_pairs(made, given.pairs)


if __name__ == "__main__":
    main()
