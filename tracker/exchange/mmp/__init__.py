"""Read files of IOM's Missing Migrants Project, of every layout, column by column.

    table = read_mmp(path)

`table.frame` holds one row per row of the file in scope, in the file's order, with these columns.
Text is of pandas' `str` type, NaN where blank; numbers are float64, NaN where not known.

row                     record number in the file: the header is 1 (in JSON the first record is 1)
identity                Incident ID, else Main ID plus ordinal, else Web ID; never blank or twice
external_ids            kind:id joined with "|"; kinds incident_id, main_id, web_id
incident_type           incident | split_incident | cumulative_incident
date_from, date_to      datetime64[s], NaT when not known
date_precision          day | month | year | unknown
date_basis              reported | found | death
number_dead, number_missing_min, number_survivors, number_females, number_males, number_children
total_reported          the file's own total, NaN where it has none
causes                  codes joined with ";" in the order of domain.causes.Cause
cause_reported          the words as received; so too location_description, country_reported,
                        route_reported, region_reported, unsd_reported, origin_reported,
                        region_origin_reported, information_source, url
longitude, latitude     degrees in EPSG:4326, NaN when not known or kept off the map
location_precision      exact | vicinity | locality | adm3 | adm2 | adm1 | corridor_segment |
                        sea_area | unknown
uncertainty_m           radius in metres, NaN without a position
location_basis          gps | place_name | admin_centre | estimated
position_reported       the coordinates as received
country_of_incident     iso3, NaN when not named or not known
origins                 iso3 joined with ";" in alphabetical order
source_quality          Int8, 1 to 5
region_in_scope         whether the region label is one of the five of the Americas

`table.findings` holds one row per finding: row, identity, code, column, original, value, action.
Codes are `findings.FINDING_CODES`, actions `findings.ACTIONS`; docs/import.md explains them.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from tracker.exchange import workbooks
from tracker.exchange.mmp import (
    columns,
    counts,
    dates,
    delimited,
    duplicates,
    identities,
    labels,
    places,
    positions,
    precision,
    records,
    scope,
)
from tracker.exchange.mmp.findings import ACTIONS, FINDING_CODES, Findings
from tracker.exchange.mmp.inspection import FileFacts, inspect_file
from tracker.exchange.mmp.layouts import Layout
from tracker.exchange.refusals import REFUSAL_CODES, UnreadableFile, refuse

__all__ = [
    "ACTIONS",
    "FINDING_CODES",
    "REFUSAL_CODES",
    "MmpTable",
    "UnreadableFile",
    "read_mmp",
]


@dataclass(frozen=True)
class MmpTable:
    """A file read and checked; `layout` is the id that leads its rows."""

    frame: pd.DataFrame
    findings: pd.DataFrame
    layout: str
    rows_read: int
    out_of_scope: int
    sha256: str


def read_mmp(path: Path, all_regions: bool = False) -> MmpTable:
    """Read, check and repair a file of the Missing Migrants Project.

    Rows outside the Americas are counted, and left out unless `all_regions`.
    Raises UnreadableFile with the one reason why a file cannot be read.
    """
    facts = inspect_file(path)
    layout, raw = _read_raw(path, facts)
    rows_read = len(raw)
    if rows_read == 0:
        refuse("no_rows")
    found = positions.parse_positions(raw)
    american = _in_scope(raw, found)
    out_of_scope = int((~american).sum())
    if not all_regions and out_of_scope:
        raw = raw[american].reset_index(drop=True)
        found = found.chosen(american)
        american = american[american]
    frame, findings = _check(raw, layout, (found, american))
    return MmpTable(frame, findings, layout.name, rows_read, out_of_scope, facts.sha256)


def _read_raw(path: Path, facts: FileFacts) -> tuple[Layout, pd.DataFrame]:
    """Return one text column per field and the record numbers."""
    first = delimited.FIRST_RECORD
    if facts.kind == "workbook":
        workbooks.check_workbook(path)
        with tempfile.TemporaryDirectory() as folder:
            sheet = Path(folder) / "sheet.csv"
            workbooks.convert_workbook(path, sheet)
            layout, table = delimited.read_delimited(sheet)
    elif facts.kind == "json":
        first = records.FIRST_RECORD
        layout, table = records.read_records(path)
    else:
        layout, table = delimited.read_delimited(path, facts.quotes_balanced)
    raw = table.to_pandas(types_mapper={pa.string(): columns.TEXT}.get, split_blocks=True)
    raw["row"] = np.arange(first, first + len(raw))
    return layout, _without_tags(raw)


def _without_tags(raw: pd.DataFrame) -> pd.DataFrame:
    """Leave out the row of HXL tags (#region+name ...) and rows without any content."""
    fields = raw.drop(columns="row")
    ids = fields.iloc[:, 0]
    suspect = (ids.str.strip() == "") | ids.str.startswith("#")
    if suspect.any():
        cells = fields[suspect].apply(lambda column: column.str.strip())
        empty = ((cells == "") | cells.apply(lambda column: column.str.startswith("#"))).all(axis=1)
        raw = raw.drop(index=cells.index[empty])
    return raw.reset_index(drop=True)


def _in_scope(raw: pd.DataFrame, found: positions.Positions) -> columns.Mask:
    """Tell the rows about the Americas: by the region label, or without one by the point."""
    by_point = scope.in_the_americas(found.longitude, found.latitude)
    if "region" not in raw:
        return by_point
    region = columns.clean_text(raw["region"])
    return np.where(region.isna(), by_point, scope.region_in_scope(region))


def _check(
    raw: pd.DataFrame, layout: Layout, place: tuple[positions.Positions, columns.Mask]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn text into typed columns, and note everything that is odd on the way."""
    found, american = place
    findings = Findings(raw["row"].to_numpy())
    identity = identities.read_identities(raw, findings)
    read_labels = labels.read_labels(raw, findings)
    numbers = counts.read_counts(raw, findings)
    counts.report_totals(numbers, findings)
    when = dates.read_dates(raw, identity["identity"], findings)
    when["date_basis"] = dates.date_basis(
        layout.date_header, read_labels["cause_reported"], read_labels["location_description"]
    )
    positions.report_unplaced(found, findings)
    positions.repair_swapped(found, american, findings)
    reach = places.compare_places(found, american, read_labels, findings=findings)
    words = read_labels["location_description"]
    where = precision.read_precision(found, words, reach, findings=findings)
    where["longitude"], where["latitude"] = found.longitude, found.latitude
    where["position_reported"] = found.reported
    frame = pd.concat([raw[["row"]], identity, when, numbers, read_labels, where], axis=1)
    frame["region_in_scope"] = scope.region_in_scope(frame["region_reported"])
    duplicates.report_duplicates(frame, found, findings)
    findings.add(
        "out_of_scope",
        ~american,
        column="region_reported",
        action="kept",
        original=frame["region_reported"],
    )
    return frame, findings.table(frame["identity"])
