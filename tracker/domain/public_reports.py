"""What somebody without an account reports, and the code by which they follow what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.permissions import Actor, Role
from tracker.domain.reviews import QuestionTold

# Records say this of whoever reported something without an account; nothing tells who it was.
UNNAMED = Actor(Role.PUBLIC, "public report")
# Letters that are not taken for one another and make no words: no vowels, no I, L or O.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
GROUPS, LETTERS_OF_GROUP = 4, 5
LONGEST_WORDS = 4_000


class Witnessed(StrEnum):
    """How somebody knows what they report."""

    SAW_IT = "saw_it"
    FAMILY = "family"
    WAS_TOLD = "was_told"
    NEWS = "news"
    OTHER = "other"


# IOM's scale: a witness whom nobody else confirms is 2, one news source 1.
QUALITY_OF: Mapping[Witnessed, int | None] = {
    Witnessed.SAW_IT: 2,
    Witnessed.FAMILY: 2,
    Witnessed.WAS_TOLD: 2,
    Witnessed.NEWS: 1,
    Witnessed.OTHER: None,
}


@dataclass(frozen=True)
class Reported:
    """A report that was taken: its code is shown once; `new` is false where it came twice."""

    code: str
    public_id: str
    new: bool


@dataclass(frozen=True)
class ReportTold:
    """What whoever reported something may know of it: no other fact of the record."""

    status: str
    questions: tuple[QuestionTold, ...]
    additions: int


def code_of_number(number: int) -> str:
    """Write a number as four groups of five letters (86 bits)."""
    letters = []
    for _ in range(GROUPS * LETTERS_OF_GROUP):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    groups = zip(*[iter(letters)] * LETTERS_OF_GROUP, strict=True)
    return "-".join("".join(group) for group in groups)


def plain_code(typed: str) -> str:
    """Give the letters of a code however it was typed: small, with blanks or dashes."""
    return "".join(letter for letter in typed.upper()[:200] if letter in LETTERS)
