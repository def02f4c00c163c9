"""Every quirk of the real files is found, row by row, and says what was done about it."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tracker.exchange.mmp import ACTIONS, FINDING_CODES, read_mmp

DATA = Path(__file__).parents[1] / "data"
PLAIN = {
    "Web ID": "1",
    "Region": "US-Mexico Border",
    "Reported Date": "March 27, 2021",
    "Reported Year": "2021",
    "Reported Month": "Mar",
    "Number Dead": "1",
    "Minimum Estimated Number of Missing": "",
    "Total Dead and Missing": "1",
    "Number of Survivors": "",
    "Cause of Death": "Drowning",
    "Location Description": "Rio Bravo, Eagle Pass, Maverick County, Texas, USA",
    "Location Coordinates": "28.70521, -100.50934",
    "Migration Route": "",
    "Source Quality": "3",
}


def read_rows(tmp_path, *changes):
    """Read a file of one plain row for each change made to it; ids count from 1."""
    rows = [PLAIN | {"Web ID": str(n)} | change for n, change in enumerate(changes, start=1)]
    path = tmp_path / "mmp.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PLAIN)
        writer.writeheader()
        writer.writerows(rows)
    return read_mmp(path)


def found(table, code):
    """Findings of one code as (identity, original, value, action)."""
    chosen = table.findings[table.findings["code"] == code]
    columns = chosen[["identity", "original", "value", "action"]]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in columns.itertuples(index=False)
    ]


def row_of(table, identity):
    return table.frame.set_index("identity").loc[identity]


@pytest.fixture(scope="module")
def old():
    return read_mmp(DATA / "mmp-2021-09-05-extract.csv")


@pytest.fixture(scope="module")
def new():
    return read_mmp(DATA / "mmp-2025-05-05-extract.xlsx")


@pytest.fixture(scope="module")
def points():
    return read_mmp(DATA / "mmp-2022-05-15-extract.xlsx")


def test_a_plain_row_gives_no_finding(tmp_path):
    table = read_rows(tmp_path, {})
    assert table.findings.empty
    row = row_of(table, "1")
    assert row["location_precision"] == "locality"
    assert pd.isna(row["number_missing_min"])


def test_swapped_coordinates_are_put_in_order_and_keep_the_text(old):
    swapped = found(old, "swapped_coordinates")
    assert len(swapped) == 7
    assert swapped[0] == (
        *("57766", "-114.579342000000, 32.468858000000"),
        *("32.468858, -114.579342", "repaired"),
    )
    row = row_of(old, "57766")
    assert (row["longitude"], row["latitude"]) == (-114.579342, 32.468858)
    assert row["position_reported"] == "-114.579342000000, 32.468858000000"


def test_a_longitude_cut_at_ninety_is_lost_so_the_point_leaves_the_map_but_not_the_count(old):
    clamped = found(old, "latitude_clamped")
    assert [identity for identity, *_ in clamped] == ["57781", "57746", "54405", "54404"]
    assert {action for *_, action in clamped} == {"kept_off_map"}
    row = row_of(old, "54404")
    assert np.isnan(row["longitude"])
    assert row["location_precision"] == "unknown"
    assert row["number_dead"] == 1


def test_a_missing_minus_on_the_longitude_is_put_back(old, new):
    assert found(old, "longitude_sign") == [
        ("58471", "28.695394910000, 100.509376500000", "28.69539491, -100.5093765", "repaired")
    ]
    assert [identity for identity, *_ in found(new, "longitude_sign")] == [
        *("2022.MMP1142", "2022.MMP1369", "2022.MMP1490", "2022.MMP2072", "2022.MMP2331")
    ]


def test_a_wrong_sign_of_the_latitude_is_turned_when_it_leads_into_the_country_named(old, new):
    assert found(new, "latitude_sign") == [
        ("2021.MMP00768", "17.96096906, -67.10421332", "-17.96096906, -67.10421332", "repaired")
    ]
    identities = [identity for identity, *_ in found(old, "latitude_sign")]
    assert identities == ["58486", "57621"]  # the second was swapped as well
    assert row_of(old, "57621")["latitude"] == -19.2683361


def test_points_unrelated_to_the_place_named_leave_the_map(old, new, points):
    assert ("54029", "41.626431800000, 22.442500800000", "USA", "kept_off_map") in found(
        old, "outside_country"
    )
    assert [row for row in found(new, "outside_country") if row[3] == "kept_off_map"] == [
        ("2019.MMP00655", "38.701231409, 44.242474772", "MEX", "kept_off_map")
    ]
    assert found(points, "outside_country") == [
        ("2021.MMP00928", "POINT (12.54897854 33.01479981)", "USA", "kept_off_map")
    ]


def test_a_point_in_the_country_of_the_description_stays_where_the_label_is_wrong(new):
    assert ("2016.MMP00631", "24.215586, -99.43327", "USA", "kept") in found(new, "outside_country")


def test_a_point_some_kilometres_off_keeps_a_radius_that_reaches_the_country(tmp_path):
    table = read_rows(tmp_path, {"Location Coordinates": "28.61, -100.60"})
    assert found(table, "outside_country") == [("1", "28.61, -100.60", "USA", "lowered")]
    row = row_of(table, "1")
    assert (row["location_precision"], row["uncertainty_m"]) == ("adm2", 30_000)
    further = row_of(read_rows(tmp_path, {"Location Coordinates": "28.2, -101.0"}), "1")
    assert further["location_precision"] == "adm1"
    assert 50_000 < further["uncertainty_m"] <= 100_000


def test_a_point_within_five_kilometres_of_the_border_is_not_reported(tmp_path):
    table = read_rows(tmp_path, {"Location Coordinates": "28.70012, -100.53012"})
    assert found(table, "outside_country") == []


def test_a_point_at_sea_near_the_country_is_not_reported(tmp_path):
    at_sea = {
        "Location Description": "Off the coast of Key West, Florida, USA",
        "Location Coordinates": "24.11512, -81.90412",
    }
    table = read_rows(tmp_path, at_sea)
    assert table.findings.empty
    assert row_of(table, "1")["location_precision"] == "sea_area"


def test_a_placeholder_shared_by_many_rows_lowers_the_precision(old, new):
    lowered = found(old, "placeholder_coordinates")
    assert len(lowered) == 12
    assert {(value, action) for _, _, value, action in lowered} == {("adm2", "lowered")}
    darien = found(new, "placeholder_coordinates")
    assert len(darien) == 11
    assert {value for _, _, value, _ in darien} == {"corridor_segment"}
    row = row_of(new, "2022.MMP2192")
    assert (row["uncertainty_m"], row["longitude"]) == (50_000, -77.616875)


def test_whole_degrees_are_no_place(tmp_path):
    table = read_rows(
        tmp_path,
        {"Location Coordinates": "8, -77", "Location Description": "Darien Gap, Panama"},
    )
    assert found(table, "whole_degree") == [("1", "8, -77", "adm1", "lowered")]
    assert row_of(table, "1")["uncertainty_m"] == 100_000


def test_a_negative_missing_stays_negative(new):
    assert found(new, "negative_missing") == [("2015.MMP00308", "-1", "-1", "kept")]
    row = row_of(new, "2015.MMP00308")
    assert (row["number_dead"], row["number_missing_min"], row["total_reported"]) == (20, -1, 19)
    assert "total_mismatch" not in set(new.findings["code"])


def test_other_numbers_below_zero_are_kept_and_reported(tmp_path):
    table = read_rows(tmp_path, {"Number of Survivors": "-1"})
    assert found(table, "negative_count") == [("1", "-1", "-1", "kept")]


def test_a_total_that_is_not_dead_plus_missing_is_reported_and_the_parts_stand(tmp_path):
    table = read_rows(
        tmp_path,
        {"Total Dead and Missing": "3"},
        {"Number Dead": "", "Minimum Estimated Number of Missing": "", "Total Dead and Missing": "2"},
    )  # fmt: skip
    assert found(table, "total_mismatch") == [("1", "3", "1", "kept"), ("2", "2", "0", "kept")]
    assert row_of(table, "1")["number_dead"] == 1
    assert np.isnan(row_of(table, "2")["number_dead"])


def test_blank_is_not_zero_and_thousands_have_commas(tmp_path):
    table = read_rows(
        tmp_path,
        {"Number Dead": "", "Minimum Estimated Number of Missing": "1,022", "Total Dead and Missing": "1,022"},
        {"Number Dead": "0", "Total Dead and Missing": "0"},
        {"Number Dead": "several"},
    )  # fmt: skip
    assert np.isnan(row_of(table, "1")["number_dead"])
    assert row_of(table, "1")["number_missing_min"] == 1022
    assert row_of(table, "2")["number_dead"] == 0
    assert found(table, "unreadable_number") == [("3", "several", None, "kept")]


def test_undated_rows_have_a_month_or_the_year_of_their_id(new, points):
    assert found(points, "undated")[0] == ("2020.MMP01074", None, "2020-02", "lowered")
    month = row_of(points, "2020.MMP01074")
    assert (month["date_precision"], month["date_to"]) == ("month", pd.Timestamp("2020-02-29"))
    years = found(new, "undated")
    assert len(years) == 13
    year = row_of(new, "2020.MMP01074")
    assert year["date_precision"] == "year"
    assert (year["date_from"], year["date_to"]) == (
        pd.Timestamp("2020-01-01"),
        pd.Timestamp("2020-12-31"),
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("January 05, 2020", "2020-01-05"),
        ("2020-01-05", "2020-01-05"),
        ("2020-01-05T12:00:00", "2020-01-05"),
        ("2020-01-05 00:00:00", "2020-01-05"),
        ("Mon, 01/06/2014 - 12:00", "2014-01-06"),
        ("01/06/2014", "2014-01-06"),
        ("25/12/2019", "2019-12-25"),
        ("41645", "2014-01-06"),
        ("enero 05, 2020", "2020-01-05"),
    ],
)
def test_dates_are_read_in_every_format(written, day, tmp_path):
    table = read_rows(tmp_path, {"Reported Date": written})
    assert row_of(table, "1")["date_from"] == pd.Timestamp(day)
    assert table.findings.empty


@pytest.mark.parametrize("written", ["0", "", "February 30, 2021", "soon", "1821-03-01"])
def test_what_is_no_date_falls_back_to_month_and_year(written, tmp_path):
    table = read_rows(tmp_path, {"Reported Date": written})
    assert found(table, "undated") == [("1", written or None, "2021-03", "lowered")]


def test_a_row_without_any_date_is_kept(tmp_path):
    blank = {"Reported Date": "", "Reported Year": "", "Reported Month": ""}
    table = read_rows(tmp_path, blank)
    row = row_of(table, "1")
    assert row["date_precision"] == "unknown"
    assert row["date_from"] is pd.NaT


def test_a_cause_that_nobody_told_is_mixed_or_unknown_and_said_so(tmp_path):
    table = read_rows(
        tmp_path,
        {"Cause of Death": ""},
        {"Cause of Death": "Melancholy"},
        {"Cause of Death": "Unknown (skeletal remains)"},
    )
    assert found(table, "unknown_cause") == [
        ("1", None, "mixed_or_unknown", "kept"),
        ("2", "Melancholy", "mixed_or_unknown", "kept"),
    ]
    assert set(table.frame["causes"]) == {"mixed_or_unknown"}


def test_several_values_in_a_cell_are_reported_and_kept(new):
    joined = {
        (identity, original): (value, action)
        for identity, original, value, action in found(new, "joined_values")
    }
    assert joined["2020.MMP00507506", "Mediterranean,North America"][1] == "kept"
    assert joined["2018.MMP00334356", "1,5"] == ("1", "lowered")
    assert joined["2022.MMP1112", "Incident,Split Incident"] == ("split_incident", "kept")
    row = row_of(new, "2020.MMP00507506")
    assert row["region_in_scope"]
    assert row["region_reported"] == "Mediterranean,North America"
    assert row["route_reported"] == "Central Mediterranean,US-Mexico border crossing"


def test_a_comma_inside_one_label_is_no_second_value(tmp_path):
    route = "From Haiti to Dajabon, Dominican Republic"
    assert found(read_rows(tmp_path, {"Migration Route": route}), "joined_values") == []


def test_rows_that_share_day_and_point_name_the_first_of_them(new):
    assert ("2014.MMP01097", "2014.MMP01097", "2014.MMP00066", "kept") in found(new, "duplicate_of")
    assert {"2014.MMP00066", "2014.MMP01097"} <= set(new.frame["identity"])


def test_an_id_that_repeats_is_a_conflict_and_both_rows_count(tmp_path):
    table = read_rows(
        tmp_path, {}, {"Web ID": "1", "Number Dead": "2", "Total Dead and Missing": "2"}
    )
    assert found(table, "id_conflict") == [("1#2", "1", "1#2", "kept")]
    assert table.frame["number_dead"].sum() == 3


def test_a_byte_order_mark_in_an_id_is_no_part_of_it(tmp_path):
    table = read_rows(tmp_path, {"Web ID": "\ufeff54881 "})
    assert list(table.frame["identity"]) == ["54881"]


def test_a_position_that_cannot_be_read_is_kept_off_the_map(tmp_path, points):
    table = read_rows(tmp_path, {"Location Coordinates": "somewhere"})
    assert found(table, "unreadable_position") == [("1", "somewhere", None, "kept_off_map")]
    assert found(points, "unplaced")[0] == ("2014.MMP01000", None, None, "kept_off_map")


def test_precision_follows_words_digits_and_sharing(tmp_path):
    words = "Location Description"
    table = read_rows(
        tmp_path,
        {words: "Pima County, Arizona, USA (see coordinates for exact location)"},
        {words: "Near Eagle Pass, Texas, USA", "Location Coordinates": "28.71, -100.49"},
        {words: "Unspecified location in Texas, USA", "Location Coordinates": "28.91, -100.42"},
        {words: "Ranch, Texas, USA", "Location Coordinates": "28.9, -100.4"},
    )
    assert list(table.frame["location_precision"]) == ["exact", "adm3", "adm1", "adm2"]
    assert list(table.frame["uncertainty_m"]) == [10, 5_000, 100_000, 30_000]
    assert list(table.frame["location_basis"]) == [
        "gps",
        "place_name",
        "admin_centre",
        "admin_centre",
    ]


def test_codes_and_actions_are_the_known_ones(old, new, points):
    findings = pd.concat([old.findings, new.findings, points.findings])
    assert set(findings["code"]) <= set(FINDING_CODES)
    assert set(findings["action"]) <= set(ACTIONS)


def test_every_finding_is_explained_in_the_guide():
    guide = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    assert [code for code in FINDING_CODES if f"`{code}`" not in guide] == []
