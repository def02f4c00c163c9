"""A published figure stays as it was; what is learnt later stands beside it and adds up."""

import dataclasses
import datetime as dt
from xml.etree import ElementTree

import pytest
from sqlalchemy import update

from tests.conftest import BEATRIZ, CAMILO, ESTEBAN, XIMENA, day
from tests.http.clients import new_app
from tracker.cli.demo_figures import publish_demo_figures
from tracker.db.history import HistoryIsKept
from tracker.db.models import PublishedFigure
from tracker.db.session import Database
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.figures import ErrataStep, StepKind
from tracker.domain.measures import MEASURES
from tracker.domain.tallies import Grouping, TallyQuery
from tracker.services.figures import (
    errata_of_figure,
    get_figure,
    less,
    list_figures,
    publish_figure,
)
from tracker.services.incidents import withdraw_incident
from tracker.services.incidents.read import list_incidents

TITLES = {"es": "Darién, 2021", "en": "Darién, 2021"}
QUERY = TallyQuery(
    as_known_on=day("2025-05-05"),
    period_from=day("2021-01-01"),
    period_to=day("2021-12-31"),
    by=(Grouping.CORRIDOR,),
)


def summed(rows) -> dict[str, int]:
    return {name: sum(row.counts[name] or 0 for row in rows) for name in MEASURES}


def plain(counts) -> dict[str, int]:
    return {name: counts[name] or 0 for name in MEASURES}


def adds_up(step: ErrataStep) -> bool:
    rows, before = summed(step.rows), summed(step.rows_before)
    change = {name: rows[name] - before[name] for name in MEASURES}
    return change == plain(step.change) == plain(less(step.after, step.before))


def test_the_174_of_the_review_is_explained_step_by_step_up_to_today(demo_copy: Database) -> None:
    with demo_copy.writing() as session:
        publish_demo_figures(session)
    with demo_copy.reading() as session:
        (figure,) = list_figures(session, XIMENA)
        steps = errata_of_figure(session, XIMENA, figure)
    assert {row.codes[0]: row.counts["dead_and_missing"] for row in figure.rows} == {
        "US-Mexico Border": 77,
        "South America": 49,
        "Caribbean": 28,
        "Central America": 20,
    }
    assert figure.total["dead_and_missing"] == 174
    assert figure.reproduces
    told = [
        (
            step.kind,
            str(step.known_after),
            step.before["dead_and_missing"],
            step.after["dead_and_missing"],
        )
        for step in steps
    ]
    assert told == [
        (StepKind.WIDENED, "2021-04-01", 174, 175),
        (StepKind.SCHEME, "2021-04-01", 175, 175),
        (StepKind.LEARNT, "2021-09-05", 175, 318),
        (StepKind.LEARNT, "2022-05-15", 318, 356),
        (StepKind.LEARNT, "2025-05-05", 356, 380),
    ]
    assert [adds_up(step) for step in steps] == [True] * 5


def test_publishing_twice_by_the_demonstration_makes_one_figure(demo_copy: Database) -> None:
    for _ in range(2):
        with demo_copy.writing() as session:
            publish_demo_figures(session)
    with demo_copy.reading() as session:
        assert len(list_figures(session, XIMENA)) == 1


def test_a_later_correction_changes_the_errata_and_never_the_figure(demo_copy: Database) -> None:
    with demo_copy.writing() as session:
        public_id = publish_figure(session, ESTEBAN, QUERY, titles=TITLES)
        before = get_figure(session, XIMENA, public_id)
        assert errata_of_figure(session, XIMENA, before) == ()
    with demo_copy.writing() as session:
        listed = list_incidents(session, CAMILO, QUERY)
        gone = listed.incidents[0]
        withdraw_incident(session, CAMILO, gone.public_id, because="Reported twice")
    with demo_copy.reading() as session:
        after = get_figure(session, XIMENA, public_id)
        (step,) = errata_of_figure(session, XIMENA, after)
    assert dataclasses.replace(after) == before
    assert after.reproduces
    assert step.change["incidents"] == -1
    assert {row.codes[-1] for row in step.rows} == {"withdrawn"}
    assert adds_up(step)


def test_a_published_figure_can_neither_be_changed_nor_deleted(demo_copy: Database) -> None:
    with demo_copy.writing() as session:
        publish_figure(session, ESTEBAN, QUERY, titles=TITLES)
    with pytest.raises(HistoryIsKept), demo_copy.writing() as session:
        session.execute(update(PublishedFigure).values(title_en="Another"))


def test_only_who_may_publish_publishes_and_unknown_figures_are_not_there(
    demo_copy: Database,
) -> None:
    for actor in (XIMENA, BEATRIZ, CAMILO):
        with demo_copy.writing() as session, pytest.raises(NotAllowed):
            publish_figure(session, actor, QUERY, titles=TITLES)
    with demo_copy.reading() as session, pytest.raises(NotFound):
        get_figure(session, XIMENA, "2026-0001")


def test_figures_are_numbered_within_their_year(database: Database) -> None:
    database.tell_time(lambda: dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
    with database.writing() as session:
        ids = [publish_figure(session, ESTEBAN, QUERY, titles=TITLES) for _ in range(3)]
    assert ids == ["2026-0001", "2026-0002", "2026-0003"]


def test_the_feed_is_well_formed_and_its_entries_keep_their_names(demo_copy: Database) -> None:
    with demo_copy.writing() as session:
        publish_demo_figures(session)
    visitor = new_app(demo_copy).test_client()
    feeds = [
        visitor.get("/figures.atom", headers={"Accept-Language": code}) for code in ("es", "en")
    ]
    space = {"a": "http://www.w3.org/2005/Atom"}
    names = [
        [each.text for each in ElementTree.fromstring(feed.data).findall("a:entry/a:id", space)]
        for feed in feeds
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 4
