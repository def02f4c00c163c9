"""The drawing beneath a map of the whole region: light, without colours, the same when remade."""

import gzip
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from geodata.basemap import land_drawing_file
from geodata.build.land_drawing import LAYERS, build_land_drawing

DRAWING = land_drawing_file().read_text(encoding="ascii")


def test_it_is_small_enough_for_a_slow_line() -> None:
    assert len(gzip.compress(DRAWING.encode())) <= 42_000


def test_it_holds_shapes_alone_and_their_looks_are_left_to_the_page() -> None:
    paths = list(ET.fromstring(DRAWING))
    assert [path.attrib.keys() for path in paths] == [{"class", "d"}] * len(LAYERS)
    assert [path.attrib["class"] for path in paths] == [name for name, *_ in LAYERS]


def test_everything_lies_within_its_frame() -> None:
    frame = re.search(r'viewBox="(\d+) (\d+) (\d+) (\d+)"', DRAWING)
    assert frame
    left, top, wide, high = map(int, frame.groups())
    for path in ET.fromstring(DRAWING):
        for line in re.findall(r"M(\d+) (\d+)l([^Mz]+)", path.attrib["d"]):
            x, y = int(line[0]), int(line[1])
            steps = list(map(int, re.findall(r"-?\d+", line[2])))
            for right, down in zip(steps[::2], steps[1::2], strict=True):
                x, y = x + right, y + down
                assert top <= y <= top + high
                # Of the Aleutians a few lie beyond the end of the world map.
                assert left <= x <= left + wide or x > 7_900


def test_making_it_again_gives_the_same_bytes(tmp_path: Path) -> None:
    build_land_drawing(tmp_path)
    assert (tmp_path / land_drawing_file().name).read_text(encoding="ascii") == DRAWING
