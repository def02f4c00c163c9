"""What can be many in one form of a collecting tool, brought into the row of its form.

KoboToolbox writes it as lists (JSON) or as sheets with `_parent_index`; ODK as tables with
`PARENT_KEY`. In the row each has the number of its place: `group_1_group`, `source_2_url`.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence

from tracker.exchange.refusals import refuse

# The repeat of the form, and how its parts begin in a row.
REPEATS = {"groups": "group", "sources": "source"}
MOST_REPEATS = 50
_LAST = re.compile(r"[/-]")
_POINT = ("Latitude", "Longitude", "Altitude", "Accuracy")
_PARENT = {"_parent_index": "_index", "PARENT_KEY": "KEY"}

Table = list[list[str]]


def flat_answers(form: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give the answers of a form as names and texts; those of its lists by their number."""
    for name, value in form.items():
        beginning = REPEATS.get(_short(str(name)))
        if beginning and isinstance(value, list):
            for number, part in enumerate(value[:MOST_REPEATS], start=1):
                for inner, told in part.items() if isinstance(part, dict) else ():
                    yield f"{beginning}_{number}_{_short(str(inner))}", _plain(told)
        else:
            yield str(name), _plain(value)


def with_repeats(main: Table, repeats: Mapping[str, Table]) -> Table:
    """Put the rows of tables of repeats into the rows of the forms that they belong to."""
    for name, table in repeats.items():
        main = _with_repeat(main, table, REPEATS[name])
    return main


def _with_repeat(main: Table, table: Table, beginning: str) -> Table:
    headers, *rows = table
    parent = next((name for name in _PARENT if name in headers), None)
    if parent is None or _PARENT[parent] not in main[0]:
        return main
    at, own = headers.index(parent), main[0].index(_PARENT[parent])
    of_form: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        told = {_short(name): cell for name, cell in zip(headers, row, strict=False)}
        if len(row) > at:
            of_form.setdefault(row[at], []).append(told)
    most = min(max(map(len, of_form.values()), default=0), MOST_REPEATS)
    parts = [_short(name) for name in headers if not name.startswith(("_", *_PARENT, "KEY"))]
    names = [(number, part) for number in range(most) for part in parts]
    head = [*main[0], *(f"{beginning}_{number + 1}_{part}" for number, part in names)]
    return [head, *(_longer(row, of_form.get(_at(row, own), ()), names) for row in main[1:])]


def _longer(
    row: Sequence[str], told: Sequence[Mapping[str, str]], names: Sequence[tuple[int, str]]
) -> list[str]:
    cells = (told[number].get(part, "") if number < len(told) else "" for number, part in names)
    return [*row, *cells]


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def with_points(table: Table) -> Table:
    """Bring the four columns into which ODK parts a point together again."""
    headers = table[0]
    bases = [name.removesuffix("-Latitude") for name in headers if name.endswith("-Latitude")]
    for base in bases:
        places = [
            headers.index(f"{base}-{part}") for part in _POINT[:2] if f"{base}-{part}" in headers
        ]
        if len(places) < 2:
            continue
        for row in table[1:]:
            latitude, longitude = (_at(row, place) for place in places)
            if len(row) > max(places):
                row[places[0]] = f"{latitude}, {longitude}" if latitude and longitude else ""
        headers[places[0]] = base
    dropped = {
        place
        for place, name in enumerate(headers)
        for base in bases
        if name in {f"{base}-{part}" for part in _POINT}
    }
    return [[cell for place, cell in enumerate(row) if place not in dropped] for row in table]


def is_archive_of_tables(data: bytes) -> bool:
    """Say whether an archive holds tables, as ODK exports them, and not the parts of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
    return "xl/workbook.xml" not in names and any(name.endswith(".csv") for name in names)


def tables_of_archive(data: bytes, *, most: int) -> dict[str, bytes]:
    """Give the tables of an archive by name; photos and other files are left in it."""
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if part.filename.endswith(".csv")]
            unpacked = sum(part.file_size for part in parts)
            if unpacked > most or len(parts) > MOST_REPEATS:
                refuse("zip_bomb", bytes=unpacked, limit=most)
            for part in parts:
                # Never more than the archive has said.
                with archive.open(part) as stream:
                    found[part.filename] = stream.read(part.file_size)
    except (zipfile.BadZipFile, EOFError, RuntimeError, zlib.error) as error:
        refuse("damaged_workbook", reason=str(error)[:120])
    return found


def _short(name: str) -> str:
    """Give a question without the groups of the form in front of it."""
    return _LAST.split(name)[-1]


def _plain(value: object) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)
