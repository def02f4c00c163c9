"""Words of places and sources that tell one from another, the same in Spanish and in English."""

import re
from functools import lru_cache

from geodata.spelling import folded

# What people write in one language or the other, or short or long, for the same.
SAME_WORD = {
    "rio": "river", "riviere": "river", "arroyo": "creek", "canal": "canal",
    "condado": "county", "municipio": "municipality", "departamento": "department",
    "provincia": "province", "estado": "state", "desierto": "desert", "frontera": "border",
    "fronteriza": "border", "fronterizo": "border", "playa": "beach", "puente": "bridge",
    "isla": "island", "islas": "island", "islands": "island", "ile": "island",
    "carretera": "highway", "autopista": "highway", "hwy": "highway", "costa": "coast",
    "costas": "coast", "mar": "sea", "golfo": "gulf", "selva": "jungle", "jungla": "jungle",
    "bahia": "bay", "cabo": "cape", "lago": "lake", "presa": "dam", "montana": "mountain",
    "montanas": "mountain", "mountains": "mountain", "sierra": "mountain", "cerro": "hill",
    "rancho": "ranch", "ejido": "ejido", "parque": "park", "nacional": "national",
    "internacional": "international", "norte": "north", "sur": "south", "este": "east",
    "oeste": "west", "tren": "train", "vias": "tracks", "ferrocarril": "railway",
    "millas": "miles", "milla": "miles", "mile": "miles", "mi": "miles",
    "kilometros": "km", "kilometers": "km", "kilometres": "km",
    "periodico": "newspaper", "diario": "diario", "fiscalia": "prosecutor",
    "policia": "police", "patrulla": "patrol", "guardia": "guard", "costera": "coast",
    "medico": "medical", "forense": "examiner", "oficina": "office", "sheriffs": "sheriff",
    "coroners": "coroner", "examiners": "examiner",
}  # fmt: skip
# Several words for one; written as they are folded.
SAME_NAME = {
    "united states of america": "usa", "united states": "usa", "estados unidos": "usa",
    "ee uu": "usa", "eeuu": "usa", "eua": "usa", "u s a": "usa",
    "republica dominicana": "dominican republic", "rio grande": "river bravo",
    "rio bravo": "river bravo", "tapon del darien": "darien", "darien gap": "darien",
    "brasil": "brazil", "haiti": "haiti", "estrecho": "strait", "mar caribe": "caribbean sea",
    "nuevo mexico": "new mexico", "canal de la mona": "mona passage",
}  # fmt: skip
# Words that stand everywhere and tell no place and no source from another.
_EMPTY_WORDS = """
    a al an and at by cerca close cross checked de del des du el en for from in km la las le les
    los miles n near no nr of off on or por s the to un una unspecified us usa via w y e con
    location ubicacion lugar see coordinates coordenadas exact gps especificado especificada
    undetermined jurisdiction area zona approximately aprox aproximadamente about between entre
    state municipality department province county office
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
_NAMES = re.compile(r"\b(?:" + "|".join(sorted(SAME_NAME, key=len, reverse=True)) + r")\b")


@lru_cache(maxsize=50_000)
def informative_words(text: str) -> frozenset[str]:
    """Return the words of a text that tell one place or source from another, folded."""
    plain = _NAMES.sub(lambda found: SAME_NAME[found.group()], folded(text))
    words = (SAME_WORD.get(word, word) for word in plain.split())
    return frozenset(word for word in words if word not in EMPTY and len(word) > 1)
