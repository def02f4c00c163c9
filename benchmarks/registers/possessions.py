"""Draws what people carry and wear, and the telephone numbers that they share with others."""

from random import Random

from benchmarks.registers.chance import happens
from benchmarks.registers.people import Belongings, Garment, Name, Thing
from benchmarks.registers.things_words import (
    BELONGINGS,
    BRANDS,
    COLOUR_OF,
    DENIM,
    GARMENT_WORDS,
    GARMENTS,
)

BRANDED = 0.45
GUIDES = 400


def new_number(rng: Random) -> str:
    """Invent a telephone number; only its digest leaves the registers."""
    return f"{rng.randrange(10**10):010d}"


def draw_garment(rng: Random, kind: str | None = None) -> Garment:
    """Draw a piece of clothing."""
    kind = kind or GARMENTS.draw(rng)
    denim = kind == "trousers"
    brand = BRANDS[kind].draw(rng) if kind in BRANDS and happens(rng, BRANDED) else None
    noun = rng.randrange(len(GARMENT_WORDS[kind][1]))
    return Garment(kind, noun, (DENIM if denim else COLOUR_OF).draw(rng), brand)


def draw_clothing(rng: Random) -> list[Garment]:
    """Draw what a person wears: shirt, trousers and shoes, and what comes with them."""
    worn = [draw_garment(rng, kind) for kind in ("shirt", "trousers", "shoes")]
    extra = [draw_garment(rng) for _ in range(rng.randint(0, 3))]
    return worn + extra


def changed(clothing: list[Garment], days: int, rng: Random) -> list[Garment]:
    """Change clothing on the way: more of it the longer the way, shoes and belt least."""
    kept = []
    for garment in clothing:
        lasting = 0.35 if garment.kind in ("shoes", "belt", "jacket") else 1.0
        gone = min(0.12 + 0.045 * days, 0.85) * lasting
        kept.append(draw_garment(rng, garment.kind) if happens(rng, gone) else garment)
    return kept


def draw_things(name: Name, letters: dict[str, str], rng: Random) -> list[Thing]:
    """Draw what a person carries."""
    full = " ".join([*name.given, name.first, *([name.second] if name.second else [])])
    fill = letters | {"full": full}
    drawn = {}
    for _ in range(rng.randint(2, 7)):
        kind, motif = BELONGINGS.draw(rng)
        drawn[motif.spanish] = Thing(kind, motif, fill)
    return list(drawn.values())


def draw_belongings(
    name: Name, letters: dict[str, str], shared: tuple[list[str], str], *, rng: Random
) -> Belongings:
    """Draw belongings and numbers; `shared` are the numbers of the home and of the guide."""
    home, guide = shared
    own = new_number(rng)
    abroad = [new_number(rng) for _ in range(rng.randint(0, 2))]
    carried = [own, *home, *abroad]
    if happens(rng, 0.25):
        carried.append(guide)
    return Belongings(
        things=draw_things(name, letters, rng),
        clothing=draw_clothing(rng),
        own_number=own,
        home_numbers=[*home, *abroad],
        carried_numbers=carried,
    )
