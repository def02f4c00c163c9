"""Lists of things (marks, teeth, findings, belongings, clothes) as columns, and their pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from geodata.spelling import folded
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.body_parts import (
    NO_PART,
    NO_SIDE,
    near_parts,
    part_number,
    side_number,
)
from tracker.linkage.matches.description_words import (
    MOST_WORDS,
    ideas_of,
    number_of,
    rarest,
    word_nats,
)
from tracker.linkage.matches.item_rules import COMMON_TEXTS, RULES, ItemRules
from tracker.linkage.matches.readings import number, text
from tracker.linkage.matches.tags import (
    NO_TAG,
    colour_number,
    is_colour,
    near_tags,
    same_tag_nats,
)
from tracker.linkage.matches.told_places import kind_told, part_told, side_told
from tracker.linkage.words import Floats, Ints

NO_TEXT = 0
MOST_ITEMS, MOST_INSCRIBED = 12, 2
ALIKE_TEXT, SHORT_TEXT = 0.9, 2


@dataclass(frozen=True)
class Items:
    """The things of all rows of one register, end to end: those of row i start at `starts[i]`.

    `tag` is a tooth or the number of a colour, `tag_nats` what it weighs where equal; `words`
    (things x 6) are numbers of words, 0 none, and `nats` what each weighs; `text` numbers the
    inscriptions in `texts`, 0 none, and `inscribed` (things x 2) their rarest words.
    """

    starts: Ints
    kind: Ints
    part: Ints
    side: Ints
    tag: Ints
    tag_nats: Floats
    text: Ints
    texts: tuple[str, ...]
    words: Ints
    nats: Floats
    inscribed: Ints

    def count(self, rows: Ints) -> Ints:
        """Count the things of each row."""
        counted: Ints = self.starts[rows + 1] - self.starts[rows]
        return counted


def items_of(column: Iterable[object], field: MatchField) -> Items:
    """Lay out one column of lists of dicts."""
    kinds = list(RULES[field].kinds)
    numbers: dict[str, int] = {"": NO_TEXT}
    starts, lines = [0], []
    for told in column:
        things = list(told) if isinstance(told, list | tuple | np.ndarray) else []
        lines += [_line(thing, field, kinds) for thing in things[:MOST_ITEMS]]
        starts.append(len(lines))
    texts = [numbers.setdefault(line[4], len(numbers)) for line in lines]
    table = np.array([line[:4] for line in lines], dtype=np.int64).reshape(-1, 4)
    words = np.zeros((len(lines), MOST_WORDS), dtype=np.int64)
    nats = np.zeros((len(lines), MOST_WORDS))
    inscribed = np.zeros((len(lines), MOST_INSCRIBED), dtype=np.int64)
    for at, line in enumerate(lines):
        for slot, word in enumerate(line[5]):
            words[at, slot], nats[at, slot] = number_of(word), word_nats(word)
        for slot, word in enumerate(rarest(ideas_of(line[4]))[:MOST_INSCRIBED]):
            inscribed[at, slot] = number_of(word)
    return Items(
        starts=np.array(starts, dtype=np.int64),
        kind=table[:, 0],
        part=table[:, 1],
        side=table[:, 2],
        tag=table[:, 3],
        tag_nats=same_tag_nats(field, tuple(kinds))[table[:, 0], table[:, 3]],
        text=np.array(texts, dtype=np.int64),
        texts=tuple(numbers),
        words=words,
        nats=nats,
        inscribed=inscribed,
    )


_Line = tuple[int, int, int, int, str, list[str]]


def _line(thing: Mapping[str, object] | str, field: MatchField, kinds: list[str]) -> _Line:
    """Give kind, part, side, tag, inscription and words of one thing."""
    if isinstance(thing, str):
        thing = {"description": thing}
    description = _said(thing.get("description"))
    told = kind_told(thing.get("finding") or thing.get("kind"), description, field)
    kind = kinds.index(told) if told in kinds else len(kinds)
    inscribed = folded(_said(thing.get("brand" if field is MatchField.CLOTHING else "text")))
    words = ideas_of(description) - ideas_of(inscribed)
    if field is MatchField.CLOTHING:
        words = frozenset(word for word in words if not is_colour(word))
    tag = _tag(thing, field)
    part = part_number(part_told(thing.get("part"), description))
    side = side_number(side_told(thing.get("side"), description))
    return kind, part, side, tag, inscribed, rarest(words)


def _said(told: object) -> str:
    return text(told) or ""


def _tag(thing: Mapping[str, object], field: MatchField) -> int:
    colour = thing.get("colour")
    if field is MatchField.DENTAL:
        tooth = number(thing.get("tooth"), 11, 85)
        return NO_TAG if np.isnan(tooth) else int(tooth)
    if field is MatchField.CLOTHING:
        return colour_number(f"{_said(colour)} {_said(thing.get('description'))}")
    return NO_TAG


@dataclass(frozen=True)
class Combined:
    """Every thing of one side with every thing of the other, pair by pair.

    `pair` is the place of the pair; `one`, `other` are things; `turned` is the place of the same
    entry when the other side leads.
    """

    pair: Ints
    one: Ints
    other: Ints
    turned: Ints


def combine(one: tuple[Items, Ints], other: tuple[Items, Ints]) -> Combined:
    """Combine the things of pairs of rows."""
    (ours, rows), (theirs, others) = one, other
    mine, its = ours.count(rows), theirs.count(others)
    pair = np.repeat(np.arange(len(rows)), mine * its)
    before = np.cumsum(mine * its) - mine * its
    nth = np.arange(len(pair)) - before[pair]
    first, second = nth // its[pair], nth % its[pair]
    return Combined(
        pair=pair,
        one=ours.starts[rows][pair] + first,
        other=theirs.starts[others][pair] + second,
        turned=before[pair] + second * mine[pair] + first,
    )


def item_weight(one: tuple[Items, Ints], other: tuple[Items, Ints], *, field: MatchField) -> Floats:
    """Weigh the things of pairs of rows; 0 where a side tells none of a kind the other tells."""
    weight = np.zeros(len(one[1]))
    some = np.flatnonzero((one[0].count(one[1]) > 0) & (other[0].count(other[1]) > 0))
    if not len(some):
        return weight
    near, far = (one[0], one[1][some]), (other[0], other[1][some])
    combined = combine(near, far)
    rules = RULES[field]
    nats = thing_nats((one[0], combined.one), (other[0], combined.other), rules=rules)
    starts = np.searchsorted(combined.pair, np.arange(len(some)))
    best = np.maximum.reduceat(nats, starts)
    turned = np.empty_like(nats)
    turned[combined.turned] = nats
    counts = (one[0].count(near[1]), other[0].count(far[1]))
    left = _best_of_each(nats, combined, counts[0])
    right = _best_of_each(turned, combined, counts[1])
    # Each thing has one partner: what is counted from the side that tells fewer.
    rest = np.minimum(left[0], right[0]) - np.maximum(best, 0)
    doubt = np.maximum(left[1], right[1]) - np.minimum(best, 0)
    # Who tells more things of a kind agrees more easily in one of them by chance.
    tries = np.add.reduceat(np.isfinite(nats).astype(float), starts)
    best = best - np.log(np.maximum(tries / np.minimum(*counts), 1.0)) * (best > 0)
    total = np.where(best > 0, best + rules.rest * rest, best) + rules.doubt * np.minimum(doubt, 0)
    weight[some] = np.where(np.isfinite(best), np.clip(total, rules.least, rules.most), 0.0)
    return weight


def _best_of_each(nats: Floats, combined: Combined, counts: Ints) -> tuple[Floats, Floats]:
    """Take, for each pair, the best partner of each thing of the side that leads.

    Returns the sums of those that agree and of those that do not; of another kind counts nothing.
    """
    sizes = np.bincount(combined.pair)
    width = np.repeat(sizes // counts, counts)
    groups = np.cumsum(width) - width
    best = np.maximum.reduceat(nats, groups)
    best = np.where(np.isfinite(best), best, 0.0)
    owner = np.repeat(np.arange(len(counts)), counts)
    added: Floats = np.bincount(owner, np.maximum(best, 0.0), len(counts)).astype(float)
    taken: Floats = np.bincount(owner, np.minimum(best, 0.0), len(counts)).astype(float)
    return added, taken


def thing_nats(one: tuple[Items, Ints], other: tuple[Items, Ints], *, rules: ItemRules) -> Floats:
    """Weigh things with things (numbers of both sides), -inf where their kinds differ."""
    (ours, mine), (theirs, its) = one, other
    nats = np.full(len(mine), -np.inf)
    kinds = np.array([*rules.kinds.values(), 0.0])
    same = np.flatnonzero(
        (ours.kind[mine] == theirs.kind[its]) & (ours.kind[mine] < len(kinds) - 1)
    )
    if not len(same):
        return nats
    mine, its = mine[same], its[same]
    pairs = ((ours, mine), (theirs, its))
    nats[same] = (
        kinds[ours.kind[mine]]
        + _part_nats(ours.part[mine], theirs.part[its], rules.part)
        + _side_nats(ours.side[mine], theirs.side[its], rules.side)
        + _tag_nats(*pairs, rules=rules)
        + _text_nats(*pairs, nats=rules.text)
        + _word_nats(*pairs, rules=rules)
    )
    return nats


def _part_nats(one: Ints, other: Ints, nats: tuple[float, float, float]) -> Floats:
    same, near, far = nats
    weight = np.where(one == other, same, np.where(near_parts()[one, other], near, far))
    return np.where((one == NO_PART) | (other == NO_PART), 0.0, weight)


def _side_nats(one: Ints, other: Ints, nats: tuple[float, float, float]) -> Floats:
    same, opposite, else_ = nats
    middle = (one == 2) | (other == 2)
    weight = np.where(one == other, same, np.where(middle, else_, opposite))
    return np.where((one == NO_SIDE) | (other == NO_SIDE), 0.0, weight)


def _tag_nats(one: tuple[Items, Ints], other: tuple[Items, Ints], *, rules: ItemRules) -> Floats:
    ours, theirs = one[0].tag[one[1]], other[0].tag[other[1]]
    near, far = rules.tag
    same = one[0].tag_nats[one[1]]
    between = np.where(near_tags(rules.field)[ours, theirs], near, far)
    weight = np.where(ours == theirs, same, between)
    return np.where((ours == NO_TAG) | (theirs == NO_TAG), 0.0, weight)


def _text_nats(
    one: tuple[Items, Ints], other: tuple[Items, Ints], *, nats: tuple[float, ...]
) -> Floats:
    """Compare inscriptions, each two of them once."""
    numbers = (one[0].text[one[1]], other[0].text[other[1]])
    weight = np.zeros(len(numbers[0]))
    both = np.flatnonzero((numbers[0] != NO_TEXT) & (numbers[1] != NO_TEXT))
    if not len(both):
        return weight
    size = len(other[0].texts)
    distinct, at = np.unique(numbers[0][both] * size + numbers[1][both], return_inverse=True)
    ours = [one[0].texts[number] for number in (distinct // size).tolist()]
    theirs = [other[0].texts[number] for number in (distinct % size).tolist()]
    similar = process.cpdist(ours, theirs, scorer=JaroWinkler.similarity, dtype=np.float32)
    told = [_told(*pair, nats=nats) for pair in zip(ours, theirs, similar.tolist(), strict=True)]
    weight[both] = np.array(told)[at]
    return weight


def _told(one: str, other: str, similar: float, *, nats: Sequence[float]) -> float:
    same, common, alike, different = nats
    if one == other:
        return common if one in COMMON_TEXTS or len(one) <= SHORT_TEXT else same
    if similar >= ALIKE_TEXT and min(len(one), len(other)) > SHORT_TEXT:
        return alike
    shared = set(one.split()) & set(other.split())
    telling = [word for word in shared if len(word) > SHORT_TEXT]
    return alike if telling else different


def _word_nats(one: tuple[Items, Ints], other: tuple[Items, Ints], *, rules: ItemRules) -> Floats:
    """Add up the weights of the words that both descriptions hold, up to the most.

    What one side gives as an inscription the other may tell in its description alone.
    """
    most, none = rules.words
    ours, theirs = one[0].words[one[1]], other[0].words[other[1]]
    shared = np.zeros(ours.shape, dtype=bool)
    for slot in range(MOST_WORDS):
        shared |= ours == theirs[:, [slot]]
    total = np.where(shared & (ours != 0), one[0].nats[one[1]], 0.0).sum(axis=1)
    texts = (one[0].text[one[1]] != NO_TEXT, other[0].text[other[1]] != NO_TEXT)
    retold = _holds(theirs, one[0].inscribed[one[1]]) | _holds(ours, other[0].inscribed[other[1]])
    total += np.where(retold & (texts[0] ^ texts[1]), rules.text[1], 0.0)
    both = (ours[:, 0] != 0) & (theirs[:, 0] != 0)
    return np.where(total > 0, np.minimum(total, most), np.where(both, none, 0.0))


def _holds(words: Ints, inscribed: Ints) -> npt.NDArray[np.bool_]:
    """Say whether words (things x 6) hold one that is inscribed (things x 2)."""
    met = np.zeros(len(words), dtype=bool)
    for slot in range(inscribed.shape[1]):
        met |= ((words == inscribed[:, [slot]]) & (words != 0)).any(axis=1)
    return met
