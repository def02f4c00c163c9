"""Changes how a record stands, when it is looked at again, and to which incident it belongs."""

import datetime as dt
from collections.abc import Callable

from flask import Response, request

from tracker.domain.errors import Conflict, InvalidRecord, NotFound, UnknownCode
from tracker.domain.people import PersonTold
from tracker.http.errors import sentence
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_session
from tracker.services.people import change_status, link_incident, set_review_day
from tracker.translations.problems import sentence_of
from tracker.web.people.blueprint import back_to, blueprint, person_asked
from tracker.web.people.record import person_page

LONGEST = 2_000


@blueprint.post("/<register:register>/<public_id>/status")
def set_status(register: str, public_id: str) -> Response:
    """Say how a record stands, and on what basis."""
    person = person_asked(register, public_id)
    return done_or_told(
        person,
        "standing",
        lambda: change_status(
            current_session(),
            current_actor(),
            person.public_id,
            status=request.form.get("status", ""),
            reason=request.form.get("reason", "")[:LONGEST],
        ),
    )


@blueprint.post("/<register:register>/<public_id>/review")
def set_review(register: str, public_id: str) -> Response:
    """Say on which day somebody looks again."""
    person = person_asked(register, public_id)
    return done_or_told(
        person,
        "review",
        lambda: set_review_day(
            current_session(), current_actor(), person.public_id, review_on=day_typed("review_on")
        ),
    )


@blueprint.post("/<register:register>/<public_id>/incident")
def set_incident(register: str, public_id: str) -> Response:
    """Say to which incident remains belong, or to none."""
    person = person_asked(register, public_id)

    def link() -> None:
        given = request.form.get("incident", "").strip().upper()
        try:
            link_incident(
                current_session(), current_actor(), person.public_id, incident=given or None
            )
        except NotFound as unseen:
            if unseen.detail.get("kind") == "person":
                raise
            raise InvalidRecord({"incident": ("unknown_code",)}) from None

    return done_or_told(person, "incident", link)


def done_or_told(person: PersonTold, part: str, act: Callable[[], object]) -> Response:
    """Do something to a record; what is wrong stands beside its field, and nothing is lost."""
    try:
        act()
    except InvalidRecord as error:
        wrong = {name: gettext(sentence_of(codes[0])) for name, codes in error.fields.items()}
        return _told(person, part, wrong, status=422)
    except UnknownCode as error:
        wrong = {str(error.detail["field"]): gettext(sentence_of("unknown_code"))}
        return _told(person, part, wrong, status=422)
    except Conflict as error:
        return _told(person, part, {"": sentence(error)}, status=409)
    return back_to(person, part)


def _told(person: PersonTold, part: str, wrong: dict[str, str], *, status: int) -> Response:
    return person_page(person, at=part, wrong=wrong, typed=request.form, status=status)


def day_typed(name: str) -> dt.date:
    """Read a day that is needed; raises `InvalidRecord`."""
    day = maybe_day_typed(name)
    if day is None:
        raise InvalidRecord({name: ("required",)})
    return day


def maybe_day_typed(name: str) -> dt.date | None:
    """Read a day that may be left out; raises `InvalidRecord`."""
    given = request.form.get(name, "").strip()
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise InvalidRecord({name: ("not_a_date",)}) from None
