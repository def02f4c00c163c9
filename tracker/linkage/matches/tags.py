"""Teeth and colours of clothes: which lie near each other, and how much each weighs where equal."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from geodata.spelling import folded
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.body_parts import near_teeth
from tracker.linkage.words import Floats

# Tags are teeth (FDI numbers) or the places of colours, from 1; 0 is none.
NO_TAG, TAGS = 0, 100
# Colours as shares of clothes, then the words for them in Spanish and English, folded.
_COLOURS = """
black 0.21 negro negra black
blue 0.16 azul blue mezclilla denim indigo rey royal
dark_blue 0.10 marino navy
white 0.12 blanco blanca white
grey 0.12 gris gray grey plomo plateado silver
red 0.07 rojo roja red colorado colorada
brown 0.05 cafe marron brown chocolate
green 0.05 verde green
beige 0.04 beige crema cream tan kaki khaki caqui arena hueso
olive 0.03 olive olivo oliva militar camuflaje camouflage camo camuflado camuflada
light_blue 0.03 celeste turquesa turquoise aqua
maroon 0.03 vino guinda corinto tinto maroon burgundy
pink 0.02 rosa rosado rosada pink
purple 0.02 morado morada purple violeta lila
yellow 0.02 amarillo amarilla yellow mostaza dorado
orange 0.01 naranja anaranjado anaranjada orange
"""
_LINES = [line.split() for line in _COLOURS.strip().splitlines()]
COLOURS = tuple(line[0] for line in _LINES)
_SHARES = tuple(float(line[1]) for line in _LINES)
_COLOUR_OF = {word: place for place, line in enumerate(_LINES, 1) for word in line[2:]}
_LIGHT = frozenset(["claro", "clara", "cielo", "light", "sky", "baby", "bebe"])
_DARK = frozenset(["oscuro", "oscura", "dark"])
# Told for one another: faded, wet, dirty, or by another eye.
_NEAR_COLOURS = """
    black-dark_blue black-grey blue-dark_blue blue-light_blue grey-light_blue grey-white
    white-beige red-maroon red-pink red-orange brown-beige brown-olive brown-maroon green-olive
    yellow-beige yellow-orange yellow-white purple-maroon purple-blue pink-white beige-grey
    black-brown dark_blue-grey pink-purple
"""
# Of trousers so many are of one colour: denim.
_TROUSERS = {"blue": 0.42, "dark_blue": 0.13, "black": 0.20, "grey": 0.07, "beige": 0.07}
SAME_COLOUR, MOST_COLOUR = 0.50, 2.0
# Where teeth are lost, filled or decayed most: shares of one tooth, by its place in the quarter.
_WORN_TEETH = (0.012, 0.012, 0.012, 0.04, 0.045, 0.10, 0.06, 0.03)
_FRONT, _SHOWN, _HIDDEN, _WISDOM = (1, 2), 0.17, 0.02, 0.25
SAME_TOOTH, MOST_TOOTH = 0.45, 2.5


@lru_cache(maxsize=10_000)
def colour_number(text: str) -> int:
    """Return the number of the first colour that a text names; 0 for none."""
    words = [re.sub(r"\W", "", word) for word in folded(text).split()]
    found = next((_COLOUR_OF[word] for word in words if word in _COLOUR_OF), NO_TAG)
    blue, dark, light = (1 + COLOURS.index(each) for each in ("blue", "dark_blue", "light_blue"))
    if found == blue and (_DARK & set(words) or {"marino", "navy"} & set(words)):
        return dark
    return light if found == blue and _LIGHT & set(words) else found


def is_colour(word: str) -> bool:
    """Say whether a word (folded) tells a colour."""
    return word in _COLOUR_OF or word in _LIGHT or word in _DARK


@cache
def near_tags(field: MatchField) -> npt.NDArray[np.bool_]:
    """Say of each two tags of a field (tags x tags) whether one may be told for the other."""
    numbers = np.arange(TAGS)
    if field is MatchField.DENTAL:
        return near_teeth(numbers[:, None], numbers[None, :])
    near = np.zeros((TAGS, TAGS), dtype=bool)
    for pair in _NEAR_COLOURS.split():
        one, other = (1 + COLOURS.index(each) for each in pair.split("-"))
        near[one, other] = near[other, one] = True
    return near


def same_tag_nats(field: MatchField, kinds: tuple[str, ...]) -> Floats:
    """Weigh equal tags by kind (kinds and none x tags): rare ones more."""
    table = np.zeros((len(kinds) + 1, TAGS))
    for line, kind in enumerate(kinds):
        if field is MatchField.DENTAL:
            shares: Mapping[int, float] = {tooth: _tooth_share(kind, tooth) for tooth in _teeth()}
            same, most = SAME_TOOTH, MOST_TOOTH
        elif field is MatchField.CLOTHING:
            others = _TROUSERS if kind == "trousers" else {}
            shares = {
                place: others.get(colour, share)
                for place, (colour, share) in enumerate(zip(COLOURS, _SHARES, strict=True), 1)
            }
            same, most = SAME_COLOUR, MOST_COLOUR
        else:
            continue
        for tag, share in shares.items():
            table[line, tag] = min(np.log(same / share), most)
    return table


def _teeth() -> list[int]:
    return [quarter * 10 + place for quarter in (1, 2, 3, 4) for place in range(1, 9)]


def _tooth_share(kind: str, tooth: int) -> float:
    quarter, place = divmod(tooth, 10)
    if kind in ("gold", "crown", "prosthesis"):
        return _SHOWN if quarter in (1, 2) and place in _FRONT else _HIDDEN
    if kind == "impacted":
        return _WISDOM if place == 8 else _HIDDEN
    return _WORN_TEETH[place - 1]
