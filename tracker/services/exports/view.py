"""Names every field of many incidents that the asker may see: columns, never copied rows."""

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracker.domain.exports import COLUMNS, Kind
from tracker.domain.publication import PublicationRule
from tracker.services.exports.places import published_places

TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.DECIMAL: pa.float64(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("us", "UTC"),
}
SCHEMA = pa.schema([(column.name, TYPES[column.kind]) for column in COLUMNS])
# What a layout of IOM has beside: the country as named, and ids by their kind.
IOM_COLUMNS = ("country_of_incident", "incident_id", "main_id", "web_id")
WHOLE_SCHEMA = pa.schema([*SCHEMA, *(pa.field(name, pa.string()) for name in IOM_COLUMNS)])
# Column of a file -> what it is called of a version. Given as they stand to whoever sees the row.
_NAMED = {
    "id": "public_id",
    "dead": "number_dead",
    "missing": "number_missing_min",
    "survivors": "number_survivors",
    "females": "number_females",
    "males": "number_males",
    "other_gender": "number_other_gender",
    "children": "number_children",
    "subregion": "review_2021",
    "known_since": "recorded_from",
    **{
        name: name
        for name in (
            *("dataset", "incident_type", "date_from", "date_to", "date_precision", "causes"),
            *("cause_reported", "origins", "country", "un_m49", "corridor", "segment"),
            *("corridor_relation", "route_reported", "region_reported", "source_quality"),
            *("information_source", "url", "status", "version_number"),
        )
    },
}


def published_columns(
    known: pa.Table, names: pa.Table, *, rule: PublicationRule, today: dt.date
) -> pa.Table:
    """Give the columns of `COLUMNS`, then those of `IOM_COLUMNS`, of a stretch of versions."""
    made = {name: known[of_version] for name, of_version in _NAMED.items()}
    made["dead_and_missing"] = _sum(made["dead"], made["missing"])
    places = published_places(known, rule, today)
    for name, values in (
        ("longitude", places.longitude),
        ("latitude", places.latitude),
        ("uncertainty_m", places.uncertainty_m),
    ):
        made[name] = pa.array(values, from_pandas=True)
    there = pa.array(~np.isnan(places.longitude))
    made["location_precision"] = _where(there, known["location_precision"])
    described = pa.array(places.described)
    # Whether an edge runs through a small circle would tell where in its cell a place lies.
    made["corridor_relation"] = _where(pa.array(places.exact), made["corridor_relation"])
    made["location_description"] = _where(described, known["location_description"])
    made |= _names(known["id"].to_numpy(), names)
    made["country_of_incident"] = known["country_of_incident"]
    return pa.table({name: made[name] for name in WHOLE_SCHEMA.names}).cast(WHOLE_SCHEMA)


def _where(mask: pa.Array, column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(mask, column, pa.scalar(None, column.type))


def _sum(dead: pa.ChunkedArray, missing: pa.ChunkedArray) -> pa.ChunkedArray:
    """Add the dead and the missing; unknown only where both are unknown."""
    added = pc.add(pc.fill_null(dead, 0), pc.fill_null(missing, 0))
    return _where(pc.or_(pc.is_valid(dead), pc.is_valid(missing)), added)


def _names(numbers: npt.NDArray[np.int64], names: pa.Table) -> dict[str, pa.Array]:
    """Join the names of each incident, each once, in their order."""
    frame = pd.DataFrame({"number": names["incident_id"], "value": names["value"]})
    once = pa.array(~frame.duplicated().to_numpy() & np.isin(frame["number"], numbers))
    names = names.filter(once)
    columns = {"external_ids": _joined(numbers, names, ";")}
    for kind in IOM_COLUMNS[1:]:
        columns[kind] = _joined(numbers, names.filter(pc.equal(names["kind"], kind)), ",")
    return columns


def _joined(numbers: npt.NDArray[np.int64], names: pa.Table, mark: str) -> pa.Array:
    starts = np.searchsorted(names["incident_id"].to_numpy(), numbers)
    offsets = np.append(starts, len(names)).astype(np.int32)
    values = names["value"].combine_chunks()
    lists = pa.ListArray.from_arrays(pa.array(offsets), values)
    joined = pc.binary_join(lists, mark)
    return pc.if_else(pa.array(np.diff(offsets) > 0), joined, pa.scalar(None, pa.string()))
