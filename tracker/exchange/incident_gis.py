"""Writes incidents for geographic programs: GeoPackage, FlatGeobuf and GeoParquet, EPSG:4326."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyogrio
from pyarrow import parquet
from pyproj import CRS

from tracker.domain.exports import NAMES
from tracker.exchange.cells import points_as_wkb

_GEOMETRY = "geometry"
_LAYER = "incidents"


def write_gpkg(path: Path, tables: Iterable[pa.Table], about: Mapping[str, object]) -> None:
    """Write a GeoPackage with one layer; where no place may be shown, the geometry is null."""
    told = {name: json.dumps(value, ensure_ascii=False) for name, value in about.items()}
    _write(path, tables, driver="GPKG", dataset_metadata=told)


def write_fgb(path: Path, tables: Iterable[pa.Table], about: Mapping[str, object]) -> None:
    """Write FlatGeobuf; without its index, which leaves no room for rows without a place."""
    description = json.dumps(about, ensure_ascii=False)
    options = {"SPATIAL_INDEX": "NO", "DESCRIPTION": description}
    _write(path, tables, driver="FlatGeobuf", layer_options=options)


def _write(path: Path, tables: Iterable[pa.Table], **how: object) -> None:
    located = (_with_points(table) for table in tables)
    first = next(located)
    stream = pa.RecordBatchReader.from_batches(
        first.schema, chain.from_iterable(table.to_batches() for table in chain([first], located))
    )
    pyogrio.write_arrow(
        stream,
        path,
        layer=_LAYER,
        geometry_name=_GEOMETRY,
        geometry_type="Point",
        crs="EPSG:4326",
        **how,
    )


def write_parquet(path: Path, tables: Iterable[pa.Table], about: Mapping[str, object]) -> None:
    """Write GeoParquet 1.1, one group of rows a stretch."""
    located: Iterator[pa.Table] = (_with_points(table) for table in tables)
    first = next(located)
    schema = first.schema.with_metadata(
        {"geo": json.dumps(_geo()), "about": json.dumps(about, ensure_ascii=False)}
    )
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in chain([first], located):
            writer.write_table(table.replace_schema_metadata(schema.metadata))


def _geo() -> dict[str, object]:
    column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": CRS(4326).to_json_dict()}
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}


def _with_points(table: pa.Table) -> pa.Table:
    points = points_as_wkb(table["longitude"], table["latitude"])
    return table.select(NAMES).append_column(_GEOMETRY, points)
