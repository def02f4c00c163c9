"""Erases the record of a person for good: a page that says what goes, then the act."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.erasures import Ground
from tracker.domain.errors import NotFound
from tracker.domain.people import PersonSight, PersonTold
from tracker.http.files import current_files
from tracker.http.request import current_actor, current_session
from tracker.services.people import erase_person
from tracker.web.people.blueprint import blueprint, own_page, person_asked


@blueprint.get("/<register:register>/<public_id>/erase")
def show_erasure(register: str, public_id: str) -> Response:
    """Say what is erased with a record and what stays, and ask for its number to be sure."""
    return _page(_own(register, public_id))


@blueprint.post("/<register:register>/<public_id>/erase")
def erase(register: str, public_id: str) -> Response:
    """Erase a record, once its number was typed and a ground was chosen."""
    person = _own(register, public_id)
    given = request.form.get("ground", "")
    wrong = set()
    if request.form.get("number", "").strip().upper() != person.public_id:
        wrong.add("number")
    if given not in tuple(Ground):
        wrong.add("ground")
    if wrong:
        return _page(person, wrong=wrong, status=422)
    erase_person(
        current_session(),
        current_actor(),
        current_files(),
        public_id=person.public_id,
        ground=Ground(given),
    )
    return make_response(redirect(url_for(".list_people", erased="yes"), 303))


def _own(register: str, public_id: str) -> PersonTold:
    person = person_asked(register, public_id)
    if person.sight < PersonSight.KEEPER:
        raise NotFound("person")
    return person


def _page(person: PersonTold, *, wrong: set[str] | None = None, status: int = 200) -> Response:
    values = {
        "person": person,
        "kind": person.kind,
        "grounds": tuple(Ground),
        "typed": request.form,
        "wrong": wrong or set(),
    }
    return own_page("erase", values, status=status)
