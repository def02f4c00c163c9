"""The small map of a report as SVG: the land, and circles for people."""

from collections.abc import Iterable

from tracker.maps.overview_map import Place, overview_map

_SEA, _LAND, _LINE, _PEOPLE = "#e8eeec", "#fbf8f3", "#cfc6b6", "#1d4e56"


def report_map(places: Iterable[Place]) -> str:
    """Draw places (longitude, latitude, dead, missing; NaN is not known) in cells of one degree."""
    drawn = overview_map(places)
    circles = "".join(
        f'<circle cx="{each.x}" cy="{each.y}" r="{each.radius}"/>' for each in drawn.circles
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}">'
        f'<rect width="{drawn.width}" height="{drawn.height}" fill="{_SEA}"/>'
        f'<path d="{drawn.land}" fill="{_LAND}" stroke="{_LINE}" stroke-width="0.8"/>'
        f'<g fill="{_PEOPLE}" fill-opacity="0.35" stroke="{_PEOPLE}" stroke-width="0.7">'
        f"{circles}</g></svg>"
    )
