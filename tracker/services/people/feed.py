"""Tells followers on other servers what is shared with them, as it stands when they ask."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from tracker.db.models.people import FeedEntry, PersonRecord, Share
from tracker.db.queries.people import (
    consents_of,
    feed_after,
    find_person,
    opening_shares,
    seen_people,
)
from tracker.db.queries.shared_people import lapsed_shares, newest_entry, records_as_they_stand
from tracker.db.session import moment
from tracker.domain.consents import ConsentTold, Purpose
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.people import PersonKind, PersonTold, ShareKind
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.shared_people import (
    MOST_ENTRIES,
    FeedChange,
    FeedPage,
    SharedEntry,
    SharedPerson,
)
from tracker.services.acts import note_act
from tracker.services.people.agreements import consents_told
from tracker.services.people.read import people_told
from tracker.services.people.versions import tell_follower

# Of the consents of a family those that say what a recipient may do.
_PASSED_ON = (Purpose.SHARE, Purpose.MATCH)


def feed_has_news(session: Session, actor: Actor, *, after: int) -> bool:
    """Say whether there is something to tell the actor's organisation after an entry."""
    organisation_id = _follower(actor)
    newest = newest_entry(session, organisation_id)
    today = moment(session).date()
    return newest != after or bool(lapsed_shares(session, organisation_id, today))


def read_feed(session: Session, actor: Actor, *, after: int, limit: int = MOST_ENTRIES) -> FeedPage:
    """Give what was told to the actor's organisation after an entry, each record once.

    What is told of a record is what holds now. Shares that have ended by their date, or with a
    consent, are noticed here and told as withdrawn.
    """
    organisation_id = _follower(actor)
    _end_lapsed_shares(session, organisation_id)
    started_over = after > newest_entry(session, organisation_id)
    rows = feed_after(session, organisation_id, after=0 if started_over else after, limit=limit + 1)
    page = rows[:limit]
    newest = {row.record_id: row for row in page}
    return FeedPage(
        entries=_entries(session, actor, sorted(newest.values(), key=lambda row: row.id)),
        last=page[-1].id if page else 0 if started_over else after,
        more=len(rows) > limit,
        started_over=started_over,
    )


def get_shared(session: Session, actor: Actor, public_id: str) -> SharedPerson:
    """Give one record as it is shared with the actor's organisation; else raises `NotFound`."""
    _follower(actor)
    seen = seen_people(actor, moment(session).date())
    record = find_person(session, public_id.strip().upper(), seen)
    if record is not None:
        told = _shared_now(session, actor, [record.id]).get(record.id)
        if told is not None:
            note_act(session, actor, action="pass_on_person", thing=f"person {record.id}")
            return told
    raise NotFound("person")


def _follower(actor: Actor) -> int:
    require(actor, Action.SEE_CASES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.SEE_CASES)
    return actor.organisation_id


def _end_lapsed_shares(session: Session, organisation_id: int) -> None:
    now = moment(session)
    for share in lapsed_shares(session, organisation_id, now.date()):
        share.ended_at, share.ended_by = now, "its date"
        session.flush()
        tell_follower(session, share.record_id, organisation_id, change=FeedChange.WITHDRAWN)


def _entries(session: Session, actor: Actor, rows: Sequence[FeedEntry]) -> tuple[SharedEntry, ...]:
    ids = [row.record_id for row in rows]
    shared = _shared_now(session, actor, ids)
    names = {record.id: record.public_id for record, _ in records_as_they_stand(session, ids)}
    for number in shared:
        note_act(session, actor, action="pass_on_person", thing=f"person {number}")
    return tuple(
        SharedEntry(row.id, names[row.record_id], shared.get(row.record_id)) for row in rows
    )


def _shared_now(
    session: Session, actor: Actor, record_ids: Sequence[int]
) -> dict[int, SharedPerson]:
    """Give those of some records that are shared with the actor's organisation, as they are."""
    organisation_id, today = _follower(actor), moment(session).date()
    shares = {
        share.record_id: share
        for share in opening_shares(session, record_ids, today)
        if share.organisation_id == organisation_id
    }
    standing = [
        (record, version)
        for record, version in records_as_they_stand(session, shares)
        if version is not None and record.erased_at is None
    ]
    rows = consents_of(session, shares)
    consents: dict[int, list[ConsentTold]] = {}
    for row, consent in zip(rows, consents_told(session, rows), strict=True):
        consents.setdefault(row.record_id, []).append(consent)
    covering = {
        number: _covering(consents.get(number, ()), recipient=organisation_id, today=today)
        for number in shares
    }
    told = people_told(session, actor, standing)
    return {
        record.id: _shared(record, each, shares[record.id], covering=covering[record.id])
        for (record, _), each in zip(standing, told, strict=True)
    }


def _shared(
    record: PersonRecord,
    told: PersonTold,
    share: Share,
    *,
    covering: dict[Purpose, dt.date | None],
) -> SharedPerson:
    days = (share.until, covering.get(Purpose.SHARE))
    return SharedPerson(
        kind=told.kind,
        status=told.status,
        version_number=told.version_number,
        invented=told.invented,
        organisation=told.organisation,
        what=ShareKind(share.what),
        facts=told.facts,
        until=min((day for day in days if day is not None), default=None),
        match=record.kind == PersonKind.REMAINS or Purpose.MATCH in covering,
        match_until=covering.get(Purpose.MATCH),
        consents=tuple((str(purpose), until) for purpose, until in covering.items()),
    )


def _covering(
    consents: Sequence[ConsentTold], *, recipient: int, today: dt.date
) -> dict[Purpose, dt.date | None]:
    """Give until when each purpose is agreed to towards this recipient; None: without an end."""
    found: dict[Purpose, dt.date | None] = {}
    for purpose in _PASSED_ON:
        ends = [
            consent.until
            for consent in consents
            if consent.purpose is purpose
            and consent.holds(today)
            and (
                consent.recipient_id == recipient
                or (consent.recipient_id is None and purpose is Purpose.MATCH)
            )
        ]
        if ends:
            found[purpose] = None if None in ends else max(day for day in ends if day is not None)
    return found
