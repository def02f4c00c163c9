"""Check a workbook before it is parsed, then have it parsed by a child process with limits.

A workbook is a zip of XML from a stranger: 4.7 kB can claim 17 thousand million cells.
"""

import subprocess
import sys
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

from tracker.exchange.refusals import refuse

MAX_UNPACKED_BYTES = 256 << 20
MAX_PARTS = 1000
_PROLOG_BYTES = 1 << 16
_CHILD_MEMORY = 1536 << 20
_CHILD_SECONDS = 60
_CHILD = Path(__file__).with_name("workbook_child.py")


class _RootReached(Exception):
    """The first element of an XML part begins, so no DOCTYPE can follow."""


class _DoctypeFound(Exception):
    """An XML part declares a document type, which no spreadsheet program writes."""


def check_workbook(path: Path) -> None:
    """Refuse a workbook that is damaged, too big when unpacked, or holds a DOCTYPE."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
                refuse("zip_bomb", bytes=unpacked, limit=MAX_UNPACKED_BYTES)
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                refuse("not_a_workbook")
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _check_prolog(archive, part)
    except (zipfile.BadZipFile, EOFError, RuntimeError, zlib.error) as error:
        refuse("damaged_workbook", reason=str(error)[:120])


def _check_prolog(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read a part up to its first element."""

    def doctype(*_: object) -> None:
        raise _DoctypeFound

    def element(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        with archive.open(part) as stream:
            parser.Parse(stream.read(_PROLOG_BYTES), False)
    except _RootReached:
        return
    except _DoctypeFound:
        refuse("doctype_refused", part=part.filename)
    except expat.ExpatError as error:
        refuse("damaged_workbook", reason=f"{part.filename}: {error}")
    if part.file_size > _PROLOG_BYTES:
        refuse("damaged_workbook", reason=f"{part.filename}: no element at its beginning")


def convert_workbook(path: Path, target: Path, *, also: Sequence[str] = ()) -> None:
    """Write the first filled sheet of a checked workbook as CSV to `target`, or refuse.

    Sheets that are named in `also` are written beside it, each under its name.
    """
    limits = (str(_CHILD_MEMORY), str(_CHILD_SECONDS))
    command = [sys.executable, "-I", str(_CHILD), str(path.resolve()), str(target), *limits, *also]
    try:
        child = subprocess.run(  # noqa: S603 - our own file, no shell
            command, capture_output=True, timeout=2 * _CHILD_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        refuse("workbook_beyond_limits", seconds=_CHILD_SECONDS)
    if child.returncode == 3:
        refuse("no_rows")
    if child.returncode < 0 or b"MemoryError" in child.stderr:
        refuse("workbook_beyond_limits", seconds=_CHILD_SECONDS, bytes=_CHILD_MEMORY)
    if child.returncode:
        refuse("damaged_workbook", reason=child.stderr.decode(errors="replace")[-200:].strip())
