"""What a family agrees to, and with whom a record is shared because of it."""

import re

from flask import Response, request

from tracker.domain.consents import Purpose
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import ShareKind
from tracker.http.request import current_actor, current_session
from tracker.services.people import end_share, record_consent, share_person, withdraw_consent
from tracker.web.people.blueprint import back_to, blueprint, person_asked
from tracker.web.people.standing import day_typed, done_or_told, maybe_day_typed

LONGEST = 200


@blueprint.post("/<register:register>/<public_id>/consents")
def agree(register: str, public_id: str) -> Response:
    """Record what a family agreed to."""
    person = person_asked(register, public_id)

    def record() -> None:
        record_consent(
            current_session(),
            current_actor(),
            person.public_id,
            purpose=Purpose(_chosen("purpose", tuple(Purpose))),
            given_by=request.form.get("given_by", "").replace("\x00", "")[:LONGEST],
            given_on=day_typed("given_on"),
            recipient_id=_number("recipient_id"),
            until=maybe_day_typed("until"),
        )

    return done_or_told(person, "consents", record)


@blueprint.post("/<register:register>/<public_id>/consents/<int:number>/withdraw")
def take_back(register: str, public_id: str, number: int) -> Response:
    """Take a consent back: what rests on it ends at once."""
    person = person_asked(register, public_id)
    withdraw_consent(current_session(), current_actor(), person.public_id, number=number)
    return back_to(person, "consents")


@blueprint.post("/<register:register>/<public_id>/shares")
def share(register: str, public_id: str) -> Response:
    """Share a record with an organisation."""
    person = person_asked(register, public_id)

    def pass_on() -> None:
        organisation_id = _number("organisation_id")
        if organisation_id is None:
            raise InvalidRecord({"organisation_id": ("required",)})
        share_person(
            current_session(),
            current_actor(),
            person.public_id,
            organisation_id=organisation_id,
            what=ShareKind(_chosen("what", tuple(ShareKind))),
            until=maybe_day_typed("until"),
        )

    return done_or_told(person, "shares", pass_on)


@blueprint.post("/<register:register>/<public_id>/shares/<int:number>/end")
def stop_sharing(register: str, public_id: str, number: int) -> Response:
    """End a share at once."""
    person = person_asked(register, public_id)
    end_share(current_session(), current_actor(), person.public_id, number=number)
    return back_to(person, "shares")


def _chosen(name: str, known: tuple[str, ...]) -> str:
    given = request.form.get(name, "")
    if given not in known:
        raise InvalidRecord({name: ("required",)})
    return given


def _number(name: str) -> int | None:
    given = request.form.get(name, "")
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", given):
        raise InvalidRecord({name: ("unknown_code",)})
    return int(given)
