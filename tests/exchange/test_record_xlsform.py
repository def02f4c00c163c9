"""The form for KoboToolbox and ODK is one that they read, and what they send back is understood."""

import datetime as dt
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from pyxform.xls2xform import convert

from tracker.exchange.record_sheets import read_table
from tracker.exchange.record_xlsform import write_xlsform
from tracker.exchange.refusals import UnreadableFile
from tracker.schemas.record_rows import keys_of_rows, read_row, record_columns, rows_of_table

GROUPS = ("begin_group", "end_group")
TODAY = dt.date(2026, 6, 1)


def sheet(name: str) -> list[dict[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform()))
    headers, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_every_column_is_asked_once_in_both_languages() -> None:
    asked = [row["name"] for row in sheet("survey") if row["type"].split()[0] not in GROUPS]
    assert sorted(asked) == sorted(column.name for column in record_columns())
    for row in (*sheet("survey"), *sheet("choices")):
        if row.get("type") != "end_group":
            assert row["label::Español (es)"]
            assert row["label::English (en)"]


def test_pyxform_makes_an_xform_of_it_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_xlsform())
    converted = convert(xlsform=path, validate=False)
    assert converted.warnings == []
    root = ElementTree.fromstring(converted.xform)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {column.name for column in record_columns()} <= names


FORM = {
    "_id": 7,
    "_uuid": "3f0e1a52-0000-4000-8000-000000000001",
    "formhub/uuid": "x",
    "about_people/number_dead": "2",
    "about_people/number_missing_min": "",
    "about_when/date_precision": "day",
    "about_when/date_from": "2026-05-02",
    "about_where/coordinates": "8.4527 -76.9312 12.0 4.9",
    "about_where/location_precision": "vicinity",
    "about_what/causes": "drowning violence",
    "about_what/incident_type": "incident",
    "about_who/origins": "HTI VEN",
    "about_source_1/source_1_publisher": "Shelter",
    "about_source_1/source_1_quality": "4",
}


def as_csv() -> bytes:
    lines = [";".join(f'"{cell}"' for cell in cells) for cells in (FORM, FORM.values())]
    return "\r\n".join(lines).encode("utf-8-sig")


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"count": 1, "results": [FORM]}).encode(),
        json.dumps([FORM]).encode(),
        as_csv(),
    ],
    ids=["api", "json", "csv"],
)
def test_what_a_tool_exports_is_read_with_its_codes_point_and_id(data: bytes) -> None:
    rows, strange = rows_of_table(read_table(data))
    assert strange == ()
    [row] = rows
    assert row.uuid == FORM["_uuid"]
    facts = read_row(row.cells, TODAY)
    assert (facts["number_dead"], facts["number_missing_min"]) == (2, None)
    assert (facts["latitude"], facts["longitude"]) == (8.4527, -76.9312)
    assert (facts["causes"], facts["origins"]) == (["drowning", "violence"], ["HTI", "VEN"])
    assert facts["sources"][0]["quality"] == 4
    assert keys_of_rows(rows) == keys_of_rows([row])
    assert keys_of_rows(rows)[0].startswith("form ")


@pytest.mark.parametrize("data", [b"[1, 2]", b"{}", b'{"results": 3}', b"[" * 100_000, b"{broken"])
def test_json_that_holds_no_forms_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"not_records|not_json"):
        read_table(data)
