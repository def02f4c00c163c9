"""Tells a family how its own case stands, what is held about its relative, and who sees it.

News of a death is brought by people: until they have, nothing here tells of it or hints at it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.families import FamilyNotification
from tracker.db.models.people import PersonRecord, PersonVersion
from tracker.db.queries.families import (
    all_shares_of,
    comparisons_asked_for,
    disputed_among,
    tasks_made_for,
    words_of,
)
from tracker.db.queries.people import (
    consents_of,
    live_shares,
    names_of_organisations,
    versions_of_person,
)
from tracker.db.session import moment
from tracker.domain.consents import ConsentTold
from tracker.domain.families import WORD_TO_COME, OwnCase, OwnShare, StepTold
from tracker.domain.people import CLOSED, CaseStatus, TaskKind
from tracker.domain.permissions import Action, Actor, require
from tracker.services.families.notifications import living_notification, notification_told
from tracker.services.families.own_words import own_access
from tracker.services.families.words import word_told
from tracker.services.people.agreements import consents_told
from tracker.services.people.standing import facts_of

# Working notes are for those who search: they may hold what nobody has checked.
_NOT_TOLD = ("notes",)
_NAMES = ("given_names", "first_surname", "second_surname")


@dataclass(frozen=True)
class _Standing:
    """What may be told of a case today; `until` is where the telling stops for now."""

    status: str
    facts: dict[str, Any]
    until: dt.datetime | None


def get_own_case(session: Session, actor: Actor, access_id: int) -> OwnCase:
    """Give the case of a visit as its family sees it; raises `NotFound` once the access ended."""
    require(actor, Action.FOLLOW_OWN_CASE)
    access = own_access(session, access_id)
    record = session.get_one(PersonRecord, access.record_id)
    notified = living_notification(session, record.id)
    standing = _standing(session, record.id, notified=notified is not None)
    consents = consents_told(session, consents_of(session, [record.id]))
    facts = {name: value for name, value in standing.facts.items() if name not in _NOT_TOLD}
    support = access.support if notified is None else notification_told(notified).told.support
    [organisation] = names_of_organisations(session, [record.organisation_id]).values()
    return OwnCase(
        name=" ".join(str(facts[name]) for name in _NAMES if facts.get(name)),
        status=standing.status,
        organisation=organisation,
        reach=access.reach,
        support=support,
        opened_on=record.opened_on,
        done=_done(session, record, consents, standing=standing, notified=notified),
        next=_next(session, record, standing),
        shares=_shares(session, record.id),
        consents=consents,
        words=tuple(word_told(word) for word in words_of(session, record.id)),
        facts=facts,
        notified_on=None if notified is None else notified.notified_on,
        disputed=bool(disputed_among(session, [record.id])),
        invented=record.invented,
    )


def _standing(session: Session, record_id: int, *, notified: bool) -> _Standing:
    versions = versions_of_person(session, record_id)
    newest = versions[0]
    if newest.status != CaseStatus.LOCATED_DECEASED or notified:
        return _Standing(newest.status, facts_of(newest), None)
    since = newest.recorded_from
    for version in versions:
        if version.status != CaseStatus.LOCATED_DECEASED:
            return _Standing(WORD_TO_COME, facts_of(version), since)
        since = version.recorded_from
    return _Standing(WORD_TO_COME, facts_of(versions[-1]), since)


def _done(
    session: Session,
    record: PersonRecord,
    consents: tuple[ConsentTold, ...],
    *,
    standing: _Standing,
    notified: FamilyNotification | None,
) -> tuple[StepTold, ...]:
    steps = [
        StepTold("opened", record.opened_on),
        *_of_consents(consents),
        *_of_shares(session, record.id),
        *_of_tasks(session, record.id),
        *(StepTold("compared", at.date()) for at in comparisons_asked_for(session, record.id)),
        *_of_versions(versions_of_person(session, record.id)),
        *_of_words(session, record.id),
    ]
    if notified is not None:
        steps.append(StepTold("notified", notified.notified_on))
    last = None if standing.until is None else standing.until.date()
    # What happened that day or later may tell of what is not told yet, by being there at all.
    told = {step for step in steps if step.on and (last is None or step.on < last)}
    told.add(steps[0])
    return tuple(sorted(told, key=lambda step: (step.on or dt.date.min, step.kind), reverse=True))


def _of_consents(consents: tuple[ConsentTold, ...]) -> Iterator[StepTold]:
    for consent in consents:
        yield StepTold(f"agreed_{consent.purpose}", consent.given_on, consent.recipient)
        if consent.withdrawn_on is not None:
            kind = f"took_back_{consent.purpose}"
            yield StepTold(kind, consent.withdrawn_on, consent.recipient)


def _of_shares(session: Session, record_id: int) -> Iterator[StepTold]:
    for share, organisation in all_shares_of(session, record_id):
        yield StepTold("shared", share.shared_at.date(), organisation)
        if share.ended_at is not None:
            yield StepTold("share_ended", share.ended_at.date(), organisation)


def _of_tasks(session: Session, record_id: int) -> Iterator[StepTold]:
    for task in tasks_made_for(session, record_id):
        if task.kind != TaskKind.FOLLOW_UP:
            yield StepTold(f"referred_{task.kind}", task.made_at.date())
        elif task.done_at is not None:
            yield StepTold("step_done", task.done_at.date())


def _of_versions(versions: Sequence[PersonVersion]) -> Iterator[StepTold]:
    for version in versions:
        if version.version_number > 1:
            yield StepTold("brought_up_to_date", version.recorded_from.date())


def _of_words(session: Session, record_id: int) -> Iterator[StepTold]:
    for word in words_of(session, record_id):
        yield StepTold("you_wrote", word.written_at.date())
        if word.taken_up_at is not None:
            yield StepTold("word_taken_up", word.taken_up_at.date())


def _next(session: Session, record: PersonRecord, standing: _Standing) -> tuple[StepTold, ...]:
    if standing.until is not None or standing.status in CLOSED:
        return ()
    steps = [
        StepTold(f"to_do_{task.kind}", task.due_on)
        for task in tasks_made_for(session, record.id)
        if task.done_at is None
    ]
    if record.review_on is not None:
        steps.append(StepTold("review", record.review_on))
    return tuple(sorted(steps, key=lambda step: (step.on or dt.date.max, step.kind)))


def _shares(session: Session, record_id: int) -> tuple[OwnShare, ...]:
    shares = live_shares(session, [record_id], moment(session).date())
    names = names_of_organisations(session, [share.organisation_id for share in shares])
    return tuple(
        OwnShare(names[share.organisation_id], share.what, share.until) for share in shares
    )
