"""Build the corridors over land that have no segments of their own."""

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build import sources
from geodata.build.countries import countries
from geodata.build.shapes import Plane, between, common, minus, plane, together

MEXICO = plane(-100.0, 22.0)
ISTHMUS = plane(-86.0, 13.0)
ANDES = plane(-74.0, -4.0)
PLATEAU = plane(-69.0, -19.0)
NORTH = plane(-95.0, 52.0)
COAST_KM = 50  # boats between Guatemala and Oaxaca keep some 30 km off
VENEZUELAN_ROADS = ("Walkers' road", "Caribbean trunk road")
ANDEAN_ROADS = ("Medellín road", "Pan-American Highway", "Route 5 of Chile")
CENTRAL_AMERICA = ("BLZ", "GTM", "SLV", "HND", "NIC", "CRI", "PAN")


def overland() -> dict[str, BaseGeometry]:
    """Give the areas as wanted, before those of higher precedence are taken out."""
    isthmus = _land(CENTRAL_AMERICA)
    beyond_mexico, beyond_isthmus = _land(("USA", "GTM", "BLZ")), _land(("MEX", "COL"))
    return {
        "guatemala_mexico_border": MEXICO.band(sources.border_line("GTM-MEX"), 50),
        "mexico_transit": minus(MEXICO.band(countries()["MEX"], COAST_KM), beyond_mexico),
        "central_america_transit": minus(ISTHMUS.band(isthmus, COAST_KM), beyond_isthmus),
        "venezuela_colombia": _venezuela_colombia(),
        "andean_route": _andean_route(),
        "altiplano": _altiplano(),
        "canada_us": _both_sides(NORTH, ("USA", "CAN"), 100),
    }


def _land(codes: Iterable[str]) -> BaseGeometry:
    return together(countries()[code] for code in codes)


def _both_sides(plane_: Plane, pair: tuple[str, str], km: float) -> BaseGeometry:
    """Give all that lies within so many kilometres of the line between two countries.

    The line is where one coast or border runs within some 2 km of the other country: the two
    outlines do not share every vertex.
    """
    one, other = (countries()[code] for code in pair)
    near = other.buffer(0.02)
    return plane_.band(shapely.intersection(one.boundary, near), km)


def _venezuela_colombia() -> BaseGeometry:
    both = together([countries()["COL"], countries()["VEN"]])
    line = common(_both_sides(ANDES, ("COL", "VEN"), 100), both)
    roads = [common(ANDES.band(sources.road(name), 40), both) for name in VENEZUELAN_ROADS]
    return together([line, *roads])


def _andean_route() -> BaseGeometry:
    return together(ANDES.band(sources.road(name), 60) for name in ANDEAN_ROADS)


def _altiplano() -> BaseGeometry:
    """Give 150 km about the three borders, the plateau from Desaguadero to San Pedro."""
    pairs = (("BOL", "CHL"), ("CHL", "PER"), ("BOL", "PER"))
    lines = [_both_sides(PLATEAU, pair, 150) for pair in pairs]
    return common(together(lines), between((-76.0, -26.0, -64.0, -14.0)))
