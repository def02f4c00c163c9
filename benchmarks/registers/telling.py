"""What a teller does to what is so: words in a language, sides mistaken, ranges, digests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from benchmarks.registers.body_words import BONE_NEIGHBOURS
from benchmarks.registers.chance import happens
from benchmarks.registers.columns import Row
from benchmarks.registers.formal_words import agreeing, formally
from benchmarks.registers.marks_words import NEIGHBOURS, PARTS, SIDES, Motif
from benchmarks.registers.people import Garment, Mark
from benchmarks.registers.spelling import by_haste, without_accents
from benchmarks.registers.things_words import BRAND_SLIPS, COLOURS, GARMENT_WORDS

SPANISH, ENGLISH = 0, 1
SIDE_UNKNOWN, SIDE_MISTAKEN = 0.15, 0.05
PART_OF_A_NEIGHBOUR = 0.12
PLAIN_KINDS = {
    "tattoo": ("tatuaje", "tattoo"), "scar": ("", ""), "mole": ("", ""),
    "birthmark": ("", ""), "piercing": ("", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Teller:
    """Hold who tells: the stream of chance, the language, how much they know (mean 1)."""

    rng: Random
    language: int
    detail: float
    examiner: bool = False

    def knows(self, share: float) -> bool:
        """Tell whether this teller knows what tellers know in this share of cases."""
        return self.rng.random() < share * self.detail


def digest(number: str, key: bytes) -> str:
    """Give the digest of a telephone number under a secret key."""
    return blake2b(number.encode(), key=key, digest_size=16).hexdigest()


def worded(
    motif: Motif, fill: Mapping[str, str], teller: Teller, *, letters: str | None = None
) -> str:
    """Word a thing in the teller's language, in one of the ways people do.

    Words inked or engraved are told as they were read: `letters`, or not at all.
    """
    ways = motif.english if teller.language == ENGLISH else motif.spanish
    if teller.examiner and teller.language == SPANISH:
        ways = formally(ways)
    if motif.text and letters is None:
        ways = tuple(way for way in ways if "{" not in way) or ways[-1:]
    way = ways[0] if happens(teller.rng, 0.5) else teller.rng.choice(ways)
    told = dict(fill)
    if motif.text and motif.text.startswith("{"):
        told[motif.text.strip("{}")] = letters or ""
    return way.format(**told)


def told_side(side: str | None, rng: Random) -> str | None:
    """Tell a side, now and then none or the other one (seen from the front)."""
    if side is None or happens(rng, SIDE_UNKNOWN):
        return None
    if side != "middle" and happens(rng, SIDE_MISTAKEN):
        return "left" if side == "right" else "right"
    return side


def told_part(part: str, rng: Random) -> str:
    """Tell a part of the body, now and then the one beside it."""
    return rng.choice(NEIGHBOURS[part]) if happens(rng, PART_OF_A_NEIGHBOUR) else part


def told_bone(part: str, rng: Random, share: float) -> str:
    """Tell a bone or limb, in this share of cases by what is beside it."""
    return rng.choice(BONE_NEIGHBOURS[part]) if happens(rng, share) else part


def read_letters(text: str, worn: float, rng: Random) -> str | None:
    """Read words inked or engraved: not at all, in part, in capitals, or as they are."""
    if happens(rng, worn):
        return None
    if happens(rng, 0.08 + worn / 3):
        text = by_haste(text, rng)
    if len(text) > 4 and happens(rng, worn / 3):
        at = rng.randrange(1, len(text))
        text = text[:at] if happens(rng, 0.5) else f"{text[: at - 1]}?{text[at:]}"
    if happens(rng, 0.5):
        text = without_accents(text)
    return text.upper() if happens(rng, 0.35) else text


def told_mark(mark: Mark, teller: Teller, *, worn: float) -> Row:
    """Tell a mark with its place on the body."""
    rng, language = teller.rng, teller.language
    part, side = told_part(mark.part, rng), told_side(mark.side, rng)
    letters = mark.motif.text and read_letters(mark.motif.text.format(**mark.fill), worn, rng)
    words = worded(mark.motif, mark.fill, teller, letters=letters)
    kind = PLAIN_KINDS[mark.kind][language]
    if kind and happens(rng, 0.5):
        joined = f"{kind} of {words}" if language == ENGLISH else f"{kind}: {words}"
        words = joined
    if happens(rng, 0.55):
        named = rng.choice(PARTS[part][language])
        of_side = rng.choice(SIDES[side][language]) if side and side != "middle" else ""
        pieces = [of_side, named] if language == ENGLISH else [named, of_side]
        place = " ".join(piece for piece in pieces if piece)
        words = f"{words}, {place}" if language == ENGLISH else f"{words} en {place}"
    return {
        "kind": mark.kind, "part": part, "side": side, "text": letters or None,
        "description": words,
    }  # fmt: skip


def told_garment(garment: Garment, teller: Teller, *, faded: float) -> Row:
    """Tell a piece of clothing: its colour may be called by another, its brand left out."""
    rng, language = teller.rng, teller.language
    nouns = GARMENT_WORDS[garment.kind][language]
    noun = nouns[min(garment.noun, len(nouns) - 1)] if happens(rng, 0.7) else rng.choice(nouns)
    colour = garment.colour
    if happens(rng, faded):
        colour = rng.choice(COLOURS[colour][2])
    said = COLOURS[colour][language] if colour in COLOURS else (colour,)
    named: str | None = rng.choice(said) if happens(rng, 0.85) else None
    brand = garment.brand if happens(rng, 0.6) else None
    if brand and happens(rng, 0.15):
        brand = BRAND_SLIPS.get(brand, brand.upper())
    of_noun = named and agreeing(named, noun)
    order = (named, brand, noun) if language == ENGLISH else (noun, of_noun, brand)
    words = " ".join(word for word in order if word)
    return {"kind": garment.kind, "colour": named, "brand": brand, "description": words}


def told_range(
    value: float, half: float, *, lowest: float = 0.0, to: int = 1
) -> tuple[float, float]:
    """Give a range about a value, rounded to whole steps."""
    low = max(round((value - half) / to) * to, lowest)
    return float(low), float(max(round((value + half) / to) * to, low))


def some_of(values: Sequence[Row], most: int, rng: Random) -> list[Row]:
    """Keep at most so many, in the order in which they come to mind."""
    kept = list(values)
    rng.shuffle(kept)
    return kept[:most]


def place_words(parts: tuple[str, str], rng: Random) -> str:
    """Word a place of origin: village and region, or one of the two, with or without accents."""
    village, region = parts
    kind = rng.random()
    words = f"{village}, {region}" if kind < 0.6 else village if kind < 0.75 else region
    if happens(rng, 0.35):
        words = without_accents(words)
    return words.upper() if happens(rng, 0.08) else words
