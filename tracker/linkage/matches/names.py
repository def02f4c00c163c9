"""Names: two surnames in any order, nicknames, sounds and misspellings, rare ones weighing more."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from tracker.linkage.matches.full_names import name_parts
from tracker.linkage.matches.name_frequencies import given_share, surname_share
from tracker.linkage.matches.nicknames import given_names_of
from tracker.linkage.matches.phonetics import name_words, sound_of
from tracker.linkage.words import Floats, Ints

Slots = npt.NDArray[np.int32]
Weights32 = npt.NDArray[np.float32]

# Share of true pairs in which one word of a name is told as such (the rest is another name).
SAME_WORD = 0.70
# How much less (nats) a word weighs where it only sounds alike, is a nickname, is spelt alike:
# such words are told of one person less often, and by chance as often or more.
SOUNDS_LESS, CALLED_LESS, SPELT_LESS = 0.7, 1.2, 2.3
MOST_SURNAME, MOST_GIVEN = 6.0, 5.0
# A second given name weighs less: it is often chosen with the first.
SECOND_GIVEN = 0.7
OTHER_SURNAME, OTHER_SECOND_SURNAME, OTHER_GIVEN = -1.7, -0.6, -1.5
CROSSED = -0.7  # first beside second surname
LEAST_NAMES, MOST_NAMES = -3.2, 14.0
# Spelt alike: similarity of Jaro and Winkler, or one stroke (two in long words) apart.
ALIKE, MAYBE_ALIKE, LONG_WORD, SHORT_WORD = 0.95, 0.85, 9, 4
SURNAMES, GIVENS = 2, 5
NO_WORD = -1


@dataclass(frozen=True)
class Words:
    """Distinct words of names, and their weights where they agree exactly (nats).

    `by_key` has the numbers of the words under each key, and what agreeing in it takes off.
    """

    words: tuple[str, ...]
    exact: Floats
    lengths: Ints
    by_key: Mapping[str, list[int]]


@dataclass(frozen=True)
class Names:
    """The surnames (rows x 2) and given names or nicknames (rows x 5) as numbers of words.

    -1 is no word; `has_given` says which rows have a given name beside nicknames.
    """

    surnames: Slots
    givens: Slots
    has_given: npt.NDArray[np.bool_]
    surname_words: Words
    given_words: Words


def names_of(frame: pd.DataFrame) -> Names:
    """Number the names of each row."""
    columns = (frame["given_names"], frame["first_surname"], frame["second_surname"])
    told = [name_parts(*texts) for texts in zip(*columns, strict=True)]
    names, surnames = [each[0][:3] for each in told], [each[1] for each in told]
    called = [_called(nicknames) for nicknames in frame["nicknames"]]
    givens = [(*name, *nick)[:GIVENS] for name, nick in zip(names, called, strict=True)]
    surname_slots, surname_table = _numbered(surnames, SURNAMES, share=surname_share)
    given_slots, given_table = _numbered(givens, GIVENS, share=given_share)
    return Names(
        surnames=surname_slots,
        givens=given_slots,
        has_given=np.array([bool(name) for name in names], dtype=bool),
        surname_words=_weighed(surname_table, MOST_SURNAME, share=surname_share),
        given_words=_weighed(given_table, MOST_GIVEN, share=given_share),
    )


def _called(nicknames: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(nicknames, list | tuple | np.ndarray):
        return ()
    return tuple(word for text in nicknames for word in name_words(str(text))[:2])


def _numbered(
    rows: list[tuple[str, ...]], slots: int, *, share: Callable[[str], float]
) -> tuple[Slots, tuple[str, ...]]:
    numbers: dict[str, int] = {}
    table = np.full((len(rows), slots), NO_WORD, dtype=np.int32)
    for row, words in enumerate(rows):
        distinct = dict.fromkeys(words)
        # Where there are too many, the rarest are kept.
        kept = sorted(distinct, key=share)[:slots] if len(distinct) > slots else distinct
        for slot, word in enumerate(kept):
            table[row, slot] = numbers.setdefault(word, len(numbers))
    return table, tuple(numbers)


def _weighed(words: tuple[str, ...], most: float, *, share: Callable[[str], float]) -> Words:
    shares = np.array([share(word) for word in words], dtype=float)
    by_key: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for key in _keys(word):
            by_key.setdefault(key, []).append(number)
    exact = np.minimum(np.log(SAME_WORD / shares), most)
    return Words(words, exact, np.array([len(word) for word in words], dtype=np.int64), by_key)


# What agreeing in a key of each kind takes off; the first letter of a key is its kind.
_LESS = {"=": 0.0, "~": SOUNDS_LESS, "@": CALLED_LESS}


def _keys(word: str) -> list[str]:
    return [f"={word}", f"~{sound_of(word)}", *(f"@{name}" for name in given_names_of(word))]


@dataclass(frozen=True)
class Links:
    """The weights of words of one side with words of the other (nats, 0 where they differ).

    `ours` turns the numbers of words into lines of the table (-1: not there); its columns are the
    numbers of the others' words. The last line and column stand for no word.
    """

    ours: Slots
    table: Weights32

    def weigh(self, one: Slots, other: Slots) -> Weights32:
        """Return the weights of words (numbers of one shape)."""
        found: Weights32 = self.table[self.ours[one], other]
        return found


def link_words(one: tuple[Words, Slots], other: Words) -> Links:
    """Compare the words that some slots use with all others."""
    ours = one[0]
    used = np.unique(one[1])
    used = used[used != NO_WORD]
    table = np.zeros((len(used) + 1, len(other.words) + 1), dtype=np.float32)
    lines, columns = _spelt_alike(ours, used, other)
    found = [(lines, columns, np.full(len(lines), SPELT_LESS)), _sharing(ours, used, other)]
    for line, column, less in found:
        best = np.minimum(ours.exact[used[line]], other.exact[column]) - less
        np.maximum.at(table, (line, column), np.maximum(best, 0.0).astype(np.float32))
    # The last entry answers for NO_WORD, and points at the last line of the table.
    places = np.full(len(ours.words) + 1, -1, dtype=np.int32)
    places[used] = np.arange(len(used), dtype=np.int32)
    return Links(places, table)


def _sharing(ours: Words, used: Slots, other: Words) -> tuple[Ints, Ints, Floats]:
    """List lines and columns of words that share a key, and how much less each pair weighs."""
    found = [
        (line, column, _LESS[key[0]])
        for line, number in enumerate(used.tolist())
        for key in _keys(ours.words[number])
        for column in other.by_key.get(key, ())
    ]
    lines, columns, less = zip(*found, strict=True) if found else ((), (), ())
    return np.array(lines, dtype=np.int64), np.array(columns, dtype=np.int64), np.array(less)


def _spelt_alike(ours: Words, used: Slots, other: Words) -> tuple[Ints, Ints]:
    """List lines and columns of words that differ by a stroke or two."""
    words = [ours.words[number] for number in used.tolist()]
    if not words or not other.words:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    similar = process.cdist(
        words, other.words, scorer=JaroWinkler.similarity, score_cutoff=MAYBE_ALIKE
    )
    lines, columns = np.nonzero(similar)
    strokes = process.cpdist(
        [words[line] for line in lines],
        [other.words[column] for column in columns],
        scorer=OSA.distance,
    )
    shorter = np.minimum(ours.lengths[used[lines]], other.lengths[columns])
    near = (strokes <= 1) | ((strokes <= 2) & (shorter >= LONG_WORD))
    alike = (shorter > SHORT_WORD) & (near | (similar[lines, columns] >= ALIKE))
    return lines[alike], columns[alike]


@dataclass(frozen=True)
class NameLinks:
    """Which words of surnames and of given names agree between two registers."""

    surnames: Links
    givens: Links


def link_names(one: tuple[Names, Ints], other: Names) -> NameLinks:
    """Compare the words that some rows of one side use with all words of the other."""
    ours, rows = one
    surnames, givens = ours.surnames[rows], ours.givens[rows]
    return NameLinks(
        surnames=link_words((ours.surname_words, surnames), other.surname_words),
        givens=link_words((ours.given_words, givens), other.given_words),
    )


def name_weight(one: tuple[Names, Ints], other: tuple[Names, Ints], links: NameLinks) -> Floats:
    """Weigh the names of pairs of rows; 0 where a side has none."""
    surname = surname_weight(
        one[0].surnames[one[1]], other[0].surnames[other[1]], links=links.surnames
    )
    given = given_weight(one, other, links.givens)
    return np.clip(surname + given, LEAST_NAMES, MOST_NAMES)


def surname_weight(ours: Slots, theirs: Slots, *, links: Links) -> Floats:
    """Weigh surnames (pairs x 2) straight or crossed, whichever fits better."""
    known = [[side[:, slot] != NO_WORD for slot in range(SURNAMES)] for side in (ours, theirs)]

    def pair(mine: int, its: int, otherwise: float) -> Floats:
        weight = links.weigh(ours[:, mine], theirs[:, its]).astype(float)
        weight = np.where(weight > 0, weight, otherwise)
        return np.where(known[0][mine] & known[1][its], weight, 0.0)

    straight = pair(0, 0, OTHER_SURNAME) + pair(1, 1, OTHER_SECOND_SURNAME)
    halves = (pair(0, 1, OTHER_SURNAME), pair(1, 0, OTHER_SURNAME))
    # Crossed, one agreement is enough: a married name, or a surname that was left out.
    crossed = np.maximum(halves[0], halves[1]) + np.minimum(
        np.maximum(np.minimum(halves[0], halves[1]), OTHER_SECOND_SURNAME), MOST_SURNAME
    )
    some = (known[0][0] & known[1][1]) | (known[0][1] & known[1][0])
    weight = np.where(some, np.maximum(straight, crossed + CROSSED), straight)
    return np.where(known[0][0] & known[1][0], weight, 0.0)


def given_weight(one: tuple[Names, Ints], other: tuple[Names, Ints], links: Links) -> Floats:
    """Weigh given names and nicknames: the best agreement, and most of a second one."""
    weight = np.zeros(len(one[1]))
    ours, theirs = one[0].givens[one[1]], other[0].givens[other[1]]
    some = np.flatnonzero((ours[:, 0] != NO_WORD) & (theirs[:, 0] != NO_WORD))
    if not len(some):
        return weight
    width = [int((side[some] != NO_WORD).any(axis=0).sum()) for side in (ours, theirs)]
    ours, theirs = ours[some, : width[0]], theirs[some, : width[1]]
    table = links.weigh(ours[:, :, None], theirs[:, None, :])
    first = table.max(axis=(1, 2))
    second = _second_best(table, first)
    named = one[0].has_given[one[1][some]] & other[0].has_given[other[1][some]]
    found = first + SECOND_GIVEN * second
    weight[some] = np.where(first > 0, found, np.where(named, OTHER_GIVEN, 0.0))
    return weight


def _second_best(table: Weights32, first: Weights32) -> Weights32:
    """Return the best agreement (pairs) of two other words, whichever of equals came first."""
    second = np.zeros_like(first)
    for row in range(table.shape[1]):
        for column in range(table.shape[2]):
            at = np.flatnonzero((table[:, row, column] == first) & (first > 0))
            rest = table[at]
            rest[:, row, :] = 0.0
            rest[:, :, column] = 0.0
            second[at] = np.maximum(second[at], rest.max(axis=(1, 2)))
    return second
