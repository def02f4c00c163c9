"""Gives one case as a file of the People Finder Interchange Format, to whom the family agreed to.

One case at a time: many at once need the voice of a second person (`group_exports`).
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models import Organisation
from tracker.db.models.people import PersonRecord
from tracker.db.queries.families import disputed_among
from tracker.db.queries.people import (
    consents_of,
    current_person_version,
    find_person,
    names_of_organisations,
    organisations_besides,
)
from tracker.db.queries.person_lists import destinations_of_organisation, exports_of_organisation
from tracker.db.session import moment
from tracker.domain.consents import Purpose, agreed
from tracker.domain.errors import Conflict, NotAllowed
from tracker.domain.people import CaseStatus, PersonKind, PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.pfif import placeholder
from tracker.exchange.pfif import write_pfif
from tracker.schemas.person_pfif import Leaving, may_be_child, pfif_of_case, record_id
from tracker.services.acts import note_act
from tracker.services.people.agreements import consents_told
from tracker.services.people.outgoing import (
    ENDED,
    may_go_out,
    name_of_recipient,
    note_export,
    sound_reason,
)
from tracker.services.people.read import people_told
from tracker.services.people.standing import seen_person

ANYBODY = "anybody"


def export_pfif(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    recipient_id: int | None,
    reason: str,
    domain: str,
) -> bytes:
    """Give a case as a file for an organisation, or for anybody; the act is noted.

    Raises `Conflict`: `cases_only`, `no_consent` to this purpose and recipient, `case_has_ended`,
    `death_not_published` (a family is told of a death by a person, never by a public file).
    """
    require(actor, Action.SHARE_CASES)
    record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    reason = sound_reason(reason)
    if record.kind != PersonKind.CASE:
        raise Conflict("cases_only")
    recipient = name_of_recipient(session, recipient_id, own_id=record.organisation_id)
    until = may_go_out(session, record, version, recipient_id=recipient_id)
    if recipient_id is None and version.status == CaseStatus.LOCATED_DECEASED:
        raise Conflict("death_not_published")
    [told] = people_told(session, actor, [(record, version)])
    leaving = Leaving(domain, recipient, moment(session), until)
    note_export(session, actor, record.id, recipient_id=recipient_id, reason=reason)
    return write_pfif([pfif_of_case(told, leaving)], mark=_mark(told.organisation, leaving))


@dataclass(frozen=True)
class ExportChoices:
    """For whom a record can go out today: organisations by number, and whether for anybody."""

    public_id: str
    kind: PersonKind
    name: str
    invented: bool
    recipients: tuple[tuple[int, str], ...]
    public: bool
    child: bool


def export_choices(session: Session, actor: Actor, public_id: str) -> ExportChoices:
    """Say for whom a record can go out: a case to whom its family agreed to."""
    require(actor, Action.SHARE_CASES)
    record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    [told] = people_told(session, actor, [(record, version)])
    today = moment(session).date()
    holding = [
        consent
        for consent in consents_told(session, consents_of(session, [record.id]))
        if consent.holds(today)
    ]
    recipients = {
        consent.recipient_id: consent.recipient or ""
        for consent in holding
        if consent.purpose is Purpose.SHARE and consent.recipient_id is not None
    }
    case = record.kind == PersonKind.CASE
    if not case:
        besides = organisations_besides(session, record.organisation_id)
        recipients = {each.id: each.name for each in besides}
    disputed = bool(disputed_among(session, [record.id]))
    goes_out = version.status not in ENDED and not (case and disputed)
    public = any(agreed([each], Purpose.PUBLISH, recipient=None, today=today) for each in holding)
    return ExportChoices(
        public_id=record.public_id,
        kind=PersonKind(record.kind),
        name=told.name,
        invented=told.invented,
        recipients=tuple(sorted(recipients.items())) if goes_out else (),
        public=goes_out and case and public and version.status != CaseStatus.LOCATED_DECEASED,
        child=may_be_child(told.facts),
    )


def list_destinations(session: Session, actor: Actor) -> tuple[tuple[int | None, str | None], ...]:
    """Give to whom cases of this organisation went out: numbers and names, None: anybody."""
    require(actor, Action.SHARE_CASES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.SHARE_CASES)
    numbers = destinations_of_organisation(session, actor.organisation_id)
    names = names_of_organisations(session, [each for each in numbers if each is not None])
    return tuple((each, None if each is None else names.get(each)) for each in numbers)


def export_withdrawals(
    session: Session, actor: Actor, *, recipient_id: int | None, domain: str
) -> bytes:
    """Tell whoever has files of this organisation's cases which of them to forget.

    These are the cases that went out to them and may not any more: erased, withdrawn, closed by
    the family, or without its consent. Ids only.
    """
    require(actor, Action.SHARE_CASES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.SHARE_CASES)
    now = moment(session)
    own = session.get_one(Organisation, actor.organisation_id)
    recipient = name_of_recipient(session, recipient_id, own_id=own.id)
    leaving = Leaving(domain, recipient, now)
    ended = [
        placeholder(record_id(domain, record.public_id), now)
        for record in exports_of_organisation(session, own.id, recipient_id)
        if _may_not_be_out(session, record, recipient_id)
    ]
    note_act(session, actor, action="export_withdrawals", thing=f"organisation {own.id}")
    return write_pfif(ended, mark=_mark(own.name, leaving))


def _may_not_be_out(session: Session, record: PersonRecord, recipient_id: int | None) -> bool:
    version = current_person_version(session, record.id)
    if find_person(session, record.public_id) is None or version is None:
        return True
    if recipient_id is None and version.status == CaseStatus.LOCATED_DECEASED:
        return True
    try:
        may_go_out(session, record, version, recipient_id=recipient_id)
    except Conflict:
        return True
    return False


def _mark(organisation: str, leaving: Leaving) -> str:
    """Say for whom a file is, from whom, since when."""
    whom = leaving.recipient or ANYBODY
    return f"From {organisation} for {whom}, {leaving.now.date()}. For search and identification."
