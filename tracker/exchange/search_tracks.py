"""Tracks of devices, read from GPX and GeoJSON; a search written as GPX, KML and GeoJSON.

Of a file only where its lines ran is kept: no times, heights, names or devices. What is written
for devices tells the ground alone: no finding, no word, nobody.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn, TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from tracker.domain.errors import InvalidRecord

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees (EPSG:4326)."""

MOST_BYTES = 5_000_000
MOST_POINTS = 50_000
_MOST_DEPTH = 50
_DIGITS = 6
_POINT_OF_LINE = ("trkpt", "rtept")
_LINE = ("trkseg", "rte")


class TrackForm(StrEnum):
    """Files for devices and maps."""

    GPX = "gpx"
    KML = "kml"
    GEOJSON = "geojson"


MEDIA_TYPES: Mapping[TrackForm, str] = {
    TrackForm.GPX: "application/gpx+xml",
    TrackForm.KML: "application/vnd.google-earth.kml+xml",
    TrackForm.GEOJSON: "application/geo+json",
}


@dataclass
class Track:
    """Where somebody went: lines, and areas that were drawn."""

    lines: list[list[Point]] = field(default_factory=list)
    areas: list[list[Point]] = field(default_factory=list)


@dataclass(frozen=True)
class DrawnSearch:
    """What a file tells of a search: words for its parts, the ground, and what was gone over.

    `gaps` are polygons, each an edge and its holes.
    """

    name: str
    area_name: str
    gap_name: str
    track_name: str
    area: Sequence[Point]
    gaps: Sequence[Sequence[Sequence[Point]]] = ()
    lines: Sequence[Sequence[Point]] = ()


def read_track(content: bytes) -> Track:
    """Read the lines and areas of a GPX or GeoJSON file; what counts is the content, not its name.

    Raises `InvalidRecord` (field `track`) for what is too large, damaged, holds a DOCTYPE, or no
    line at all.
    """
    if not content.strip():
        _refuse("empty_file")
    if len(content) > MOST_BYTES:
        _refuse("too_large")
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    track = _read_geojson(content) if start == b"{" else _read_gpx(content)
    track.lines = [line for line in map(_without_repeats, track.lines) if len(line) > 1]
    track.areas = [ring for ring in map(_without_repeats, track.areas) if len({*ring}) > 2]
    if not track.lines and not track.areas:
        _refuse("track_empty")
    return track


def _refuse(code: str) -> NoReturn:
    raise InvalidRecord({"track": (code,)})


