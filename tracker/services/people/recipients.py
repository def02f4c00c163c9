"""With whom a record could be shared, and what colleagues are called in its history."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.queries.accounts import accounts_of
from tracker.db.queries.people import consents_of, organisations_besides
from tracker.db.session import moment
from tracker.domain.consents import Purpose, agreed
from tracker.domain.people import PersonKind, PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.services.people.agreements import consents_told
from tracker.services.people.standing import seen_person


@dataclass(frozen=True)
class Recipient:
    """An organisation of this tracker; `agreed`: the record may be shared with it today."""

    organisation_id: int
    name: str
    kind: str
    country: str | None
    agreed: bool


def list_recipients(session: Session, actor: Actor, public_id: str) -> tuple[Recipient, ...]:
    """Give the organisations besides the record's own, each with whether the family agreed to it.

    Remains need no consent.
    """
    require(actor, Action.SHARE_CASES)
    record, _ = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    consents = consents_told(session, consents_of(session, [record.id]))
    today = moment(session).date()
    return tuple(
        Recipient(
            organisation_id=each.id,
            name=each.name,
            kind=each.kind,
            country=each.country,
            agreed=record.kind == PersonKind.REMAINS
            or agreed(consents, Purpose.SHARE, recipient=each.id, today=today),
        )
        for each in organisations_besides(session, record.organisation_id)
    )


def name_colleagues(session: Session, actor: Actor, handles: Iterable[str]) -> dict[str, str]:
    """Give the names of those who belong to the actor's organisation, by what records call them."""
    require(actor, Action.SEE_CASES)
    if actor.organisation_id is None:
        return {}
    wanted = set(handles)
    people = accounts_of(session, actor.organisation_id)
    names = {f"account {each.id}": each.name for each in people}
    return {handle: name for handle, name in names.items() if handle in wanted}
