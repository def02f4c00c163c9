"""Read the site's JSON: a list of records, or an object that holds one under `data`."""

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from tracker.exchange.mmp.layouts import Layout, recognise_layout
from tracker.exchange.refusals import refuse

FIRST_RECORD = 1
MAX_BYTES = 256 << 20
_ENVELOPES = ("data", "records", "rows", "results")


def read_records(path: Path) -> tuple[Layout, pa.Table]:
    """Return the layout and one string column per recognised field; records count from 1."""
    if (size := path.stat().st_size) > MAX_BYTES:
        refuse("too_large", bytes=size, limit=MAX_BYTES)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        at_the_end = error.pos >= len(error.doc.rstrip()) - 1 or "Unterminated" in error.msg
        refuse("truncated" if at_the_end else "not_json", line=error.lineno)
    except RecursionError:
        refuse("not_json", line=1)
    records = _records(content)
    headers = list(dict.fromkeys(key for record in records for key in record))
    layout = recognise_layout(headers)
    columns = {
        field: pa.array([_text(record.get(header)) for record in records], pa.string())
        for field, header in layout.header_of.items()
    }
    return layout, pa.table(columns)


def _records(content: object) -> list[Mapping[str, object]]:
    """Find the list of records, or refuse."""
    if isinstance(content, dict):
        content = next((content[key] for key in _ENVELOPES if key in content), content)
    if not isinstance(content, list):
        refuse("not_records")
    if not content:
        refuse("no_rows")
    if not all(isinstance(record, dict) for record in content):
        refuse("not_records")
    return content


def _text(value: object) -> str:
    """Return a JSON value as the words a CSV would hold."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ",".join(_text(part) for part in value)
    return str(value)
