"""Photos and documents of a record: added, opened, taken away."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import Conflict, DomainError, NotAllowed, NotFound
from tracker.http.errors import sentence
from tracker.http.files import closed_file, current_files
from tracker.http.request import current_actor, current_database, current_session
from tracker.services.attachments import (
    attach_file,
    may_attach,
    open_attachment,
    read_file,
    remove_attachment,
)
from tracker.web.records.blueprint import blueprint
from tracker.web.records.reading import record_page


@blueprint.post("/records/<public_id>/attachments")
def attach(public_id: str) -> Response:
    """Attach a photo or a document; what is wrong with it is said beside the field."""
    given = request.files.get("file")
    content = given.stream.read() if given is not None else b""
    actor, database = current_actor(), current_database()
    try:
        may_attach(current_session(), actor, public_id)
        # Decoding a picture takes a while; nobody else waits for it to save.
        file = read_file(content)
        with database.writing() as session:
            attach_file(
                session,
                actor,
                current_files(),
                public_id=public_id,
                file=file,
                graphic=request.form.get("graphic") == "yes",
                description=request.form.get("description", ""),
            )
    except (NotFound, NotAllowed, Conflict):
        raise
    except DomainError as error:
        return record_page(public_id, file_problem=sentence(error), status=422)
    return _back(public_id)


@blueprint.get("/records/<public_id>/attachments/<int:number>")
def open_file(public_id: str, number: int) -> Response:
    """Give an attachment to whoever sees all of the record."""
    shown = open_attachment(
        current_session(),
        current_actor(),
        current_files(),
        public_id=public_id,
        number=number,
    )
    return closed_file(shown, f"attachment-{number}")


@blueprint.post("/records/<public_id>/attachments/<int:number>/remove")
def take_away(public_id: str, number: int) -> Response:
    """Take an attachment away for good."""
    remove_attachment(
        current_session(),
        current_actor(),
        current_files(),
        public_id=public_id,
        number=number,
    )
    return _back(public_id)


def _back(public_id: str) -> Response:
    return make_response(redirect(url_for(".show_record", public_id=public_id) + "#files", 303))
