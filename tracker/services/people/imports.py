"""Takes lists of people in: what is new, what has changed, and never what was erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonExternalId, PersonRecord, PersonVersion
from tracker.db.queries.people import consents_of, find_person
from tracker.db.queries.person_lists import (
    external_ids,
    records_with_versions,
    take_turn_with_lists,
    version_by_number,
)
from tracker.db.session import keys_of_session
from tracker.domain.consents import Purpose
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.people import CLOSED, PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.person_imports import RowOutcome, RowTaken
from tracker.schemas.person_likeness import likeness_of
from tracker.schemas.person_rows import ConsentRead, PersonRead, identity_of
from tracker.services.acts import note_act
from tracker.services.people.consents import record_consent
from tracker.services.people.open import open_person
from tracker.services.people.standing import facts_of
from tracker.services.people.tombstones import erased_here
from tracker.services.people.versions import next_person_version, packed_facts


@dataclass(frozen=True)
class ListSource:
    """From which list rows come: its name, and what it is a list of."""

    dataset: str
    kind: PersonKind
    invented: bool = False


@dataclass(frozen=True)
class Known:
    """What is here already under an id of a list; without a version where it was erased."""

    external: PersonExternalId
    record: PersonRecord
    version: PersonVersion | None
    # The facts that the list told last.
    read: Mapping[str, Any] | None


def preview_people(
    session: Session, actor: Actor, rows: Sequence[PersonRead], *, source: ListSource
) -> tuple[RowTaken, ...]:
    """Say what would become of each row; nothing is stored."""
    require(actor, Action.RECORD_CASES)
    known = find_known(session, actor, [row.id for row in rows], source=source)
    erased = _erased(session, actor, rows, known=known, source=source)
    return tuple(
        RowTaken(row.number, _outcome(row, known, erased), _id_of(row, known)) for row in rows
    )


def take_in_people(
    session: Session, actor: Actor, rows: Sequence[PersonRead], *, source: ListSource
) -> tuple[RowTaken, ...]:
    """Take in every row that is right; says what became of each.

    The same row again changes nothing. What the list says otherwise becomes a new version, unless
    somebody has changed the record here since. Who was erased stays out, however the list is called
    and read. A case gets no consent, but the one to matching that its row tells of in so many
    words.
    """
    require(actor, Action.RECORD_CASES)
    take_turn_with_lists(session, own_organisation(actor))
    known = find_known(session, actor, [row.id for row in rows], source=source)
    erased = _erased(session, actor, rows, known=known, source=source)
    taken = []
    for row in rows:
        outcome, public_id = _outcome(row, known, erased), _id_of(row, known)
        if outcome is RowOutcome.NEW:
            public_id = open_from_file(session, actor, row.id, facts=row.facts or {}, source=source)
        elif outcome is RowOutcome.CHANGED:
            revise_from_file(
                session, actor, known[identity_of(row.id)], facts=row.facts or {}, reason=source
            )
        if row.consent is not None and public_id is not None and outcome in _LIVING:
            _agree(session, actor, public_id, consent=row.consent)
        taken.append(RowTaken(row.number, outcome, public_id))
    return tuple(taken)


_LIVING = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED})


def find_known(
    session: Session, actor: Actor, ids: Sequence[str], *, source: ListSource
) -> dict[str, Known]:
    """Find what is here already under the ids of a list of this actor's organisation.

    Gives it by those ids as `identity_of` writes them.
    """
    organisation_id = own_organisation(actor)
    digests = {digest_of(session, source, each): each for each in ids if each}
    found = external_ids(session, organisation_id, digests)
    records = records_with_versions(session, [row.record_id for row in found.values()])
    known = {}
    for digest, external in found.items():
        record, version = records[external.record_id]
        read = version
        if version is not None and external.read_version != version.version_number:
            read = version_by_number(session, record.id, external.read_version)
        facts = None if read is None else facts_of(read)
        known[identity_of(digests[digest])] = Known(external, record, version, facts)
    return known


def own_organisation(actor: Actor) -> int:
    """Give the organisation that lists are taken in for; raises `NotAllowed` without one."""
    if actor.organisation_id is None:
        raise NotAllowed(Action.RECORD_CASES)
    return actor.organisation_id


def digest_of(session: Session, source: ListSource, own_id: str) -> str:
    """Give the keyed digest of what a list calls a person."""
    told = "\0".join((source.kind, identity_of(source.dataset), identity_of(own_id)))
    return keys_of_session(session).digest("id of a person", told)


def outcome_of_facts(known: Known, facts: Mapping[str, Any]) -> RowOutcome:
    """Say what becomes of facts that a file tells of somebody known already."""
    if known.version is None or known.record.erased_at is not None:
        return RowOutcome.ERASED
    if packed_facts(facts) == packed_facts(known.read or {}):
        return RowOutcome.UNCHANGED
    here = facts_of(known.version)
    if packed_facts(facts) == packed_facts(here):
        return RowOutcome.UNCHANGED
    if known.version.status in CLOSED or packed_facts(here) != packed_facts(known.read or {}):
        return RowOutcome.REVISED_HERE
    return RowOutcome.CHANGED


def _erased(
    session: Session,
    actor: Actor,
    rows: Sequence[PersonRead],
    *,
    known: Mapping[str, Known],
    source: ListSource,
) -> frozenset[int]:
    """Say which rows, new by their ids, tell of somebody who was erased here."""
    told = {
        row.number: likeness_of(source.kind, row.facts, own_ids=[row.id], cells=row.cells.values())
        for row in rows
        if row.facts is not None and identity_of(row.id) not in known
    }
    return erased_here(session, own_organisation(actor), told)


def _outcome(row: PersonRead, known: Mapping[str, Known], erased: frozenset[int]) -> RowOutcome:
    if row.repeated:
        return RowOutcome.REPEATED
    found = known.get(identity_of(row.id))
    if row.number in erased or (found is not None and found.version is None):
        return RowOutcome.ERASED
    if row.facts is None:
        return RowOutcome.WRONG
    return RowOutcome.NEW if found is None else outcome_of_facts(found, row.facts)


def _id_of(row: PersonRead, known: Mapping[str, Known]) -> str | None:
    found = known.get(identity_of(row.id))
    if found is None or found.version is None or row.repeated:
        return None
    return found.record.public_id


def open_from_file(
    session: Session, actor: Actor, own_id: str, *, facts: Mapping[str, Any], source: ListSource
) -> str:
    """Open a record for somebody a file tells of, and keep what the file calls them."""
    public_id = open_person(session, actor, kind=source.kind, facts=facts, invented=source.invented)
    record_id = record_number(session, public_id)
    session.add(
        PersonExternalId(
            record_id=record_id,
            organisation_id=own_organisation(actor),
            digest=digest_of(session, source, own_id),
            value=own_id,
            read_version=1,
        )
    )
    session.flush()
    return public_id


def revise_from_file(
    session: Session, actor: Actor, known: Known, *, facts: Mapping[str, Any], reason: ListSource
) -> None:
    """Write what a file tells now as the next version."""
    if known.version is None:
        return
    after = next_person_version(session, actor, known.version, facts=facts, reason=reason.dataset)
    known.external.read_version = after.version_number
    session.flush()
    note_act(session, actor, action="revise_person", thing=f"person {known.record.id}")


def record_number(session: Session, public_id: str) -> int:
    """Give our number of a record that was just opened or found."""
    record = find_person(session, public_id)
    if record is None:
        raise NotFound("person")
    return record.id


def _agree(session: Session, actor: Actor, public_id: str, *, consent: ConsentRead) -> None:
    """Record the consent that a row tells of, unless one as late was recorded: or taken back."""
    before = consents_of(session, [record_number(session, public_id)])
    if any(each.purpose == Purpose.MATCH and each.given_on >= consent.given_on for each in before):
        return
    record_consent(
        session,
        actor,
        public_id,
        purpose=Purpose.MATCH,
        given_by=consent.given_by,
        given_on=consent.given_on,
    )
