"""Towns and corridors as the phone keeps them, made once for each process."""

import hashlib
import json
from functools import cache

from geodata.compact import compact_areas, compact_towns

NAMES = ("towns", "areas")


@cache
def packed(name: str) -> bytes:
    """Give `towns` or `areas` as JSON."""
    data = compact_towns() if name == "towns" else compact_areas()
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def digest(name: str) -> str:
    """Give the word that stands in the address, and changes with the content."""
    return hashlib.sha256(packed(name)).hexdigest()[:12]
