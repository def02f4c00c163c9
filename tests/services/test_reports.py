"""The report of a period: a PDF that everybody can read, with the figures of the tally."""

import datetime as dt
import io
import re
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner

from tests.conftest import CAMILO, XIMENA
from tests.services.records import log
from tracker.cli import main
from tracker.db.session import Database
from tracker.domain.errors import BadQuery
from tracker.domain.reviews import Check
from tracker.domain.statuses import Visibility
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.exchange.report_pdf import report_pdf
from tracker.schemas.report_periods import read_report_period
from tracker.services.reports import ReportRequest, period_report
from tracker.services.reviews import take_up_incident, verify_incident
from tracker.services.tallies import period_tally, tally_difference

KNOWN, SINCE = dt.date(2025, 5, 5), dt.date(2021, 9, 5)


def report(database: Database, period: str, language: str = "en") -> bytes:
    with database.reading() as session:
        asked = ReportRequest(read_report_period(period), language, KNOWN, SINCE)
        return period_report(session, XIMENA, asked)


def text_of(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_tagged_in_its_language_and_says_that_it_is_accessible(
    demo_database: Database, language: str
) -> None:
    read = pypdf.PdfReader(io.BytesIO(report(demo_database, "2021", language)))
    catalog = read.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert str(catalog["/Lang"]).startswith(language)
    assert catalog["/StructTreeRoot"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_object().get_data()
    assert read.metadata is not None
    assert "2021" in str(read.metadata.get("/Keywords"))
    title, sections = read.outline
    assert title.title == read.metadata.title
    assert len(sections) == 7


def test_its_figures_are_those_of_the_tally_and_of_the_difference(
    demo_database: Database,
) -> None:
    text = text_of(report(demo_database, "2021"))
    period = {"period_from": dt.date(2021, 1, 1), "period_to": dt.date(2021, 12, 31)}
    with demo_database.reading() as session:
        for grouping in (Grouping.SUBREGION, Grouping.CORRIDOR, Grouping.MONTH, Grouping.CAUSE):
            told = period_tally(session, XIMENA, TallyQuery(KNOWN, by=(grouping,), **period))
            for row in told.rows:
                counts = (row.counts[name] for name in ("dead_and_missing", "dead", "missing"))
                cells = " ".join("–" if count is None else f"{count:,}" for count in counts)
                assert cells.replace("-", "−") in text, row
        changes = tally_difference(
            session, XIMENA, TallyQuery(KNOWN, **period), known_before=SINCE, known_after=KNOWN
        )
    total = told.total
    assert f"People who died or disappeared: at least {total['dead_and_missing']:,}" in text
    assert f"Recorded incidents: {total['incidents']:,}." in text
    assert "Minimum, as known on May 5, 2025" in text
    assert f"{changes.total['dead_and_missing']:,} {changes.total['dead']:,}" in text


def test_the_same_report_is_the_same_bytes(demo_database: Database) -> None:
    assert report(demo_database, "2021-Q1") == report(demo_database, "2021-Q1")


def test_a_period_of_which_nothing_is_known_says_so(demo_database: Database) -> None:
    text = text_of(report(demo_database, "2013-01"))
    assert "No incident of this period is known to us" in text
    assert "Nothing changed between" in text


def test_words_that_look_like_commands_stay_words() -> None:
    hostile = '#panic("x") $x$ </script> *b* _i_ @a <b> \\ ` "'
    section = {
        "title": hostile,
        "alt": hostile,
        "chart": [{"name": hostile, "numbers": hostile, "dead_bar": 1, "missing_bar": 0}],
        "columns": [hostile, "1"],
        "rows": [[hostile, "2"]],
        "total": [hostile, "2"],
        "note": hostile,
    }
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
    told = {
        **dict.fromkeys(("title", "author", "period", "headline", "rule"), hostile),
        **dict.fromkeys(("footer", "legend"), hostile),
        "keywords": [hostile],
        "lang": "en",
        "sections": [section],
        "map": {"title": hostile, "alt": hostile, "caption": hostile, "svg": svg},
        "method": {"title": hostile, "paragraphs": [hostile]},
    }
    text = text_of(report_pdf(told, made_on=KNOWN))
    assert text.count('#panic("x") $x$') >= 8
    assert "*b* _i_ @a <b>" in text


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-01-05..2026-02-01", "2026-01-05", "2026-02-01"),
    ],
)
def test_periods_are_read_as_people_write_them(given: str, first: str, last: str) -> None:
    period = read_report_period(given)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize("given", ["", "26", "2026-Q5", "2026-13", "0000", "x..y", "2026-W01"])
def test_what_is_no_period_is_refused(given: str) -> None:
    with pytest.raises(BadQuery, match="not_a_report_period"):
        read_report_period(given)


def test_the_command_writes_it(
    demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{demo_file}")
    out = tmp_path / "report.pdf"
    asked = ["report", "--period", "2021-Q1", "--lang", "es", "--as-known-on", "2025-05-05"]
    result = CliRunner().invoke(main, [*asked, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "al menos" in text_of(out.read_bytes())


def test_a_number_that_nobody_knows_is_said_and_is_no_number(database: Database) -> None:
    now = dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC)
    database.tell_time(lambda: now)
    nobody = dict.fromkeys(("number_dead", "number_missing_min", "number_missing_max"))
    with database.writing() as session:
        public_id = log(session, submit=True, groups=[], **nobody).public_id
        take_up_incident(session, CAMILO, public_id)
        verify_incident(
            session, CAMILO, public_id, checked=tuple(Check), visibility=Visibility.PUBLIC
        )
    with database.reading() as session:
        asked = ReportRequest(read_report_period("2026"), "en", now.date())
        text = text_of(period_report(session, XIMENA, asked))
    assert "How many people died or disappeared in them is not known" in text
    assert "at least" not in text.partition("By subregion")[0]
