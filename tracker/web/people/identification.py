"""Undoes an identification on one of its two records, also where the other one is not shown."""

from flask import Response, request

from tracker.http.request import current_actor, current_session
from tracker.services.matches import undo_identification
from tracker.web.people.blueprint import blueprint, person_asked
from tracker.web.people.standing import done_or_told


@blueprint.post("/<register:register>/<public_id>/identified/undo")
def undo_identified(register: str, public_id: str) -> Response:
    """Take back what one's organisation said of who a person is."""
    person = person_asked(register, public_id)

    def undo() -> None:
        undo_identification(
            current_session(),
            current_actor(),
            person.public_id,
            kind=person.kind,
            match=request.form.get("match", ""),
            reason=request.form.get("reason", "").replace("\x00", ""),
        )

    return done_or_told(person, "identified", undo)
