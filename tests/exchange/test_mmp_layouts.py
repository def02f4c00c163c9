"""Every layout gives the same frame, whatever the file is called."""

import csv
import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tracker.exchange.mmp import read_mmp

DATA = Path(__file__).parents[1] / "data"
OLD = DATA / "mmp-2021-09-05-extract.csv"
WORKBOOK = DATA / "mmp-2025-05-05-extract.xlsx"
HDX_NAMES = {
    "Main ID": "web_id",
    "Region of Incident": "region",
    "Incident Date": "reported_date",
    "Number of Dead": "number_dead",
    "Minimum Estimated Number of Missing": "number_missing",
    "Total Number of Dead and Missing": "total_dead_and_missing",
    "Number of Survivors": "number_of_survivors",
    "Number of Females": "number_of_female",
    "Number of Males": "number_of_male",
    "Number of Children": "number_of_children",
    "Cause of Death": "cause_death",
    "Country of Incident": "country_of_incident",
    "Location of Incident": "location_description",
    "UNSD Geographical Grouping": "unsd_geographic_grouping",
    "Coordinates": "location_coodinates",
    "Migration Route": "migration_route",
    "Information Source": "information_source",
    "URL": "url",
    "Source Quality": "source_quality",
    "Region of Origin": "region_origin",
    "Country of Origin": "country_origin",
}
SAME_IN_ALL = [
    *("number_dead", "number_missing_min", "total_reported", "date_from", "date_to", "causes"),
    *("longitude", "latitude", "location_precision", "country_of_incident", "origins"),
    *("route_reported", "region_reported", "unsd_reported", "source_quality"),
]


def hdx_rows():
    """The rows of the workbook under the names of the copy on the Humanitarian Data Exchange."""
    sheet = openpyxl.load_workbook(WORKBOOK).worksheets[0]
    headers, *rows = sheet.iter_rows(values_only=True)
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return [
        {
            HDX_NAMES[name]: cell
            for name, cell in zip(headers, row, strict=True)
            if name in HDX_NAMES
        }
        for row in texts
    ]


def written_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_the_old_layout_has_web_ids_and_counts_what_is_out_of_scope():
    table = read_mmp(OLD)
    assert (table.layout, table.rows_read, table.out_of_scope) == ("web_id", 38, 5)
    assert len(table.frame) == 33
    first = table.frame.iloc[0]
    assert first["external_ids"] == f"web_id:{first['identity']}"
    assert set(table.frame["date_basis"]) == {"reported"}
    assert table.frame["date_from"].dtype == "datetime64[s]"


def test_all_regions_keeps_the_rest_and_says_that_it_is_out_of_scope():
    table = read_mmp(OLD, all_regions=True)
    assert (len(table.frame), table.out_of_scope) == (38, 5)
    found = table.findings[table.findings["code"] == "out_of_scope"]
    assert len(found) == 5
    assert not table.frame.set_index("row")["region_in_scope"][found["row"]].any()
    assert 1022.0 in set(table.frame["total_reported"])


def test_the_workbook_of_2025_has_incident_ids_that_lead():
    table = read_mmp(WORKBOOK)
    assert (table.layout, table.rows_read, table.out_of_scope) == ("incident_id", 50, 3)
    split = table.frame.set_index("identity").loc["2018.MMP00334356"]
    assert split["external_ids"] == (
        "incident_id:2018.MMP00334356|incident_id:2018.MMP00334357|main_id:2018.MMP00334"
    )
    assert table.frame["identity"].is_unique
    assert table.frame["source_quality"].dtype == "Int8"


def test_the_workbook_of_2022_writes_points_with_the_longitude_first():
    frame = read_mmp(DATA / "mmp-2022-05-15-extract.xlsx").frame.set_index("identity")
    row = frame.loc["2014.MMP00001"]
    assert (row["longitude"], row["latitude"]) == (-110.366453, 31.650259)
    assert row["position_reported"] == "POINT (-110.366453 31.650259)"


