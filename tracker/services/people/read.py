"""Reads records of people, each as far as the actor may see; opening one is in the log."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonRecord, PersonVersion
from tracker.db.queries.people import (
    list_person_rows,
    names_of_organisations,
    opening_shares,
    public_ids_of_incidents,
    seen_people,
    versions_of_person,
)
from tracker.db.queries.shared_people import who_shared
from tracker.db.session import moment
from tracker.domain.errors import NotFound
from tracker.domain.people import (
    PersonKind,
    PersonSight,
    PersonStanding,
    PersonTold,
    contacts_over,
    facts_within,
    sight_of_person,
    without_contacts,
)
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.people.standing import facts_of, seen_person


@dataclass(frozen=True)
class PersonFilter:
    """Which records of people somebody asks for; `before` is where the page before this ended."""

    kind: PersonKind
    statuses: tuple[str, ...] = ()
    before: int | None = None
    limit: int = 30


@dataclass(frozen=True)
class PersonVersionTold:
    """One version: what was known then, since when, by whom (a handle, no name), and why."""

    number: int
    recorded_from: dt.datetime
    recorded_by: str
    status: str
    reason: str | None
    facts: dict[str, Any]


def get_person(session: Session, actor: Actor, public_id: str) -> PersonTold:
    """Give a record as this actor sees it, and note that it was opened."""
    require(actor, Action.SEE_CASES)
    record, version = seen_person(session, actor, public_id)
    note_act(session, actor, action="see_person", thing=f"person {record.id}")
    [told] = people_told(session, actor, [(record, version)])
    return told


def list_people(
    session: Session, actor: Actor, wanted: PersonFilter
) -> tuple[tuple[PersonTold, ...], int | None]:
    """List records of which this actor sees something, and where the next page begins."""
    require(actor, Action.SEE_CASES)
    rows = list_person_rows(
        session,
        seen_people(actor, moment(session).date()),
        kind=wanted.kind,
        statuses=wanted.statuses,
        before=wanted.before,
        limit=wanted.limit + 1,
    )
    shown = rows[: wanted.limit]
    after = shown[-1][0].id if len(rows) > wanted.limit else None
    return people_told(session, actor, shown), after


def list_person_versions(
    session: Session, actor: Actor, public_id: str
) -> tuple[PersonVersionTold, ...]:
    """Give the versions of a record, the newest first, to those who see all of it.

    Once the day of contact details has passed, those from before are not told either.
    """
    require(actor, Action.SEE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.WHOLE)
    versions = versions_of_person(session, record.id)
    return tuple(
        PersonVersionTold(
            number=version.version_number,
            recorded_from=version.recorded_from,
            recorded_by=version.recorded_by,
            status=version.status,
            reason=version.reason,
            facts=facts,
        )
        for version, facts in zip(versions, _facts_to_tell(session, versions), strict=True)
    )


def _facts_to_tell(session: Session, versions: Sequence[PersonVersion]) -> Iterator[dict[str, Any]]:
    """Give the facts of versions, the newest first, without contacts that are over."""
    today, over = moment(session).date(), False
    for version in versions:
        facts = facts_of(version)
        over = over or contacts_over(facts, today)
        yield without_contacts(facts) if over else facts


def people_told(
    session: Session, actor: Actor, rows: Sequence[tuple[PersonRecord, PersonVersion]]
) -> tuple[PersonTold, ...]:
    """Tell records as far as this actor may see them; the number of questions does not grow."""
    today = moment(session).date()
    shared: dict[int, dict[int, str]] = {}
    for share in opening_shares(session, [record.id for record, _ in rows], today):
        shared.setdefault(share.record_id, {})[share.organisation_id] = share.what
    names = names_of_organisations(session, [record.organisation_id for record, _ in rows])
    linked = [record.incident_id for record, _ in rows if record.incident_id is not None]
    incidents = public_ids_of_incidents(session, linked)
    told = []
    for record, version in rows:
        standing = PersonStanding(
            organisation_id=record.organisation_id,
            shared=shared.get(record.id, {}),
            followed=record.server_id is not None,
        )
        sight = sight_of_person(actor, standing)
        if sight == PersonSight.NOTHING:
            raise NotFound("person")
        names_own = names[record.organisation_id]
        told.append(_told(record, version, sight, organisation=names_own, incidents=incidents))
    sharers = who_shared(session, [row.id for row, _ in rows if row.server_id is not None])
    marked = (_marked(each, sharers.get(row.id)) for each, (row, _) in zip(told, rows, strict=True))
    return tuple(_without_old_contacts(each, today) for each in marked)


def _told(
    record: PersonRecord,
    version: PersonVersion,
    sight: PersonSight,
    *,
    organisation: str,
    incidents: dict[int, str],
) -> PersonTold:
    return PersonTold(
        public_id=record.public_id,
        kind=PersonKind(record.kind),
        status=version.status,
        facts=facts_within(sight, facts_of(version)),
        sight=sight,
        version_number=version.version_number,
        organisation_id=record.organisation_id,
        organisation=organisation,
        opened_on=record.opened_on,
        changed_at=version.recorded_from,
        review_on=record.review_on,
        invented=record.invented,
        followed=record.server_id is not None,
        incident=incidents.get(record.incident_id or 0),
    )


def _marked(told: PersonTold, sharer: tuple[str, str] | None) -> PersonTold:
    if sharer is None:
        return told
    return replace(told, shared_by=sharer[0], through=sharer[1])


def _without_old_contacts(told: PersonTold, today: dt.date) -> PersonTold:
    return (
        replace(told, facts=without_contacts(told.facts))
        if contacts_over(told.facts, today)
        else told
    )
