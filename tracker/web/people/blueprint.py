"""The blueprint that the pages of people share, which register is asked, how a page is drawn."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker.domain.errors import NotFound
from tracker.domain.people import PersonKind, PersonTold
from tracker.http.request import current_actor, current_session
from tracker.services.people import get_person

blueprint = Blueprint("people", __name__)

KINDS: Mapping[str, PersonKind] = {"cases": PersonKind.CASE, "remains": PersonKind.REMAINS}
REGISTERS: Mapping[str, str] = {kind: register for register, kind in KINDS.items()}


@blueprint.url_defaults
def _same_register(endpoint: str, values: dict[str, Any]) -> None:
    """Lead from a page of one register to others of the same."""
    given = (request.view_args or {}).get("register")
    if given and endpoint.startswith("people."):
        values.setdefault("register", given)


def person_asked(register: str, public_id: str) -> PersonTold:
    """Give the record that an address names; in the other register it is not there."""
    person = get_person(current_session(), current_actor(), public_id)
    if person.kind != KINDS[register]:
        raise NotFound("person")
    return person


def own_page(name: str, values: Mapping[str, object], *, status: int = 200) -> Response:
    """Draw a page for one person: nothing keeps it."""
    response = make_response(render_template(f"people/{name}.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def back_to(person: PersonTold, part: str = "") -> Response:
    """Lead back to a record, to the part where something was done."""
    address = url_for(".show_person", public_id=person.public_id)
    return make_response(redirect(address + (f"#{part}" if part else ""), 303))


def number_of_page(name: str) -> int | None:
    """Read a whole number from the address; anything else is a page that does not exist."""
    given = request.args.get(name) or ""
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", given):
        raise NotFound("page")
    return int(given)
