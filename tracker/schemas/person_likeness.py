"""By what a person who was erased is known again in a file, whatever the file is called.

Plain words, which nobody keeps: what is kept of them are keyed digests. A base alone (the names, an
id) tells too little, or it would keep out other people; details beside it agree or differ.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.spelling import folded
from tracker.domain.people import PersonKind

# Ids that are the same wherever they stand: those of PFIF hold the domain of their source.
_WORLDWIDE = re.compile(r"[\w-]+(\.[\w-]+)+/\S+")
_BY_NAMES, _BY_ID, _BY_SOURCE, _BY_ALL = "names", "id", "source", "all"
_TOLD = "told"
_NAMES = ("given_names", "first_surname", "second_surname", "married_name")
# These differ between two files about one person: they speak for it, and never against.
_ONLY_FOR = frozenset({"id", "telephone", "inquirer"})
# So many people share these that they speak against it alone.
_ONLY_AGAINST = frozenset({"sex", "country"})
_NOT_OF_ALL = frozenset({"notes", "examiner_number"})
_FEW_NAMES, _MOST_NAMES, _ALL_FACTS = 2, 7, 4
_CELLS_IN_A_ROW = 3
_LAST_DIGITS = 8
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "el", "y", "da", "do", "dos"})


@dataclass(frozen=True)
class Likeness:
    """By what somebody is known: bases, details by their kind, and cells of whatever meaning."""

    bases: frozenset[str]
    details: Mapping[str, frozenset[str]]
    cells: frozenset[str] = frozenset()

    def kept(self) -> Iterable[str]:
        """Give what is kept of somebody who is erased: each base, and each detail beside it."""
        for base in self.bases:
            yield base
            for kind, values in self.details.items():
                for value in (_TOLD, *values):
                    yield _beside(base, kind, value)

    def asked(self, base: str) -> Iterable[str]:
        """Give what a file asks for beside a base that is kept."""
        for kind in (*_KINDS, "name"):
            yield _beside(base, kind, _TOLD)
            for value in (*self.details.get(kind, ()), *self.cells):
                yield _beside(base, kind, value)

    def is_one_of(self, kept: Callable[[str], bool]) -> bool:
        """Say whether this is somebody of whom these were kept."""
        return any(self._fits(base, kept) for base in self.bases if kept(base))

    def _fits(self, base: str, kept: Callable[[str], bool]) -> bool:
        how = base.split("\0")[1]
        if how in (_BY_SOURCE, _BY_ALL):
            return True
        alike = apart = 0
        for kind in _KINDS if how == _BY_NAMES else (*_KINDS, "name"):
            own = self.details.get(kind, frozenset())
            if any(kept(_beside(base, kind, value)) for value in (*own, *self.cells)):
                alike += kind not in _ONLY_AGAINST
            elif own and kind not in _ONLY_FOR and kept(_beside(base, kind, _TOLD)):
                if kind == "name":
                    # The same number in two lists, of two people.
                    return False
                apart += 1
        # Nobody else has all of three names; of two, something has to agree if anything was told.
        many = base.count(" ") >= _FEW_NAMES
        names_alone = not any(kept(_beside(base, kind, _TOLD)) for kind in _TELLING)
        needed = 0 if how == _BY_NAMES and (many or names_alone) else 1
        return alike >= max(apart, needed)


_TELLING = ("age", "day", "place", "origin")
_KINDS = ("id", "age", "day", "place", "origin", "telephone", "inquirer", "sex", "country")


def likeness_of(
    kind: PersonKind,
    facts: Mapping[str, Any],
    *,
    own_ids: Iterable[str] = (),
    cells: Iterable[str] = (),
) -> Likeness:
    """Say by what somebody is known: by facts, by what files call them, and by a row's cells."""
    ids = {each for each in (*own_ids, str(facts.get("examiner_number", ""))) if each.strip()}
    told = [cell for cell in cells if cell.strip()]
    numbered = [cell for cell in told if any(letter.isdigit() for letter in cell)]
    bases = {
        *(f"{kind}\0{_BY_NAMES}\0{names}" for names in (*_names(facts), *_names_in(told))),
        *(f"{kind}\0{_BY_ID}\0{_plain(each)}" for each in (*ids, *numbered) if _plain(each)),
        *(f"{kind}\0{_BY_SOURCE}\0{each.casefold()}" for each in ids if _WORLDWIDE.fullmatch(each)),
        *(f"{kind}\0{_BY_ALL}\0{words}" for words in _all(facts)),
    }
    loose = {form for cell in told for form in (_plain(cell), _words(cell)) if form}
    return Likeness(frozenset(bases), _details(facts, ids), frozenset(loose))


