"""Writes a Frictionless Data Package: data, their description, licence and checksums in one zip."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.domain.exports import COLUMNS

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
SOURCE = {
    "title": "Missing Migrants Project, International Organization for Migration (IOM)",
    "path": "https://missingmigrants.iom.int",
}
# The same question gives the same bytes on the same day.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_LICENCE_WORDS = f"""# Licence

{LICENCE["title"]} ({LICENCE["name"]}): {LICENCE["path"]}

Contains data of {SOURCE["title"]}, {SOURCE["path"]}, changed: coordinates repaired, subregions and
corridors assigned by this tracker. Name the source and say that the data were changed.
"""


@dataclass(frozen=True)
class Resource:
    """A table of a package: its file, what it is, its fields, and its bytes piece by piece.

    `key` names the field that no two rows share.
    """

    name: str
    title: str
    fields: tuple[Mapping[str, str], ...]
    pieces: Iterable[bytes]
    key: str | None = None


def incident_fields() -> tuple[dict[str, str], ...]:
    """Describe the columns of a file of incidents as fields of a table schema."""
    return tuple(
        {"name": each.name, "type": str(each.kind), "description": each.words} for each in COLUMNS
    )


def write_data_package(
    path: Path, resources: Iterable[Resource], about: Mapping[str, object]
) -> None:
    """Write the zip; `SHA256SUMS` has the checksum of every other file in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        sums: dict[str, str] = {}
        described = [_add_resource(package, resource, sums) for resource in resources]
        texts = {
            "README.md": _readme(about, described),
            "LICENSE.md": _LICENCE_WORDS,
            "data-dictionary.csv": _dictionary(),
            "datapackage.json": _descriptor(about, described),
        }
        for name, text in texts.items():
            sums[name], _ = _add(package, name, iter([text.encode()]))
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
        _add(package, "SHA256SUMS", iter([lines.encode()]))


def _add_resource(
    package: zipfile.ZipFile, resource: Resource, sums: dict[str, str]
) -> dict[str, Any]:
    name = f"data/{resource.name}.csv"
    sums[name], size = _add(package, name, iter(resource.pieces))
    schema: dict[str, Any] = {"fields": list(resource.fields)}
    if resource.key:
        schema["primaryKey"] = [resource.key]
    return {
        "name": resource.name,
        "title": resource.title,
        "type": "table",
        "path": name,
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sums[name]}",
        "schema": schema,
    }


def _add(package: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with package.open(entry, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _descriptor(about: Mapping[str, object], described: list[dict[str, Any]]) -> str:
    told = {
        "name": "migrant-deaths-americas",
        "title": about["title"],
        "description": about["note"],
        "created": f"{about['made_on']}T00:00:00Z",
        "version": str(about["as_known_on"]),
        "licenses": [LICENCE],
        "sources": [SOURCE],
        "about": dict(about),
        "resources": described,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _readme(about: Mapping[str, object], described: list[dict[str, Any]]) -> str:
    facts = "\n".join(
        f"- {name.replace('_', ' ')}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in about.items()
        if name not in ("title", "note")
    )
    files = "\n".join(f"- `{each['path']}`: {each['title']}" for each in described)
    return (
        f"# {about['title']}\n\n{about['note']}\n\n## What was asked\n\n{facts}\n\n## Files\n\n"
        f"{files}\n- `data-dictionary.csv`: what each column of the incidents holds\n"
        "- `datapackage.json`: the same for programs (Frictionless Data Package)\n"
        "- `SHA256SUMS`: checksums; `sha256sum -c SHA256SUMS` compares them\n\n"
        "A text that begins like a formula has an apostrophe before it, so that no spreadsheet "
        "program runs it.\n"
    )


def _dictionary() -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("column", "type", "hxl", "description"))
    writer.writerows((each.name, each.kind, each.tag, each.words) for each in COLUMNS)
    return text.getvalue()
