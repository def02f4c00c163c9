"""Reads JSON that everybody reads alike."""

import json
from collections.abc import Sequence


def read_json_text(given: bytes) -> object:
    """Give what a text of JSON holds; raises `ValueError` where readers could differ.

    UTF-8, finite numbers, no name twice in one object, not too deep.
    """
    try:
        read: object = json.loads(
            given.decode(), object_pairs_hook=_each_once, parse_constant=_refuse
        )
        # Half of a pair of surrogates is no character, and no database takes it.
        json.dumps(read, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("too deep") from None
    return read


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    # Which of two would count differs from program to program.
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
