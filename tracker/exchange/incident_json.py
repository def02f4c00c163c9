"""Writes incidents as JSON, as one JSON object a line, and as GeoJSON, stretch by stretch."""

import json
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from tracker.domain.exports import COLUMNS, ExportColumn, Kind
from tracker.exchange.cells import moments_as_words

_NEEDS_CARE = r"[\x00-\x1f\x7f\"\\\x{2028}\x{2029}]"
_PLACE = ("longitude", "latitude")


def incident_ndjson(tables: Iterable[pa.Table]) -> Iterator[bytes]:
    """Write one object a line; what is not known is null."""
    for table in tables:
        yield _lines(_objects(table), "\n") + b"\n" if table.num_rows else b""


def incident_json(tables: Iterable[pa.Table], about: Mapping[str, object]) -> Iterator[bytes]:
    """Write what the file says of itself, then the incidents."""
    head = json.dumps(about, ensure_ascii=False, indent=1)
    yield f'{{"about": {head},\n"incidents": ['.encode()
    yield from _listed(_lines(_objects(table), ",\n") for table in tables if table.num_rows)
    yield b"\n]}\n"


def incident_geojson(tables: Iterable[pa.Table], about: Mapping[str, object]) -> Iterator[bytes]:
    """Write features of RFC 7946; where no place may be shown, the geometry is null."""
    head = json.dumps(about, ensure_ascii=False, indent=1)
    yield f'{{"type": "FeatureCollection", "about": {head},\n"features": ['.encode()
    yield from _listed(_lines(_features(table), ",\n") for table in tables if table.num_rows)
    yield b"\n]}\n"


def features_of(tables: Iterable[pa.Table]) -> str:
    """Write features with commas between them, without a collection around them."""
    return ",\n".join(
        _lines(_features(table), ",\n").decode() for table in tables if table.num_rows
    )


def _listed(parts: Iterable[bytes]) -> Iterator[bytes]:
    before = b"\n"
    for part in parts:
        yield before
        yield part
        before = b",\n"


def _lines(objects: pa.ChunkedArray, between: str) -> bytes:
    """Join texts to one."""
    texts = objects.combine_chunks() if isinstance(objects, pa.ChunkedArray) else objects
    whole = pa.ListArray.from_arrays(pa.array([0, len(texts)], pa.int32()), texts)
    return pc.binary_join(whole, between)[0].as_buffer().to_pybytes()  # type: ignore[no-any-return]


def _objects(table: pa.Table) -> pa.ChunkedArray:
    return _joined(table, COLUMNS)


def _features(table: pa.Table) -> pa.ChunkedArray:
    properties = _joined(table, tuple(each for each in COLUMNS if each.name not in _PLACE))
    x, y = (pc.cast(table[name], pa.string()) for name in _PLACE)
    point = pc.binary_join_element_wise(
        '{"type": "Point", "coordinates": [', x, ", ", y, "]}", "", null_handling="emit_null"
    )
    ids = _words(table["id"])
    return pc.binary_join_element_wise(
        '{"type": "Feature", "id": ',
        ids,
        ', "geometry": ',
        pc.fill_null(point, "null"),
        ', "properties": ',
        properties,
        "}",
        "",
    )


def _joined(table: pa.Table, columns: tuple[ExportColumn, ...]) -> pa.ChunkedArray:
    parts: list[object] = []
    for at, column in enumerate(columns):
        parts += [f'{", " if at else "{"}"{column.name}": ', _value(table[column.name], column)]
    return pc.binary_join_element_wise(*parts, "}", "")


def _value(values: pa.ChunkedArray, column: ExportColumn) -> pa.ChunkedArray:
    if column.kind in (Kind.WHOLE, Kind.DECIMAL):
        return pc.fill_null(pc.cast(values, pa.string()), "null")
    if column.kind is Kind.MOMENT:
        values = moments_as_words(values)
    return _words(pc.cast(values, pa.string()))


def _words(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write texts as JSON does; the few with marks that need care one by one."""
    quoted = pc.binary_join_element_wise('"', texts, '"', "", null_handling="emit_null")
    careful = pc.fill_null(pc.match_substring_regex(texts, _NEEDS_CARE), False)
    if pc.any(careful).as_py():
        written = [
            json.dumps(text, ensure_ascii=False) for text in texts.filter(careful).to_pylist()
        ]
        flat = pa.chunked_array([pc.if_else(True, quoted, quoted).combine_chunks()])
        quoted = pc.replace_with_mask(
            flat.combine_chunks(), careful.combine_chunks(), pa.array(written, pa.string())
        )
    return pc.fill_null(quoted, "null")