def _without_repeats(line: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in line:
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept


class _Lines:
    """Collects the lines of a GPX file while it is parsed, and counts what it holds."""

    def __init__(self) -> None:
        self.found: list[list[Point]] = []
        self.root = ""
        self._points = self._depth = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        plain = name.rpartition(":")[2]
        self.root = self.root or plain
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            _refuse("track_not_readable")
        if plain in _LINE:
            self.found.append([])
        elif plain in _POINT_OF_LINE and self.found:
            self._points += 1
            if self._points > MOST_POINTS:
                _refuse("track_too_many_points")
            self.found[-1].append(_point((attributes.get("lon"), attributes.get("lat"))))

    def end(self, _name: str) -> None:
        self._depth -= 1


def _read_gpx(content: bytes) -> Track:
    parser = expat.ParserCreate()
    lines = _Lines()

    def doctype(*_: object) -> None:
        # Without one there are no entities that grow or that ask for a file.
        _refuse("track_doctype")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lines.begin
    parser.EndElementHandler = lines.end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        _refuse("track_not_readable")
    if lines.root != "gpx":
        _refuse("track_not_readable")
    return Track(lines.found)


def _read_geojson(content: bytes) -> Track:
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        _refuse("track_not_readable")
    track = Track()
    for shape in _geometries(given):
        lines, rings = _parts(shape)
        track.lines += lines
        track.areas += rings
        if sum(map(len, [*track.lines, *track.areas])) > MOST_POINTS:
            _refuse("track_too_many_points")
    return track


def _geometries(given: Any) -> Iterable[Mapping[str, Any]]:  # noqa: ANN401 -- any JSON
    """Give the shapes of a collection, of a feature, or the one shape itself."""
    if not isinstance(given, dict):
        _refuse("track_not_readable")
    kind = given.get("type")
    if kind == "FeatureCollection":
        features = given.get("features")
        if not isinstance(features, list):
            _refuse("track_not_readable")
        given = [each.get("geometry") for each in features if isinstance(each, dict)]
    elif kind == "GeometryCollection":
        given = given.get("geometries")
    else:
        given = [given.get("geometry") if kind == "Feature" else given]
    return [each for each in given or () if isinstance(each, dict)]


def _parts(shape: Mapping[str, Any]) -> tuple[list[list[Point]], list[list[Point]]]:
    """Give the lines and the outer edges of a shape; points are no track."""
    held = shape.get("coordinates")
    try:
        match shape.get("type"):
            case "LineString":
                return [_line(held)], []
            case "MultiLineString":
                return [_line(each) for each in held or ()], []
            case "Polygon":
                return [], [_ring(held)]
            case "MultiPolygon":
                return [], [_ring(each) for each in held or ()]
    except (TypeError, KeyError, IndexError):
        _refuse("track_not_readable")
    return [], []


def _line(held: Any) -> list[Point]:  # noqa: ANN401
    if len(held) > MOST_POINTS:
        _refuse("track_too_many_points")
    return [_point(each[:2]) for each in held]


def _ring(held: Any) -> list[Point]:  # noqa: ANN401
    ring = _line(held[0])
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _point(given: Any) -> Point:  # noqa: ANN401
    try:
        longitude, latitude = (float(each) for each in given)
    except (TypeError, ValueError):
        _refuse("track_not_readable")
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        _refuse("track_not_readable")
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        _refuse("track_not_readable")
    return round(longitude, _DIGITS), round(latitude, _DIGITS)


def write_search(drawn: DrawnSearch, form: TrackForm) -> bytes:
    """Write the ground of a search as a file for devices."""
    writers = {TrackForm.GPX: _gpx, TrackForm.KML: _kml, TrackForm.GEOJSON: _geojson}
    return writers[form](drawn).encode()


def _edges(drawn: DrawnSearch) -> Iterable[tuple[str, Sequence[Point]]]:
    """Give every line of a search with its words, edges of areas closed."""
    yield drawn.area_name, _closed(drawn.area)
    for number, polygon in enumerate(drawn.gaps, start=1):
        for ring in polygon:
            yield f"{drawn.gap_name} {number}", _closed(ring)


def _closed(ring: Sequence[Point]) -> list[Point]:
    return [*ring] if ring[0] == ring[-1] else [*ring, ring[0]]


def _gpx(drawn: DrawnSearch) -> str:
    def track(name: str, line: Sequence[Point]) -> str:
        points = "".join(f'<trkpt lat="{y:.6f}" lon="{x:.6f}"/>' for x, y in line)
        return f"<trk><name>{escape(name)}</name><trkseg>{points}</trkseg></trk>"

    parts = [track(name, ring) for name, ring in _edges(drawn)]
    parts += [track(f"{drawn.track_name} {n}", line) for n, line in enumerate(drawn.lines, 1)]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="migrant-tracker" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<metadata><name>{escape(drawn.name)}</name></metadata>{''.join(parts)}</gpx>\n"
    )


def _kml(drawn: DrawnSearch) -> str:
    def written(line: Sequence[Point]) -> str:
        points = " ".join(f"{x:.6f},{y:.6f}" for x, y in line)
        return f"<coordinates>{points}</coordinates>"

    def place(name: str, style: str, shape: str) -> str:
        named = f"<name>{escape(name)}</name><styleUrl>#{style}</styleUrl>"
        return f"<Placemark>{named}{shape}</Placemark>"

    def area(rings: Sequence[Sequence[Point]]) -> str:
        outer, *holes = (f"<LinearRing>{written(_closed(ring))}</LinearRing>" for ring in rings)
        inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
        return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"

    parts = [place(drawn.area_name, "area", area([drawn.area]))]
    parts += [
        place(f"{drawn.gap_name} {n}", "gap", area(rings)) for n, rings in enumerate(drawn.gaps, 1)
    ]
    parts += [
        place(f"{drawn.track_name} {n}", "track", f"<LineString>{written(line)}</LineString>")
        for n, line in enumerate(drawn.lines, 1)
    ]
    styles = "".join(
        f"<Style id={quoteattr(name)}><LineStyle><color>{line}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>{fill}</color></PolyStyle></Style>"
        for name, line, fill in (
            ("area", "ff635a1b", "00ffffff"),
            ("gap", "ff4f85a9", "664f85a9"),
            ("track", "ff58401b", "00ffffff"),
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>{escape(drawn.name)}</name>{styles}{''.join(parts)}</Document></kml>\n"
    )


def _geojson(drawn: DrawnSearch) -> str:
    def feature(kind: str, shape: str, held: object) -> dict[str, object]:
        return {
            "type": "Feature",
            "properties": {"kind": kind},
            "geometry": {"type": shape, "coordinates": held},
        }

    features = [feature("area", "Polygon", [_closed(drawn.area)])]
    features += [
        feature("gap", "Polygon", [_closed(ring) for ring in rings]) for rings in drawn.gaps
    ]
    features += [feature("track", "LineString", [*line]) for line in drawn.lines]
    return json.dumps({"type": "FeatureCollection", "features": features}) + "\n"
