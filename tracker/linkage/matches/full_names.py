"""Takes a name apart into given names and surnames, also where one field holds all of it."""

from functools import lru_cache

from tracker.linkage.matches.name_frequencies import (
    UNLISTED_GIVEN,
    UNLISTED_SURNAME,
    given_share,
    surname_share,
)
from tracker.linkage.matches.phonetics import name_words, surname_words

Words = tuple[str, ...]
# Who has two surnames and two given names tells four words: the third is then a surname.
WHOLE_NAME = 4


@lru_cache(maxsize=200_000)
def name_parts(given: str | None, first: str | None, second: str | None) -> tuple[Words, Words]:
    """Return the words of given names and up to two surnames of three fields."""
    if given and not first and not second:
        return _apart(given)
    if first and not given and not second and len(name_words(first)) > 2:
        return _apart(first)
    return name_words(given) if given else (), surname_words(first, second)


def _apart(whole: str) -> tuple[Words, Words]:
    """Take a whole name apart: "LÓPEZ GARCÍA, JUAN", "Juan López García", "LOPEZ GARCIA JUAN"."""
    before, comma, after = whole.partition(",")
    if comma and before.strip() and after.strip():
        return name_words(after), surname_words(before, None)
    words = name_words(whole)
    if len(words) > 1 and _is_surname(words[0]) and _is_given(words[-1]):
        at = next(place for place in range(1, len(words)) if place == 2 or _is_given(words[place]))
        return words[at:], words[:at]
    at = len(words)
    while at > 1 and len(words) - at < 2 and not _stays_given(words, at - 1):
        at -= 1
    return words[:at], words[at:]


def _stays_given(words: Words, place: int) -> bool:
    if len(words) >= WHOLE_NAME and surname_share(words[place]) > UNLISTED_SURNAME:
        return False
    return _is_given(words[place])


def _is_given(word: str) -> bool:
    share = given_share(word)
    return share > UNLISTED_GIVEN and share >= surname_share(word)


def _is_surname(word: str) -> bool:
    share = surname_share(word)
    return share > UNLISTED_SURNAME and share > given_share(word)
