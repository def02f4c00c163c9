"""Sums several small numbers of many rows in one pass: packed side by side into one number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.db.columns import Ints

Longs = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_BITS = 62
# Below this share of all rows, those that count are picked out and summed one by one.
_FEW = 0.1


@dataclass(frozen=True)
class PackedSums:
    """Numbers of rows in groups, so that any part of a group is summed without overflowing.

    `starts`: where the groups begin, `group`: which one each row is in. `columns`: for each packed
    number of the rows the widths in bits of the numbers in it, the lowest first.
    """

    starts: Longs
    group: Ints
    columns: tuple[tuple[Longs, tuple[int, ...]], ...]

    def all(self) -> list[Longs]:
        """Give the sums of each group, one array for each number."""
        return self._read(np.add.reduceat(packed, self.starts) for packed, _ in self.columns)

    def of(self, chosen: Mask) -> list[Longs]:
        """Give the sums of the chosen rows of each group."""
        if np.count_nonzero(chosen) < _FEW * len(chosen):
            return self._of_few(np.flatnonzero(chosen))
        kept = np.negative(chosen.view(np.int8)).astype(np.int64)
        return self._read(np.add.reduceat(packed & kept, self.starts) for packed, _ in self.columns)

    def _of_few(self, rows: Longs) -> list[Longs]:
        group = self.group[rows]
        starts = np.flatnonzero(np.append(True, group[1:] != group[:-1])[: len(group)])
        sums = np.zeros((len(self.columns), len(self.starts)), dtype=np.int64)
        if len(rows):
            for at, (packed, _) in enumerate(self.columns):
                sums[at, group[starts]] = np.add.reduceat(packed[rows], starts)
        return self._read(sums)

    def _read(self, sums: Iterable[Longs]) -> list[Longs]:
        found: list[Longs] = []
        for packed, (_, widths) in zip(sums, self.columns, strict=True):
            rest = packed
            for width in widths:
                half = np.int64(1 << (width - 1))
                number = ((rest + half) & np.int64((1 << width) - 1)) - half
                rest = (rest - number) >> np.int64(width)
                found.append(number)
        return found


def packed_sums(numbers: Sequence[Longs], starts: Longs, group: Ints) -> PackedSums:
    """Pack numbers of rows that lie group by group."""
    columns: list[tuple[Longs, tuple[int, ...]]] = []
    for values in numbers:
        most = np.add.reduceat(np.abs(values), starts).max(initial=0) if len(starts) else 0
        width = int(most).bit_length() + 1
        if columns and sum(columns[-1][1]) + width <= _BITS:
            packed, widths = columns[-1]
            shift = np.int64(sum(widths))
            columns[-1] = (packed + (values << shift), (*widths, width))
        else:
            columns.append((values.astype(np.int64), (width,)))
    return PackedSums(starts, group, tuple(columns))
