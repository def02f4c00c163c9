"""Takes in records of the People Finder Interchange Format, and forgets what their source forgets.

Notes of finders become tasks of a case worker: none of them says that somebody is located.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonExternalId
from tracker.db.queries.people import consents_of, tasks_of
from tracker.db.queries.person_lists import external_ids, take_turn_with_lists
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import keys_of_session, moment
from tracker.domain.erasures import Ground
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import PersonKind, TaskKind
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.person_imports import RowOutcome, RowTaken
from tracker.domain.pfif import STATUSES, PfifFile, PfifNote, PfifPerson
from tracker.schemas.person_likeness import likeness_of
from tracker.schemas.person_pfif import case_of_pfif
from tracker.schemas.person_rows import identity_of
from tracker.services.people.erase import erase_person
from tracker.services.people.imports import (
    Known,
    ListSource,
    find_known,
    open_from_file,
    outcome_of_facts,
    own_organisation,
    record_number,
    revise_from_file,
)
from tracker.services.people.tasks import add_task
from tracker.services.people.tombstones import erased_here

DATASET = "pfif"
_SILENT = frozenset({"", "information_sought", "believed_missing"})


@dataclass
class PfifTaken:
    """What became of a file: of each person, and of the notes of others."""

    people: list[RowTaken] = field(default_factory=list)
    # Records that came from there and that their source has ended.
    erased: int = 0
    to_look_at: int = 0
    # Expired already: not taken in.
    expired: int = 0
    own: int = 0
    tasks: int = 0

    def add(self, more: "PfifTaken") -> None:
        """Add what became of another part of the same file."""
        self.people += more.people
        self.erased += more.erased
        self.to_look_at += more.to_look_at
        self.expired += more.expired
        self.own += more.own
        self.tasks += more.tasks


def take_in_pfif(
    session: Session,
    actor: Actor,
    files: SealedFiles,
    *,
    file: PfifFile,
    domain: str,
    invented: bool = False,
) -> PfifTaken:
    """Take in the people of a file; our own records (`domain`) that come back are passed over.

    A record that has expired is not taken in; one that came from there is erased, unless somebody
    has worked on it here: then a task says so.
    """
    require(actor, Action.RECORD_CASES)
    take_turn_with_lists(session, own_organisation(actor))
    source = ListSource(DATASET, PersonKind.CASE, invented=invented)
    taken = PfifTaken()
    known = find_known(session, actor, [each.record_id for each in file.people], source=source)
    seen: set[str] = set()
    for person in file.people:
        number, own = person.number, identity_of(person.record_id)
        if own.partition("/")[0] == domain.casefold():
            taken.own += 1
        elif own in seen:
            taken.people.append(RowTaken(number, RowOutcome.REPEATED))
        elif person.has_ended(moment(session)):
            _end(session, actor, files, known=known.get(own), taken=taken)
        else:
            outcome, public_id = _take_in(session, actor, person, known=known.get(own), of=source)
            taken.people.append(RowTaken(number, outcome, public_id))
        seen.add(own)
    _take_in_notes(session, actor, file, taken=taken, source=source)
    return taken


def _take_in(
    session: Session, actor: Actor, person: PfifPerson, *, known: Known | None, of: ListSource
) -> tuple[RowOutcome, str | None]:
    if known is not None and known.version is None:
        return RowOutcome.ERASED, None
    try:
        facts = case_of_pfif(person, today=moment(session).date())
    except InvalidRecord:
        return RowOutcome.WRONG, None
    if not person.record_id:
        return RowOutcome.WRONG, None
    if known is None:
        likeness = likeness_of(of.kind, facts, own_ids=[person.record_id])
        if erased_here(session, own_organisation(actor), {person.number: likeness}):
            return RowOutcome.ERASED, None
        opened = open_from_file(session, actor, person.record_id, facts=facts, source=of)
        return RowOutcome.NEW, opened
    outcome = outcome_of_facts(known, facts)
    if outcome is RowOutcome.CHANGED:
        revise_from_file(session, actor, known, facts=facts, reason=of)
    return outcome, known.record.public_id


def _end(
    session: Session, actor: Actor, files: SealedFiles, *, known: Known | None, taken: PfifTaken
) -> None:
    """Forget what its source has ended, where nobody here has made it a case of their own."""
    if known is None or known.version is None:
        taken.expired += 1
        return
    public_id = known.record.public_id
    if _is_worked_on(session, known):
        taken.to_look_at += 1
        add_task(
            session,
            actor,
            public_id,
            kind=TaskKind.FOLLOW_UP,
            told="The source of this record (PFIF) has ended it. Decide whether it may stay here.",
        )
        return
    erase_person(session, actor, files, public_id=public_id, ground=Ground.LAW)
    taken.erased += 1


def _is_worked_on(session: Session, known: Known) -> bool:
    if known.version is None:
        return False
    changed = known.version.version_number != known.external.read_version
    agreed = consents_of(session, [known.record.id])
    done = [task for task in tasks_of(session, known.record.id) if task.done_at is not None]
    return bool(changed or agreed or done)


def _take_in_notes(
    session: Session, actor: Actor, file: PfifFile, *, taken: PfifTaken, source: ListSource
) -> None:
    nested = [(note, person.record_id) for person in file.people for note in person.notes]
    beside = [(note, note.fields.get("person_record_id", "")) for note in file.notes]
    notes = [(note, person) for note, person in (*nested, *beside) if _tells(note)]
    known = find_known(session, actor, [person for _, person in notes], source=source)
    for note, person in notes:
        found = known.get(identity_of(person))
        if found is not None and found.version is not None:
            taken.tasks += _as_task(session, actor, note, public_id=found.record.public_id)


def _tells(note: PfifNote) -> bool:
    told = note.fields
    return bool(told.get("text")) or told.get("status", "") not in _SILENT


def _as_task(session: Session, actor: Actor, note: PfifNote, *, public_id: str) -> int:
    """Make a note something to look into, once; gives how many tasks that made."""
    organisation_id = own_organisation(actor)
    told = note.fields
    own = told.get("note_record_id") or "\0".join(map(str, sorted(told.items())))
    digest = keys_of_session(session).digest("note of a person", own)
    if external_ids(session, organisation_id, [digest]):
        return 0
    add_task(session, actor, public_id, kind=TaskKind.FOLLOW_UP, told=_in_words(told))
    session.add(
        PersonExternalId(
            record_id=record_number(session, public_id),
            organisation_id=organisation_id,
            digest=digest,
        )
    )
    session.flush()
    return 1


def _in_words(given: Mapping[str, str]) -> str:
    status = given.get("status", "")
    lines: Sequence[str] = (
        "A note of somebody else (PFIF). Nothing was changed: ask, and decide with a basis.",
        f"Status that the note gives: {status}" if status in STATUSES else "",
        f"Place: {given['last_known_location']}" if given.get("last_known_location") else "",
        f"From: {given['author_name']}" if given.get("author_name") else "",
        f"On: {given['source_date']}" if given.get("source_date") else "",
        given.get("text", ""),
    )
    return "\n".join(line for line in lines if line)[:1_900]
