"""Says what a file of incidents is: its question, its sums, its columns, as JSON."""

import json
from collections.abc import Mapping

from tracker.domain.exports import COLUMNS


def incident_about(about: Mapping[str, object]) -> bytes:
    """Give what a file says of itself, with what each of its columns holds."""
    columns = [
        {"name": each.name, "type": str(each.kind), "hxl": each.tag, "description": each.words}
        for each in COLUMNS
    ]
    return (json.dumps({**about, "columns": columns}, ensure_ascii=False, indent=1) + "\n").encode()
