"""Build the corridor of the Darien: the jungle, its rivers and the two coasts."""

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build import sources
from geodata.build.countries import countries
from geodata.build.shapes import areas, common, minus, plane, together

DARIEN = plane(-77.5, 8.0)
SEA_KM = 40  # boats keep in sight of the coast between the gulf, Guna Yala and Jaque
SHORE_KM = 20  # about the gulf: Turbo, Necocli, Acandi
PACIFIC_SHORE_KM = 10
CHOCO_KM = 75  # of the border: Acandi, Unguia, the lower Atrato, Jurado


def segments() -> dict[str, BaseGeometry]:
    """Give the five segments; each leaves to those before it what they hold."""
    panama, colombia = countries()["PAN"], countries()["COL"]
    land = together([panama, colombia])
    province, comarca, guna = (
        areas(sources.darien_province(name)) for name in ("Darién", "Emberá", "Kuna Yala")
    )
    line = sources.border_line("COL-PAN")
    choco = common(DARIEN.band(line, CHOCO_KM), areas(sources.darien_province("Chocó")))
    gulf = areas(sources.sea("Golfo de Urabá"))
    around_gulf = DARIEN.band(gulf, SHORE_KM)
    uraba = _waters(together([guna, choco]), land, gulf)
    caribbean = together(part for part in uraba if part.intersects(gulf))
    open_sea = _waters(together([province, comarca, choco]), land, gulf)
    pacific = together(part for part in open_sea if not part.intersects(caribbean))
    shore = common(DARIEN.band(pacific, PACIFIC_SHORE_KM), together([province, choco]))
    near_guna = common(DARIEN.band(guna, SEA_KM), caribbean)
    wanted = {
        "embera_rivers": comarca,
        "guna_yala": together([guna, near_guna]),
        "gulf_of_uraba": together([around_gulf, caribbean]),
        "pacific_side": together([pacific, shore]),
        "jungle": together([province, choco]),
    }
    parts: dict[str, BaseGeometry] = {}
    for name, area in wanted.items():
        parts[name] = minus(area, together(parts.values())) if parts else area
    return {name: parts[name] for name in ORDER}


ORDER = ("jungle", "embera_rivers", "guna_yala", "gulf_of_uraba", "pacific_side")


def _waters(shore: BaseGeometry, land: BaseGeometry, gulf: BaseGeometry) -> list[BaseGeometry]:
    """Give the waters off a shore and in the gulf, in their separate parts."""
    wide = together([DARIEN.band(shore, SEA_KM), gulf])
    return list(shapely.get_parts(minus(wide, land)))
