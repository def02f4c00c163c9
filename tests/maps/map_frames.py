"""Invented incidents and land for the tests of the map."""

import datetime as dt

import pandas as pd

from tracker.domain.tallies import Tally, TallyQuery

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "${alert(2)}",
    "`+alert(3)+`",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<script>alert(4)",
    "'\"><svg onload=alert(5)>",
    "\u2028alert(6)\u2029&lt;b&gt;",
)


def incident(number: int = 1, **facts: object) -> dict[str, object]:
    """Make a row of the map's frame; the place is near Necocli."""
    day = pd.Timestamp("2021-03-04")
    return {
        "public_id": f"4TX-{number:03d}",
        "longitude": -76.78,
        "latitude": 8.42,
        "uncertainty_m": 1000.0,
        "precision": "locality",
        "date_from": day,
        "date_to": day,
        "date_precision": "day",
        "dead": 2.0,
        "missing": float("nan"),
        "survivors": float("nan"),
        "causes": "drowning",
        "country": "COL",
        "subregion": "south_america",
        "corridor": "darien",
        "segment": "gulf_of_uraba",
        "information_source": "A newspaper",
        "location_description": "Off Necoclí, Colombia",
        "source_quality": 3.0,
        "url_path": f"/incidents/4TX-{number:03d}",
        **facts,
    }


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    """Make the frame that the services give, with its types."""
    made = pd.DataFrame(list(rows), columns=list(incident()))
    for name in ("date_from", "date_to"):
        made[name] = pd.to_datetime(made[name])
    return made


def hostile_frame() -> pd.DataFrame:
    """Put hostile text into every field that holds words, each in a place of its own."""
    rows = []
    for number, text in enumerate(HOSTILE):
        words = dict.fromkeys(
            (
                "location_description",
                "information_source",
                "causes",
                "country",
                "corridor",
                "precision",
            ),
            text.replace(";", ","),
        )
        rows.append(incident(number, **words, segment=None, latitude=-10.0 + 6 * number))
    return frame(*rows)


def square(west: float, south: float, side: float) -> dict[str, object]:
    """Make a square area."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features: tuple[dict[str, object], dict[str, object] | None]) -> dict[str, object]:
    """Make a GeoJSON collection of (properties, geometry)."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }


LAND = collection(
    ({"iso3": "COL", "names": {"es": "Colombia", "en": "Colombia"}}, square(-80.0, 0.0, 12.0)),
    (
        {"iso3": "DOM", "names": {"es": "Rep. Dominicana", "en": "Dominican Rep."}},
        square(-72, 17, 2),
    ),
)
CORRIDORS = collection(
    ({"id": "darien", "names": {"es": "Darién", "en": "Darien"}}, square(-78.0, 7.0, 2.0)),
    ({"id": "atlantic_drift", "names": {"en": "Atlantic drift"}}, None),
)


def tally(**total: int | None) -> Tally:
    """Make the answer to a question about everything, as known on 2021-05-01."""
    counts = {"incidents": 1, "dead": 2, "missing": None, "dead_and_missing": 2, **total}
    return Tally(TallyQuery(dt.date(2021, 5, 1)), (), counts, "test")
