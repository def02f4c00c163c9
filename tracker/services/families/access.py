"""Makes the access with which a family follows its case, and ends it."""

import secrets

from sqlalchemy.orm import Session

from tracker.db.models.families import FamilyAccess
from tracker.db.models.people import PersonRecord, PersonVersion
from tracker.db.queries.families import access_of_record
from tracker.db.session import keys_of_session, moment
from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.families import (
    LONGEST_CONTACT,
    AccessMade,
    AccessTold,
    code_of_number,
    plain_code,
    plain_words,
    wrong_of_secret,
)
from tracker.domain.people import PersonKind, PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.secret_word_lists import ENGLISH, SPANISH
from tracker.services.accounts.passwords import hash_password
from tracker.services.acts import note_act
from tracker.services.people.standing import facts_of, seen_person

_BITS = 80
_WORDS = 4
_NAMES = ("given_names", "first_surname", "second_surname", "married_name", "inquirer_name")


def make_access(
    session: Session,
    actor: Actor,
    public_id: str,
    *,
    reach: str,
    support: str = "",
    secret: str = "",
    language: str = "es",
) -> AccessMade:
    """Give the family of a case a code and a second secret; both are told here and never again.

    Without a secret of the family's own, four words are drawn. An access from before ends.
    `reach` says how the family reaches the organisation, `support` who listens to it.
    """
    require(actor, Action.RECORD_CASES)
    record, version = seen_case(session, actor, public_id)
    facts = facts_of(version)
    names = tuple(str(facts.get(name, "")) for name in _NAMES)
    _refuse_wrong(reach, support, secret, names=names)
    _end(session, record)
    made = AccessMade(code_of_number(secrets.randbits(_BITS)), secret.strip() or _words(language))
    session.add(
        FamilyAccess(
            record_id=record.id,
            code_digest=digest_of_code(session, made.code),
            secret_hash=hash_password(plain_words(made.secret)),
            reach=reach.strip(),
            support=support.strip() or None,
            made_at=moment(session),
            made_by=actor.handle,
            wrong_secrets=0,
        )
    )
    session.flush()
    note_act(session, actor, action="make_family_access", thing=f"person {record.id}")
    return made


def end_access(session: Session, actor: Actor, public_id: str) -> None:
    """End a family's access at once: its code opens nothing from the next request on."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    if _end(session, record):
        note_act(session, actor, action="end_family_access", thing=f"person {record.id}")


def get_access(session: Session, actor: Actor, public_id: str) -> AccessTold | None:
    """Say whether the family of a case can follow it, to those who keep the case."""
    require(actor, Action.RECORD_CASES)
    record, _ = seen_case(session, actor, public_id)
    access = access_of_record(session, record.id)
    if access is None:
        return None
    waits = access.wait_until
    return AccessTold(
        made_on=access.made_at.date(),
        reach=access.reach,
        support=access.support,
        waits_until=waits if waits is not None and waits > moment(session) else None,
    )


def seen_case(session: Session, actor: Actor, public_id: str) -> tuple[PersonRecord, PersonVersion]:
    """Give a case that this actor keeps, and what stands of it."""
    record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
    if record.kind != PersonKind.CASE:
        raise NotFound("person")
    return record, version


def digest_of_code(session: Session, code: str) -> str:
    """Give what a code is found by."""
    return keys_of_session(session).digest("family code", plain_code(code))


def _end(session: Session, record: PersonRecord) -> bool:
    before = access_of_record(session, record.id)
    if before is None:
        return False
    before.ended_at = moment(session)
    session.flush()
    return True


def _refuse_wrong(reach: str, support: str, secret: str, *, names: tuple[str, ...]) -> None:
    wrong: dict[str, tuple[str, ...]] = {}
    if not reach.strip():
        wrong["reach"] = ("required",)
    for field, words in (("reach", reach), ("support", support)):
        if len(words) > LONGEST_CONTACT:
            wrong[field] = ("too_long",)
    weak = wrong_of_secret(secret, names=names) if secret.strip() else None
    if weak is not None:
        wrong["secret"] = (weak,)
    if wrong:
        raise InvalidRecord(wrong)


def _words(language: str) -> str:
    chosen = ENGLISH if language == "en" else SPANISH
    return " ".join(secrets.SystemRandom().sample(chosen, _WORDS))
