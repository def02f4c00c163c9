"""A package validates by others' means, and IOM's layout comes back with the same figures."""

import datetime as dt
import hashlib
import zipfile
from pathlib import Path

import pytest
from frictionless import Package, system

from tests.conftest import KEYS
from tracker.db.migrations import upgrade_database
from tracker.db.session import Database, open_database
from tracker.domain.exports import IncidentForm
from tracker.domain.permissions import ANYONE, OPERATOR
from tracker.domain.tallies import Grouping, Scheme, TallyQuery
from tracker.services.exports import FileRequest, export_incidents, write_incidents
from tracker.services.imports import ImportRequest, import_file
from tracker.services.tallies import period_tally

TODAY = dt.date(2026, 11, 1)
GROUPINGS = (
    *((each,) for each in Grouping if each not in (Grouping.DATASET, Grouping.DAY)),
    (Grouping.SUBREGION, Grouping.YEAR),
    (Grouping.CORRIDOR, Grouping.CAUSE),
)


def write(database: Database, query: TallyQuery, path: Path, form: IncidentForm) -> None:
    with database.reading() as session:
        export = export_incidents(session, ANYONE, query)
        write_incidents(session, ANYONE, FileRequest(export, form), path=path)


def tally(database: Database, by: tuple[Grouping, ...], scheme: Scheme) -> object:
    with database.reading() as session:
        answer = period_tally(session, OPERATOR, TallyQuery(TODAY, by=by, scheme=scheme))
    return {row.codes: dict(row.counts) for row in answer.rows}, dict(answer.total)


@pytest.mark.filterwarnings("default")
def test_frictionless_finds_nothing_wrong_with_a_package(
    demo_database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "package.zip"
    query = TallyQuery(TODAY, period_from=dt.date(2022, 1, 1))
    write(demo_database, query, path, IncidentForm.ZIP)
    with zipfile.ZipFile(path) as package:
        package.extractall(tmp_path / "out")
        names = set(package.namelist())
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note", "rowNumber", "fieldName"])[:5]
    assert len(report.tasks) == 3
    sums = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    listed = {line[66:]: line[:64] for line in sums}
    assert set(listed) == names - {"SHA256SUMS"}
    for name, digest in listed.items():
        content = (tmp_path / "out" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest


def test_the_same_question_gives_the_same_package(demo_database: Database, tmp_path: Path) -> None:
    query = TallyQuery(TODAY, filters={"corridor": ("darien",)})
    for name in ("a", "b"):
        write(demo_database, query, tmp_path / name, IncidentForm.ZIP)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_export_in_the_layout_of_iom_gives_the_same_tallies_in_an_empty_tracker(
    demo_database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "iom.csv"
    write(demo_database, TallyQuery(TODAY), path, IncidentForm.IOM)
    other = open_database(f"sqlite:///{tmp_path / 'other.sqlite3'}", KEYS)
    upgrade_database(other)
    import_file(other, OPERATOR, ImportRequest(path, dt.date(2026, 10, 1)))
    try:
        for scheme in Scheme:
            for by in GROUPINGS:
                assert tally(other, by, scheme) == tally(demo_database, by, scheme), (by, scheme)
    finally:
        other.close()
