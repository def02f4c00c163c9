"""Build the corridor of the Caribbean: the sea routes, their shores, and Hispaniola's border."""

from functools import cache

from shapely.geometry.base import BaseGeometry

from geodata.build import sources
from geodata.build.countries import countries
from geodata.build.shapes import areas, between, common, minus, plane, together

CARIBBEAN = plane(-73.0, 19.0)
HISPANIOLA_KM = 100  # people who crossed on foot die on the roads as far as Navarrete
LINE_SEA_KM = 30  # of the bays where the land border ends
ATLANTIC_KM = 150
FLORIDA_KM = 120
ISLANDS_KM = 60
VENEZUELA_KM = 120
SHORE_KM = 30  # of islands and of Florida: landings, and the dead the sea brings in
MAINLAND_KM = 3
LEEWARD = ("VIR", "VGB", "AIA", "MAF", "SXM", "BLM", "KNA", "ATG", "MSR", "GLP", "DMA")
WINDWARD = ("MTQ", "LCA", "VCT", "GRD", "BRB", "TTO", "ABW", "CUW", "BES")
GREATER = ("CUB", "JAM", "CYM", "BHS", "TCA", "HTI", "DOM", "PRI")
MAINLAND = ("MEX", "BLZ", "GTM", "HND", "NIC", "CRI", "PAN", "COL", "VEN")
SEAS = ("Caribbean  Sea", "Gulf of Honduras", "Yucatan Channel", "Straits of Florida")


def segments() -> dict[str, BaseGeometry]:
    """Give the six segments: Hispaniola's border first, then to each its nearest shore."""
    border = _hispaniola()
    rest = minus(together([_waters(), _shores()]), border)
    parts = CARIBBEAN.nearest(rest, _shore_groups(), 5.0)
    parts["haiti_to_dominican_republic"] = border
    return {name: parts[name] for name in ORDER}


ORDER = (
    "cuba_to_us",
    "haiti_bahamas_to_us",
    "dominican_republic_to_puerto_rico",
    "haiti_to_dominican_republic",
    "venezuela_to_caribbean",
    "caribbean_to_central_america",
)


@cache
def _land(*codes: str) -> BaseGeometry:
    return together(countries()[code] for code in codes)


@cache
def _florida() -> BaseGeometry:
    """Give Florida south of Cape Canaveral, as far as the boats go."""
    return common(countries()["USA"], between((-83.5, 24.0, -79.5, 28.8)))


def _hispaniola() -> BaseGeometry:
    line = sources.border_line("DOM-HTI")
    inland = common(CARIBBEAN.band(line, HISPANIOLA_KM), _land("HTI", "DOM"))
    return together([inland, CARIBBEAN.band(line, LINE_SEA_KM)])


@cache
def _waters() -> BaseGeometry:
    named = [areas(sources.sea(name)) for name in SEAS]
    islands = _land("CUB", "BHS", "TCA", "HTI", "DOM", "PRI")
    coasts = [
        CARIBBEAN.band(islands, ATLANTIC_KM),
        CARIBBEAN.band(_florida(), FLORIDA_KM),
        CARIBBEAN.band(_land(*LEEWARD, *WINDWARD), ISLANDS_KM),
        common(CARIBBEAN.band(_land("VEN", "TTO"), VENEZUELA_KM), between((-74, 8, -58, 15))),
    ]
    gulf_states = common(countries()["USA"], between((-98.0, 24.0, -75.0, 36.0)))
    dry = together([_land(*GREATER, *LEEWARD, *WINDWARD, *MAINLAND), gulf_states])
    return minus(together([*named, *coasts]), dry)


def _shores() -> BaseGeometry:
    near = [CARIBBEAN.inner(_land(code), SHORE_KM) for code in GREATER]
    mainland = common(CARIBBEAN.band(_waters(), MAINLAND_KM), _land(*MAINLAND))
    florida = common(CARIBBEAN.band(_waters(), SHORE_KM), _florida())
    return together([*near, _land(*LEEWARD, *WINDWARD), mainland, florida])


def _shore_groups() -> dict[str, BaseGeometry]:
    """Say which shore speaks for which route; Florida is parted at Miami."""
    keys = together([between((-83.5, 24.0, -81.0, 28.8)), between((-81.0, 24.0, -79.5, 25.5))])
    san_andres = areas(sources.province("COL", "San Andrés y Providencia"))
    colombia = minus(_land("COL"), san_andres)
    guajira = common(colombia, between((-73.0, 10.5, -71.0, 12.6)))
    quintana_roo = areas(sources.province("MEX", "Quintana Roo"))
    yucatan = areas(sources.province("MEX", "Yucatán"))
    north_of_15 = between((-70.0, 15.0, -60.0, 20.0))
    saba, bonaire = common(_land("BES"), north_of_15), minus(_land("BES"), north_of_15)
    florida = _florida()
    return {
        "cuba_to_us": together([_land("CUB"), common(florida, keys), quintana_roo, yucatan]),
        "haiti_bahamas_to_us": together([_land("HTI", "BHS", "TCA"), minus(florida, keys)]),
        "dominican_republic_to_puerto_rico": together([_land("DOM", "PRI", *LEEWARD), saba]),
        "venezuela_to_caribbean": together([_land("VEN", *WINDWARD[:-1]), bonaire, guajira]),
        "caribbean_to_central_america": together(
            [
                _land("JAM", "CYM", "BLZ", "GTM", "HND", "NIC", "CRI", "PAN"),
                san_andres,
                minus(colombia, guajira),
            ]
        ),
    }
