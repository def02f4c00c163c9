"""Respells names as clerks do: by ear, by haste, by another language's habits."""

import re
import unicodedata
from random import Random

from benchmarks.registers.chance import happens

BY_EAR = [
    (re.compile(pattern), to)
    for pattern, to in (
        *(("b", "v"), ("v", "b"), ("V", "B"), ("^B", "V"), ("s", "z"), ("z$", "s"), ("z", "s")),
        *(("ez$", "es"), ("ce", "se"), ("ci", "si"), ("Ce", "Se"), ("Ci", "Si"), ("se", "ce")),
        *(("^H", ""), ("h", ""), ("^E", "He"), ("y$", "i"), ("i$", "y"), ("^Y", "J"), ("^J", "Y")),
        *(("ll", "y"), ("y(?=[aeo])", "ll"), ("g(?=[eiéí])", "j"), ("j(?=[eiéí])", "g")),
        *(("^Je", "Ge"), ("^Ji", "Gi"), ("^Ge", "Je"), ("c(?=[aou])", "k"), ("qu", "k")),
        *(("^C(?=[aou])", "K"), ("^K", "C"), ("x", "j"), ("x", "s"), ("ñ", "n"), ("ñ", "ni")),
        *(("n(?=[bp])", "m"), ("m(?=[bp])", "n"), ("d$", ""), ("s$", ""), ("ph", "f"), ("ss", "s")),
        *(("nn", "n"), ("n(?=[aeo])", "nn"), ("l(?=[aeo])", "ll"), ("^W", "Gu"), ("^Wi", "Wui")),
        *(("ie", "e"), ("ei", "ey"), ("ay", "ai"), ("güe", "hue"), ("hue", "gue"), ("th", "t")),
        *(
            ("ck", "k"),
            ("sh", "ch"),
            ("Sh", "Ch"),
            ("ia$", "ea"),
            ("o$", "a"),
            ("r(?=[aeio])", "rr"),
        ),
    )
]
BY_EAR_CREOLE = [
    (re.compile(pattern), to)
    for pattern, to in (
        *(("eau", "o"), ("ou", "u"), ("oi", "wa"), ("^Ch", "Sh"), ("ph", "f"), ("Saint-", "St ")),
        *(
            ("Saint", "St"),
            ("Saint-", "Sen "),
            ("^Jean", "Jan"),
            ("^Jean", "Gean"),
            ("Pierre", "Piere"),
        ),
        *(("Pierre", "Pier"), ("Pierre", "Pyè"), ("-", " "), ("-", ""), ("lle", "l"), ("tte", "t")),
        *(("ç", "s"), ("que", "k"), ("s$", ""), ("x$", "s"), ("eph$", "ef"), ("^Wil", "Vil")),
        *(
            ("è", "e"),
            ("é", "er"),
            ("son$", "sonn"),
            ("ai", "e"),
            ("au", "o"),
            ("ge", "je"),
            ("^Y", "I"),
        ),
        *(
            ("ss", "s"),
            ("nn", "n"),
            ("dieu", "dye"),
            ("^É", "E"),
            ("^E", "He"),
            ("^H", ""),
            ("k", "c"),
        ),
    )
]
ENGLISH = {
    "Juan": "John", "José": "Joseph", "Miguel": "Michael", "Pedro": "Peter", "María": "Mary",
    "Jorge": "George", "Antonio": "Anthony", "Josué": "Joshua", "Marcos": "Mark", "Pablo": "Paul",
    "Francisco": "Francis", "Carlos": "Charles", "David": "David", "Ricardo": "Richard",
    "Eduardo": "Edward", "Felipe": "Philip", "Andrés": "Andrew", "Mateo": "Matthew", "Ana": "Anna",
    "Jonathan": "Johnathan", "Cristian": "Christian", "Esteban": "Steven", "Yovani": "Giovanni",
    "Jaime": "Haime", "Joel": "Yoel", "Jesús": "Hesus", "Javier": "Xavier", "Jean": "John",
    "Josefina": "Josephine", "Katherine": "Catherine", "Génesis": "Genesis", "Daniela": "Daniella",
}  # fmt: skip
KEYS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
BESIDE = {
    letter: row[max(at - 1, 0)] + row[min(at + 1, len(row) - 1)]
    for row in KEYS
    for at, letter in enumerate(row)
}


def without_accents(name: str) -> str:
    """Drop every accent, the tilde of ñ too."""
    plain = unicodedata.normalize("NFD", name.replace("œ", "oe"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def by_ear(name: str, rng: Random, *, creole: bool = False) -> str:
    """Change one sound of a name as somebody who only heard it would write it."""
    rules = BY_EAR_CREOLE if creole else BY_EAR
    fitting = [rule for rule in rules if rule[0].search(name)]
    if not fitting or len(name) < 4:
        return without_accents(name)
    pattern, to = rng.choice(fitting)
    changed = pattern.sub(to, name, count=1)
    return changed[:1].upper() + changed[1:]


def by_haste(name: str, rng: Random) -> str:
    """Make one error of typing: letters swapped, left out, doubled or from the next key."""
    if len(name) < 4:
        return name
    at = rng.randrange(1, len(name) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == 1:
        return name[:at] + name[at + 1 :]
    if kind == 2:
        return name[:at] + name[at] + name[at:]
    return name[:at] + rng.choice(BESIDE.get(name[at], name[at])) + name[at + 1 :]


def in_english(name: str, rng: Random) -> str:
    """Give the name that a speaker of English writes, or the name as it is."""
    return ENGLISH[name] if name in ENGLISH and happens(rng, 0.5) else name


def as_written(name: str, rng: Random, *, error: float, creole: bool = False) -> str:
    """Write every word of a name, each with this chance of an error."""
    written = []
    for word in name.split(" "):
        told = word
        if happens(rng, error):
            told = by_ear(told, rng, creole=creole)
        if happens(rng, error / 4):
            told = by_haste(told, rng)
        written.append(told)
    return " ".join(written)
