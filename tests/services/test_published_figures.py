"""The figures that others have published come out of the same files again."""

import gzip
from pathlib import Path

import pytest

from tests.conftest import ESTEBAN, XIMENA, day
from tracker.cli.demo import DEMO_DATA, EDITIONS, load_editions
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Grouping, Scheme, Tally, TallyQuery
from tracker.exchange.tally_csv import tally_csv
from tracker.exchange.tally_json import tally_json
from tracker.services.imports import ImportRequest, import_file
from tracker.services.tallies import period_tally, tally_difference

FIVE = ("US-Mexico Border", "North America", "Central America", "Caribbean", "South America")


def edition(name: str, folder: Path) -> Path:
    path = folder / f"{name}.csv"
    path.write_bytes(gzip.decompress((DEMO_DATA / f"{name}.csv.gz").read_bytes()))
    return path


def tally(database: Database, query: TallyQuery, actor=XIMENA) -> Tally:
    with database.reading() as session:
        return period_tally(session, actor, query)


def review_query(known: str) -> TallyQuery:
    return TallyQuery(
        as_known_on=day(known),
        period_from=day("2021-01-01"),
        period_to=day("2021-04-30"),
        by=(Grouping.SUBREGION,),
        scheme=Scheme.IOM_REGION,
    )


def people(answer: Tally) -> dict[str, int | None]:
    return {row.codes[0]: row.counts["dead_and_missing"] for row in answer.rows}


def test_the_review_of_2021_counted_174_and_still_does_after_later_files(
    database: Database, tmp_path: Path
) -> None:
    for name, recorded in (
        ("mmp-2021-03-27", "2021-03-27"),
        ("lac-review-2021-reconstruction", "2021-04-01"),
    ):
        request = ImportRequest(path=edition(name, tmp_path), recorded_on=day(recorded))
        import_file(database, OPERATOR, request)
    then = tally(database, review_query("2021-04-01"))
    assert people(then) == {
        "US-Mexico Border": 77,
        "South America": 49,
        "Caribbean": 28,
        "Central America": 20,
        "North America": 1,
    }

    request = ImportRequest(path=edition("mmp-2021-09-05", tmp_path), recorded_on=day("2021-09-05"))
    import_file(database, OPERATOR, request)
    again = tally(database, review_query("2021-04-01"))
    assert tally_csv(again) == tally_csv(then)
    assert tally_json(again) == tally_json(then)

    later = tally(database, review_query("2021-09-05"))
    assert people(later) == {
        "US-Mexico Border": 173,
        "South America": 59,
        "Caribbean": 58,
        "Central America": 28,
    }
    with database.reading() as session:
        change = tally_difference(
            session,
            XIMENA,
            review_query("2021-09-05"),
            known_before=day("2021-04-01"),
            known_after=day("2021-09-05"),
        )
    for measure in ("incidents", "dead", "missing", "dead_and_missing", "survivors", "females"):
        moved = (later.total[measure] or 0) - (then.total[measure] or 0)
        assert sum(row.counts[measure] or 0 for row in change.rows) == moved
        for label in FIVE:
            by_label = sum(row.counts[measure] or 0 for row in change.rows if row.codes[0] == label)
            counts = [
                sum(row.counts[measure] or 0 for row in answer.rows if row.codes[0] == label)
                for answer in (then, later)
            ]
            assert by_label == counts[1] - counts[0]


@pytest.mark.parametrize(
    ("known", "sums"),
    [
        ("2020-01-08", (2071, 3294, 467, 3761)),
        ("2021-03-27", (2798, 4179, 647, 4826)),
        ("2021-09-05", (3060, 4480, 749, 5229)),
        ("2022-05-15", (3593, 5267, 970, 6237)),
        ("2025-05-05", (6881, 9259, 1898, 11157)),
    ],
)
def test_one_history_gives_the_sums_of_each_file_as_known_on_its_date(
    demo_database: Database, known: str, sums: tuple[int, ...]
) -> None:
    query = TallyQuery(as_known_on=day(known), by=(Grouping.SUBREGION,), scheme=Scheme.IOM_REGION)
    rows = [row for row in tally(demo_database, query).rows if row.codes[0] in FIVE]
    measures = ("incidents", "dead", "missing", "dead_and_missing")
    assert tuple(sum(row.counts[name] or 0 for row in rows) for name in measures) == sums


def test_two_rows_of_2025_carry_two_labels_and_count_once(demo_database: Database) -> None:
    query = TallyQuery(
        as_known_on=day("2025-05-05"), by=(Grouping.SUBREGION,), scheme=Scheme.IOM_REGION
    )
    total = tally(demo_database, query).total
    assert (total["incidents"], total["dead"], total["missing"]) == (6883, 9262, 1908)


def test_the_border_crossing_of_2021_counts_728_in_the_file_of_2022(
    database: Database, tmp_path: Path
) -> None:
    request = ImportRequest(path=edition("mmp-2022-05-15", tmp_path), recorded_on=day("2022-05-15"))
    import_file(database, OPERATOR, request)
    query = TallyQuery(
        as_known_on=day("2022-05-15"),
        period_from=day("2021-01-01"),
        period_to=day("2021-12-31"),
        filters={"route_reported": ("US-Mexico border crossing",)},
    )
    assert tally(database, query).total["dead_and_missing"] == 728


def test_nearly_all_old_rows_continue_when_the_id_system_changes(demo_database: Database) -> None:
    with demo_database.reading() as session:
        change = tally_difference(
            session,
            ESTEBAN,
            TallyQuery(as_known_on=day("2022-05-15")),
            known_before=day("2021-09-05"),
            known_after=day("2022-05-15"),
        )
    withdrawn = sum(
        -(row.counts["incidents"] or 0) for row in change.rows if row.codes == ("withdrawn",)
    )
    assert 0 < withdrawn <= 0.1 * 3060


def test_each_edition_is_loaded_once(demo_copy: Database) -> None:
    before = tally(demo_copy, TallyQuery(as_known_on=day("2026-05-06"), by=(Grouping.YEAR,)))
    load_editions(demo_copy, EDITIONS)
    after = tally(demo_copy, TallyQuery(as_known_on=day("2026-05-06"), by=(Grouping.YEAR,)))
    assert after == before
