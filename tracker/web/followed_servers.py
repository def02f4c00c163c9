"""Servers that my organisation follows: what they share with it is kept here as copies."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker.domain.errors import InvalidRecord, NotFound
from tracker.http.files import current_files
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_moment, current_session
from tracker.services.people import follow_server, list_followed, stop_following
from tracker.translations import mark
from tracker.translations.problems import sentence_of
from tracker.translations.server_labels import SERVER_PROBLEMS

blueprint = Blueprint("followed_servers", __name__, url_prefix="/organisation")

# With the command running an answer is never older than half a minute.
LATE_S = 15 * 60
_DONE = {
    "added": mark("The server is followed from now on. It is asked within a minute."),
    "removed": mark("The server is left, and what came from it is erased here."),
}


@blueprint.get("/servers")
def show_servers() -> Response:
    """Show the servers that the organisation follows, and a form for another one."""
    return _page()


@blueprint.post("/servers")
def add() -> Response:
    """Follow another server."""
    given = {name: request.form.get(name, "") for name in ("name", "address")}
    actor = current_actor()
    if actor.organisation_id is None:
        raise NotFound("organisation")
    try:
        follow_server(
            current_session(),
            actor,
            organisation_id=actor.organisation_id,
            key=request.form.get("key", ""),
            **given,
        )
    except InvalidRecord as error:
        # What was typed comes back, the key never.
        wrong = {name: gettext(sentence_of(codes[0])) for name, codes in error.fields.items()}
        return _page(given=given, errors=wrong, status=422)
    return _back("added")


@blueprint.post("/servers/<int:number>/remove")
def remove(number: int) -> Response:
    """Leave a server, and erase what came from it."""
    if request.form.get("sure") != "yes":
        return _page(unsure=number, status=422)
    stop_following(current_session(), current_actor(), current_files(), number=number)
    return _back("removed")


def _page(
    *,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    unsure: int | None = None,
    status: int = 200,
) -> Response:
    servers = list_followed(current_session(), current_actor())
    if unsure is not None and unsure not in {server.number for server in servers}:
        raise NotFound("server")
    now = current_moment()
    page = render_template(
        "followed_servers/servers.html",
        servers=servers,
        problems={
            server.number: gettext(SERVER_PROBLEMS[server.problem])
            for server in servers
            if server.problem is not None
        },
        late={
            server.number
            for server in servers
            if server.answered_at is not None
            and (now - server.answered_at).total_seconds() > LATE_S
        },
        given=given or {},
        errors=errors or {},
        unsure=unsure,
        done=gettext(_DONE[code]) if (code := request.args.get("done", "")) in _DONE else "",
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(done: str) -> Response:
    return make_response(redirect(url_for("followed_servers.show_servers", done=done), 303))