def _beside(base: str, kind: str, value: str) -> str:
    return "\0".join((base, kind, value))


def _details(facts: Mapping[str, Any], ids: Iterable[str]) -> dict[str, frozenset[str]]:
    def words(*names: str) -> Iterable[str]:
        return (_words(str(facts[name])) for name in names if facts.get(name))

    ages = [str(facts[name]) for name in ("age_from", "age_to") if facts.get(name) is not None]
    numbers = (*facts.get("telephones", ()), *facts.get("inquirer_telephones", ()))
    found = {
        "id": map(_plain, ids),
        "name": [word for each in words(*_NAMES) for word in each.split()],
        "age": ["-".join(dict.fromkeys(ages))],
        "day": [str(facts.get(name, "")) for name in ("contact_date", "found_date")],
        "place": words("contact_place", "found_place"),
        "origin": words("origin_place"),
        "telephone": [re.sub(r"\D", "", number)[-_LAST_DIGITS:] for number in numbers],
        "inquirer": words("inquirer_name"),
        "sex": [str(facts.get("sex", ""))],
        "country": [str(facts.get("origin_country", ""))],
    }
    values = {kind: frozenset(filter(None, told)) for kind, told in found.items()}
    return {kind: told for kind, told in values.items() if told}


def _names(facts: Mapping[str, Any]) -> Iterable[str]:
    """Give the names of a person, all of them and the first two: however columns part them."""
    parts = [_words(str(facts[name]), ordered=True) for name in _NAMES if facts.get(name)]
    every = [word for part in parts for word in part.split()]
    first = [part.split()[0] for part in parts[:2] if part]
    for names in (every, first):
        if len({*names}) >= _FEW_NAMES:
            yield " ".join(sorted({*names}))


def _names_in(cells: list[str]) -> Iterable[str]:
    """Give what may be names in cells beside each other, whatever their columns were taken for."""
    for first in range(len(cells)):
        for last in range(first + 1, min(first + _CELLS_IN_A_ROW, len(cells)) + 1):
            if any(letter.isdigit() for letter in cells[last - 1]):
                break
            names = {*_words(" ".join(cells[first:last])).split()}
            if len(names) > _MOST_NAMES:
                break
            if len(names) >= _FEW_NAMES:
                yield " ".join(sorted(names))


def _all(facts: Mapping[str, Any]) -> Iterable[str]:
    """Give all that is told of somebody without a name, where it is enough."""
    told = {
        name: facts[name]
        for name in sorted(facts)
        if name not in _NOT_OF_ALL and not name.endswith(("_basis", "_precision"))
    }
    if not any(facts.get(name) for name in _NAMES) and len(told) >= _ALL_FACTS:
        yield folded(json.dumps(told, ensure_ascii=False, sort_keys=True))


def _words(text: str, *, ordered: bool = False) -> str:
    words = [word for word in re.findall(r"\w+", folded(text)) if word not in _PARTICLES]
    return " ".join(words if ordered else sorted(words))


def _plain(text: str) -> str:
    """Give an id without blanks, signs and capitals."""
    return re.sub(r"\W", "", folded(text))
