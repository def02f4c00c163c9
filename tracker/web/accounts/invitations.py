"""Following a link that invites: choose name, address and password."""

from flask import Response, request

from tracker.domain.errors import DomainError
from tracker.http.request import current_database, current_session
from tracker.services.accounts.invitations import Newcomer, accept_invitation, welcome
from tracker.services.accounts.passwords import check_new_password, hash_password
from tracker.services.accounts.sessions import find_session
from tracker.web.accounts.blueprint import blueprint, go_on, own_page, refused, this_device


@blueprint.get("/invitations/<token>")
def show_invitation(token: str) -> Response:
    """Say who invites, and ask what the person wants to be called and to sign in with."""
    with current_database().reading() as session:
        invited = welcome(session, token)
    return own_page("invitation", {"invited": invited, "given": {}})


@blueprint.post("/invitations/<token>")
def accept(token: str) -> Response:
    """Make the account, or change it; the password is hashed while no transaction is open."""
    given = {name: request.form.get(name, "") for name in ("name", "email")}
    with current_database().reading() as session:
        invited = welcome(session, token)
    try:
        password = request.form.get("password", "")
        check_new_password(password, invited.name, invited.organisation, *given.values())
        newcomer = Newcomer(given["name"], given["email"], hash_password(password))
        begun = accept_invitation(current_session(), token, newcomer, device=this_device())
    except DomainError as error:
        if "field" not in error.detail:
            raise
        return refused("invitation", error, {"invited": invited, "given": given})
    signed_in = find_session(current_session(), begun.token)
    account_id = signed_in.actor.account_id if signed_in is not None else None
    return go_on(begun, account_id or 0)
