"""What rare things two rows can share, as numbers that can be looked up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.body_parts import NO_PART
from tracker.linkage.matches.description_words import number_of
from tracker.linkage.matches.item_rules import RULES, SAME_NUMBER
from tracker.linkage.matches.items import NO_TEXT, Items
from tracker.linkage.matches.tags import NO_TAG
from tracker.linkage.words import Floats, Ints

# What weighs less than this brings no pair together.
LEAST_KEY = 0.7
KEYED = (MatchField.MARKS, MatchField.DENTAL, MatchField.MEDICAL, MatchField.BELONGINGS)
# Keys stay below 2 ** 41 and rows below 2 ** 20, so that both fit into one number.
_STEP, _MOST_ROWS = 1 << 34, 1 << 20


@dataclass(frozen=True)
class Keys:
    """Keys in order with the rows that hold them, and what holding one in common weighs (nats).

    `by_row` gives the keys of a row: those from `starts[i]` to `starts[i + 1]` of `of_row`.
    """

    keys: Ints
    rows: Ints
    nats: Floats
    of_row: Ints
    starts: Ints

    def held_by(self, row: int) -> Ints:
        """Return the keys of one row."""
        return self.of_row[self.starts[row] : self.starts[row + 1]]


_Found = tuple[Ints, Ints, Floats]


def keys_of(items: Mapping[MatchField, Items], telephones: Ints) -> Keys:
    """Collect the keys of all rows; a key that a row holds twice counts once."""
    found = [(*_telephone_keys(telephones),)]
    for order, field in enumerate(KEYED):
        found += list(_item_keys(items[field], field, order=order))
    keys, rows, nats = (np.concatenate([each[part] for each in found]) for part in range(3))
    heavy = np.flatnonzero(nats >= LEAST_KEY)
    _, first = np.unique(keys[heavy] * _MOST_ROWS + rows[heavy], return_index=True)
    kept = heavy[first]
    keys, rows, nats = keys[kept].astype(np.int64), rows[kept].astype(np.int64), nats[kept]
    ordered = np.argsort(keys, kind="stable")
    # A word told of one thing and inscribed on another weighs what the inscription does.
    first = np.flatnonzero(np.diff(keys[ordered], prepend=-1))
    heaviest = np.maximum.reduceat(nats[ordered], first) if len(first) else nats
    nats = np.repeat(heaviest, np.diff(first, append=len(ordered)))
    by_row = np.argsort(rows, kind="stable")
    starts = np.searchsorted(rows[by_row], np.arange(len(telephones) + 1))
    return Keys(keys[ordered], rows[ordered], nats, keys[by_row], starts)


def _telephone_keys(telephones: Ints) -> _Found:
    rows, slots = np.nonzero(telephones)
    return telephones[rows, slots] % _STEP + 100 * _STEP, rows, np.full(len(rows), SAME_NUMBER)


def _item_keys(items: Items, field: MatchField, *, order: int) -> Iterator[_Found]:
    rules = RULES[field]
    rows = np.repeat(np.arange(len(items.starts) - 1), np.diff(items.starts))
    kinds = np.array([*rules.kinds.values(), 0.0])[items.kind]
    base = (4 * order + 1) * _STEP
    said = (items.part != NO_PART) | (items.tag != NO_TAG)
    where = (items.kind * 1000 + items.part) * 100 + np.clip(items.tag, 0, 99)
    nats = kinds + np.where(items.part != NO_PART, rules.part[0], items.tag_nats) * said
    yield where + base, rows, nats + rules.side[0]
    words, at = _text_words(items)
    yield words + base + _STEP, rows[at], np.full(len(at), rules.text[1])
    for slot in range(items.words.shape[1]):
        at = np.flatnonzero(items.words[:, slot])
        yield items.words[at, slot] + base + 2 * _STEP, rows[at], items.nats[at, slot]
    # What one side gives as an inscription the other may tell in words alone.
    for slot in range(items.inscribed.shape[1]):
        at = np.flatnonzero(items.inscribed[:, slot])
        nats = np.full(len(at), rules.text[1])
        yield items.inscribed[at, slot] + base + 2 * _STEP, rows[at], nats


def _text_words(items: Items) -> tuple[Ints, Ints]:
    """Give the numbers of all inscribed words, and the things that bear them."""
    found = [
        (number_of(word), at)
        for at in np.flatnonzero(items.text != NO_TEXT).tolist()
        for word in items.texts[items.text[at]].split()
        if len(word) > 1
    ]
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
