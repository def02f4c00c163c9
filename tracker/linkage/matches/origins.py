"""Where people come from: countries that many leave weigh less, places more."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.linkage.matches.phonetics import name_words, sound_of
from tracker.linkage.words import Floats, Ints

# Shares among the people who die or disappear, rounded by hand; the rest shares what is left.
SHARES = {
    "MEX": 0.22, "GTM": 0.17, "HND": 0.17, "SLV": 0.11, "VEN": 0.08, "HTI": 0.07, "CUB": 0.05,
    "DOM": 0.03, "ECU": 0.03, "COL": 0.03, "NIC": 0.03, "PER": 0.01, "BRA": 0.01,
}  # fmt: skip
OTHER_SHARE = 0.005
SAME_COUNTRY, MOST_COUNTRY = 0.90, 2.5
OTHER_COUNTRY = -1.8
SAME_PLACE, PART_OF_PLACE, OTHER_PLACE = 2.2, 1.2, -0.3
NO_PLACE, NO_COUNTRY = 0, 0


@dataclass(frozen=True)
class Origins:
    """Countries as numbers of their letters (0 none) with their weight where both are the same.

    `places` numbers the words of the place of origin in `told`, 0 none.
    """

    countries: Ints
    agreed: Floats
    places: Ints
    told: tuple[frozenset[str], ...]


def origins_of(frame: pd.DataFrame) -> Origins:
    """Read country and place of origin."""
    codes = [code if isinstance(code, str) and len(code) == 3 else "" for code in _of(frame)]
    shares = np.array([SHARES.get(code, OTHER_SHARE) for code in codes], dtype=float)
    words = [_place_words(place) for place in frame["origin_place"]]
    numbers: dict[frozenset[str], int] = {frozenset(): NO_PLACE}
    return Origins(
        countries=np.array([int.from_bytes(code.encode()) for code in codes], dtype=np.int64),
        agreed=np.minimum(np.log(SAME_COUNTRY / shares), MOST_COUNTRY),
        places=np.array([numbers.setdefault(each, len(numbers)) for each in words], dtype=np.int64),
        told=tuple(numbers),
    )


def _of(frame: pd.DataFrame) -> list[object]:
    return list(frame["origin_country"])


def _place_words(place: object) -> frozenset[str]:
    words = name_words(place) if isinstance(place, str) and place.strip() else ()
    return frozenset(sound_of(word) for word in words if len(word) > 2)


def origin_weight(one: tuple[Origins, Ints], other: tuple[Origins, Ints]) -> Floats:
    """Weigh countries, and places where the countries do not differ."""
    ours, theirs = one[0].countries[one[1]], other[0].countries[other[1]]
    known = (ours != NO_COUNTRY) & (theirs != NO_COUNTRY)
    agreed = np.minimum(one[0].agreed[one[1]], other[0].agreed[other[1]])
    country = np.where(known, np.where(ours == theirs, agreed, OTHER_COUNTRY), 0.0)
    return np.where(known & (ours != theirs), country, country + _place_weight(one, other))


def _place_weight(one: tuple[Origins, Ints], other: tuple[Origins, Ints]) -> Floats:
    numbers = (one[0].places[one[1]], other[0].places[other[1]])
    weight = np.zeros(len(numbers[0]))
    both = np.flatnonzero((numbers[0] != NO_PLACE) & (numbers[1] != NO_PLACE))
    size = len(other[0].told)
    distinct, at = np.unique(numbers[0][both] * size + numbers[1][both], return_inverse=True)
    told = [
        _compared(one[0].told[first], other[0].told[second])
        for first, second in zip(
            (distinct // size).tolist(), (distinct % size).tolist(), strict=True
        )
    ]
    weight[both] = np.array(told, dtype=float)[at]
    return weight


def _compared(one: frozenset[str], other: frozenset[str]) -> float:
    if one == other:
        return SAME_PLACE
    return PART_OF_PLACE if one & other else OTHER_PLACE
