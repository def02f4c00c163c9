"""Imports: all or nothing, nothing lost, nothing changed in silence."""

import datetime as dt
import gzip
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select, update

from tests.conftest import BEATRIZ, CAMILO, FERNANDA, XIMENA, day
from tracker.cli.demo import DEMO_DATA
from tracker.db.models import Act, Import, ImportFinding, Incident, IncidentVersion, LedgerEntry
from tracker.db.queries.imports import abandoned_imports, list_imports
from tracker.db.session import Database
from tracker.domain.errors import Conflict, ImportRefused, NotAllowed
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.exchange.mmp import UnreadableFile
from tracker.exchange.tally_csv import tally_csv
from tracker.services.imports import ImportOutcome, ImportRequest, import_file
from tracker.services.incidents import get_history, get_incident, list_incidents, revise_incident
from tracker.services.installation import check_database
from tracker.services.tallies import period_tally

OLD, NEW = "2021-03-27", "2021-09-05"


def raw(name: str) -> pd.DataFrame:
    text = gzip.decompress((DEMO_DATA / f"{name}.csv.gz").read_bytes())
    path = pd.io.common.BytesIO(text)
    return pd.read_csv(path, dtype=str, keep_default_na=False).head(300)


def written(rows: pd.DataFrame, folder: Path, name: str = "rows.csv") -> Path:
    path = folder / name
    rows.to_csv(path, index=False)
    return path


def take(database: Database, path: Path, recorded: str, **options) -> ImportOutcome:
    return import_file(
        database, OPERATOR, ImportRequest(path=path, recorded_on=day(recorded), **options)
    )


def figures(database: Database, known: str) -> str:
    query = TallyQuery(day(known), by=(Grouping.SUBREGION, Grouping.CAUSE))
    with database.reading() as session:
        return tally_csv(period_tally(session, XIMENA, query))


def total(database: Database, known: str) -> dict[str, int | None]:
    with database.reading() as session:
        return dict(period_tally(session, XIMENA, TallyQuery(day(known))).total)


def public_id_of(database: Database, name: str) -> str:
    with database.reading() as session:
        page = list_incidents(session, XIMENA, TallyQuery(day("2026-11-01")), page_size=1000)
    return next(found.public_id for found in page.incidents if name in found.external_ids)


def test_the_same_file_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    path = written(raw("mmp-2021-03-27"), tmp_path)
    first = take(database, path, OLD)
    before = figures(database, NEW)
    again = take(database, path, OLD)
    later = take(database, path, NEW)
    assert first.counts["reported"] == 300
    assert again.already_there
    assert later.counts["unchanged"] == 300
    assert later.counts["reported"] == later.counts["revised"] == 0
    assert figures(database, NEW) == before
    assert check_database(database, OPERATOR) == []


def test_a_newer_file_revises_reports_and_forgets_nothing(
    database: Database, tmp_path: Path
) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), OLD)
    before = total(database, OLD)
    newer = rows.copy()
    newer.loc[0, ["Number Dead", "Total Dead and Missing"]] = ["7", "7"]
    newer.loc[0, "Minimum Estimated Number of Missing"] = ""
    newer.loc[1, "Migration Route"] = "another route"
    newer = newer.drop(index=[2, 3])
    outcome = take(database, written(newer, tmp_path), NEW)
    assert outcome.counts["revised"] == 1
    assert outcome.counts["reclassified"] == 1
    assert outcome.counts["gone"] == 2
    gone = outcome.findings[outcome.findings["code"] == "gone"]["identity"]
    assert set(gone) == set(rows["Web ID"].iloc[[2, 3]])
    assert total(database, OLD) == before
    assert total(database, NEW)["incidents"] == 300
    public_id = public_id_of(database, rows["Web ID"].iloc[0])
    with database.reading() as session:
        steps = get_history(session, XIMENA, public_id)
        assert get_incident(session, XIMENA, public_id).counts["dead"] == 7
    assert [step.reason for step in steps] == ["reported", "revised"]
    assert "number_dead" in steps[1].changes
    assert check_database(database, OPERATOR) == []


