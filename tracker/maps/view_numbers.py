"""Numbers upon the discs of a view, and the room that discs and numbers take on the map."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tracker.maps.view_frame import Frame
from tracker.maps.view_map import NUMBER_FITS, Disc

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""

NUMBER_SIZE = 11.5
_DIGIT = 0.5  # of the size
_BELOW = 8.0
_LARGE_DISC = 8.0


@dataclass(frozen=True)
class Number:
    """The people of a disc in words, centred on a point; `dark`: inside of those who died."""

    words: str
    x: float
    y: float
    dark: bool


@dataclass(frozen=True)
class Marks:
    """The room that is taken: names may lie upon small marks where nothing else is free."""

    small: Sequence[Rectangle]
    large: Sequence[Rectangle]


def numbers_of_view(
    frame: Frame, discs: Iterable[Disc], write: Callable[[int], str]
) -> tuple[Number, ...]:
    """Write the people of the larger discs inside them, or beside where they do not fit.

    A number that would lie under another disc or upon another number is left out.
    """
    numbers: list[Number] = []
    discs = tuple(discs)
    for at, disc in enumerate(discs):
        if disc.people is not None and disc.radius >= NUMBER_FITS:
            taken = [box_of_number(frame, each) for each in numbers]
            below = [*taken, *map(around, discs[:at])]  # larger ones, upon which this one lies
            above = [around(other) for other in discs[at + 1 :]]
            for number in _numbers(disc, write(disc.people), frame.lettering):
                box = box_of_number(frame, number)
                others = [*taken, *above] if number.dark else [*below, *above]
                if not any(overlap(box, other) for other in others):
                    numbers.append(number)
                    break
    return tuple(numbers)


def boxes_of_marks(frame: Frame, discs: Iterable[Disc], numbers: Iterable[Number]) -> Marks:
    """Give the room that discs and their numbers take."""
    discs = tuple(discs)
    large = [around(disc) for disc in discs if disc.radius >= _LARGE_DISC]
    return Marks(
        small=[around(disc) for disc in discs if disc.radius < _LARGE_DISC],
        large=large + [box_of_number(frame, number) for number in numbers],
    )


def box_of_number(frame: Frame, number: Number) -> Rectangle:
    """Give the room that a number takes."""
    size = NUMBER_SIZE * frame.lettering
    half = size * _DIGIT * len(number.words) / 2
    return number.x - half, number.y - size / 2, number.x + half, number.y + size / 2


def around(disc: Disc) -> Rectangle:
    """Give the square around a disc."""
    left, right = disc.x - disc.radius, disc.x + disc.radius
    return left, disc.y - disc.radius, right, disc.y + disc.radius


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Say whether two rectangles have room in common."""
    beside = one[2] <= other[0] or other[2] <= one[0]
    return not (beside or one[3] <= other[1] or other[3] <= one[1])


def _numbers(disc: Disc, words: str, lettering: float) -> Iterator[Number]:
    """Give where a number could stand: inside where it fits, else below or above."""
    if disc.inner >= 4 + 3.2 * len(words) * lettering:
        yield Number(words, disc.x, disc.y, dark=True)
    away = disc.radius + _BELOW * lettering
    yield Number(words, disc.x, disc.y + away, dark=False)
    yield Number(words, disc.x, disc.y - away, dark=False)
