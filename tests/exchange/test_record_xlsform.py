"""The form for KoboToolbox and ODK is one that they read, and what they send back is understood."""

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from pyxform.xls2xform import convert

from tracker.exchange.record_tables import read_table
from tracker.exchange.record_xlsform import write_xlsform
from tracker.exchange.refusals import UnreadableFile
from tracker.schemas.record_columns import OF_GROUP, OF_SOURCE, PART, record_columns
from tracker.schemas.record_rows import keys_of_rows, read_row, rows_of_table

GROUPS = ("begin_group", "end_group", "begin_repeat", "end_repeat")
TODAY = dt.date(2026, 6, 1)


def sheet(name: str) -> list[dict[str, str]]:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform()))
    headers, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_every_column_is_asked_once_in_both_languages() -> None:
    asked = [row["name"] for row in sheet("survey") if row["type"].split()[0] not in GROUPS]
    once = [column.name for column in record_columns() if not PART.fullmatch(column.name)]
    assert sorted(asked) == sorted([*once, *OF_GROUP, *OF_SOURCE])
    for row in (*sheet("survey"), *sheet("choices")):
        if not str(row.get("type")).startswith("end_"):
            assert row["label::Español (es)"]
            assert row["label::English (en)"]


def test_pyxform_makes_an_xform_of_it_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_xlsform())
    converted = convert(xlsform=path, validate=False)
    assert converted.warnings == []
    root = ElementTree.fromstring(converted.xform)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {column.name for column in record_columns() if not PART.fullmatch(column.name)} <= names
    assert {"groups", "sources", *OF_GROUP, *OF_SOURCE} <= names


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


MANY = {
    "groups": [
        {"group": "sex.female", "number_from": "1", "basis": "family"},
        {"group": "origin", "code": "HTI", "number_from": "1", "number_to": "2"},
        {"group": "indigenous", "code": "Emberá", "number_from": "1"},
    ],
    "sources": [
        {"publisher": "Shelter", "quality": "4"},
        {"publisher": "A newspaper", "url": "https://news.example.org/1", "quality": "1"},
        {"publisher": "The coast guard", "quality": "5"},
    ],
}


BASE = {name: told for name, told in FORM.items() if "source" not in name}


def lists_as_json() -> bytes:
    one = {
        name: [{f"{name}/{part}": told for part, told in each.items()} for each in listed]
        for name, listed in MANY.items()
    }
    other = {**BASE, "_uuid": "other", "_id": 8}
    return json.dumps({"results": [other, {**BASE, **one}]}).encode()


def table_of(name: str, *, parent: str, key: str) -> list[list[str]]:
    parts = list(dict.fromkeys(part for each in MANY[name] for part in each))
    rows = [[*(each.get(part, "") for part in parts), key] for each in MANY[name]]
    return [[*(f"{name}/{part}" for part in parts), parent], *rows]


def lists_as_sheets() -> bytes:
    book = openpyxl.Workbook()
    main = [[*BASE, "_index"], [*BASE.values(), "1"], [*BASE.values(), "2"]]
    main[1][list(BASE).index("_uuid")] = "other"
    tables = {"form": main} | {
        name: table_of(name, parent="_parent_index", key="2") for name in MANY
    }
    for name, table in tables.items():
        sheet_of_book = book.create_sheet(name)
        for row in table:
            sheet_of_book.append(row)
    book.remove(book["Sheet"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def lists_as_archive() -> bytes:
    answers = {name.replace("/", "-"): told for name, told in BASE.items() if name[0] != "_"}
    latitude, longitude, *_ = str(answers.pop("about_where-coordinates")).split()
    point = "about_where-coordinates"
    answers |= {f"{point}-Latitude": latitude, f"{point}-Longitude": longitude}
    answers |= {f"{point}-Altitude": "12", f"{point}-Accuracy": "4.9"}
    main = [
        [*answers, "meta-instanceID", "KEY"],
        *([*answers.values(), f"uuid:{key}", f"uuid:{key}"] for key in ("other", FORM["_uuid"])),
    ]
    tables = {"incident.csv": main} | {
        f"incident-{name}.csv": table_of(name, parent="PARENT_KEY", key=f"uuid:{FORM['_uuid']}")
        for name in MANY
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, table in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(table)
            archive.writestr(name, text.getvalue())
        archive.writestr("media/photo.jpg", b"not read")
    return target.getvalue()


@pytest.mark.parametrize("export", [lists_as_json, lists_as_sheets, lists_as_archive])
def test_what_can_be_many_in_a_form_belongs_to_its_form(export) -> None:
    rows, strange = rows_of_table(read_table(export()))
    assert strange == ()
    other, row = sorted(rows, key=lambda each: each.uuid == FORM["_uuid"])
    assert (other.uuid, row.uuid) == ("other", FORM["_uuid"])
    facts = read_row(row.cells, TODAY)
    assert (facts["latitude"], facts["longitude"]) == (8.4527, -76.9312)
    told = [(group["kind"], group["code"], group["number_from"]) for group in facts["groups"]]
    assert told == [("sex", "female", 1), ("origin", "HTI", 1), ("indigenous", "Emberá", 1)]
    assert [group["number_to"] for group in facts["groups"]][1] == 2
    publishers = [source["publisher"] for source in facts["sources"]]
    assert publishers == ["Shelter", "A newspaper", "The coast guard"]
    assert read_row(other.cells, TODAY)["groups"] == []


def test_an_archive_that_grows_beyond_all_measure_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("incident.csv", b"a" * 30_000_000)
    with pytest.raises(UnreadableFile, match="zip_bomb"):
        read_table(target.getvalue())


def test_an_archive_without_a_table_of_forms_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a-groups.csv", "group,PARENT_KEY\nsex.female,1\n")
    with pytest.raises(UnreadableFile, match="not_a_table"):
        read_table(target.getvalue())
