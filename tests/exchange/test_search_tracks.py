"""Tracks come in without what tells of people, and what could harm us is refused."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InvalidRecord
from tracker.exchange.search_tracks import (
    MOST_BYTES,
    MOST_POINTS,
    DrawnSearch,
    TrackForm,
    read_track,
    write_search,
)

GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="Telephone of Rosa" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><author><name>Rosa</name></author></metadata>
<wpt lat="31.5" lon="-111.3"><name>home of Rosa</name></wpt>
<trk><name>Rosa</name><trkseg>
<trkpt lat="31.50" lon="-111.38"><ele>900</ele><time>2026-05-03T12:00:00Z</time></trkpt>
<trkpt lat="31.51" lon="-111.37"/><trkpt lat="31.51" lon="-111.37"/>
</trkseg><trkseg><trkpt lat="31.6" lon="-111.3"/><trkpt lat="31.61" lon="-111.3"/></trkseg></trk>
<rte><rtept lat="31.7" lon="-111.3"/><rtept lat="31.71" lon="-111.3"/></rte>
</gpx>"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<gpx><trk><name>&b;</name></trk></gpx>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE gpx SYSTEM "/etc/passwd"><gpx/>"""
SQUARE = [(-111.4, 31.5), (-111.3, 31.5), (-111.3, 31.6), (-111.4, 31.6)]
coordinates = st.tuples(
    st.floats(-179, 179).map(lambda x: round(x, 6)), st.floats(-89, 89).map(lambda y: round(y, 6))
)
lines = st.lists(st.lists(coordinates, min_size=2, max_size=8, unique=True), min_size=1, max_size=4)


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidRecord) as refused:
        read_track(content)
    [(field, (code,))] = refused.value.fields.items()
    assert field == "track"
    return code


def test_a_track_is_its_lines_and_nothing_of_whoever_carried_the_device() -> None:
    track = read_track(GPX.encode())
    assert track.lines == [
        [(-111.38, 31.5), (-111.37, 31.51)],
        [(-111.3, 31.6), (-111.3, 31.61)],
        [(-111.3, 31.7), (-111.3, 31.71)],
    ]
    assert "Rosa" not in repr(track)


@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE])
def test_a_document_type_is_refused_before_anything_of_it_is_read(bomb: str) -> None:
    assert refusal(bomb.encode()) == "track_doctype"
    assert refusal(bomb.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")) in (
        "track_doctype",
        "track_not_readable",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"  \n", "empty_file"),
        (b"PK\x03\x04", "track_not_readable"),
        (b"<html></html>", "track_not_readable"),
        (b"<gpx><trk><trkseg><trkpt lat='1'", "track_not_readable"),
        (b"<gpx><trk><trkseg><trkpt lat='x' lon='1'/></trkseg></trk></gpx>", "track_not_readable"),
        (
            b"<gpx><trk><trkseg><trkpt lat='nan' lon='1'/></trkseg></trk></gpx>",
            "track_not_readable",
        ),
        (b"<gpx><trk><trkseg><trkpt lat='91' lon='1'/></trkseg></trk></gpx>", "track_not_readable"),
        (b"<gpx><wpt lat='1' lon='1'/></gpx>", "track_empty"),
        (b"<gpx>" + b"<a>" * 60 + b"</a>" * 60 + b"</gpx>", "track_not_readable"),
        (b"{", "track_not_readable"),
        (b'{"type": "FeatureCollection", "features": 3}', "track_not_readable"),
        (b'{"type": "LineString", "coordinates": [[1, 2], [3]]}', "track_not_readable"),
        (b'{"type": "LineString", "coordinates": 7}', "track_not_readable"),
        (b'{"type": "Polygon", "coordinates": []}', "track_not_readable"),
        (b'{"type": "Point", "coordinates": [1, 2]}', "track_empty"),
        (b"[" * 100_000, "track_not_readable"),
        (b'{"a":' * 100_000, "track_not_readable"),
        (b"<gpx>" + b" " * MOST_BYTES, "too_large"),
    ],
)
def test_what_is_no_track_is_named_so(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_more_points_than_anybody_needs_are_refused() -> None:
    one = '<trkpt lat="1" lon="1"/>'
    many = f"<gpx><trk><trkseg>{one * (MOST_POINTS + 1)}</trkseg></trk></gpx>"
    assert refusal(many.encode()) == "track_too_many_points"
    line = {"type": "LineString", "coordinates": [[1, 2]] * (MOST_POINTS + 1)}
    assert refusal(json.dumps(line).encode()) == "track_too_many_points"


def test_geojson_gives_its_lines_and_the_outer_edges_of_its_areas() -> None:
    given = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": "Rosa"}, "geometry": None},
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [[*SQUARE, SQUARE[0]]]},
            },
            {
                "type": "Feature",
                "geometry": {"type": "MultiLineString", "coordinates": [[[1, 2, 900], [3, 4]]]},
            },
        ],
    }
    track = read_track(json.dumps(given).encode())
    assert track.areas == [SQUARE]
    assert track.lines == [[(1.0, 2.0), (3.0, 4.0)]]


def drawn(ways: list) -> DrawnSearch:
    return DrawnSearch(
        "S-1 & <others>", "Area", "Gap", "Track", SQUARE, gaps=[[SQUARE[:3]]], lines=ways
    )


@given(lines)
def test_what_is_written_for_a_device_is_read_back_the_same(ways: list) -> None:
    geojson = read_track(write_search(drawn(ways), TrackForm.GEOJSON))
    assert geojson.lines == ways
    assert geojson.areas == [SQUARE, SQUARE[:3]]
    gpx = read_track(write_search(drawn(ways), TrackForm.GPX))
    assert gpx.lines == [[*SQUARE, SQUARE[0]], [*SQUARE[:3], SQUARE[0]], *ways]


def test_kml_holds_the_same_ground_and_escapes_its_words() -> None:
    text = write_search(drawn([[(-111.38, 31.5), (-111.37, 31.51)]]), TrackForm.KML).decode()
    assert "S-1 &amp; &lt;others&gt;" in text
    assert len(re.findall("<Placemark>", text)) == 3
    assert "-111.380000,31.500000 -111.370000,31.510000" in text
