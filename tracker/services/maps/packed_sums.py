"""Sums several small numbers of many rows at once: packed side by side into one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tracker.db.columns import Ints

Longs = npt.NDArray[np.int64]

_BITS = 62


@dataclass(frozen=True)
class PackedSums:
    """Numbers of rows in groups, so that any stretch of the rows is summed without reading it.

    `group`: which of `groups` each row is in. `columns`: for each packed number of the rows the
    widths in bits of the numbers in it, the lowest first. What is packed may be added up and taken
    off as it is; it is read once nothing but the sum of some rows of a group is left. `step`: so
    many rows lie between the sums that are kept.
    """

    groups: int
    group: Ints
    columns: tuple[tuple[Longs, tuple[int, ...]], ...]
    step: int = 2**16

    def at(self, rows: Longs) -> "PackedSums":
        """Give some of the rows, in any order."""
        columns = tuple((packed[rows], widths) for packed, widths in self.columns)
        return PackedSums(self.groups, self.group[rows], columns)

    def of(self, rows: Longs | slice) -> list[Longs]:
        """Sum the numbers of some rows in each group, packed as they are."""
        sums = [np.zeros(self.groups, dtype=np.int64) for _ in self.columns]
        self.add(sums, rows)
        return sums

    def add(self, sums: Sequence[Longs], rows: Longs | slice) -> None:
        """Add some rows to packed sums in their place."""
        for total, (packed, _) in zip(sums, self.columns, strict=True):
            np.add.at(total, self.group[rows], packed[rows])

    def take(self, sums: Sequence[Longs], rows: Longs | slice) -> None:
        """Take some rows from packed sums in their place."""
        for total, (packed, _) in zip(sums, self.columns, strict=True):
            np.subtract.at(total, self.group[rows], packed[rows])

    def between(self, first: int, last: int) -> list[Longs]:
        """Sum the rows from one until before another in each group, packed as they are."""
        begin, end = self._step_near(first), self._step_near(last)
        sums = [one - other for one, other in zip(self._sums[end], self._sums[begin], strict=True)]
        for at, row in ((begin * self.step, first), (last, end * self.step)):
            self.add(sums, slice(row, at))
            self.take(sums, slice(at, row))
        return sums

    def _step_near(self, row: int) -> int:
        return min((row + self.step // 2) // self.step, len(self.group) // self.step)

    @cached_property
    def _sums(self) -> list[list[Longs]]:
        """Give the sums of all rows before each step."""
        sums = [self.of(slice(0))]
        for first in range(0, len(self.group) - self.step + 1, self.step):
            sums.append([each.copy() for each in sums[-1]])
            self.add(sums[-1], slice(first, first + self.step))
        return sums

    def numbers(self, sums: Sequence[Longs]) -> list[Longs]:
        """Read what is packed: one array for each number."""
        found: list[Longs] = []
        for packed, (_, widths) in zip(sums, self.columns, strict=True):
            rest = packed
            for width in widths:
                half = np.int64(1 << (width - 1))
                number = ((rest + half) & np.int64((1 << width) - 1)) - half
                rest = (rest - number) >> np.int64(width)
                found.append(number)
        return found

    def lowest(self, sums: Sequence[Longs]) -> Longs:
        """Read the first number alone, where it is never below 0."""
        return sums[0] & np.int64((1 << self.columns[0][1][0]) - 1)


def packed_sums(numbers: Sequence[Longs], group: Ints, site: Longs) -> PackedSums:
    """Pack numbers of rows by their groups, so that all groups of a site fit together.

    `site`: that of each group.
    """
    columns: list[tuple[Longs, tuple[int, ...]]] = []
    of_row = site[group]
    for values in numbers:
        width = _most(np.abs(values), of_row).bit_length() + 1
        if columns and sum(columns[-1][1]) + width <= _BITS:
            packed, widths = columns[-1]
            shift = np.int64(sum(widths))
            columns[-1] = (packed + (values << shift), (*widths, width))
        else:
            columns.append((values.astype(np.int64), (width,)))
    return PackedSums(len(site), group, tuple(columns))


def _most(values: Longs, site: Longs) -> int:
    totals = np.zeros(int(site.max(initial=0)) + 1, dtype=np.int64)
    np.add.at(totals, site, values)
    return int(totals.max(initial=0))
