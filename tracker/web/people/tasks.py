"""Steps of the search and referrals: noted with their day, and done with what came of them."""

from flask import Response, request

from tracker.domain.errors import InvalidRecord
from tracker.domain.people import NOTED_BY_PEOPLE, TaskKind
from tracker.http.request import current_actor, current_session
from tracker.services.people import add_task, finish_task
from tracker.web.people.blueprint import blueprint, person_asked
from tracker.web.people.standing import done_or_told, maybe_day_typed


@blueprint.post("/<register:register>/<public_id>/tasks")
def add_step(register: str, public_id: str) -> Response:
    """Note something to do for a person."""
    person = person_asked(register, public_id)

    def note() -> None:
        kind = request.form.get("kind", "")
        if kind not in NOTED_BY_PEOPLE:
            raise InvalidRecord({"kind": ("required",)})
        add_task(
            current_session(),
            current_actor(),
            person.public_id,
            kind=TaskKind(kind),
            told=request.form.get("told", ""),
            due_on=maybe_day_typed("due_on"),
        )

    return done_or_told(person, "tasks", note)


@blueprint.post("/<register:register>/<public_id>/tasks/<int:number>/done")
def finish_step(register: str, public_id: str, number: int) -> Response:
    """Say what came of something."""
    person = person_asked(register, public_id)
    outcome = request.form.get("outcome", "")

    def finish() -> None:
        try:
            finish_task(
                current_session(),
                current_actor(),
                person.public_id,
                number=number,
                outcome=outcome,
            )
        except InvalidRecord as error:
            # Each task has a form of its own.
            wrong = {f"{name}.{number}": codes for name, codes in error.fields.items()}
            raise InvalidRecord(wrong) from None

    return done_or_told(person, "tasks", finish)
