"""Names by their sound in Spanish: what is said alike gets one key, however it is written."""

import re
from functools import lru_cache

from geodata.spelling import folded

# Written between the parts of a name, and left out by some: "de la Cruz", "viuda de López".
_PARTICLES = "da de del do dos el la las los san santa vda viuda von van y e"
PARTICLES = frozenset(_PARTICLES.split())
# In this order. Letters in capitals are sounds that no later rule touches.
_RULES = (
    (r"^x", "j"),  # Ximénez, Jiménez
    (r"^(?:y|ll)(?=[aeiou])", "j"),  # Yésica, Jessica
    (r"ph", "f"),
    (r"th", "t"),
    (r"ck", "k"),
    (r"sh", "C"),
    (r"ch", "C"),
    (r"(?:^h|g)u(?=[ao])", "W"),  # Huamán, Guamán
    (r"w", "W"),
    (r"h", ""),
    (r"sc(?=[ei])", "s"),
    (r"c(?=[eiy])", "s"),
    (r"g(?=[ei])", "j"),  # Giménez
    (r"gu(?=[ei])", "g"),
    (r"qu(?=[ei])", "k"),
    (r"[cq]", "k"),
    (r"[xz]", "s"),  # Vásquez, Vázquez
    (r"v", "b"),
    (r"ll", "y"),
    (r"y(?![aeiou])", "i"),
    (r"n(?=[bp])", "m"),
    (r"(.)\1+", r"\1"),
)
_COMPILED = tuple((re.compile(rule), sound) for rule, sound in _RULES)


@lru_cache(maxsize=200_000)
def sound_of(word: str) -> str:
    """Return the key of one folded word: "jimenez" and "ximenez" -> "jimenes"."""
    for rule, sound in _COMPILED:
        word = rule.sub(sound, word)
    return word.lower()


@lru_cache(maxsize=200_000)
def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded, without particles (all, if nothing else is there)."""
    words = tuple(folded(text.replace("-", " ")).split())
    return tuple(word for word in words if word not in PARTICLES) or words


def surname_words(first: str | None, second: str | None) -> tuple[str, ...]:
    """Return up to two surnames; one field that holds two ("López García") is taken apart.

    "Ponce de León" stays one: a particle between two words holds them together.
    """
    surnames: list[str] = []
    for text in (first, second):
        if not text:
            continue
        words = name_words(text)
        if len(words) == 2 and len(folded(text).split()) == 2 and not (first and second):
            surnames.extend(words)
        elif words:
            surnames.append("".join(words))
    return tuple(surnames[:2])