def test_a_complete_file_withdraws_what_it_no_longer_has(
    database: Database, tmp_path: Path
) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), OLD)
    before = figures(database, OLD)
    outcome = take(database, written(rows.drop(index=[5, 6]), tmp_path), NEW, replaces=True)
    assert outcome.counts["withdrawn"] == 2
    assert total(database, NEW)["incidents"] == 298
    assert figures(database, OLD) == before
    back = take(database, written(rows, tmp_path), "2021-10-01", replaces=True)
    assert back.counts["reported"] == 2
    assert total(database, "2021-10-01")["incidents"] == 300
    assert check_database(database, OPERATOR) == []


def test_a_complete_file_that_shrinks_the_dataset_is_refused_unless_somebody_says_how_far(
    database: Database, tmp_path: Path
) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), OLD)
    half = written(rows.head(150), tmp_path)
    with pytest.raises(ImportRefused, match="would_shrink"):
        take(database, half, NEW, replaces=True)
    with pytest.raises(ImportRefused, match="would_shrink"):
        take(database, half, NEW, replaces=True, allow_withdrawals=149)
    assert total(database, NEW)["incidents"] == 300
    take(database, half, NEW, replaces=True, allow_withdrawals=150)
    assert total(database, NEW)["incidents"] == 150


def test_nothing_is_recorded_before_what_the_dataset_already_holds(
    database: Database, tmp_path: Path
) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), NEW)
    with pytest.raises(ImportRefused, match="recorded_before"):
        take(database, written(rows.head(5), tmp_path), OLD)
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    with pytest.raises(ImportRefused, match="recorded_in_future"):
        take(database, written(rows, tmp_path), tomorrow.isoformat())


def test_another_dataset_is_never_touched(database: Database, tmp_path: Path) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), OLD)
    other = take(database, written(rows.head(10), tmp_path), OLD, dataset="shelters", replaces=True)
    assert other.counts["reported"] == 10
    assert total(database, NEW)["incidents"] == 310


def test_what_a_person_has_revised_stands_and_the_difference_goes_to_review(
    database: Database, tmp_path: Path
) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), OLD)
    name = rows["Web ID"].iloc[0]
    public_id = public_id_of(database, name)
    with database.writing() as session:
        revise_incident(
            session, CAMILO, public_id, changes={"number_dead": 9}, because="heard the survivor"
        )
    today = dt.datetime.now(dt.UTC).date().isoformat()
    same = take(database, written(rows, tmp_path), today)
    assert same.counts["unchanged"] == 300
    rows.loc[0, "Number of Survivors"] = "44"
    newer = take(database, written(rows, tmp_path, "newer.csv"), today)
    edited = newer.findings[newer.findings["code"] == "edited_here"]
    assert edited["identity"].tolist() == [name]
    with database.reading() as session:
        assert get_incident(session, XIMENA, public_id).counts["dead"] == 9
    assert check_database(database, OPERATOR) == []


def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    database: Database, tmp_path: Path
) -> None:
    path = written(raw("mmp-2021-03-27"), tmp_path)
    outcome = take(database, path, OLD, dry_run=True)
    assert outcome.counts["reported"] == 300
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(IncidentVersion)) == 0
        assert list_imports(session) == []


def test_a_broken_file_leaves_the_database_as_it_was(database: Database, tmp_path: Path) -> None:
    broken = tmp_path / "page.csv"
    broken.write_text("<!doctype html><html><body>Not found</body></html>")
    with pytest.raises(UnreadableFile):
        take(database, broken, OLD)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Import)) == 0


def test_only_one_import_runs_at_a_time(database: Database, tmp_path: Path) -> None:
    path = written(raw("mmp-2021-03-27"), tmp_path)
    with database.import_lock() as held:
        assert held
        with pytest.raises(ImportRefused, match="import_under_way"):
            take(database, path, OLD)
    assert take(database, path, OLD).counts["reported"] == 300


@pytest.mark.parametrize("person", [XIMENA, BEATRIZ, FERNANDA, CAMILO])
def test_only_the_operator_takes_files_in(database: Database, tmp_path: Path, person) -> None:
    request = ImportRequest(path=written(raw("mmp-2021-03-27"), tmp_path), recorded_on=day(OLD))
    with pytest.raises(NotAllowed):
        import_file(database, person, request)


