"""Print how the places of geodata agree with a file of the Missing Migrants Project.

    python -m benchmarks.measure_places FILE [--rows]

The labels of the file (route, UN grouping) are only compared with, never used to decide.
--rows lists every row whose corridor differs from its label.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.countries import find_countries
from geodata.places import look_up_places

REGIONS = ("north america", "central america", "caribbean", "south america", "us-mexico border")
ROUTES = {
    "us-mexico border crossing": "us_mexico_border",
    "darien": "darien",
    "darien gap": "darien",
    "caribbean to us": "caribbean",
    "dominican republic to puerto rico": "caribbean",
    "haiti to dominican republic": "caribbean",
    "venezuela to caribbean": "caribbean",
    "caribbean to central america": "caribbean",
}
GROUPS = {
    "northern america": "northern_america",
    "central america": "central_america",
    "caribbean": "caribbean",
    "south america": "south_america",
}
HEADERS = {
    "id": ("Main ID", "Web ID"),
    "region": ("Region of Incident", "Region"),
    "route": ("Migration Route", "Migration route"),
    "group": ("UNSD Geographical Grouping",),
    "country": ("Country of Incident",),
    "place": ("Coordinates", "Location Coordinates"),
    "words": ("Location of Incident", "Location of death", "Location Description"),
}
MEASURED = ("us_mexico_border", "darien", "caribbean")
SHARED_ROWS = 10  # so many rows on one point, all worded differently: it stands for a province


@dataclass(frozen=True)
class Score:
    """Count hits and misses of one corridor."""

    hits: int
    extra: int
    missed: int

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        return 2 * self.hits / (2 * self.hits + self.extra + self.missed)


def read(path: Path) -> pd.DataFrame:
    """Read the Americas rows of a file of any layout, with the plain slips of signs repaired."""
    table = (
        pd.read_excel(path, dtype=str, engine="openpyxl")
        if path.suffix == ".xlsx"
        else pd.read_csv(path, dtype=str, encoding_errors="replace")
    )
    frame = pd.DataFrame(
        {name: _column(table, headers) for name, headers in HEADERS.items()}
    ).fillna("")
    inside = frame["region"].str.lower().str.split(",").map(lambda names: set(names) & set(REGIONS))
    frame = frame[inside.astype(bool)].reset_index(drop=True)
    frame["longitude"], frame["latitude"] = _positions(frame["place"])
    return frame[frame["latitude"].between(-89.9, 90)].reset_index(drop=True)


def _column(table: pd.DataFrame, headers: tuple[str, ...]) -> "pd.Series[str]":
    found = [name for name in headers if name in table.columns]
    return table[found[0]] if found else pd.Series("", index=table.index)


def _positions(cells: "pd.Series[str]") -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    numbers = cells.str.extract(r"(-?\d+\.?\d*)[\s,]+(-?\d+\.?\d*)").astype(float).to_numpy()
    point = cells.str.contains("POINT").to_numpy()
    longitude = np.where(point, numbers[:, 0], numbers[:, 1])
    latitude = np.where(point, numbers[:, 1], numbers[:, 0])
    swapped = ~_american(longitude, latitude) & _american(latitude, longitude)
    longitude, latitude = (
        np.where(swapped, latitude, longitude),
        np.where(swapped, longitude, latitude),
    )
    east = ~_american(longitude, latitude) & _american(-longitude, latitude)
    return np.where(east, -longitude, longitude), latitude


def _american(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (longitude > -170) & (longitude < -25) & (latitude > -60) & (latitude < 85)


def labelled(frame: pd.DataFrame) -> "pd.Series[str]":
    """Give the corridor that the file's own route (or, before 2022, region) names, or ''."""
    route = frame["route"].str.strip().str.lower().map(ROUTES).fillna("")
    old = frame["region"].str.lower().eq("us-mexico border")
    return route.mask(old & (route == ""), "us_mexico_border")


def stand_ins(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Tell the points that many differently worded rows share: they stand for a whole province."""
    return frame.groupby(["longitude", "latitude"])["words"].transform("nunique") >= SHARED_ROWS


def score(found: "pd.Series[str]", wanted: "pd.Series[str]", code: str) -> Score:
    """Compare one corridor with its label."""
    return Score(
        hits=int(((found == code) & (wanted == code)).sum()),
        extra=int(((found == code) & (wanted != code)).sum()),
        missed=int(((found != code) & (wanted == code)).sum()),
    )


def report_groups(frame: pd.DataFrame) -> None:
    """Print the agreement with the file's UN grouping, with and without the country named."""
    wanted = frame["group"].str.strip().str.lower().map(GROUPS).rename("file")
    rows = wanted.notna().to_numpy()
    longitude, latitude = frame["longitude"].to_numpy(), frame["latitude"].to_numpy()
    named = find_countries(frame["country"].tolist())
    for title, countries in (("country given", named), ("country not given", None)):
        places = look_up_places(longitude, latitude, named_countries=countries)
        found = pd.Series(places.decoded("un_m49"), name="here").fillna("none")
        same = int((found[rows] == wanted[rows]).sum())
        print(f"UN grouping, {title}: {same} of {rows.sum()} = {same / rows.sum():.5f}")
        print(pd.crosstab(wanted[rows], found[rows]).to_string(), "\n")


def report_corridors(frame: pd.DataFrame, *, list_rows: bool) -> None:
    """Print F1 of the measured corridors and the confusion table, and the rows that differ."""
    wanted = labelled(frame)
    known = wanted != ""
    counted = known | (frame["route"].str.strip() == "")
    places = look_up_places(frame["longitude"].to_numpy(), frame["latitude"].to_numpy())
    found = pd.Series(places.decoded("corridor"), name="here").fillna("")
    shared = stand_ins(frame)
    for code in MEASURED:
        for words, some in (("labelled rows", known), ("blank is none", counted)):
            one = score(found[some], wanted[some], code)
            missed = some & (wanted == code) & (found != code)
            print(
                f"{code:17} {words:14} F1 {one.f1:.5f}  hits {one.hits} extra {one.extra} "
                f"missed {one.missed}, of them {int((missed & shared).sum())} on stand-in points"
            )
    route = frame["route"].str.strip().replace("", "(blank)").rename("route")
    print("\n", pd.crosstab(route, found.replace("", "none")).to_string(), sep="")
    if list_rows:
        _list(frame.assign(wanted=wanted, found=found)[counted & (found != wanted)])


def _list(frame: pd.DataFrame) -> None:
    measured = (frame["wanted"] != "") | frame["found"].isin(MEASURED)
    for row in frame[measured].sort_values(["wanted", "found", "id"]).to_dict("records"):
        place = f"{row['latitude']:.4f},{row['longitude']:.4f}"
        print(row["id"], place, row["wanted"] or "-", row["found"] or "-", row["words"], sep="\t")


def main() -> None:
    """Read the file and print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", action="store_true", help="list every row that differs")
    asked = parser.parse_args()
    frame = read(asked.file)
    print(f"{asked.file.name}: {len(frame)} rows of the Americas with a position\n")
    report_groups(frame)
    report_corridors(frame, list_rows=asked.rows)


if __name__ == "__main__":
    main()
