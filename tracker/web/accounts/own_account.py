"""My account: password, second factors, recovery codes, sessions, keys of the API."""

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.accounts import NEEDS_SECOND_FACTOR, SignedIn
from tracker.domain.errors import DomainError, NotFound
from tracker.domain.permissions import Action, TokenScope, may
from tracker.http.request import (
    current_actor,
    current_session,
    current_sign_in,
    keep_what_is_written,
)
from tracker.services.accounts.api_tokens import create_token, list_tokens, revoke_token
from tracker.services.accounts.own_account import (
    change_password,
    get_own_account,
    own_password_is_right,
)
from tracker.services.accounts.passwords import check_new_password, hash_password
from tracker.services.accounts.second_factors import (
    begin_app,
    confirm_app,
    count_recovery_codes,
    list_factors,
    new_recovery_codes,
    pending_app,
    remove_factor,
)
from tracker.services.accounts.sessions import (
    end_other_sessions,
    end_session,
    list_sessions,
)
from tracker.web.accounts.blueprint import blueprint, done_in_words, own_page, refused

TOKEN_DAYS = (30, 90, 365)


@blueprint.get("/account")
def show_account() -> Response:
    """Show what the installation holds of somebody, and what they can change."""
    return own_page("account", _account())


@blueprint.post("/account/password")
def choose_password() -> Response:
    """Change the password."""
    session, actor = current_session(), current_actor()
    try:
        _require_password()
        fresh = request.form.get("new_password", "")
        own = get_own_account(session, actor)
        try:
            check_new_password(fresh, own.name, own.email, own.organisation)
        except DomainError as error:
            raise DomainError(error.code, **{**error.detail, "field": "new_password"}) from None
    except DomainError as error:
        return _again(error, "password")
    hashed = hash_password(fresh)
    change_password(session, actor, hashed, session_id=_signed_in().session_id)
    return _back("password_changed")


@blueprint.post("/account/app")
def begin_new_app() -> Response:
    """Begin to set up an app with one-time codes."""
    try:
        _require_password()
    except DomainError as error:
        return _again(error, "app")
    begin_app(current_session(), _signed_in().session_id)
    return make_response(redirect(url_for("accounts.show_new_app"), 303))


@blueprint.get("/account/app")
def show_new_app() -> Response:
    """Show the secret of the app that is being set up."""
    return own_page("new_app", _new_app())


@blueprint.post("/account/app/code")
def confirm_new_app() -> Response:
    """Take the app that was set up; with the first one recovery codes are made."""
    session, signed_in = current_session(), _signed_in()
    name, code = request.form.get("name", ""), request.form.get("code", "")
    try:
        confirm_app(session, signed_in, code=code, name=name)
    except DomainError as error:
        if "field" not in error.detail:
            raise
        return refused("new_app", error, _new_app())
    if count_recovery_codes(session, signed_in.actor) == 0:
        return own_page("codes", {"codes": new_recovery_codes(session, signed_in.actor)})
    return _back("factor_added")


@blueprint.post("/account/factors/<int:factor_id>/remove")
def drop_factor(factor_id: int) -> Response:
    """Take a second factor away."""
    try:
        _require_password()
        remove_factor(current_session(), current_actor(), factor_id)
    except NotFound:
        raise
    except DomainError as error:
        return _again(error, f"factor-{factor_id}")
    return _back("factor_removed")


@blueprint.post("/account/recovery-codes")
def make_codes() -> Response:
    """Show new recovery codes, once; the old ones no longer work."""
    try:
        _require_password()
    except DomainError as error:
        return _again(error, "codes")
    return own_page("codes", {"codes": new_recovery_codes(current_session(), current_actor())})


@blueprint.post("/account/sessions/<int:session_id>/end")
def end_one(session_id: int) -> Response:
    """End one session."""
    end_session(current_session(), current_actor(), session_id)
    return _back("session_ended")


@blueprint.post("/account/sessions/end-others")
def end_others() -> Response:
    """End every session but this one."""
    end_other_sessions(current_session(), current_actor(), _signed_in().session_id)
    return _back("session_ended")


@blueprint.post("/account/tokens")
def make_token() -> Response:
    """Make a key of the API and show it, once."""
    form = request.form
    try:
        _require_password()
        scope = TokenScope.WRITE if form.get("scope") == TokenScope.WRITE else TokenScope.READ
        days = form.get("days", type=int) or 0
        name = form.get("name", "")
        token = create_token(current_session(), current_actor(), name=name, scope=scope, days=days)
    except DomainError as error:
        return _again(error, "token")
    return own_page("token", {"token": token, "scope": scope, "days": days})


@blueprint.post("/account/tokens/<int:token_id>/revoke")
def drop_token(token_id: int) -> Response:
    """Revoke a key of the API."""
    revoke_token(current_session(), current_actor(), token_id)
    return _back("token_revoked")


def _signed_in() -> SignedIn:
    signed_in = current_sign_in()
    if signed_in is None:
        raise NotFound("session")
    return signed_in


def _require_password() -> None:
    """Ask for the password again before something that a borrowed browser must not do."""
    given = request.form.get("password", "")
    if not own_password_is_right(current_session(), current_actor(), given):
        raise DomainError("wrong_own_password", field="password")


def _account() -> dict[str, object]:
    session, actor = current_session(), current_actor()
    signed_in = current_sign_in()
    return {
        "own": get_own_account(session, actor),
        "factors": list_factors(session, actor),
        "needs_factor": actor.role in NEEDS_SECOND_FACTOR,
        "codes_left": count_recovery_codes(session, actor),
        "sessions": list_sessions(session, actor),
        "this_session": signed_in.session_id if signed_in is not None else None,
        "tokens": list_tokens(session, actor),
        "token_days": TOKEN_DAYS,
        "scopes": tuple(TokenScope),
        "manages": may(actor, Action.MANAGE_ORGANISATION),
        "done": done_in_words(),
    }


def _new_app() -> dict[str, object]:
    pending = pending_app(current_session(), _signed_in())
    if pending is None:
        raise NotFound("second factor")
    return {"secret": pending[0], "drawing": pending[1]}


def _again(error: DomainError, form: str) -> Response:
    keep_what_is_written()
    return refused("account", error, {**_account(), "form": form})


def _back(done: str) -> Response:
    return make_response(redirect(url_for("accounts.show_account", done=done), 303))
