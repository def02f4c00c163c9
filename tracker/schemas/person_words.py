"""Words of lists, in Spanish and English, for what our codes say: sex, hair, eyes, condition."""

import re
from collections.abc import Mapping

from geodata.spelling import folded
from tracker.schemas.typed import Unclear, is_not_known

_SEX = {
    "female": (
        *("f", "fem", "female", "femenino", "femenina", "mujer", "woman", "girl", "nina"),
        *("hembra", "feminine", "likely female", "probable female", "probable femenino"),
    ),
    "male": (
        *("male", "masc", "masculino", "masculina", "hombre", "h", "man", "boy", "nino", "varon"),
        *("likely male", "probable male", "probable masculino"),
    ),
    "intersex": ("intersex", "intersexual"),
}
_HAIR = {
    "black": ("black", "negro", "negra", "blk"),
    "brown": (
        *("brown", "bro", "castano", "castana", "cafe", "light brown", "dark brown", "marron"),
        *("castano oscuro", "castano claro", "castano obscuro", "auburn"),
    ),
    "fair": ("fair", "blond", "blonde", "rubio", "rubia", "sandy", "guero", "guera", "bln"),
    "grey": ("grey", "gray", "canoso", "canosa", "canas", "gris", "white", "blanco", "entrecano"),
    "red": ("red", "rojo", "pelirrojo", "pelirroja", "rojizo"),
    "bald": ("bald", "calvo", "calva", "rapado", "shaved", "sin cabello"),
}
_EYES = {
    "brown": ("brown", "bro", "cafe", "cafes", "marron", "marrones", "castano", "castanos"),
    "black": ("black", "negro", "negros", "blk"),
    "green": ("green", "verde", "verdes", "grn"),
    "blue": ("blue", "azul", "azules", "blu"),
    "hazel": ("hazel", "miel", "avellana", "haz"),
}
_YES = frozenset({"yes", "y", "si", "s", "true", "1", "x", "sim", "oui"})
# By the first of these that stands in the words; what is bone says more than what is around it.
_CONDITIONS = (
    ("skeletal", re.compile(r"skelet|esquelet|osament|osea|oseo|hues|\bbones?\b")),
    ("mummified", re.compile(r"mummif|momif")),
    ("decomposed", re.compile(r"decompos|descomp|putref|putrid")),
    ("fresh", re.compile(r"^recogniz|\bfresh|\bfresc|\breciente")),
)


def _by_word(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: code for code, words in table.items() for word in (code, *words)}


_WORDS_OF = {"sex": _by_word(_SEX), "hair": _by_word(_HAIR), "eyes": _by_word(_EYES)}


def read_code(what: str, text: str) -> str | None:
    """Read hair or eyes; None where no code says the same as the words."""
    return _WORDS_OF[what].get(folded(text))


def read_sex(text: str, others: frozenset[str], header: str) -> str | None:
    """Read a sex; None where no code says it. `others` are the folded words of the whole column.

    M is *masculino* beside F, and *mujer* beside H; raises `Unclear` where nothing tells which.
    """
    word = folded(text)
    if word == "m":
        if "h" in others and "f" not in others:
            return "female"
        if "f" in others and "h" not in others:
            return "male"
        if not others & {"f", "h"} and folded(header) in ("sex", "gender", "biological sex"):
            return "male"
        raise Unclear("ambiguous_sex")
    return _WORDS_OF["sex"].get(word)


def read_condition(text: str) -> str | None:
    """Read in what condition remains were found; None where the words do not say."""
    words = folded(text)
    for code, said in _CONDITIONS:
        if said.search(words):
            return code
    return None


def says_yes(text: str) -> bool:
    """Say whether a cell agrees in plain words; anything else is no."""
    return folded(text) in _YES


def says_nothing(text: str) -> bool:
    """Say whether a cell is empty or says that nobody knows."""
    return is_not_known(text) or folded(text) in _NOTHING


_NOTHING = frozenset(
    {
        *("", "unsure", "undetermined", "not determined", "indeterminado", "indeterminada"),
        *("no determinado", "por determinar", "tbd", "ninguno", "ninguna", "none", "no aplica"),
    }
)
