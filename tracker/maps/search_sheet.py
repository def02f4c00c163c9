"""A planned search on paper, as SVG: grid, edge, what is searched and what is left. No words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from geodata.ground_grid import GroundSheet, sheet_over

Point: TypeAlias = tuple[float, float]
GeoJson: TypeAlias = Mapping[str, Any]

WIDTH_MM, HEIGHT_MM = 168.0, 150.0
_LEFT, _TOP, _BELOW = 10.0, 5.0, 12.0
_INK, _GRID, _GAP, _DONE = "#221e19", "#b9b0a0", "#a9854f", "#a9cbc9"


def search_sheet(area: Sequence[Point]) -> GroundSheet:
    """Lay a sheet of paper over an area."""
    return sheet_over(area, width_mm=WIDTH_MM, height_mm=HEIGHT_MM)


def draw_search_sheet(
    sheet: GroundSheet,
    area: Sequence[Point],
    *,
    searched: Iterable[GeoJson],
    gap: GeoJson | None,
    lines: Iterable[Sequence[Point]],
) -> str:
    """Draw the sheet; numbers at its edges are kilometres of the UTM grid.

    `gap` is None where nothing was searched yet: then the area stays white.
    """
    done = "".join(_polygons(sheet, each) for each in searched)
    left = "" if gap is None else _polygons(sheet, gap)
    tracks = "".join(_way(sheet, line) for line in lines)
    wide, high = sheet.width_mm + 2 * _LEFT, sheet.height_mm + _TOP + _BELOW
    frame = f'width="{sheet.width_mm}" height="{sheet.height_mm}"'
    edge = "".join(_way(sheet, [*area, area[0]]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{high}mm"'
        f' viewBox="0 0 {wide} {high}" aria-hidden="true">'
        '<defs><pattern id="left" width="2.4" height="2.4" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path d="M0 0V2.4" stroke="{_GAP}" stroke-width="0.6"/>'
        f'</pattern><clipPath id="frame"><rect {frame}/></clipPath></defs>'
        f'<g transform="translate({_LEFT} {_TOP})">'
        f'<rect {frame} fill="#ffffff"/><g clip-path="url(#frame)">'
        f'<path d="{done}" fill="{_DONE}" fill-opacity="0.7" fill-rule="evenodd"/>'
        f'<path d="{left}" fill="url(#left)" fill-rule="evenodd"/>'
        f'{_grid(sheet)}<path d="{tracks}" fill="none" stroke="#1b4f58" stroke-width="0.3"/>'
        f'<path d="{edge}" fill="none" stroke="{_INK}" stroke-width="0.9"'
        ' stroke-linejoin="round"/></g>'
        f'<rect {frame} fill="none" stroke="{_INK}" stroke-width="0.4"/>'
        f"{_labels(sheet)}{_north(sheet)}{_scale_bar(sheet)}</g></svg>"
    )


def _grid(sheet: GroundSheet) -> str:
    upright = "".join(f"M{line.at} 0V{sheet.height_mm}" for line in sheet.west_east)
    level = "".join(f"M0 {line.at}H{sheet.width_mm}" for line in sheet.south_north)
    return f'<path d="{upright}{level}" stroke="{_GRID}" stroke-width="0.2"/>'


def _labels(sheet: GroundSheet) -> str:
    text = f'fill="{_INK}" font-size="2.6" font-family="sans-serif"'
    below = "".join(
        f'<text x="{line.at}" y="{sheet.height_mm + 3.4}" text-anchor="middle" {text}>'
        f"{_kilometres(line.metres, sheet.step_m)}</text>"
        for line in sheet.west_east
    )
    beside = "".join(
        f'<text x="-1.2" y="{line.at}" text-anchor="middle" transform="rotate(-90 -1.2 {line.at})"'
        f" {text}>{_kilometres(line.metres, sheet.step_m)}</text>"
        for line in sheet.south_north
    )
    return below + beside


def _kilometres(metres: int, step: int) -> str:
    digits = 0 if step >= 1_000 else 1 if step >= 100 else 2
    return f"{metres / 1_000:.{digits}f}"


def _north(sheet: GroundSheet) -> str:
    x = sheet.width_mm - 7
    return (
        f'<path d="M{x} 15V4M{x - 2} 7.5L{x} 3.5L{x + 2} 7.5" fill="none" stroke="{_INK}"'
        f' stroke-width="0.5"/><text x="{x}" y="19" text-anchor="middle" font-size="3.6"'
        f' font-family="sans-serif" font-weight="bold" fill="{_INK}">N</text>'
    )


def _scale_bar(sheet: GroundSheet) -> str:
    metres = sheet.step_m
    long = metres / (sheet.scale / 1_000)
    y = sheet.height_mm + 8
    words = f"{metres / 1_000:g} km" if metres >= 1_000 else f"{metres} m"
    return (
        f'<rect x="0" y="{y}" width="{long:.2f}" height="1.2" fill="{_INK}"/>'
        f'<rect x="{long:.2f}" y="{y}" width="{long:.2f}" height="1.2" fill="#ffffff"'
        f' stroke="{_INK}" stroke-width="0.2"/>'
        f'<text x="{2 * long + 2:.2f}" y="{y + 1.6}" font-size="2.8" font-family="sans-serif"'
        f' fill="{_INK}">2 × {words}</text>'
    )


def _polygons(sheet: GroundSheet, shape: GeoJson) -> str:
    held = shape["coordinates"]
    polygons = held if shape["type"] == "MultiPolygon" else [held]
    return "".join(_way(sheet, ring) + "Z" for polygon in polygons for ring in polygon)


def _way(sheet: GroundSheet, line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in sheet.place([(x, y) for x, y, *_ in line]))
