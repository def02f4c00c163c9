"""What the cells of columns look like as words, the same in every format."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tracker.domain.exports import FORMULA, FORMULA_MARKS

_FORMULA_FIRST = "^" + FORMULA.replace("\x00", r"\x00")
# Of each byte, whether a text that begins with it may have to be marked: one that was is again.
_FORMULA_BYTES = np.zeros(256, dtype=bool)
_FORMULA_BYTES[list(f"'{FORMULA_MARKS}".encode())] = True


def moments_as_words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write moments as 2025-05-05T00:00:00Z."""
    return translated(column, lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}")


def translated(column: pa.ChunkedArray, rule: Callable[[Any], str]) -> pa.ChunkedArray:
    """Apply a rule to each different value once; what is not known stays so."""
    if not len(column):
        return pa.chunked_array([], pa.string())
    encoded = pc.dictionary_encode(column).combine_chunks()
    words = [None if value is None else rule(value) for value in encoded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(words, pa.string()).take(encoded.indices)])


def guarded_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Mark texts such that no spreadsheet runs them; reversible (`tracker.domain.exports`)."""
    if not any(_may_be_formula(chunk) for chunk in column.chunks):
        return column
    return pc.replace_substring_regex(column, _FORMULA_FIRST, r"'\1")


def _may_be_formula(texts: pa.StringArray) -> bool:
    """Say whether any text begins with a byte of a mark: most columns have none, and are done."""
    _, offsets, letters = texts.buffers()
    if letters is None or not len(texts):
        return False
    ends = np.frombuffer(offsets, np.int32, len(texts) + 1, 4 * texts.offset)
    begins = ends[:-1][np.diff(ends) > 0]
    return bool(_FORMULA_BYTES[np.frombuffer(letters, np.uint8)[begins]].any())


def points_as_wkb(longitude: pa.ChunkedArray, latitude: pa.ChunkedArray) -> pa.Array:
    """Give points as well-known binary; null where there is no place."""
    x, y = (column.to_numpy().astype(float) for column in (longitude, latitude))
    there = ~np.isnan(x)
    points = np.zeros(
        int(there.sum()), dtype=[("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")]
    )
    points["order"], points["kind"] = 1, 1
    points["x"], points["y"] = x[there], y[there]
    offsets = np.zeros(len(x) + 1, dtype=np.int32)
    np.cumsum(there * points.dtype.itemsize, out=offsets[1:])
    valid = np.packbits(there, bitorder="little")
    buffers = [pa.py_buffer(part.tobytes()) for part in (valid, offsets, points)]
    return pa.Array.from_buffers(pa.binary(), len(x), buffers)
