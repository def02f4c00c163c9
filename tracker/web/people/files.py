"""Photos and documents of a person: added, opened, taken away."""

from flask import Response, request

from tracker.domain.errors import Conflict, DomainError, NotAllowed, NotFound
from tracker.http.errors import sentence
from tracker.http.files import closed_file, current_files
from tracker.http.request import current_actor, current_database, current_session
from tracker.services.attachments import read_file
from tracker.services.people.files import (
    add_person_file,
    may_add_file,
    open_person_file,
    remove_person_file,
)
from tracker.web.people.blueprint import back_to, blueprint, person_asked
from tracker.web.people.record import person_page


@blueprint.post("/<register:register>/<public_id>/files")
def attach(register: str, public_id: str) -> Response:
    """Add a photo or a document; what is wrong with it is said beside the field."""
    given = request.files.get("file")
    content = given.stream.read() if given is not None else b""
    actor, database = current_actor(), current_database()
    person = person_asked(register, public_id)
    try:
        may_add_file(current_session(), actor, person.public_id)
        # Decoding a picture takes a while; nobody else waits for it to save.
        file = read_file(content)
        with database.writing() as session:
            add_person_file(
                session,
                actor,
                current_files(),
                public_id=person.public_id,
                file=file,
                graphic=request.form.get("graphic") == "yes",
                description=request.form.get("description", ""),
            )
    except (NotFound, NotAllowed, Conflict):
        raise
    except DomainError as error:
        wrong = {"file": sentence(error)}
        return person_page(person, at="files", wrong=wrong, typed=request.form, status=422)
    return back_to(person, "files")


@blueprint.get("/<register:register>/<public_id>/files/<int:number>")
def open_file(register: str, public_id: str, number: int) -> Response:
    """Give a file to whoever sees all of the record."""
    person = person_asked(register, public_id)
    shown = open_person_file(
        current_session(),
        current_actor(),
        current_files(),
        public_id=person.public_id,
        number=number,
    )
    return closed_file(shown, f"file-{number}")


@blueprint.post("/<register:register>/<public_id>/files/<int:number>/remove")
def take_away(register: str, public_id: str, number: int) -> Response:
    """Take a file away for good."""
    person = person_asked(register, public_id)
    remove_person_file(
        current_session(),
        current_actor(),
        current_files(),
        public_id=person.public_id,
        number=number,
    )
    return back_to(person, "files")
