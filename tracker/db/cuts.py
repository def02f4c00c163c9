"""Which entries of the ledger a tally sums, and into which groups."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.db.columns import Ints, LedgerColumns, Rows, Strata, unpacked
from tracker.db.packing import NO_NUMBER, REASONS
from tracker.domain.periods import day_number, day_of_number, month_code, quarter_code, year_code
from tracker.domain.statuses import Scope
from tracker.domain.tallies import NOT_KNOWN, NOT_SHOWN, Rule

Longs = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# More cells than this are found by sorting instead of by counting into an array.
MOST_CELLS = 200_000
PERIODS = ("year", "quarter", "month", "day")
REASON = "reason"


@dataclass(frozen=True)
class Cut:
    """Which entries are summed, and by what.

    `dimensions`: names of strata's dimensions, periods or `reason`. `period`: first and last day
    (None is open). `through`: for a dimension, the codes that are let through; a code also lets
    its combinations through (`drowning` also `drowning;violence`). `shows_all`: for those who see
    all incidents; `by_incident`: for lists of incidents, in which nobody sees what was erased.
    """

    dimensions: tuple[str, ...]
    rule: Rule
    period: tuple[int | None, int | None] = (None, None)
    through: tuple[tuple[str, tuple[str, ...]], ...] = ()
    children_only: bool = False
    shows_all: bool = False
    by_incident: bool = False

    @property
    def needs_incidents(self) -> bool:
        """Say whether single incidents matter, not only the sums of each stratum and month."""
        by_day = "day" in self.dimensions or any(name == "day" for name, _ in self.through)
        rule = self.children_only or self.rule == Rule.CONFIRMED_DEAD
        return by_day or rule or self.period != (None, None)


def withheld_incidents(columns: LedgerColumns, cut: Cut) -> Ints:
    """Give the incidents that count, but of which a cut tells nothing else.

    What was erased counts on where it was known then: for those who answer for figures the sums
    stay as they were, so that a figure comes out the same; nobody is given a row of it.
    """
    if not cut.shows_all:
        return columns.hidden
    return columns.erased if cut.by_incident else columns.erased[:0]


def chosen_entries(columns: LedgerColumns, cut: Cut, rows: Rows) -> Mask | None:
    """Tell which entries count; None is all of them."""
    masks = _days_of_cut(cut, rows)
    if cut.rule == Rule.CONFIRMED_DEAD:
        masks.append(_some_of(rows, "dead"))
    if cut.children_only:
        masks.append(_some_of(rows, "children"))
    strata = chosen_strata(columns.strata, cut)
    if not strata.all():
        masks.insert(0, strata[rows.stratum])
    withheld = withheld_incidents(columns, cut)
    if (cut.through or cut.children_only) and len(withheld):
        masks.append(~np.isin(rows.incident, withheld))
    return _all_of(masks)


def chosen_by_day(cut: Cut, rows: Rows) -> Mask | None:
    """Tell which entries a cut lets through for when they happened; None is all of them."""
    return _all_of(_days_of_cut(cut, rows))


def _all_of(masks: list[Mask]) -> Mask | None:
    if not masks:
        return None
    chosen = masks[0]
    for mask in masks[1:]:
        chosen &= mask
    return chosen


def _days_of_cut(cut: Cut, rows: Rows) -> list[Mask]:
    """Give masks of entries, each an array of its own."""
    masks: list[Mask] = []
    first, last = cut.period
    if first is not None or last is not None:
        dated = rows.first_day != NO_NUMBER
        begins = rows.last_day >= first if first is not None else dated
        ends = rows.first_day <= last if last is not None else dated
        dated &= begins
        dated &= ends
        masks.append(dated)
    for name, codes in cut.through:
        if name in PERIODS:
            masks.append(np.isin(_period(rows, name), _period_numbers(name, codes)))
    return masks


def _some_of(rows: Rows, name: str) -> Mask:
    measure = rows.people[name]
    numbers = np.abs(unpacked(measure.packed)[0]) > 0
    if measure.rows is None:
        return numbers
    mask = np.zeros(len(rows), dtype=bool)
    mask[measure.rows[numbers]] = True
    return mask


def chosen_strata(strata: Strata, cut: Cut) -> Mask:
    """Tell which strata a cut lets through."""
    size = len(strata.boundaries)
    chosen = np.ones(size, dtype=bool)
    if cut.rule != Rule.WIDE:
        chosen &= _of_codes(strata, "scope", {Scope.TRANSIT})
    for name, wanted in cut.through:
        if name not in PERIODS:
            chosen &= _of_codes(strata, name, set(wanted))
    return chosen


def _of_codes(strata: Strata, name: str, wanted: Set[str]) -> Mask:
    let_through = [
        code in wanted or not wanted.isdisjoint(code.split(";")) for code in strata.codes[name]
    ]
    # What is not known has the place -1: the last.
    return np.array([*let_through, NOT_KNOWN in wanted])[strata.places[name]]


@dataclass(frozen=True)
class Groups:
    """Reads the numbers of groups back as codes.

    A number is made of the kind of stratum and then, for each period or reason, its place among
    `words`. In every dimension one place stands for what is not known and one for what is not
    shown, so that two groups never have the same codes.
    """

    dimensions: tuple[str, ...]
    kinds: "Kinds"
    factors: tuple[tuple[str, int, int], ...]  # name, size, the number that place 1 stands for

    @property
    def size(self) -> int:
        """Count the numbers that a group can have."""
        size = len(self.kinds.places)
        for _, length, _ in self.factors:
            size *= length
        return size

    @property
    def not_known(self) -> int:
        """Number the group of entries whose date is not known well enough for the period."""
        return self._number(self.kinds.not_known, 0)

    @property
    def not_shown(self) -> int:
        """Number the group of entries that may not be shown."""
        return self._number(self.kinds.not_shown, -1)

    def _number(self, kind: int, place: int) -> int:
        for _, length, _ in self.factors:
            kind = kind * length + place % length
        return kind

    def columns_of(self, numbers: Longs) -> list[list[str]]:
        """Give the codes of groups, one list a dimension."""
        found: dict[str, list[str]] = {}
        for name, length, lowest in reversed(self.factors):
            numbers, places = np.divmod(numbers, length)
            unique, at = np.unique(places, return_inverse=True)
            words = [_factor_code(name, place, (length, lowest)) for place in unique.tolist()]
            found[name] = np.array(words, dtype=object)[at].tolist()
        for column, name in enumerate(self.kinds.names):
            codes = self.kinds.words[column][self.kinds.places[numbers, column]]
            found[name] = codes.tolist()
        return [found[name] for name in self.dimensions]


def groups_of_entries(columns: LedgerColumns, cut: Cut, rows: Rows) -> tuple[Longs, Groups]:
    """Number the group of each entry, and say how the numbers are read back as codes."""
    names = tuple(name for name in cut.dimensions if name in columns.strata.codes)
    kinds = _kinds_of_strata(columns.strata, names)
    groups: Longs = kinds.of_stratum[rows.stratum]
    factors = []
    for name in cut.dimensions:
        if name in columns.strata.codes:
            continue
        places, length, lowest = _places(rows, name)
        groups *= length
        groups += places
        factors.append((name, length, lowest))
    found = Groups(cut.dimensions, kinds, tuple(factors))
    first, last = cut.period
    if first is not None:
        groups[(rows.first_day < first) & (rows.first_day != NO_NUMBER)] = found.not_known
    if last is not None:
        groups[(rows.last_day > last) & (rows.first_day != NO_NUMBER)] = found.not_known
    withheld = withheld_incidents(columns, cut)
    if len(withheld):
        groups[np.isin(rows.incident, withheld)] = found.not_shown
    return groups, found


def _places(rows: Rows, name: str) -> tuple[Longs, int, int]:
    """Number periods or reasons from 1 on; 0 is not known, the last one is not shown."""
    numbers = rows.reason if name == REASON else _period(rows, name)
    highest = max(int(numbers.max()), 0) if len(numbers) else 0
    # As unsigned numbers, -1 is above all others.
    lowest = int(numbers.view(f"u{numbers.itemsize}").min()) if len(numbers) else 0
    lowest = min(lowest, highest)
    places = np.arange(1 - lowest, highest - lowest + 3, dtype=np.int64)
    places[-1] = 0  # the number -1
    return places[numbers], highest - lowest + 3, lowest


def _factor_code(name: str, place: int, factor: tuple[int, int]) -> str:
    length, lowest = factor
    if place == 0:
        return NOT_KNOWN
    if place == length - 1:
        return NOT_SHOWN
    number = place - 1 + lowest
    return str(REASONS[number]) if name == REASON else _PERIOD_CODES[name](number)


_PERIOD_CODES: Mapping[str, Callable[[int], str]] = {
    "year": lambda number: year_code(12 * number),
    "quarter": lambda number: quarter_code(3 * number),
    "month": month_code,
    "day": lambda number: day_of_number(number).isoformat(),
}


def _period_numbers(name: str, codes: Sequence[str]) -> list[int]:
    numbers = []
    for code in codes:
        if code == NOT_KNOWN:
            numbers.append(-1)
        elif name == "quarter":
            numbers.append((int(code[:4]) - 1970) * 4 + int(code[-1]) - 1)
        elif name == "year":
            numbers.append(int(code) - 1970)
        else:
            day = dt.date.fromisoformat(f"{code}-01" if name == "month" else code)
            months = (day.year - 1970) * 12 + day.month - 1
            numbers.append(months if name == "month" else day_number(day))
    return numbers


@dataclass(frozen=True)
class Kinds:
    """The combinations of codes that strata have: places of codes among `words`, a row a kind."""

    names: tuple[str, ...]
    words: tuple[npt.NDArray[np.object_], ...]
    places: Longs
    of_stratum: Longs
    not_known: int
    not_shown: int


def _kinds_of_strata(strata: Strata, names: tuple[str, ...]) -> Kinds:
    """Number the combinations of codes that strata have, and those of nothing known or shown."""
    size = len(strata.boundaries)
    columns = [strata.places[name] for name in names]
    mixed = np.zeros(size + 2, dtype=np.int64)
    for name, column in zip(names, columns, strict=True):
        length = len(strata.codes[name])
        places = np.concatenate([np.where(column < 0, length, column), [length, length + 1]])
        mixed = np.unique(mixed * (length + 2) + places, return_inverse=True)[1]
    unique, firsts, kinds = np.unique(mixed, return_index=True, return_inverse=True)
    table = np.empty((len(unique), len(names)), dtype=np.int64)
    words = []
    for at, (name, column) in enumerate(zip(names, columns, strict=True)):
        length = len(strata.codes[name])
        places = np.concatenate([np.where(column < 0, length, column), [length, length + 1]])
        table[:, at] = places[firsts]
        words.append(np.array([*strata.codes[name], NOT_KNOWN, NOT_SHOWN], dtype=object))
    return Kinds(
        names=names,
        words=tuple(words),
        places=table,
        of_stratum=kinds[:size].astype(np.int64),
        not_known=int(kinds[size]),
        not_shown=int(kinds[size + 1]),
    )


def _period(rows: Rows, name: str) -> npt.NDArray[np.int16] | npt.NDArray[np.int32] | Longs:
    """Number the period of each entry since 1970; -1 where its date does not fit into one."""
    if name == "month":
        return rows.month
    if name == "day":
        same = (rows.first_day == rows.last_day) & (rows.first_day >= 0)
        return np.where(same, rows.first_day, np.int32(-1))
    length = 12 if name == "year" else 3
    numbers = rows.month // np.int16(length)  # -1 stays -1
    # Only what is dated to more than a month needs a look at both of its ends.
    wide = np.flatnonzero((numbers < 0) & (rows.first_day != NO_NUMBER))
    if len(wide):
        ends = [
            days[wide].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) // length
            for days in (rows.first_day, rows.last_day)
        ]
        numbers[wide] = np.where(ends[0] == ends[1], ends[0], -1)
    return numbers


def close_up(groups: Longs, size: int) -> tuple[Longs | None, Longs]:
    """Number groups closely, so that they can be counted into arrays.

    Gives the numbers they had, and the new ones; None where they are few enough as they are.
    """
    if size <= max(MOST_CELLS, len(groups) // 4):
        return None, groups
    numbers, inverse = np.unique(groups, return_inverse=True)
    return numbers, inverse
