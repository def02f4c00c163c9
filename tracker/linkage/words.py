"""Words of free text as numbers, so that many pairs of texts can be compared at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.spelling import folded

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_WORDS = 16
NO_WORD = -1


def words_of(text: str) -> frozenset[str]:
    """Return the distinct words of a text, folded; single letters do not count."""
    return frozenset(word for word in folded(text).split() if len(word) > 1)


@dataclass(frozen=True)
class TextTable:
    """Distinct texts: the numbers of their rarest words (texts x 16), and the rarity of each word.

    Rarity is in nats; the last entry stands for no word and is 0.
    """

    words: Ints
    rarity: Floats

    def in_common(self, first: Ints, second: Ints) -> tuple[Floats, Floats]:
        """Return how much of the lesser text of each pair the other holds, and the rarest word.

        The first is a part from 0 to 1, weighed by rarity (nan where a text has no words); the
        second is the rarity in nats of the rarest word that both hold, 0 if none.
        """
        ours, theirs = self.words[first], self.words[second]
        found = np.zeros(ours.shape, dtype=bool)
        for column in range(theirs.shape[1]):
            found |= ours == theirs[:, [column]]
        shared = np.where(found & (ours != NO_WORD), self.rarity[ours], 0.0)
        lesser = np.minimum(self.rarity[ours].sum(axis=1), self.rarity[theirs].sum(axis=1))
        lesser[lesser <= 0] = np.nan
        return shared.sum(axis=1) / lesser, shared.max(axis=1, initial=0.0)


def text_table(texts: Sequence[str], counts: Ints) -> TextTable:
    """Number the words of distinct texts; `counts` says how many rows hold each text.

    Rarity is the log of rows over rows that hold the word (inverse document frequency).
    """
    bags = [words_of(text) for text in texts]
    frequencies: dict[str, int] = {}
    for bag, count in zip(bags, counts.tolist(), strict=True):
        for word in bag:
            frequencies[word] = frequencies.get(word, 0) + count
    ranked = sorted(frequencies, key=lambda word: (frequencies[word], word))
    number = {word: position for position, word in enumerate(ranked)}
    rows = float(counts.sum())
    rarity = np.array([np.log(rows / frequencies[word]) for word in ranked] + [0.0])
    table = np.full((len(bags), MOST_WORDS), NO_WORD, dtype=np.int64)
    for row, bag in enumerate(bags):
        rarest = sorted(number[word] for word in bag)[:MOST_WORDS]
        table[row, : len(rarest)] = rarest
    return TextTable(table, rarity)
