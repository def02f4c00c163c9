"""Draws single values by weight, quickly and the same for a seed on every machine."""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Table(Generic[T]):
    """Hold values with weights that need not add up to one."""

    def __init__(self, weights: Mapping[T, float] | Iterable[tuple[T, float]]) -> None:
        """Keep the values in the order given."""
        pairs = list(weights.items() if isinstance(weights, Mapping) else weights)
        self.values: list[T] = [value for value, _ in pairs]
        self.bounds = list(accumulate(weight for _, weight in pairs))

    def draw(self, rng: Random) -> T:
        """Draw one value."""
        at = bisect(self.bounds, rng.random() * self.bounds[-1])
        return self.values[min(at, len(self.values) - 1)]


def ranked(
    values: Sequence[T], share: float = 1.0, *, flat: float = 5.0, steep: float = 1.0
) -> list[tuple[T, float]]:
    """Weigh values by rank after Zipf and Mandelbrot, 1 / (rank + flat) ** steep, up to a share."""
    raw = [1 / (rank + 1 + flat) ** steep for rank in range(len(values))]
    whole = sum(raw)
    return [(value, share * weight / whole) for value, weight in zip(values, raw, strict=True)]


def added(*parts: Iterable[tuple[T, float]]) -> dict[T, float]:
    """Add the weights of values that stand in more than one part."""
    weights: dict[T, float] = {}
    for part in parts:
        for value, weight in part:
            weights[value] = weights.get(value, 0.0) + weight
    return weights


def happens(rng: Random, share: float) -> bool:
    """Tell whether something that happens in this share of cases happens now."""
    return rng.random() < share


def words(text: str) -> tuple[str, ...]:
    """Split a text at blanks; an underline stands for a blank within a name."""
    return tuple(dict.fromkeys(word.replace("_", " ") for word in text.split()))
