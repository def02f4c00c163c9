"""An identification stays on its two records, and can be undone, whatever becomes of the other."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import DOLORES
from tests.http.clients import add_cast
from tests.services.match_records import (
    BY_DENTAL,
    IRIS,
    Finding,
    matching_pair,
    opened,
    propose,
    say,
    statuses,
    take_back,
    told,
)
from tests.services.people_records import GABRIEL, HILDA, agree, open_case, record_remains
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.errors import InvalidRecord, NotAllowed, NotFound
from tracker.domain.people import PersonKind, TaskKind
from tracker.domain.permissions import Actor
from tracker.services.families.notifications import may_notify
from tracker.services.families.own_case import tasks_made_for
from tracker.services.matches import list_identified, list_matches, undo_identification
from tracker.services.people import erase_person, finish_task, list_desk, list_tasks
from tracker.services.people import withdraw_consent as take_consent_back

BEFORE = ["reported", "unidentified"]


@pytest.fixture
def people(database: Database) -> Database:
    """Give a database in which the cast has accounts."""
    with database.writing() as session:
        add_cast(session)
    return database


def confirmed(people: Database) -> tuple[str, str, int, str]:
    """Give a case and remains that two people confirmed, with the consent and the match."""
    case, remains = open_case(people), record_remains(people)
    consent = agree(people, case, Purpose.MATCH)
    match = opened(people, case, remains)
    say(people, GABRIEL, match, "confirmed")
    say(people, DOLORES, match, "confirmed")
    assert statuses(people, case, remains) == ["located_deceased", "confirmed"]
    return case, remains, consent, match


def withdraw(people: Database, case: str, consent: int) -> None:
    with people.writing() as session:
        take_consent_back(session, DOLORES, case, number=consent)


def identified(people: Database, actor: Actor, public_id: str):
    kind = PersonKind.CASE if public_id.startswith("C") else PersonKind.REMAINS
    with people.reading() as session:
        return list_identified(session, actor, public_id, kind=kind)


def undo(people: Database, actor: Actor, public_id: str, match: str, reason: str = "mixed up"):
    kind = PersonKind.CASE if public_id.startswith("C") else PersonKind.REMAINS
    with people.writing() as session:
        return undo_identification(session, actor, public_id, kind=kind, match=match, reason=reason)


def erase(people: Database, actor: Actor, public_id: str, folder: Path) -> None:
    with people.writing() as session:
        files = SealedFiles(folder / "files")
        erase_person(session, actor, files, public_id=public_id, ground=Ground.PERSON_ASKED)


def test_both_records_say_by_what_they_are_identified(people: Database) -> None:
    case, remains, _, match = confirmed(people)
    for actor, record in ((DOLORES, case), (GABRIEL, remains)):
        [found] = identified(people, actor, record)
        assert (found.match, found.opens, found.erased_on) == (match, True, None)
        assert (found.method, found.authority) == ("dental", BY_DENTAL.authority)
        assert found.identified_on == BY_DENTAL.identified_on


def test_a_withdrawn_consent_hides_a_confirmed_pair_and_leaves_the_bare_fact(
    people: Database,
) -> None:
    case, remains, consent, match = confirmed(people)
    withdraw(people, case, consent)
    for actor in (DOLORES, GABRIEL, IRIS):
        with pytest.raises(NotFound):
            told(people, actor, match)
        with people.reading() as session:
            assert list_matches(session, actor) == ((), None)
    for actor, record, other in ((DOLORES, case, remains), (GABRIEL, remains, case)):
        [found] = identified(people, actor, record)
        assert not found.opens
        assert other not in repr(found)
    assert statuses(people, case, remains) == ["located_deceased", "confirmed"]


@pytest.mark.parametrize("of_case", [True, False], ids=["of the case", "of the remains"])
def test_whoever_keeps_one_undoes_it_after_the_consent_is_gone(
    people: Database, *, of_case: bool
) -> None:
    case, remains, consent, match = confirmed(people)
    withdraw(people, case, consent)
    actor, record = (DOLORES, case) if of_case else (GABRIEL, remains)
    with pytest.raises(InvalidRecord):
        undo(people, actor, record, match, reason=" ")
    undo(people, actor, record, match)
    assert statuses(people, case, remains) == BEFORE
    assert identified(people, actor, record) == ()
    with pytest.raises(NotFound):
        undo(people, actor, record, match)
    agree(people, case, Purpose.MATCH)
    [waiting] = told(people, DOLORES, match).waiting
    assert waiting.mine is not of_case
    last = told(people, DOLORES, match).voices[-1].voice
    assert (last.decision, last.reason) == ("taken_back", "mixed up")


def test_nothing_is_compared_when_a_voice_is_taken_back(people: Database) -> None:
    case, _, consent, match = confirmed(people)
    withdraw(people, case, consent)
    undo(people, DOLORES, case, match)
    with people.reading() as session:
        kept = text("SELECT compared FROM match_decisions WHERE decision = 'taken_back'")
        assert session.scalars(kept).all() == ["{}"]


def test_nobody_else_reads_or_undoes_an_identification(people: Database) -> None:
    case, remains, _, match = confirmed(people)
    for actor, record in ((HILDA, case), (GABRIEL, case), (DOLORES, remains)):
        with pytest.raises(NotFound):
            identified(people, actor, record)
        with pytest.raises(NotFound):
            undo(people, actor, record, match)
    with pytest.raises(NotAllowed):
        undo(people, IRIS, remains, match)
    other, _ = matching_pair(people)
    with pytest.raises(NotFound):
        undo(people, DOLORES, other, match)


def test_of_one_organisation_that_gave_both_voices_the_other_undoes_it_too(
    people: Database,
) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    say(people, GABRIEL, match, "confirmed")
    say(people, IRIS, match, "confirmed")
    undo(people, DOLORES, case, match)
    assert statuses(people, case, remains) == BEFORE


def test_an_erased_case_leaves_the_remains_identified_by_the_report_alone(
    people: Database, tmp_path: Path
) -> None:
    case, remains, _, match = confirmed(people)
    erase(people, DOLORES, case, tmp_path)
    assert statuses(people, remains) == ["confirmed"]
    [found] = identified(people, GABRIEL, remains)
    assert (found.opens, found.by_family) == (False, True)
    assert found.erased_on is not None
    assert (found.method, found.authority) == ("dental", BY_DENTAL.authority)
    with people.reading() as session:
        [task] = list_tasks(session, GABRIEL, remains)
        [waits] = list_desk(session, GABRIEL)
        assert list_matches(session, GABRIEL) == ((), None)
    assert (task.kind, task.told) == (TaskKind.IDENTIFICATION, "")
    assert (waits.public_id, waits.task) == (remains, "identification")
    with people.writing() as session:
        finish_task(session, GABRIEL, remains, number=task.number, outcome="The report stands")
    with pytest.raises(NotFound):
        told(people, GABRIEL, match)
    undo(people, GABRIEL, remains, match)
    assert statuses(people, remains) == ["unidentified"]
    assert propose(people, everything=True).new == 0


def test_erased_remains_leave_the_case_identified_and_its_family_can_be_told(
    people: Database, tmp_path: Path
) -> None:
    case, remains, _, _ = confirmed(people)
    erase(people, GABRIEL, remains, tmp_path)
    [found] = identified(people, DOLORES, case)
    assert found.erased_on is not None
    with people.reading() as session:
        assert may_notify(session, DOLORES, case)
        [task] = list_tasks(session, DOLORES, case)
        # A task that speaks of a death is none that the family's page tells.
        assert tasks_made_for(session, 1) == []
    assert task.kind == TaskKind.IDENTIFICATION


def test_no_word_of_what_was_erased_stays_with_an_identification(
    people: Database, tmp_path: Path
) -> None:
    case, remains = matching_pair(people)
    match = opened(people, case, remains)
    words = Finding("dental", BY_DENTAL.authority, BY_DENTAL.identified_on, "Lucía, her gold tooth")
    say(people, GABRIEL, match, "tentative", words)
    take_back(people, GABRIEL, match)
    say(people, GABRIEL, match, "confirmed", words)
    say(people, DOLORES, match, "confirmed", words)
    erase(people, DOLORES, case, tmp_path)
    with people.reading() as session:
        [pair] = session.execute(text("SELECT compared, log_odds FROM matches")).all()
        rows = text("SELECT decision, reason, compared FROM match_decisions")
        assert session.execute(rows).all() == [("confirmed", None, "{}")] * 2
    assert pair == ("{}", 0.0)
    erase(people, GABRIEL, remains, tmp_path)
    with people.reading() as session:
        for table in ("matches", "match_decisions", "person_tasks"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