def test_the_download_form_of_2026_has_no_total_and_dates_in_us_order():
    table = read_mmp(DATA / "mmp-2026-05-06-extract.csv")
    row = table.frame.set_index("identity").loc["2026.MMP0006"]
    assert row["date_from"] == row["date_to"] == pd.Timestamp("2026-01-04")
    assert table.frame["total_reported"].isna().all()


def test_a_column_of_remarks_and_a_byte_order_mark_do_no_harm(tmp_path):
    header, *lines = OLD.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "\ufeff" + "provenance," + header + "".join("2021-09-05 file," + line for line in lines)
    path = tmp_path / "table"
    path.write_text(text, encoding="utf-8")
    pd.testing.assert_frame_equal(read_mmp(path).frame, read_mmp(OLD).frame)


def test_semicolons_and_windows_line_ends_are_read(tmp_path):
    rows = list(csv.reader(OLD.read_text(encoding="utf-8").splitlines(keepends=True)))
    path = tmp_path / "excel.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    pd.testing.assert_frame_equal(read_mmp(path).frame, read_mmp(OLD).frame)


def test_the_layout_with_an_index_and_migrantion_route_is_read(tmp_path):
    rows = [{"": str(index), **row} for index, row in enumerate(hdx_rows())]
    for row in rows:
        row["Migrantion route"] = row.pop("migration_route")
        row["Main ID"] = row.pop("web_id")
    frame = read_mmp(written_csv(tmp_path / "mmp.csv", rows)).frame
    assert "US-Mexico border crossing" in set(frame["route_reported"])
    assert set(frame["incident_type"]) == {"incident"}


@pytest.mark.parametrize("layout", ["csv", "csv with tags", "list", "data"])
def test_the_copies_on_hdx_and_on_the_site_say_the_same_as_the_workbook(layout, tmp_path):
    rows, path = hdx_rows(), tmp_path / "mmp"
    first_row = 2
    if layout == "csv":
        written_csv(path, rows)
    elif layout == "csv with tags":
        tags = {name: "#" + name.replace("_", "+") for name in rows[0]}
        written_csv(path, [tags, *rows])
        first_row = 3
    else:
        path.write_text(json.dumps(rows if layout == "list" else {"data": rows}))
        first_row = 1
    table, workbook = read_mmp(path), read_mmp(WORKBOOK)
    assert table.layout == "web_id"
    assert table.rows_read == workbook.rows_read
    pd.testing.assert_frame_equal(table.frame[SAME_IN_ALL], workbook.frame[SAME_IN_ALL])
    assert (table.frame["row"] - workbook.frame["row"] == first_row - 2).all()
    assert table.frame["external_ids"][0] == "main_id:2014.MMP00066"


def test_a_main_id_that_repeats_gets_an_ordinal(tmp_path):
    row = next(row for row in hdx_rows() if row["web_id"] == "2014.MMP00066")
    table = read_mmp(written_csv(tmp_path / "mmp.csv", [row, row]))
    assert list(table.frame["identity"]) == ["2014.MMP00066", "2014.MMP00066#2"]
    assert "id_conflict" not in set(table.findings["code"])


def test_rows_without_a_region_label_are_told_by_their_point(tmp_path):
    rows = hdx_rows()[:3]
    points = ["31.7, -106.4", "33.01, 12.54", "-33.0, -71.6"]
    for row, point in zip(rows, points, strict=True):
        row |= {"region": "", "location_coodinates": point, "country_of_incident": ""}
        row["location_description"] = "Somewhere"
    table = read_mmp(written_csv(tmp_path / "mmp.csv", rows))
    assert table.out_of_scope == 1
    np.testing.assert_array_equal(table.frame["latitude"], [31.7, -33.0])
    assert not table.frame["region_in_scope"].any()


def test_the_same_file_has_the_same_hash_and_the_same_frame_twice():
    one, two = read_mmp(OLD), read_mmp(OLD)
    assert one.sha256 == two.sha256
    pd.testing.assert_frame_equal(one.frame, two.frame)
    pd.testing.assert_frame_equal(one.findings, two.findings)
