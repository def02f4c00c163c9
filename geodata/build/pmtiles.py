"""Write vector tiles into one PMTiles archive (version 3), the same bytes every time."""

import gzip
import itertools
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

_HEADER = 127
# A reader asks for so many bytes first, and the list of tiles has to lie within.
_FIRST_READ = 16_384
_GZIP = 2
_VECTOR = 1


class Tile(NamedTuple):
    """Say where a tile lies: its zoom, its column from the west, its row from the north."""

    zoom: int
    column: int
    row: int


class Entry(NamedTuple):
    """Say where the bytes of a run of equal tiles lie."""

    number: int
    run: int
    offset: int
    length: int


class TooManyTiles(Exception):
    """The list of tiles does not fit into the first read of a browser."""


@dataclass(frozen=True)
class Frame:
    """Say what an archive covers: degrees (west, south, east, north), and zooms."""

    bounds: tuple[float, float, float, float]
    zooms: tuple[int, int]


def archive(tiles: Mapping[Tile, bytes], metadata: Mapping[str, Any], frame: Frame) -> bytes:
    """Put uncompressed vector tiles into an archive; equal tiles are kept once.

    Raises TooManyTiles where the list of them would need pages of its own.
    """
    contents: dict[bytes, Entry] = {}
    entries: list[Entry] = []
    data = bytearray()
    for tile in sorted(tiles, key=tile_number):
        number, body = tile_number(tile), tiles[tile]
        if body not in contents:
            packed = _packed(body)
            contents[body] = Entry(number, 1, len(data), len(packed))
            data += packed
        entries.append(contents[body]._replace(number=number))
    runs = _runs(entries)
    directory = _packed(_directory(runs))
    if _HEADER + len(directory) > _FIRST_READ:
        raise TooManyTiles(f"{len(tiles)} tiles need {len(directory)} bytes")
    facts = _packed(json.dumps(metadata, separators=(",", ":"), sort_keys=True).encode())
    lengths = (len(directory), len(facts), len(data))
    counts = (len(entries), len(runs), len(contents))
    return _header(lengths, counts, frame) + directory + facts + bytes(data)


def tile_number(tile: Tile) -> int:
    """Number a tile along the Hilbert curve of its zoom, after all tiles of the zooms above."""
    column, row = tile.column, tile.row
    along = 0
    for level in reversed(range(tile.zoom)):
        side = 1 << level
        right, down = int(bool(column & side)), int(bool(row & side))
        along += side * side * ((3 * right) ^ down)
        column, row = column & (side - 1), row & (side - 1)
        if not down:
            if right:
                column, row = side - 1 - column, side - 1 - row
            column, row = row, column
    return ((1 << 2 * tile.zoom) - 1) // 3 + along


def _packed(body: bytes) -> bytes:
    packed = bytearray(gzip.compress(body, 9, mtime=0))
    # Which system wrote it is of no matter, and Python's versions differ in it.
    packed[9] = 255
    return bytes(packed)


def _runs(entries: Iterable[Entry]) -> list[Entry]:
    runs: list[Entry] = []
    for entry in entries:
        last = runs[-1] if runs else None
        if last and last.offset == entry.offset and last.number + last.run == entry.number:
            runs[-1] = last._replace(run=last.run + 1)
        else:
            runs.append(entry)
    return runs


def _directory(runs: Sequence[Entry]) -> bytes:
    numbers = [0, *(run.number for run in runs)]
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    offsets = []
    end = -1
    for run in runs:
        offsets.append(0 if run.offset == end else run.offset + 1)
        end = run.offset + run.length
    columns = (steps, [run.run for run in runs], [run.length for run in runs], offsets)
    return _varint(len(runs)) + b"".join(_varint(value) for column in columns for value in column)


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


def _header(lengths: tuple[int, int, int], counts: tuple[int, int, int], frame: Frame) -> bytes:
    directory, facts, data = lengths
    west, south, east, north = frame.bounds
    least, most = frame.zooms
    after = _HEADER + directory
    head = b"PMTiles" + struct.pack(
        "<B8Q3Q",
        3,
        *(_HEADER, directory),
        *(after, facts),
        *(after + facts, 0),  # no further pages of the list
        *(after + facts, data),
        *counts,
    )
    kinds = struct.pack("<6B", 1, _GZIP, _GZIP, _VECTOR, least, most)
    middle = ((west + east) / 2, (south + north) / 2)
    corners = [round(value * 1e7) for value in (west, south, east, north)]
    centre = [round(value * 1e7) for value in middle]
    return head + kinds + struct.pack("<4iB2i", *corners, least, *centre)
