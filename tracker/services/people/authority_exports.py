"""Gives a case or remains to an authority, in the order of the forms it works with."""

from typing import Any

from sqlalchemy.orm import Session

from tracker.db.session import moment
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.schemas.authority_forms import authority_form
from tracker.schemas.person_pfif import Leaving
from tracker.services.people.outgoing import (
    may_go_out,
    name_of_recipient,
    note_export,
    sound_reason,
)
from tracker.services.people.read import people_told
from tracker.services.people.standing import seen_person


def give_form(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    recipient_id: int | None,
    reason: str,
    domain: str,
) -> dict[str, Any]:
    """Give a record as an authority reads it, for one organisation; the act is noted.

    A case needs its family's consent to sharing with this organisation, remains need none. Raises
    `Conflict`: `no_consent`, `case_has_ended`, `own_organisation`.
    """
    require(actor, Action.SHARE_CASES)
    record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    reason = sound_reason(reason)
    if recipient_id is None:
        # Such a form is for somebody by name; anybody gets less, and only as PFIF.
        raise InvalidRecord({"recipient_id": ("required",)})
    recipient = name_of_recipient(session, recipient_id, own_id=record.organisation_id)
    until = may_go_out(session, record, version, recipient_id=recipient_id)
    [told] = people_told(session, actor, [(record, version)])
    note_export(session, actor, record.id, recipient_id=recipient_id, reason=reason)
    return authority_form(told, Leaving(domain, recipient, moment(session), until))
