"""Signing in: password, second factor, setting one up, and signing out."""

from urllib.parse import urlsplit

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.accounts import SessionStage, SignedIn
from tracker.domain.errors import DomainError
from tracker.http.cookies import DEVICE, SESSION, read_cookie, remove_cookie
from tracker.http.request import (
    current_actor,
    current_database,
    current_session,
    current_sign_in,
    keep_what_is_written,
)
from tracker.services.accounts.passkeys import has_passkey
from tracker.services.accounts.passwords import password_is_right
from tracker.services.accounts.second_factors import (
    code_is_right,
    confirm_app,
    list_factors,
    new_recovery_codes,
    pending_app,
)
from tracker.services.accounts.sign_in import (
    begin_sign_in,
    complete_sign_in,
    look_up,
    note_wrong_password,
    sign_out,
)
from tracker.web.accounts.blueprint import blueprint, go_on, own_page, refused, this_device


@blueprint.get("/sign-in")
def show_sign_in() -> Response:
    """Ask for address and password."""
    return own_page("sign_in", {"given": {"next": _wanted()}})


@blueprint.post("/sign-in")
def sign_in() -> Response:
    """Compare the password, with no transaction open while that takes its time."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    given = {"email": email, "next": request.form.get("next", "")}
    with current_database().reading() as session:
        place = request.remote_addr or ""
        attempt = look_up(session, email, device=read_cookie(DEVICE), place=place)
    if attempt.wait:
        seconds = int(attempt.wait.total_seconds()) + 1
        return refused("sign_in", DomainError("must_wait", seconds=seconds), {"given": given})
    if not password_is_right(password, attempt.password_hash):
        note_wrong_password(current_session(), attempt)
        return refused("sign_in", DomainError("wrong_password"), {"given": given})
    begun = begin_sign_in(current_session(), attempt, device=this_device())
    return go_on(begun, attempt.account_id or 0, given["next"])


@blueprint.get("/sign-in/second-factor")
def show_second_factor() -> Response:
    """Ask for the second factor of somebody whose password was right."""
    signed_in = _at(SessionStage.SECOND_FACTOR)
    if signed_in is None:
        return _to_sign_in()
    return own_page("second_factor", _second_factor_page(signed_in))


@blueprint.post("/sign-in/second-factor")
def give_code() -> Response:
    """Take a code of an app, or a recovery code."""
    signed_in = _at(SessionStage.SECOND_FACTOR)
    if signed_in is None:
        return _to_sign_in()
    try:
        right = code_is_right(current_session(), signed_in, request.form.get("code", ""))
    except DomainError as error:
        return refused("second_factor", error, _second_factor_page(signed_in))
    if not right:
        wrong = DomainError("wrong_code", field="code")
        return refused("second_factor", wrong, _second_factor_page(signed_in))
    return _signed_in(signed_in, request.form.get("next"))


@blueprint.get("/sign-in/set-up")
def show_set_up() -> Response:
    """Show what is needed to set up a second factor, where a role needs one and has none."""
    signed_in = _at(SessionStage.SET_UP)
    if signed_in is None:
        return _to_sign_in()
    if list_factors(current_session(), signed_in.actor):
        return own_page("set_up_done", {"next": _form_next()})
    return own_page("set_up", _set_up_page(signed_in))


@blueprint.post("/sign-in/set-up")
def set_up() -> Response:
    """Take the app that was set up, and show the recovery codes."""
    signed_in = _at(SessionStage.SET_UP)
    if signed_in is None:
        return _to_sign_in()
    session, code = current_session(), request.form.get("code", "")
    try:
        confirm_app(session, signed_in, code=code, name=request.form.get("name", ""))
    except DomainError as error:
        return refused("set_up", error, _set_up_page(signed_in))
    return _codes_page(signed_in)


@blueprint.post("/sign-in/recovery-codes")
def show_first_codes() -> Response:
    """Show new recovery codes to whoever has just set up a second factor."""
    signed_in = _at(SessionStage.SET_UP)
    if signed_in is None or not list_factors(current_session(), signed_in.actor):
        return _to_sign_in()
    return _codes_page(signed_in)


@blueprint.post("/sign-in/done")
def finish_set_up() -> Response:
    """Sign somebody in who has set up a second factor and kept the recovery codes."""
    signed_in = _at(SessionStage.SET_UP)
    if signed_in is None or not list_factors(current_session(), signed_in.actor):
        return _to_sign_in()
    return _signed_in(signed_in, request.form.get("next"))


@blueprint.post("/sign-out")
def leave() -> Response:
    """End this session."""
    signed_in = current_sign_in()
    if signed_in is not None:
        sign_out(current_session(), current_actor(), signed_in.session_id)
    response = make_response(redirect(url_for("home.show_home"), 303))
    remove_cookie(response, SESSION)
    # What this browser holds of pages that only this person may see.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _at(stage: SessionStage) -> SignedIn | None:
    signed_in = current_sign_in()
    return signed_in if signed_in is not None and signed_in.stage is stage else None


def _to_sign_in() -> Response:
    keep_what_is_written()
    return make_response(redirect(url_for("accounts.show_sign_in"), 303))


def _signed_in(signed_in: SignedIn, wanted: str | None) -> Response:
    begun = complete_sign_in(current_session(), signed_in, device=this_device())
    return go_on(begun, signed_in.actor.account_id or 0, wanted)


def _codes_page(signed_in: SignedIn) -> Response:
    codes = new_recovery_codes(current_session(), signed_in.actor)
    return own_page("first_codes", {"codes": codes, "next": _form_next()})


def _second_factor_page(signed_in: SignedIn) -> dict[str, object]:
    return {"passkey": has_passkey(current_session(), signed_in), "next": _form_next()}


def _set_up_page(signed_in: SignedIn) -> dict[str, object]:
    pending = pending_app(current_session(), signed_in)
    secret, drawing = pending or ("", "")
    return {"secret": secret, "drawing": drawing, "next": _form_next()}


def _form_next() -> str:
    return request.form.get("next") or request.args.get("next", "")


def _wanted() -> str:
    """Give the page of ours from which somebody came to sign in."""
    came_from = urlsplit(request.referrer or "")
    named = request.args.get("next")
    return named or (came_from.path if came_from.netloc == request.host else "")
