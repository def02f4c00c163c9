"""Corridors as passages: towns where people were last heard of, spots where people are found.

Positions are those of towns and landscapes, to a tenth of a degree or so, from general geography.
They are no places of real deaths. Weights of corridors: the share of people recorded as dead or
missing in the Americas by IOM's Missing Migrants Project (edition of 2025-05-05), rounded, with
more for the Darien, where few of the dead are counted. Weights within a corridor are assumed.
"""

from dataclasses import dataclass

from benchmarks.registers.chance import Table

Position = tuple[float, float]
Spot = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold a way through a corridor: towns, and spots with their scatter in kilometres."""

    corridor: str
    weight: float
    towns: tuple[Position, ...]
    spots: tuple[Spot, ...]
    kind: str = "land"


CORRIDOR_WEIGHTS = {
    "us_mexico_border": 0.54, "caribbean": 0.17, "mexico_transit": 0.10, "darien": 0.09,
    "central_america_transit": 0.02, "guatemala_mexico_border": 0.02, "venezuela_colombia": 0.012,
    "andean_route": 0.012, "altiplano": 0.01, "canada_us": 0.004, "atlantic_drift": 0.012,
}  # fmt: skip

# Where people come from by corridor: assumed, in the order of what counts of the route suggest.
ORIGINS = {
    "us_mexico_border": {"MEX": 50, "GTM": 18, "HND": 11, "SLV": 7, "ECU": 6, "VEN": 2, "NIC": 2,
                         "CUB": 1, "COL": 1, "PER": 1, "DOM": 1},
    "mexico_transit": {"HND": 36, "GTM": 24, "SLV": 14, "NIC": 5, "VEN": 8, "CUB": 4, "ECU": 4,
                       "HTI": 4, "COL": 1},
    "guatemala_mexico_border": {"HND": 38, "GTM": 18, "SLV": 14, "VEN": 10, "NIC": 6, "HTI": 7,
                                "CUB": 5, "ECU": 2},
    "central_america_transit": {"VEN": 34, "HND": 22, "HTI": 14, "CUB": 10, "NIC": 10, "ECU": 10},
    "darien": {"VEN": 52, "HTI": 18, "ECU": 11, "COL": 7, "CUB": 5, "PER": 3, "SEN": 2, "DOM": 2},
    "caribbean": {"HTI": 40, "CUB": 34, "DOM": 18, "VEN": 6, "COL": 2},
    "venezuela_colombia": {"VEN": 88, "COL": 12},
    "andean_route": {"VEN": 70, "COL": 12, "PER": 8, "ECU": 5, "HTI": 5},
    "altiplano": {"VEN": 60, "BOL": 16, "PER": 8, "HTI": 8, "COL": 8},
    "canada_us": {"MEX": 40, "HTI": 25, "GTM": 15, "VEN": 10, "COL": 10},
    "atlantic_drift": {"SEN": 40, "MLI": 30, "MRT": 18, "GMB": 12},
}  # fmt: skip

PASSAGES = (
    Passage("us_mexico_border", 28, ((-112.85, 31.86), (-111.83, 30.71), (-110.94, 31.31)),
            ((-112.1, 31.95, 35), (-111.6, 31.75, 25), (-112.9, 32.3, 30), (-110.9, 31.5, 15))),
    Passage("us_mexico_border", 26, ((-98.28, 26.08), (-97.5, 25.88), (-98.84, 26.32)),
            ((-98.2, 27.15, 22), (-98.4, 26.9, 20), (-98.1, 26.06, 12), (-97.6, 25.95, 12))),
    Passage("us_mexico_border", 16, ((-100.52, 28.7), (-100.97, 29.32)),
            ((-100.5, 28.72, 12), (-100.9, 29.36, 10), (-99.9, 28.7, 25)), "river"),
    Passage("us_mexico_border", 10, ((-99.52, 27.48),), ((-99.5, 27.55, 15), (-98.9, 27.6, 30))),
    Passage("us_mexico_border", 12, ((-106.49, 31.69), (-107.64, 31.78)),
            ((-106.55, 31.82, 10), (-106.3, 31.7, 15), (-107.5, 31.95, 25))),
    Passage("us_mexico_border", 8, ((-115.47, 32.65), (-117.03, 32.52), (-114.77, 32.48)),
            ((-115.4, 32.72, 12), (-116.8, 32.62, 15), (-116.1, 32.75, 20), (-117.1, 32.55, 8))),
    Passage("us_mexico_border", 3, ((-104.41, 29.56),), ((-103.8, 29.5, 30), (-104.5, 30.2, 30))),
    Passage("mexico_transit", 45, ((-92.26, 14.91), (-94.24, 16.33), (-95.0, 16.57), (-95.2, 18.1)),
            ((-93.2, 15.7, 30), (-94.6, 16.5, 25), (-95.1, 17.8, 35), (-96.8, 18.9, 30))),
    Passage("mexico_transit", 30, ((-97.1, 18.89), (-99.1, 19.5), (-92.93, 17.99)),
            ((-97.6, 19.0, 30), (-99.2, 19.9, 30), (-100.9, 21.5, 40), (-98.8, 24.8, 40))),
    Passage("mexico_transit", 25, ((-100.98, 22.15), (-100.31, 25.67), (-110.96, 29.1)),
            ((-100.9, 24.2, 50), (-98.2, 25.0, 40), (-110.5, 29.6, 40), (-99.6, 26.8, 40))),
    Passage("guatemala_mexico_border", 70, ((-92.15, 14.68), (-91.98, 15.6)),
            ((-92.2, 14.75, 15), (-92.0, 15.3, 20), (-92.4, 14.6, 15))),
    Passage("guatemala_mexico_border", 30, ((-91.43, 17.47), (-89.9, 16.93)),
            ((-91.2, 17.3, 25), (-90.5, 17.6, 25))),
    Passage("central_america_transit", 50, ((-85.2, 11.25), (-86.75, 13.6), (-85.75, 14.05)),
            ((-85.5, 11.3, 25), (-86.7, 13.8, 25), (-86.0, 12.3, 30))),
    Passage("central_america_transit", 50, ((-89.2, 14.43), (-88.03, 15.5), (-82.8, 9.5)),
            ((-89.0, 14.6, 25), (-88.4, 15.4, 20), (-82.9, 9.2, 25))),
    Passage("darien", 70, ((-77.36, 8.63), (-76.73, 8.09)),
            ((-77.5, 8.55, 10), (-77.6, 8.4, 12), (-77.75, 8.2, 12), (-77.9, 8.25, 8))),
    Passage("darien", 20, ((-76.73, 8.09),), ((-77.3, 8.7, 12), (-77.1, 8.5, 15)), "sea"),
    Passage("darien", 10, ((-77.4, 7.1),), ((-77.9, 7.3, 15), (-78.1, 7.8, 20))),
    Passage("caribbean", 42, ((-82.38, 23.1), (-81.2, 23.05), (-79.98, 22.8)),
            ((-81.5, 24.3, 40), (-80.4, 24.9, 40), (-81.8, 23.6, 40)), "sea"),
    Passage("caribbean", 32, ((-72.83, 19.94), (-72.2, 19.76), (-77.35, 25.05)),
            ((-73.4, 20.8, 50), (-77.0, 25.2, 40), (-72.3, 21.7, 40), (-79.6, 26.2, 30)), "sea"),
    Passage("caribbean", 18, ((-69.05, 18.98), (-69.85, 19.38), (-68.7, 18.6)),
            ((-68.0, 18.5, 25), (-67.3, 18.35, 15), (-68.6, 18.9, 20)), "sea"),
    Passage("caribbean", 8, ((-62.3, 10.57), (-69.6, 11.4)),
            ((-61.9, 10.6, 20), (-69.3, 12.1, 25)), "sea"),
    Passage("venezuela_colombia", 100, ((-72.44, 7.81), (-72.5, 7.89), (-72.25, 11.38)),
            ((-72.5, 7.75, 15), (-72.7, 7.35, 15), (-72.3, 11.2, 25))),
    Passage("andean_route", 100, ((-77.65, 0.82), (-80.25, -3.48), (-77.28, 1.21)),
            ((-77.6, 0.9, 20), (-80.2, -3.6, 20), (-76.9, 2.2, 30), (-78.6, -1.2, 40))),
    Passage("altiplano", 100, ((-68.86, -19.28), (-70.25, -18.01), (-69.0, -16.55)),
            ((-68.75, -19.3, 12), (-70.3, -18.3, 12), (-69.1, -19.6, 25))),
    Passage("canada_us", 100, ((-73.57, 45.5), (-97.2, 49.0)),
            ((-73.5, 45.0, 15), (-97.2, 49.0, 12), (-74.7, 45.0, 10))),
    Passage("atlantic_drift", 100, ((-17.05, 20.93), (-16.5, 16.03), (-17.44, 14.69)),
            ((-60.7, 11.2, 60), (-46.5, -0.8, 80), (-61.5, 12.1, 60), (-75.2, 18.4, 80)), "ocean"),
)  # fmt: skip

# The corridor that a person comes from when the last contact was earlier on the way.
BEFORE = {
    "us_mexico_border": "mexico_transit",
    "mexico_transit": "guatemala_mexico_border",
    "guatemala_mexico_border": "central_america_transit",
    "central_america_transit": "darien",
    "darien": "venezuela_colombia",
    "andean_route": "venezuela_colombia",
    "altiplano": "andean_route",
}
PLANNED = {
    "mexico_transit": "us_mexico_border",
    "guatemala_mexico_border": "us_mexico_border",
    "central_america_transit": "us_mexico_border",
    "venezuela_colombia": "darien",
    "andean_route": "altiplano",
}
BY_CORRIDOR = {
    code: Table([(way, way.weight) for way in PASSAGES if way.corridor == code])
    for code in CORRIDOR_WEIGHTS
}
CORRIDORS = Table(CORRIDOR_WEIGHTS)
ORIGIN_TABLES = {code: Table(shares) for code, shares in ORIGINS.items()}
