"""What a tally counts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias


class Measure(StrEnum):
    """Columns of a tally, in the order in which they are shown."""

    INCIDENTS = "incidents"
    DEAD = "dead"
    MISSING = "missing"
    DEAD_AND_MISSING = "dead_and_missing"
    SURVIVORS = "survivors"
    FEMALES = "females"
    MALES = "males"
    OTHER_GENDER = "other_gender"
    CHILDREN = "children"


MEASURES: tuple[str, ...] = tuple(Measure)

# The people of one incident as stored; dead_and_missing is always worked out from two of them.
PEOPLE: tuple[str, ...] = tuple(
    measure for measure in Measure if measure not in (Measure.INCIDENTS, Measure.DEAD_AND_MISSING)
)

Counts: TypeAlias = Mapping[str, int | None]
"""People per measure; None means that nobody knows, 0 that there were none."""


def dead_and_missing(dead: int | None, missing: int | None) -> int | None:
    """Add the dead and the missing; unknown only where both are unknown."""
    if dead is None and missing is None:
        return None
    return (dead or 0) + (missing or 0)
