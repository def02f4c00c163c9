"""Teeth, findings, marks, clothes and belongings of a list, read from its words.

A cell is told phrase by phrase. What a phrase says without doubt becomes a finding with its words
beside it; a phrase that is not understood is given back, to be kept as a note. Teeth are FDI
numbers here. Lists in English count them from 1 to 32 (`#30` is 46), lists in Spanish as FDI does;
a number that only one of both ways knows decides for the cell.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.schemas.finding_words import (
    BELONGINGS,
    CLOTHES,
    COLOURS,
    DENIALS,
    DENTAL,
    ENGLISH,
    MARKS,
    MEDICAL,
    SPANISH,
    codes_in,
    named_tooth,
    part_in,
    side_in,
    words_of,
)

Thing = dict[str, Any]
_PARTED = re.compile(r"\s*[;\n]\s*")
_PHRASES = re.compile(r"\s*(?:[;\n]|[,.](?!\d)|\b(?:y|e|and)\b)\s*")
_NUMBER = re.compile(r"(?<![\d.])(\d)\.?(\d)?(?!\d|\.\d)")
# "3 crowns" are three, and not the crown of the third tooth.
_COUNTED = re.compile(
    r"(?<![#\d])\d+\s+(?=(?:dientes?|piezas?|muelas?|coronas?|amalgamas?|teeth|tooth|crowns?|"
    r"fillings?|caries|cavities)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:-|–|\bal?\b|\bto\b)\s*#?\d")
_ONLY_NUMBERS = re.compile(r"[#\d.,\s]+")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]|(?:(?<=\s)|^)['‘’]([^'‘’]+)['‘’](?!\w)")
_SAID = re.compile(
    r"(?:que dice|dice|con el nombre(?: de)?|con las? letras?|con la palabra|nombre|inscripci[oó]n|"
    r"grabado|grabada|letras?|says|reads|reading|with the (?:name|word)s?|named?|engraved|"
    r"inscribed|lettering)[\s:]+(.+)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÑÜ]{3,}(?:\s+[A-ZÁÉÍÓÚÑÜ]{2,})*\b")
_DIALLED = re.compile(r"\+?\(?\d[\d\s().\-/]{5,18}\d")
_BRAND = re.compile(r"\b(?:marca|brand)[\s:]+([\w'&-]+)", re.IGNORECASE)
_SIZE = re.compile(r"\b(?:talla|size|n[uú]mero)[\s:]+(\w{1,6}(?:[./]\d)?)", re.IGNORECASE)
_NAMED = re.compile(r"(?:[A-ZÁÉÍÓÚÑÜ\d][\w'.&-]*\s*)+")
_LONGEST_TEXT = 200
_QUARTERS = ((1, 8, 10), (9, 16, 20), (17, 24, 30), (25, 32, 40))


@dataclass
class Findings:
    """What a cell tells: things as facts hold them, and phrases that were not understood."""

    things: list[Thing] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def read_teeth(cell: str) -> Findings:
    """Read what is told of teeth: `falta 46; corona 11 oro`, `missing #30; gold crown #8`."""
    read, before = Findings(), ""
    read_number = _numbering(cell)
    for phrase in _phrases(cell):
        words = words_of(phrase)
        kinds = codes_in(DENTAL, words)
        if _ONLY_NUMBERS.fullmatch(phrase) and before:
            kinds = (before,)
        elif "gold" in kinds and {*kinds} <= {"gold", "crown", "filled", "prosthesis"}:
            kinds = ("gold",)
        clear = len(kinds) == 1 and not _denied(words) and not _RANGE.search(phrase)
        before = kinds[0] if clear else ""
        if not clear:
            read.unclear.append(phrase)
            continue
        teeth = [read_number(number) for number in _numbers(phrase)]
        if None in teeth:
            read.unclear.append(phrase)
        known: list[int | None] = [tooth for tooth in teeth if tooth]
        # A number after the first one has no words of its own.
        words_beside = "" if _ONLY_NUMBERS.fullmatch(phrase) else phrase
        read.things += [
            _thing(kinds[0], words_beside, tooth=tooth) for tooth in known or [named_tooth(phrase)]
        ]
    return read


def read_medical(cell: str) -> Findings:
    """Read fractures, implants and diseases: `fractura consolidada de tibia derecha`."""
    read = Findings()
    for phrase in _phrases(cell, apart=False):
        words = words_of(phrase)
        kinds = codes_in(MEDICAL, words)
        if not kinds or _denied(words):
            read.unclear.append(phrase)
            continue
        at = {"part": part_in(words), "side": side_in(words)}
        read.things += [_thing(kind, phrase, **at) for kind in kinds]
    return read


def read_marks(cell: str, *, otherwise: str) -> Findings:
    """Read tattoos, scars and the like: `tatuaje antebrazo izquierdo 'MARIA'`."""

    def read_one(phrase: str) -> Thing:
        text, rest = _inscription(phrase, capitals=True)
        words = words_of(rest)
        kinds = codes_in(MARKS, words)
        kind = kinds[0] if len(kinds) == 1 else otherwise
        at = {"part": part_in(words), "side": side_in(words)}
        return _thing(kind, phrase, text=text if kind == "tattoo" else "", **at)

    return _each(cell, read_one)


def read_clothes(cell: str, *, otherwise: str) -> Findings:
    """Read pieces of clothing with colour, brand and size: `camisa azul marca Lee talla M`."""

    def read_one(phrase: str) -> Thing:
        words = words_of(phrase)
        kinds, colours = codes_in(CLOTHES, words), codes_in(COLOURS, words)
        brand, size = _BRAND.search(phrase), _SIZE.search(phrase)
        return _thing(
            kinds[0] if len(kinds) == 1 else otherwise,
            phrase,
            colour=colours[0] if len(colours) == 1 else None,
            brand=brand[1] if brand else None,
            size=size[1] if size else None,
        )

    return _each(cell, read_one, parted_by=CLOTHES)


def read_belongings(cell: str) -> Findings:
    """Read what was carried; what is written on it stands apart, since fewer people may see it."""

    def read_one(phrase: str) -> Thing:
        text, rest = _inscription(phrase)
        number = _DIALLED.search(rest)
        if number:
            text, rest = " ".join(filter(None, (text, number[0]))), rest.replace(number[0], "…")
        kinds = codes_in(BELONGINGS, words_of(rest))
        return _thing(kinds[0] if kinds else "other", rest, text=text)

    return _each(cell, read_one, parted_by=BELONGINGS)


def _each(
    cell: str, read_one: Callable[[str], Thing], *, parted_by: Mapping[str, str] | None = None
) -> Findings:
    """Read one thing after another; none of their words is unclear, since all are kept."""
    read = Findings()
    for phrase in filter(None, _PARTED.split(cell.strip())):
        parts = [part for part in _PHRASES.split(phrase) if part]
        named = all(codes_in(parted_by or {}, words_of(part)) for part in parts)
        # "Blue jeans and a red shirt" are two; "shirt with flowers, torn" is one.
        whole = len(parts) > 1 and named and not _QUOTED.search(phrase)
        read.things += [read_one(part) for part in (parts if whole else [phrase])]
    return read


def _thing(kind: str, phrase: str, **told: object) -> Thing:
    known = {name: value for name, value in (*told.items(), ("description", phrase)) if value}
    return {"kind": kind, **known}


def _phrases(cell: str, *, apart: bool = True) -> Iterable[str]:
    shape = _PHRASES if apart else re.compile(r"\s*(?:[;\n]|[,.](?!\d)(?!\s*$))\s*")
    return (phrase.strip(" .,:") for phrase in shape.split(cell) if phrase.strip(" .,:"))


def _denied(words: list[str]) -> bool:
    return bool(DENIALS & {*words})


def _numbering(cell: str) -> Callable[[int], int | None]:
    """Say how a cell numbers teeth; gives what turns its numbers into those of FDI."""
    numbers = _numbers(cell)
    most = _QUARTERS[-1][1]
    fdi_alone = any(_is_fdi(number) and number > most for number in numbers)
    counted_alone = any(1 <= number <= most and not _is_fdi(number) for number in numbers)
    words = {*words_of(cell)}
    if fdi_alone != counted_alone:
        return _as_fdi if fdi_alone else _as_counted
    spanish, english = len(words & SPANISH), len(words & ENGLISH)
    if fdi_alone or spanish == english:
        return lambda _: None
    # "#11" in Spanish may be either.
    if spanish > english:
        return _as_fdi if "#" not in cell else lambda _: None
    return _as_counted


def _numbers(text: str) -> list[int]:
    return [int(one + two) for one, two in _NUMBER.findall(_COUNTED.sub("", text))]


def _is_fdi(number: int) -> bool:
    return number // 10 in (1, 2, 3, 4) and 1 <= number % 10 <= 8


def _as_fdi(number: int) -> int | None:
    return number if _is_fdi(number) else None


def _as_counted(number: int) -> int | None:
    """Turn a number from 1 (upper right, last) to 32 (lower right, last) into that of FDI."""
    for first, last, quarter in _QUARTERS:
        if first <= number <= last:
            inward = quarter in (10, 30)
            return quarter + (9 - (number - first + 1) if inward else number - first + 1)
    return None


def _inscription(phrase: str, *, capitals: bool = False) -> tuple[str, str]:
    """Give what is written, and the phrase without it."""
    quoted = _QUOTED.search(phrase)
    if quoted:
        return (quoted[1] or quoted[2]).strip()[:_LONGEST_TEXT], phrase.replace(quoted[0], "…")
    said = _SAID.search(phrase)
    # "With the name of her son" tells that there is one, and not which.
    named = _NAMED.match(said[1]) if said else None
    if said is None or named is None:
        written = _CAPITALS.search(phrase) if capitals and phrase.upper() != phrase else None
        if written is None:
            return "", phrase
        return written[0][:_LONGEST_TEXT], phrase.replace(written[0], "…")
    return named[0].strip(" .:")[:_LONGEST_TEXT], phrase.replace(named[0].strip(), "…")
