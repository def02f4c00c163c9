"""What the cells of columns look like as words, the same in every format."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tracker.domain.exports import FORMULA

_FORMULA_FIRST = "^" + FORMULA.replace("\x00", r"\x00")


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
    return pc.replace_substring_regex(column, _FORMULA_FIRST, r"'\1")


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