def test_a_revision_made_while_a_file_is_taken_in_is_not_lost(
    database: Database, tmp_path: Path
) -> None:
    rows = raw("mmp-2021-03-27")
    take(database, written(rows, tmp_path), OLD)
    public_id = public_id_of(database, rows["Web ID"].iloc[0])
    rows.loc[0, "Number Dead"] = "3"
    rows.loc[0, "Total Dead and Missing"] = "3"
    revised = []

    def meanwhile(_done: int, _total: int) -> None:
        if revised:
            return
        revised.append(public_id)
        with database.writing() as session:
            revise_incident(
                session, CAMILO, public_id, changes={"number_dead": 9}, because="meanwhile"
            )

    today = dt.datetime.now(dt.UTC).date()
    request = ImportRequest(path=written(rows, tmp_path), recorded_on=today)
    outcome = import_file(database, OPERATOR, request, progress=meanwhile)
    assert outcome.findings["code"].tolist().count("edited_here") == 1
    with database.reading() as session:
        assert get_incident(session, XIMENA, public_id).counts["dead"] == 9
        assert abandoned_imports(session) == []
    assert check_database(database, OPERATOR) == []


def test_an_import_names_its_repairs_and_keeps_the_originals(database: Database, tmp_path) -> None:
    rows = raw("mmp-2021-03-27")
    rows.loc[0, "Location Coordinates"] = "-109.200018, 31.483549"
    take(database, written(rows, tmp_path), OLD)
    with database.reading() as session:
        finding = session.scalars(
            select(ImportFinding).where(
                ImportFinding.code == "swapped_coordinates",
                ImportFinding.identity == rows["Web ID"].iloc[0],
            )
        ).one()
        assert "-109.200018" in (finding.original or "")
        version = session.scalars(
            select(IncidentVersion).where(
                IncidentVersion.position_reported == "-109.200018, 31.483549"
            )
        ).one()
        assert (version.longitude, version.latitude) == (-109.200018, 31.483549)
        assert "swapped_coordinates" in (version.import_codes or "")


def test_every_import_is_in_the_record_of_acts(database: Database, tmp_path: Path) -> None:
    take(database, written(raw("mmp-2021-03-27"), tmp_path), OLD)
    with database.reading() as session:
        acts = session.execute(select(Act.actor, Act.action)).all()
    assert acts == [("operator", "import_datasets")]


def test_the_check_finds_a_ledger_that_was_tampered_with(database: Database, tmp_path) -> None:
    take(database, written(raw("mmp-2021-03-27"), tmp_path), OLD)
    with database.engine.begin() as connection:
        first = connection.scalar(select(func.min(LedgerEntry.id)))
        connection.execute(update(LedgerEntry).where(LedgerEntry.id == first).values(dead=99))
    assert len(check_database(database, OPERATOR)) == 1


def test_every_incident_of_the_demonstration_has_one_name_and_one_current_version(
    demo_database: Database,
) -> None:
    assert check_database(demo_database, OPERATOR) == []
    with demo_database.reading() as session:
        ids = session.scalar(select(func.count(func.distinct(Incident.public_id))))
        assert ids == session.scalar(select(func.count()).select_from(Incident))


def test_a_boat_of_the_west_african_route_drifted_whatever_area_it_was_found_in(
    demo_database: Database,
) -> None:
    query = TallyQuery(
        day("2026-11-01"), by=(Grouping.CORRIDOR, Grouping.ROUTE_REPORTED, Grouping.SUBREGION)
    )
    with demo_database.reading() as session:
        rows = period_tally(session, XIMENA, query).rows
    drifted = [row for row in rows if row.codes[0] == "atlantic_drift"]
    assert {row.codes[1] for row in drifted} == {
        "Western Africa / Atlantic route to the Canary Islands"
    }
    assert sum(row.counts["incidents"] or 0 for row in drifted) >= 8
    assert {row.codes[2] for row in drifted} <= {
        "caribbean",
        "south_america",
        "central_america",
        "not_known",
    }


def test_a_place_of_a_dataset_is_never_made_finer_here(database: Database, tmp_path: Path) -> None:
    rows = raw("mmp-2021-03-27").iloc[:5]
    take(database, written(rows, tmp_path), OLD)
    public_id = public_id_of(database, rows["Web ID"].iloc[0])
    for name, value in {
        "longitude": -77.12345,
        "latitude": 8.12345,
        "uncertainty_m": 5.0,
        "location_precision": "exact",
        "location_description": "behind the blue house",
    }.items():
        with database.writing() as session, pytest.raises(Conflict) as refused:
            revise_incident(session, CAMILO, public_id, changes={name: value}, because="x")
        assert refused.value.code == "place_of_dataset"
