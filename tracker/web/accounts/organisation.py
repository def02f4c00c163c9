"""My organisation: its people and their roles, and links that invite."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.accounts import ACCOUNT_ROLES, NEEDS_SECOND_FACTOR, InvitationPurpose
from tracker.domain.errors import DomainError, NotFound, UnknownCode
from tracker.domain.permissions import Role
from tracker.http.request import current_actor, current_session
from tracker.services.accounts.invitations import (
    LASTS,
    invite,
    invite_back,
    list_invitations,
    revoke_invitation,
)
from tracker.services.accounts.organisations import (
    change_role,
    deactivate_account,
    get_organisation,
    list_members,
    reactivate_account,
)
from tracker.services.erasures import list_erased
from tracker.web.accounts.blueprint import blueprint, done_in_words, own_page, refused


@blueprint.get("/organisation")
def show_organisation() -> Response:
    """Show the people of the organisation that somebody looks after."""
    return own_page("organisation", _organisation())


@blueprint.post("/organisation/invitations")
def make_invitation() -> Response:
    """Make a link to join, and show it once."""
    role = _role()
    token = invite(
        current_session(), current_actor(), organisation_id=_own_organisation(), role=role
    )
    return _link_page(token, InvitationPurpose.JOIN, role)


@blueprint.post("/organisation/invitations/<int:invitation_id>/revoke")
def drop_invitation(invitation_id: int) -> Response:
    """Make a link useless."""
    revoke_invitation(current_session(), current_actor(), invitation_id)
    return _back("invitation_revoked")


@blueprint.post("/organisation/members/<int:account_id>/role")
def set_role(account_id: int) -> Response:
    """Give a person another role."""
    try:
        change_role(current_session(), current_actor(), account_id, role=_role())
    except NotFound:
        raise
    except DomainError as error:
        return refused("organisation", error, _organisation())
    return _back("role_changed")


@blueprint.post("/organisation/members/<int:account_id>/deactivate")
def deactivate(account_id: int) -> Response:
    """Keep a person out from now on."""
    try:
        deactivate_account(current_session(), current_actor(), account_id)
    except NotFound:
        raise
    except DomainError as error:
        return refused("organisation", error, _organisation())
    return _back("account_deactivated")


@blueprint.post("/organisation/members/<int:account_id>/reactivate")
def reactivate(account_id: int) -> Response:
    """Let a person in again."""
    reactivate_account(current_session(), current_actor(), account_id)
    return _back("account_reactivated")


@blueprint.post("/organisation/members/<int:account_id>/link")
def make_link_back(account_id: int) -> Response:
    """Make a link by which a person comes back into their account, and show it once."""
    token = invite_back(current_session(), current_actor(), account_id)
    return _link_page(token, InvitationPurpose.RECOVER, None)


def _own_organisation() -> int:
    organisation_id = current_actor().organisation_id
    if organisation_id is None:
        raise NotFound("organisation")
    return organisation_id


def _role() -> Role:
    given = request.form.get("role", "")
    if given not in ACCOUNT_ROLES:
        raise UnknownCode("role", given, tuple(ACCOUNT_ROLES))
    return Role(given)


def _organisation() -> dict[str, object]:
    session, actor, number = current_session(), current_actor(), _own_organisation()
    return {
        "organisation": get_organisation(session, actor, number),
        "members": list_members(session, actor, number),
        "invitations": list_invitations(session, actor, number),
        "roles": ACCOUNT_ROLES,
        "needs_factor": NEEDS_SECOND_FACTOR,
        "own_id": actor.account_id,
        "erased": list_erased(session, actor),
        "done": done_in_words(),
    }


def _link_page(token: str, purpose: InvitationPurpose, role: Role | None) -> Response:
    address = url_for("accounts.show_invitation", token=token, _external=True)
    hours = LASTS[purpose].days * 24
    page = {"address": address, "purpose": purpose, "role": role, "hours": hours}
    return own_page("link", page)


def _back(done: str) -> Response:
    return make_response(redirect(url_for("accounts.show_organisation", done=done), 303))
