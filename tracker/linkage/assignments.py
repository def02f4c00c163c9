"""Choose at most one partner for each row so that the summed weight is as great as can be."""

from dataclasses import dataclass, field

import numpy as np

from tracker.linkage.words import Floats, Ints

LEAST_GAIN = 1e-9


def one_to_one(old: Ints, new: Ints, weight: Floats) -> Ints:
    """Return the positions of the chosen pairs among pairs of positive weight, each row once.

    The heaviest pairs are taken first; then two rows trade places, or one makes room for another,
    as long as the sum grows. Ties go to the lower positions.
    """
    places = _Places()
    for pair in np.lexsort((new, old, -weight)).tolist():
        places.offer(int(old[pair]), int(new[pair]), float(weight[pair]))
    waiting = sorted(places.weights)
    while waiting:
        waiting = sorted({moved for row in waiting for moved in places.improve(row)})
    pairs = zip(old.tolist(), new.tolist(), strict=True)
    return np.flatnonzero([places.of.get(row) == place for row, place in pairs])


@dataclass
class _Places:
    """Who stands where: the weights of each row's possible places, its place, and the holders."""

    weights: dict[int, dict[int, float]] = field(default_factory=dict)
    of: dict[int, int] = field(default_factory=dict)
    holder: dict[int, int] = field(default_factory=dict)

    def offer(self, row: int, place: int, weight: float) -> None:
        """Note that a row may stand on a place, and put it there if both are free."""
        self.weights.setdefault(row, {})[place] = weight
        if row not in self.of and place not in self.holder:
            self._put(row, place)

    def improve(self, row: int) -> set[int]:
        """Let the row take a better place if the sum grows; return the rows that moved."""
        own = self.of.get(row)
        best, wanted, instead = LEAST_GAIN, None, None
        for place in self.weights[row]:
            if place == own:
                continue
            gain, moved_to = self._gain(row, place)
            if gain > best:
                best, wanted, instead = gain, place, moved_to
        if wanted is None:
            return set()
        other = self.holder.get(wanted)
        if own is not None:
            del self.holder[own]
        if other is not None:
            del self.of[other]
        self._put(row, wanted)
        if other is None:
            return {row}
        if instead is not None:
            self._put(other, instead)
        return {row, other}

    def _gain(self, row: int, place: int) -> tuple[float, int | None]:
        """Return what the sum gains if the row takes the place, and where its holder goes then."""
        own, other = self.of.get(row), self.holder.get(place)
        gain = self.weights[row][place]
        if own is not None:
            gain -= self.weights[row][own]
        if other is None:
            return gain, None
        choices = self.weights[other]
        gain -= choices[place]
        room = [one for one in choices if one == own or one not in self.holder]
        instead = max(room, key=lambda one: (choices[one], -one), default=None)
        return (gain if instead is None else gain + choices[instead]), instead

    def _put(self, row: int, place: int) -> None:
        self.of[row], self.holder[place] = place, row
