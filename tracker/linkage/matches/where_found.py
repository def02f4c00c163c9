"""Where the dead are found: how likely a find is there for one who was last heard of here.

Of somebody last heard of at c, a find at x is as likely as finds are there at all, g(x), times how
readily people get from c to x, h(km) k(corridors). Set beside g(x), the odds are

    NEARBY h k / G(c)  +  (1 - NEARBY) k / K

with G(c), K the means of h k and of k over all finds; the second part are those who went on
unheard. Near a spot where many are found a find weighs little, in a lonely land much; and finds lie
ahead, since that is where finds are.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from geodata.corridors import CORRIDOR_CODES
from geodata.distances import EARTH_RADIUS_M
from tracker.linkage.matches.routes import (
    FARTHER_ON,
    NOT_ON_THE_WAY,
    NOWHERE,
    OFF_THE_WAY,
    ON_THE_WAY,
    ONE_STEP,
    SHARES,
    STAYED,
    steps_between,
)
from tracker.linkage.words import Floats, Ints

# Of those whose last contact has a place, so many went no farther than a crossing or some days'
# travel: half as readily to HALF_KM as within a stone's throw.
NEARBY, HALF_KM = 0.70, 100.0
LEAST_PLACE, MOST_PLACE = -3.0, 4.5
LEAST_ROUTE, MOST_ROUTE = -2.0, 2.5
# Longitude, latitude and thousandths of the dead of a corridor, counted by degrees from IOM's
# Missing Migrants Project (edition of 2025-05-05, numbers of dead, at most 30 an incident).
_FOUND: Mapping[str, str] = {
    "altiplano": """
        -68.6 -19.3 547, -70.1 -20.2 160, -70.3 -18.3 80, -69.0 -16.6 80, -67.9 -22.9 27,
        -68.4 -19.4 27, -69.5 -16.3 13, -68.9 -22.5 13, -68.9 -21.0 13, -68.7 -19.8 13,
        -69.2 -17.8 13, -68.2 -16.5 13
    """,
    "andean_route": """
        -81.2 -4.6 255, -75.6 6.2 118, -77.7 0.8 108, -70.8 -33.3 98, -77.4 1.1 88, -78.2 0.0 78,
        -75.1 4.3 39, -77.8 -10.7 29, -76.5 3.4 29, -76.1 3.8 29, -79.7 -3.0 20, -79.9 -2.1 20,
        -77.0 -12.1 20, -76.8 2.2 20, -70.7 -33.6 20, -78.3 -9.5 10, -71.3 -30.0 10,
        -71.5 -16.4 10
    """,
    "canada_us": """
        -74.7 45.0 333, -97.2 49.0 185, -73.6 45.0 111, -73.4 44.9 111, -72.1 45.0 74,
        -122.6 48.9 37, -119.4 49.0 37, -96.4 48.9 37, -84.4 46.5 37, -79.6 43.6 37
    """,
    "caribbean": """
        -72.3 21.7 68, -72.0 19.7 63, -71.1 19.6 58, -77.6 25.8 55, -68.9 19.0 53, -62.1 10.5 50,
        -76.9 26.5 48, -60.6 11.2 48, -67.3 18.3 45, -62.7 17.3 34, -71.0 21.5 32, -80.6 23.8 29,
        -69.2 18.3 27, -68.0 18.3 26, -70.1 19.7 24, -61.9 10.0 23, -68.4 18.6 23, -83.2 12.1 21,
        -61.3 11.5 21, -81.3 23.9 19, -68.7 11.9 19, -81.8 24.5 16, -80.9 23.2 16, -69.9 12.4 16,
        -70.0 18.3 16, -81.7 25.9 15, -80.1 26.0 15, -71.5 19.3 15, -83.0 23.0 13, -80.2 27.3 13,
        -61.0 8.6 13, -81.4 13.2 11, -76.1 23.5 10, -74.5 10.9 8, -82.5 23.6 6, -62.2 17.2 6,
        -81.2 19.5 5
    """,
    "central_america_transit": """
        -82.2 8.6 188, -85.6 11.2 115, -86.4 13.2 97, -91.3 14.4 61, -86.9 14.0 55, -89.2 13.8 48,
        -89.0 15.0 48, -84.7 11.1 48, -91.1 15.0 42, -89.8 14.9 42, -86.8 13.0 36, -82.8 8.5 36,
        -86.2 14.1 30, -87.6 13.5 24, -84.0 9.9 24, -88.3 15.6 18, -86.2 11.6 18, -88.8 15.6 12,
        -88.3 15.1 12, -83.7 9.4 12, -87.8 15.0 12, -79.5 8.2 12, -82.5 8.4 6
    """,
    "darien": """
        -77.7 8.4 534, -77.4 8.7 272, -77.6 8.7 117, -77.0 8.3 54, -77.7 6.7 23
    """,
    "guatemala_mexico_border": """
        -92.3 14.9 717, -91.2 17.3 138, -92.2 16.0 107, -92.6 15.0 31, -91.7 17.5 6
    """,
    "mexico_transit": """
        -93.0 16.8 99, -97.3 18.8 47, -94.1 18.0 47, -99.2 24.1 45, -95.1 16.4 43, -99.9 20.2 42,
        -95.9 18.3 40, -105.6 23.4 37, -94.9 18.0 36, -102.6 23.6 35, -94.0 16.1 34,
        -93.0 17.8 34, -101.1 19.1 32, -102.9 24.3 32, -99.1 19.8 29, -98.1 19.2 29,
        -96.9 17.3 27, -92.0 17.7 22, -97.9 18.1 21, -104.9 21.6 20, -93.2 15.9 20,
        -101.1 22.2 19, -96.2 19.1 19, -103.4 25.6 17, -97.3 18.2 17, -93.1 16.2 17,
        -94.9 16.6 15, -103.4 27.1 14, -100.9 20.6 14, -108.8 26.2 13, -99.1 19.3 13,
        -103.6 20.6 13, -106.6 28.5 12, -111.9 28.4 11, -100.3 24.4 11, -107.6 24.9 4,
        -104.7 27.4 4, -88.3 21.7 4
    """,
    "us_mexico_border": """
        -111.9 31.9 121, -98.1 27.1 90, -113.0 32.2 89, -100.6 28.8 89, -106.7 31.8 58,
        -111.2 31.9 51, -98.2 26.1 49, -117.0 32.6 44, -99.8 27.9 40, -111.9 32.4 37,
        -99.3 27.3 34, -99.2 27.8 34, -108.7 31.7 30, -100.2 28.8 29, -115.1 32.7 27,
        -100.3 28.9 25, -106.4 31.7 25, -98.7 26.3 24, -115.9 32.7 19, -111.0 31.4 18,
        -99.5 27.5 13, -104.5 30.9 12, -100.4 25.6 11, -97.5 25.8 9, -103.8 29.4 9, -114.8 32.6 5,
        -97.3 27.9 4
    """,
    "venezuela_colombia": """
        -72.4 7.9 402, -73.1 7.3 187, -67.1 6.2 93, -74.1 4.6 75, -74.8 11.0 47, -72.8 7.9 47,
        -73.4 5.6 37, -71.0 6.5 28, -74.2 11.2 19, -73.3 10.5 19, -72.6 11.2 19, -73.6 5.9 9,
        -73.8 9.6 9, -72.9 11.5 9
    """,
    "atlantic_drift": """
        -60.7 11.2 400, -46.5 -1.0 300, -61.5 12.5 150, -70.0 19.5 150
    """,
}


def _sphere(longitude: Floats, latitude: Floats) -> Floats:
    """Return positions on the unit sphere (rows x 3) of degrees."""
    east, north = np.radians(longitude), np.radians(latitude)
    return np.stack(
        [np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1
    )


@cache
def _finds() -> tuple[Floats, Floats, Ints]:
    """Give positions of finds (finds x 3), their shares of all, and the numbers of corridors."""
    told = [
        (CORRIDOR_CODES.index(code), *map(float, each.split()))
        for code, text in _FOUND.items()
        for each in text.split(",")
    ]
    table = np.array(told)
    corridors = table[:, 0].astype(np.int64)
    within = np.bincount(corridors, table[:, 3], minlength=NOWHERE)
    overall = shares_of_corridors()
    return (
        _sphere(table[:, 1], table[:, 2]),
        (table[:, 3] / within[corridors] * overall[corridors]),
        corridors,
    )


@cache
def shares_of_corridors() -> Floats:
    """Give the share of each corridor among the dead, adding up to 1."""
    shares = np.array([SHARES[code] for code in CORRIDOR_CODES])
    whole: Floats = shares / shares.sum()
    return whole


def reach(km: Floats) -> Floats:
    """Return how readily people get so many km (straight through the earth), 1 at most."""
    near: Floats = 1 / (1 + (km / HALF_KM) ** 2)
    return near


@cache
def ways() -> Floats:
    """Give how readily people get from each corridor (line) to each (column), 1 within it.

    The last line and column stand for no corridor, which says nothing.
    """
    table, steps = np.ones((NOWHERE + 1, NOWHERE + 1)), steps_between()
    inner = table[:NOWHERE, :NOWHERE]
    inner[steps == 1] = ONE_STEP
    inner[(steps > 1) & (steps < 99)] = FARTHER_ON
    inner[steps == 99] = NOT_ON_THE_WAY
    return table


@cache
def plans() -> Floats:
    """Give how likely a find is by the planned corridor (line) and where found (column)."""
    table, steps = np.ones((NOWHERE + 1, NOWHERE)), steps_between()
    inner = table[:NOWHERE]
    inner[(steps.T > 0) & (steps.T < 99)] = ON_THE_WAY
    inner[steps.T == 99] = OFF_THE_WAY
    return table


@cache
def elsewhere() -> Floats:
    """Give the odds of those who went on unheard, by the corridors of last contact and find."""
    table, shares = ways(), shares_of_corridors()
    odds: Floats = (1 - NEARBY) * table / (table[:, :NOWHERE] @ shares)[:, None]
    return odds


def foretold(position: Floats, here: Ints, planned: Ints) -> tuple[Floats, Floats, Floats]:
    """Weigh where each case would be found, before any find is looked at.

    Takes positions (rows x 3, nan where not known) and the corridors of last contact and plan.
    Returns NEARBY / G (rows), the weights (nats, rows x corridors and none) of the corridor where
    somebody was found for want of points, and those of the plan given the rest.
    """
    finds, shares, corridors = _finds()
    placed = np.flatnonzero(~np.isnan(position[:, 0]))
    overall = shares_of_corridors()
    chances = _from_corridors()[here]
    near = np.zeros(len(here))
    for rows in np.array_split(placed, len(placed) // 5_000 + 1):
        km = chord_km(np.sqrt(np.maximum(2 - 2 * position[rows] @ finds.T, 0)))
        mass = (shares * reach(km) * ways()[here[rows]][:, corridors]) @ np.eye(NOWHERE)[corridors]
        near[rows] = NEARBY / mass.sum(axis=1)
        chances[rows] = mass * near[rows, None] + elsewhere()[here[rows], :NOWHERE] * overall
    ahead = np.clip(np.log(chances / overall), LEAST_PLACE, MOST_PLACE)
    followed = plans()[planned]
    route = np.log(followed / (chances * followed).sum(axis=1, keepdims=True))
    nothing = np.zeros((len(here), 1))
    return (
        near,
        np.hstack([ahead, nothing]),
        np.hstack([np.clip(route, LEAST_ROUTE, MOST_ROUTE), nothing]),
    )


def chord_km(chord: Floats) -> Floats:
    """Turn chords of the unit sphere into km."""
    km: Floats = chord * EARTH_RADIUS_M / 1000
    return km


@cache
def _from_corridors() -> Floats:
    """Give the chance of each corridor of a find (column) by that of the last contact (line)."""
    overall = shares_of_corridors()
    table = np.tile(overall, (NOWHERE + 1, 1))
    for line, readily in enumerate(ways()[:NOWHERE, :NOWHERE]):
        others = overall * readily
        others[line] = 0
        table[line] = (1 - STAYED) * others / others.sum()
        table[line, line] = STAYED
    return table
