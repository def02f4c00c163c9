"""Weighs one row with a whole register quickly and a little too kindly, to choose whom to compare.

Nothing is left out by a key that must agree: what the body, the journey and the origin say is
weighed for every row; names, telephones and rare things that both rows hold are looked up and
added. A pair that scores well is found whichever fields brought it there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.bodies import TRUTHS
from tracker.linkage.matches.delays import buckets, lengths
from tracker.linkage.matches.dependence import ALONE, KEPT
from tracker.linkage.matches.journeys import distance_nats, time_weight
from tracker.linkage.matches.names import (
    NO_WORD,
    OTHER_GIVEN,
    OTHER_SURNAME,
    NameLinks,
    Slots,
    link_names,
)
from tracker.linkage.matches.origins import NO_COUNTRY, OTHER_COUNTRY
from tracker.linkage.matches.profiles import Register
from tracker.linkage.matches.routes import same_kind
from tracker.linkage.matches.where_found import (
    LEAST_PLACE,
    MOST_PLACE,
    chord_km,
    elsewhere,
    reach,
    ways,
)
from tracker.linkage.words import Floats, Ints

Rough = npt.NDArray[np.float32]
SMALL = (MatchField.SEX, MatchField.HAIR, MatchField.EYES)
LARGE = (MatchField.AGE, MatchField.HEIGHT, MatchField.WEIGHT)


@dataclass(frozen=True)
class Holders:
    """Which rows hold each word: those of word w from `starts[w]` to `starts[w + 1]`."""

    rows: Ints
    starts: Ints


def _holders(slots: Slots, words: int) -> Holders:
    """Turn the words of rows (rows x slots) round."""
    rows, at = np.nonzero(slots != NO_WORD)
    numbers = slots[rows, at]
    ordered = np.argsort(numbers, kind="stable")
    return Holders(rows[ordered], np.searchsorted(numbers[ordered], np.arange(words + 1)))


@dataclass(frozen=True)
class Alike:
    """Rows that tell the same: `rows` has one of each kind, `kinds` says which kind each row is."""

    rows: Ints
    kinds: Ints


def _alike(*columns: npt.ArrayLike) -> Alike:
    """Find the rows that agree in all columns (nan agrees with nan)."""
    table = np.nan_to_num(np.stack([np.asarray(each) for each in columns], axis=1), nan=-1e9)
    _, rows, kinds = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return Alike(rows, kinds.reshape(-1))


@dataclass(frozen=True)
class Prepared:
    """A register with all that is needed again for each row that is asked for; never changes."""

    register: Register
    people: Alike
    times: Alike
    corridors: Alike
    around: Rough
    ahead: Rough
    route: Rough
    large: Mapping[MatchField, Ints]
    positions: Rough
    known_place: npt.NDArray[np.bool_]
    surnames: Holders
    givens: Holders
    named: tuple[Rough, Rough]


def prepare_register(register: Register) -> Prepared:
    """Make a register ready for rough weighing."""
    names, journeys = register.names, register.journeys
    small = [register.bodies[field].codes for field in SMALL]
    known = ~np.isnan(journeys.position[:, 0])
    return Prepared(
        register=register,
        people=_alike(*small, register.origins.countries),
        times=_alike(journeys.alive_on, journeys.dead_from, journeys.dead_to),
        corridors=_alike(journeys.here, journeys.planned),
        around=journeys.around.astype(np.float32),
        ahead=np.ascontiguousarray(journeys.ahead.T, dtype=np.float32),
        route=np.ascontiguousarray(journeys.route.T, dtype=np.float32),
        large={field: register.bodies[field].codes.astype(np.int64) for field in LARGE},
        positions=np.nan_to_num(journeys.position).astype(np.float32),
        known_place=known,
        surnames=_holders(names.surnames, len(names.surname_words.words)),
        givens=_holders(names.givens, len(names.given_words.words)),
        named=(
            (names.surnames[:, 0] != NO_WORD).astype(np.float32),
            names.has_given.astype(np.float32),
        ),
    )


@dataclass(frozen=True)
class Asked:
    """Rows that look for partners in a register, with what many of them need made once.

    `bodies` has, for each field, the line of each report (-1: not among these rows) and the
    weights (lines x distinct reports of the register).
    """

    register: Register
    rows: Ints
    others: Prepared
    links: NameLinks
    bodies: Mapping[MatchField, tuple[Ints, Rough]]

    def weigh(self, row: int) -> Rough:
        """Return the rough weights (nats) of one of these rows with the whole register."""
        rough = self._body(row)
        rough += self._journey(row)
        self._add_names(rough, row)
        keys = self.others.register.keys
        for key in self.register.keys.held_by(row).tolist():
            start, end = np.searchsorted(keys.keys, (key, key + 1))
            rough[keys.rows[start:end]] += ALONE * keys.nats[start] if end > start else 0.0
        return rough

    def _body(self, row: int) -> Rough:
        people = self.others.people
        small = self._origin(row, people.rows)
        for field in SMALL:
            line = self._line(field, row)
            small += line[self.others.register.bodies[field].codes[people.rows]]
        rough = small[people.kinds]
        for field in LARGE:
            if self.register.bodies[field].codes[row]:
                rough += self._line(field, row)[self.others.large[field]]
        return rough

    def _line(self, field: MatchField, row: int) -> Rough:
        lines, table = self.bodies[field]
        line: Rough = table[lines[self.register.bodies[field].codes[row]]]
        return line

    def _origin(self, row: int, others: Ints) -> Rough:
        country, theirs = self.register.origins.countries[row], self.others.register.origins
        codes = theirs.countries[others]
        known = (codes != NO_COUNTRY) & (country != NO_COUNTRY)
        same = np.where(codes == country, theirs.agreed[others], OTHER_COUNTRY)
        return np.where(known, KEPT[MatchField.ORIGIN] * same, 0.0).astype(np.float32)

    def _journey(self, row: int) -> Rough:
        mine, others = self.register.journeys, self.others
        theirs = others.register.journeys
        if mine.is_remains == theirs.is_remains:
            return self._journey_of_a_kind(row)
        chord = self._chord(row)
        near, length = _reach_by_bits()[chord], _length_by_bits()[chord]
        length[~others.known_place] = lengths(np.array([np.nan]))[0]
        if np.isnan(mine.position[row, 0]):
            length[:] = lengths(np.array([np.nan]))[0]
        if mine.is_remains:
            days = buckets(mine.found_on[row] - theirs.alive_on)
            times = mine.delays[mine.report[row]][length, days]
            there = int(mine.here[row])
            near *= others.around * _ways()[:, there][theirs.here]
            near += _elsewhere()[:, there][theirs.here]
            told, route = others.ahead[there], others.route[there]
        else:
            days = buckets(theirs.found_on - mine.alive_on[row])
            times = theirs.delays[theirs.report, length, days]
            near *= np.float32(mine.around[row]) * _ways()[mine.here[row]][theirs.here]
            near += _elsewhere()[mine.here[row]][theirs.here]
            told = mine.ahead[row].astype(np.float32)[theirs.here]
            route = mine.route[row].astype(np.float32)[theirs.here]
        near = np.clip(np.log(near), LEAST_PLACE, MOST_PLACE)
        placed = others.known_place & ~np.isnan(mine.position[row, 0])
        rough: Rough = np.float32(KEPT[MatchField.TIME]) * times
        rough += np.float32(KEPT[MatchField.PLACE]) * np.where(placed, near, told)
        rough += np.float32(KEPT[MatchField.ROUTE]) * route
        return rough

    def _journey_of_a_kind(self, row: int) -> Rough:
        others, mine = self.others, self.register.journeys
        theirs = others.register.journeys
        nowhere = np.full(len(others.times.rows), np.nan)
        times = time_weight((mine, np.array([row])), (theirs, others.times.rows), nowhere)
        route = np.zeros(len(same_kind())) if mine.is_remains else same_kind()[mine.planned[row]]
        kinds = others.corridors
        ahead = (KEPT[MatchField.ROUTE] * route[theirs.planned[kinds.rows]]).astype(np.float32)
        place = same_kind()[mine.here[row]][theirs.here[kinds.rows]]
        told = (KEPT[MatchField.PLACE] * place).astype(np.float32)[kinds.kinds]
        if not np.isnan(mine.position[row, 0]):
            near = np.float32(KEPT[MatchField.PLACE]) * _nats_by_bits()[self._chord(row)]
            told = np.where(others.known_place, near, told)
        rough: Rough = (KEPT[MatchField.TIME] * times).astype(np.float32)[others.times.kinds]
        rough += ahead[kinds.kinds] + told
        return rough

    def _chord(self, row: int) -> Ints:
        """Give the leading bits of the squared chords to the whole register."""
        position = np.nan_to_num(self.register.journeys.position[row]).astype(np.float32)
        chord = np.maximum(2 - 2 * (self.others.positions @ position), np.float32(0))
        bits: Ints = (chord.view(np.int32) >> 16).astype(np.int64)
        return bits

    def _add_names(self, rough: Rough, row: int) -> None:
        names, others = self.register.names, self.others
        given = OTHER_GIVEN if names.has_given[row] else 0.0
        parts = (
            (names.surnames[row], self.links.surnames, others.surnames, OTHER_SURNAME),
            (names.givens[row], self.links.givens, others.givens, given),
        )
        for named, (slots, linked, holders, otherwise) in zip(others.named, parts, strict=True):
            if slots[0] == NO_WORD:
                continue
            kept = np.float32(KEPT[MatchField.NAMES])
            rough += named * np.float32(otherwise) * kept
            for word in slots[slots != NO_WORD].tolist():
                line = linked.table[linked.ours[word]]
                for column in np.flatnonzero(line[:-1]).tolist():
                    held = holders.rows[holders.starts[column] : holders.starts[column + 1]]
                    rough[held] += kept * (line[column] - np.float32(otherwise))


def ask(register: Register, rows: Ints, others: Prepared) -> Asked:
    """Make some rows of a register ready to look for partners."""
    bodies = {}
    for field in (*SMALL, *LARGE):
        reports, truths = register.bodies[field], TRUTHS[field]
        used = np.union1d(reports.codes[rows], [0])
        lines = np.full(len(reports.likelihoods), -1, dtype=np.int64)
        lines[used] = np.arange(len(used))
        table = truths.table(reports.likelihoods[used], others.register.bodies[field].likelihoods)
        bodies[field] = (lines, (KEPT[field] * table).astype(np.float32))
    links = link_names((register.names, rows), others.register.names)
    return Asked(register, rows, others=others, links=links, bodies=bodies)


@cache
def _km_by_bits() -> Floats:
    """Give the km of a squared chord by the leading 16 bits of its number."""
    bits = (np.arange(1 << 15, dtype=np.int32) << 16) + (1 << 15)
    told = bits.view(np.float32)
    chords = np.where(np.isfinite(told), told, np.float32(1)).astype(float)
    return chord_km(np.sqrt(np.clip(chords, 0, 4)))


@cache
def _nats_by_bits() -> Rough:
    """Give the weight of the distance of two of a kind by its bits, as good as a log."""
    nats: Rough = distance_nats(_km_by_bits()).astype(np.float32)
    return nats


@cache
def _reach_by_bits() -> Rough:
    near: Rough = reach(_km_by_bits()).astype(np.float32)
    return near


@cache
def _length_by_bits() -> Ints:
    return lengths(_km_by_bits())


@cache
def _ways() -> Rough:
    readily: Rough = ways().astype(np.float32)
    return readily


@cache
def _elsewhere() -> Rough:
    odds: Rough = elsewhere().astype(np.float32)
    return odds
