"""Copies of what other servers share: read here, changed there, erased when they say so.

A copy belongs to the organisation that follows. What the family agreed to is written on it as
consents towards that organisation, given by the keeper: until when it is shared, and whether it may
be matched.
"""

import datetime as dt

from sqlalchemy.orm import Session

from tracker.db.models.people import Consent, FollowedServer, PersonRecord
from tracker.db.queries.people import consents_of, versions_of_person
from tracker.db.queries.shared_people import copies_of, copy_of
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import moment
from tracker.domain.consents import Purpose
from tracker.domain.erasures import Ground
from tracker.domain.people import IDENTIFYING, PersonKind, ShareKind
from tracker.domain.permissions import Actor, Role
from tracker.domain.public_ids import random_public_id
from tracker.domain.shared_people import SharedEntry, SharedPerson
from tracker.services.acts import note_act
from tracker.services.people.erase import erase_person
from tracker.services.people.open import LETTERS
from tracker.services.people.standing import facts_of, standing_version
from tracker.services.people.versions import first_person_version, next_person_version


def take_in_entry(
    session: Session, files: SealedFiles, *, server: FollowedServer, entry: SharedEntry
) -> bool:
    """Bring a copy to what an entry tells; gives whether something changed here."""
    copy = copy_of(session, server.id, entry.public_id)
    if entry.record is None:
        if copy is None or copy.erased_at is not None:
            return False
        erase_copy(session, files, copy)
        return True
    if copy is None:
        copy = _new_copy(session, server, entry.public_id, record=entry.record)
    elif copy.erased_at is not None:
        if copy.erased_by != _server(server.id).handle or copy.kind != entry.record.kind:
            # Erased by people here: it does not come back, whatever is shared.
            return False
        _open_again(session, server, copy, record=entry.record)
    elif copy.kind != entry.record.kind or not _revise(session, server, copy, record=entry.record):
        return False
    return True


def erase_copy(session: Session, files: SealedFiles, copy: PersonRecord) -> None:
    """Erase a copy in every version, with its matches; its ids stay, so that a new share finds it.

    The act is the server's, as the log and the tombstone say.
    """
    erase_person(
        session,
        _server(copy.server_id or 0),
        files,
        public_id=copy.public_id,
        ground=Ground.PERSON_ASKED,
    )


def erase_others(
    session: Session, files: SealedFiles, *, server: FollowedServer, listed: set[str]
) -> int:
    """Erase the copies that a server did not name although it named all that it shares."""
    gone = [copy for copy in copies_of(session, server.id) if copy.foreign_id not in listed]
    for copy in gone:
        erase_copy(session, files, copy)
    return len(gone)


def _server(number: int) -> Actor:
    return Actor(Role.OPERATOR, f"server {number}")


def _new_copy(
    session: Session, server: FollowedServer, foreign_id: str, *, record: SharedPerson
) -> PersonRecord:
    actor = _server(server.id)
    copy = PersonRecord(
        public_id=random_public_id(LETTERS[record.kind]),
        kind=record.kind,
        organisation_id=server.organisation_id,
        opened_by=actor.handle,
        opened_on=moment(session).date(),
        invented=record.invented,
        server_id=server.id,
        foreign_id=foreign_id,
    )
    session.add(copy)
    session.flush()
    _write_first(session, server, copy, record=record)
    return copy


def _open_again(
    session: Session, server: FollowedServer, copy: PersonRecord, *, record: SharedPerson
) -> None:
    copy.erased_at = copy.erased_by = copy.erasure_ground = None
    copy.opened_on, copy.invented = moment(session).date(), record.invented
    session.flush()
    _write_first(session, server, copy, record=record)


def _write_first(
    session: Session, server: FollowedServer, copy: PersonRecord, *, record: SharedPerson
) -> None:
    actor = _server(server.id)
    first_person_version(session, actor, copy, status=record.status, facts=record.facts)
    _write_consents(session, server, copy, record=record)
    note_act(session, actor, action="take_in_person", thing=f"person {copy.id}")


def _revise(
    session: Session, server: FollowedServer, copy: PersonRecord, *, record: SharedPerson
) -> bool:
    actor, version = _server(server.id), standing_version(session, copy)
    changed = _write_consents(session, server, copy, record=record)
    if copy.invented != record.invented:
        copy.invented, changed = record.invented, True
    if version.status != record.status or facts_of(version) != dict(record.facts):
        next_person_version(session, actor, version, status=record.status, facts=record.facts)
        changed = True
    if record.what is ShareKind.IDENTIFICATION:
        _forget_what_is_shared_no_more(session, copy.id)
    if changed:
        note_act(session, actor, action="take_in_person", thing=f"person {copy.id}")
    return changed


def _forget_what_is_shared_no_more(session: Session, record_id: int) -> None:
    """Delete versions that tell more than is shared now: what was the whole before."""
    _, *before = versions_of_person(session, record_id)
    for version in before:
        if not set(facts_of(version)) <= set(IDENTIFYING):
            session.delete(version)
    session.flush()


def _write_consents(
    session: Session, server: FollowedServer, copy: PersonRecord, *, record: SharedPerson
) -> bool:
    """Write what the follower may do with a copy; take back what it may do no more."""
    wanted: dict[str, tuple[dt.date | None, str]] = {
        Purpose.SHARE: (record.until, record.organisation)
    }
    # Remains are compared without a consent, as those that are kept here.
    if record.match and record.kind is PersonKind.CASE:
        wanted[Purpose.MATCH] = (record.match_until, record.organisation)
    now, actor, changed = moment(session), _server(server.id), False
    for row in consents_of(session, [copy.id]):
        if row.withdrawn_at is not None:
            continue
        if wanted.get(row.purpose) == (row.until, row.given_by):
            del wanted[row.purpose]
        else:
            row.withdrawn_at, row.withdrawn_by, changed = now, actor.handle, True
    for purpose, (until, given_by) in wanted.items():
        changed = True
        session.add(
            Consent(
                record_id=copy.id,
                purpose=purpose,
                recipient_id=server.organisation_id,
                given_by=given_by,
                given_on=now.date(),
                until=until,
                recorded_at=now,
                recorded_by=actor.handle,
            )
        )
    session.flush()
    return changed
