"""How a family follows its own case, what it says, and how it is told of a death with care."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.consents import ConsentTold
from tracker.domain.permissions import Actor, Role

# Records say this of whoever came with the code of a case; nothing tells which relative it was.
OF_FAMILY = Actor(Role.FAMILY, "family")
# Crockford's letters: no I, L, O, U. They are read out over the telephone.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LETTERS_OF_GROUP = 4, 4
_HEARD_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})

LEAST_SECRET, MOST_SECRET = 8, 120
LEAST_DIFFERENT = 5
LONGEST_WORDS = 4_000
LONGEST_CONTACT = 300

FREE_TRIES = 5
# From however many addresses somebody guesses, a code takes one try an hour in the end. Longer, and
# whoever found a code could keep its family out for days.
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=1)

IDLE, ABSOLUTE = dt.timedelta(minutes=15), dt.timedelta(hours=2)


class WordKind(StrEnum):
    """What a family wants with what it wrote."""

    ADDITION = "addition"
    CORRECTION = "correction"
    NOT_MISSING = "not_missing"
    NOT_RIGHT = "not_right"
    LEAVE = "leave"


# Until somebody has looked into one of these, the case is neither compared nor shown to others.
DISPUTES: tuple[str, ...] = (WordKind.NOT_MISSING, WordKind.NOT_RIGHT)


class NotificationCheck(StrEnum):
    """What care belongs to telling a family of a death."""

    IN_PERSON = "in_person"
    OWN_LANGUAGE = "own_language"
    PRIVATE_PLACE = "private_place"
    TWO_PEOPLE = "two_people"
    SUPPORT_PRESENT = "support_present"
    KNOWN_AND_NOT_KNOWN = "known_and_not_known"
    VIEWING_AND_RETURN = "viewing_and_return"
    DOCUMENTS = "documents"
    RIGHTS = "rights"
    CHILDREN = "children"


@dataclass(frozen=True)
class AccessMade:
    """A code and a second secret, told this one time."""

    code: str
    secret: str


@dataclass(frozen=True)
class AccessTold:
    """That a family can follow its case: since when, and how it reaches whom."""

    made_on: dt.date
    reach: str
    support: str | None
    waits_until: dt.datetime | None


@dataclass(frozen=True)
class WordTold:
    """What a family wrote, and when somebody took it up."""

    number: int
    kind: WordKind
    told: str
    written_on: dt.date
    taken_up_on: dt.date | None

    @property
    def disputes(self) -> bool:
        """Say whether the case is held back until this was looked into."""
        return self.kind in DISPUTES and self.taken_up_on is None


@dataclass(frozen=True)
class StepTold:
    """Something that was done, or is to be done, in a kind of its own words; never free text."""

    kind: str
    on: dt.date | None
    organisation: str | None = None


@dataclass(frozen=True)
class OwnShare:
    """With whom a case is shared now, how much of it, and until when."""

    organisation: str
    what: str
    until: dt.date | None


@dataclass(frozen=True)
class OwnCase:
    """A case as its own family sees it.

    Before the family was told, `status` never says that somebody died: it is `word_to_come`.
    """

    name: str
    status: str
    organisation: str
    reach: str
    support: str | None
    opened_on: dt.date
    done: tuple[StepTold, ...]
    next: tuple[StepTold, ...]
    shares: tuple[OwnShare, ...]
    consents: tuple[ConsentTold, ...]
    words: tuple[WordTold, ...]
    facts: Mapping[str, object]
    notified_on: dt.date | None
    disputed: bool
    invented: bool


@dataclass(frozen=True)
class Notification:
    """How a family was told: on which day, by whom, with what care, and who supports it since."""

    notified_on: dt.date
    who: str
    support: str
    checked: tuple[NotificationCheck, ...] = ()
    otherwise: str = ""
    next_visit_on: dt.date | None = None


@dataclass(frozen=True)
class NotificationTold:
    """What was recorded of it, and the number by which it can be taken back."""

    number: int
    told: Notification


@dataclass(frozen=True)
class CaseOfFamily:
    """What a case worker needs to work with the family of a case.

    `referrals` is what was noted when the family was referred to psychosocial help.
    """

    public_id: str
    name: str
    status: str
    invented: bool
    access: AccessTold | None
    words: tuple[WordTold, ...]
    referrals: tuple[str, ...]
    may_notify: bool
    notification: NotificationTold | None


# What the family reads instead of news that a person has to bring.
WORD_TO_COME = "word_to_come"


def code_of_number(number: int) -> str:
    """Write a number as four groups of four letters (80 bits)."""
    letters = []
    for _ in range(GROUPS * LETTERS_OF_GROUP):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    groups = zip(*[iter(letters)] * LETTERS_OF_GROUP, strict=True)
    return "-".join("".join(group) for group in groups)


def plain_code(typed: str) -> str:
    """Give the letters of a code however it was typed: small, with blanks, an O for a nought."""
    heard = typed.upper()[:200].translate(_HEARD_AS)
    return "".join(letter for letter in heard if letter in LETTERS)


def plain_words(typed: str) -> str:
    """Write words the same whatever the keyboard: small, without accents and further blanks."""
    apart = unicodedata.normalize("NFKD", typed[: MOST_SECRET * 2]).casefold()
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in kept).split())


def wrong_of_secret(secret: str, *, names: tuple[str, ...]) -> str | None:
    """Say what speaks against a secret that a family chose; None where nothing does."""
    plain = plain_words(secret)
    letters = plain.replace(" ", "")
    if len(secret) > MOST_SECRET:
        return "too_long"
    if len(letters) < LEAST_SECRET:
        return "secret_too_short"
    if letters.isdigit() or len(set(letters)) < LEAST_DIFFERENT:
        return "secret_easily_guessed"
    left = " ".join(
        word for word in plain.split() if word not in plain_words(" ".join(names)).split()
    )
    return None if len(left.replace(" ", "")) >= LEAST_SECRET else "secret_easily_guessed"


def left_of_wrong(wrong_secrets: int) -> int:
    """Say how many stay counted once a secret was right: half of them.

    A family that comes in does not give whoever guesses all the free tries again.
    """
    return wrong_secrets // 2


def wait_after(wrong_secrets: int) -> dt.timedelta:
    """Say how long to wait after so many wrong secrets: from the sixth on 1, 2, 4 ... minutes."""
    if wrong_secrets <= FREE_TRIES:
        return dt.timedelta()
    doubled = min(wrong_secrets - FREE_TRIES - 1, 20)
    return min(FIRST_WAIT * int(2**doubled), LONGEST_WAIT)
