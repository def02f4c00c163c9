"""Build the corridor of the border between Mexico and the United States.

Why it reaches beyond 150 km, and where: docs/decisions/0004-border-corridor-reach.md.
"""

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geodata.build import sources
from geodata.build.shapes import Plane, minus, together

# Conformal, true along 27 and 32.5 degrees north: distances along the border within 0.1%.
BORDER = Plane("+proj=lcc +lat_1=27 +lat_2=32.5 +lat_0=29.5 +lon_0=-106 +datum=WGS84")
REACH_KM = 150
ROAD_KM = 30  # a day's walk on either side, round a checkpoint
# Each road, and the segment that it carries inland.
ROADS = {
    "I-5": "tijuana_san_diego",
    "I-10": "sonoran_desert",
    "AZ-79": "sonoran_desert",
    "AZ-85": "sonoran_desert",
    "AZ-238": "sonoran_desert",
    "I-25": "el_paso_juarez",
    "US-54": "el_paso_juarez",
    "US-67 and US-385": "big_bend",
    "I-35": "laredo",
    "US-90": "del_rio_eagle_pass",
    "US-281": "lower_rio_grande",
    "TX-44": "laredo",
    "US-59": "laredo",
    "US-77": "lower_rio_grande",
    "Federal Highway 15": "sonoran_desert",
    "Federal Highway 57": "del_rio_eagle_pass",
}
# Where one stretch of the line ends and the next begins, from the Pacific to the Gulf.
CUTS = (
    ("tijuana_san_diego", (-116.106, 32.62)),  # county line of San Diego and Imperial
    ("mexicali_yuma", (-113.33, 32.04)),  # county line of Yuma and Pima
    ("sonoran_desert", (-109.05, 31.33)),  # state line of Arizona and New Mexico
    ("el_paso_juarez", (-104.92, 30.60)),  # county line of Hudspeth and Presidio
    ("big_bend", (-102.32, 29.88)),  # county line of Terrell and Val Verde
    ("del_rio_eagle_pass", (-100.29, 28.20)),  # county line of Maverick and Webb
    ("laredo", (-99.17, 26.56)),  # Falcon Dam, Zapata and Starr
)


def segments() -> dict[str, BaseGeometry]:
    """Divide the band among the stretches of the line, nearest first, and add the roads."""
    line = sources.border_line("MEX-USA")
    band = BORDER.band(line, REACH_KM)
    parts = BORDER.nearest(band, _stretches(line), 2.0)
    taken = band
    for road, segment in ROADS.items():
        beyond = minus(BORDER.band(sources.road(road), ROAD_KM), taken)
        parts[segment] = together([parts[segment], beyond])
        taken = together([taken, beyond])
    return parts


def _stretches(line: BaseGeometry) -> dict[str, BaseGeometry]:
    whole = _from_the_pacific(line)
    stretches: dict[str, BaseGeometry] = {}
    start = 0.0
    for name, corner in CUTS:
        end = float(shapely.line_locate_point(whole, Point(corner)))
        stretches[name] = substring(whole, start, end)
        start = end
    stretches["lower_rio_grande"] = substring(whole, start, whole.length)
    return stretches


def _from_the_pacific(line: BaseGeometry) -> LineString:
    whole = shapely.line_merge(line)
    if not isinstance(whole, LineString):
        raise TypeError("the border line of Mexico and the United States is not in one piece")
    return whole if whole.coords[0][0] < whole.coords[-1][0] else LineString(whole.coords[::-1])
