"""Writes incidents in the column layout of IOM's Missing Migrants Project, as CSV.

What that layout has no column for is left out: another gender, a week or a range of days (given
as the month or year that holds it), segments and corridors, which are worked out from the place.
"""

import calendar
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geodata.countries import country_name
from tracker.domain.causes import LABELS, causes_of
from tracker.exchange.cells import guarded_column, translated

# Header of the layout; the last one is ours: it carries the id of every other file.
HEADERS = (
    *("Main ID", "Incident ID", "Web ID", "Incident Type", "Region of Incident"),
    *("Incident Date", "Incident Year", "Month", "Number of Dead"),
    *("Minimum Estimated Number of Missing", "Total Number of Dead and Missing"),
    *("Number of Survivors", "Number of Females", "Number of Males", "Number of Children"),
    *("Country of Origin", "Cause of Death", "Country of Incident", "Migration Route"),
    *("Location of Incident", "Coordinates", "Information Source", "URL", "Source Quality"),
    "Tracker ID",
)
# What others have written; the rest is made here, of numbers and codes.
_WORDS = frozenset(
    {
        *("Main ID", "Incident ID", "Web ID", "Region of Incident", "Cause of Death"),
        *("Migration Route", "Location of Incident", "Information Source", "URL"),
    }
)
_TYPES = {
    "incident": "Incident",
    "split_incident": "Split Incident",
    "cumulative_incident": "Cumulative Incident",
}
_LABEL_OF = {cause: label.capitalize() for label, cause in LABELS.items()}
_WITHOUT_HEADER = csv.WriteOptions(include_header=False)


def incident_iom(tables: Iterable[pa.Table]) -> Iterator[bytes]:
    """Write rows of incidents in IOM's columns; the tracker's own import reads them back."""
    yield (",".join(HEADERS) + "\n").encode()
    for table in tables:
        file = pa.BufferOutputStream()
        csv.write_csv(_as_iom(table), file, _WITHOUT_HEADER)
        yield file.getvalue().to_pybytes()


def _as_iom(table: pa.Table) -> pa.Table:
    day, year, month = _dates(table)
    columns = {
        "Main ID": table["main_id"],
        "Incident ID": pc.coalesce(table["incident_id"], table["main_id"], table["id"]),
        "Web ID": table["web_id"],
        "Incident Type": translated(table["incident_type"], _TYPES.__getitem__),
        "Region of Incident": table["region_reported"],
        "Incident Date": day,
        "Incident Year": year,
        "Month": month,
        "Number of Dead": table["dead"],
        "Minimum Estimated Number of Missing": table["missing"],
        "Total Number of Dead and Missing": table["dead_and_missing"],
        "Number of Survivors": table["survivors"],
        "Number of Females": table["females"],
        "Number of Males": table["males"],
        "Number of Children": table["children"],
        "Country of Origin": translated(table["origins"], _countries),
        "Cause of Death": _causes(table),
        "Country of Incident": translated(table["country_of_incident"], _countries),
        "Migration Route": table["route_reported"],
        "Location of Incident": table["location_description"],
        "Coordinates": _coordinates(table),
        "Information Source": table["information_source"],
        "URL": table["url"],
        "Source Quality": table["source_quality"],
        "Tracker ID": table["id"],
    }
    return pa.table(
        {
            name: guarded_column(values) if name in _WORDS else values
            for name, values in ((name, columns[name]) for name in HEADERS)
        }
    )


def _dates(table: pa.Table) -> tuple[pa.ChunkedArray, pa.ChunkedArray, pa.ChunkedArray]:
    """Give the day where it is known, the year and the month as far as they are known."""
    first, last = table["date_from"], table["date_to"]
    same_year = pc.equal(pc.year(first), pc.year(last))
    same_month = pc.and_(same_year, pc.equal(pc.month(first), pc.month(last)))
    day = _where(pc.equal(table["date_precision"], "day"), pc.cast(first, pa.string()))
    month = translated(
        pc.cast(_where(same_month, pc.month(first)), pa.string()),
        lambda number: calendar.month_name[int(number)],
    )
    return day, _where(same_year, pc.year(first)), month


def _where(mask: pa.ChunkedArray, column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.fill_null(mask, False), column, pa.scalar(None, column.type))


def _coordinates(table: pa.Table) -> pa.ChunkedArray:
    y, x = (pc.cast(table[name], pa.string()) for name in ("latitude", "longitude"))
    return pc.binary_join_element_wise(y, x, ", ", null_handling="emit_null")


def _causes(table: pa.Table) -> pa.ChunkedArray:
    """Give the words of the source where they still say what the record says, else IOM's labels."""
    words, codes = table["cause_reported"], table["causes"]
    read = translated(words, lambda told: ";".join(causes_of(told)[0]))
    agree = pc.fill_null(pc.equal(read, codes), False)
    return pc.if_else(agree, words, translated(codes, _labels))


def _labels(codes: str) -> str:
    return ",".join(_LABEL_OF[code] for code in codes.split(";"))  # type: ignore[index]


def _countries(codes: str) -> str:
    return ",".join(country_name(code, "en") for code in codes.split(";"))
