"""The blueprint that these pages share, and what more than one of them does."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from tracker.domain.accounts import NewSession, SessionStage
from tracker.domain.errors import DomainError
from tracker.http.cookies import DEVICE, SESSION, read_cookie, set_cookie
from tracker.http.devices import device_in_words
from tracker.http.errors import sentence
from tracker.http.language import gettext
from tracker.http.request import current_session, keep_what_is_written
from tracker.services.accounts.second_factors import begin_app
from tracker.services.accounts.sign_in import remember_device
from tracker.translations import mark

blueprint = Blueprint("accounts", __name__)

# What pages say after something was done.
DONE = {
    "password_changed": mark("Your password is changed. All other sessions have ended."),
    "factor_added": mark("Your second step is set up."),
    "factor_removed": mark("It was taken away."),
    "session_ended": mark("The session has ended."),
    "token_revoked": mark("The key no longer works."),
    "invitation_revoked": mark("The link no longer works."),
    "role_changed": mark("The role is changed."),
    "account_deactivated": mark("This person can no longer sign in."),
    "account_reactivated": mark("This person can sign in again."),
}
_DEVICE_LASTS = dt.timedelta(days=365)


def own_page(name: str, values: Mapping[str, object], *, status: int = 200) -> Response:
    """Draw a page that is for one person: nothing keeps it."""
    response = make_response(render_template(f"accounts/{name}.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def refused(name: str, error: DomainError, values: Mapping[str, object]) -> Response:
    """Draw a form again with the error beside its field, and remember what was counted."""
    keep_what_is_written()
    field = str(error.detail.get("field", ""))
    status = 429 if error.code == "must_wait" else 422
    response = own_page(name, {**values, "errors": {field: sentence(error)}}, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(error.detail["seconds"])
    return response


def done_in_words() -> str:
    """Say what has just been done, where the address names it."""
    return gettext(DONE[code]) if (code := request.args.get("done", "")) in DONE else ""


def this_device() -> str:
    """Say in two words what browser asks, so that its owner knows it again."""
    return device_in_words(request.headers.get("User-Agent", ""))


def next_address(given: str | None) -> str:
    """Give where somebody wanted to go, if that is a page of ours, else the first page."""
    address = urlsplit(given or "")
    ours = address.path.startswith("/") and not address.path.startswith(("//", "/\\"))
    if not ours or address.scheme or address.netloc or address.path.startswith("/sign-in"):
        return url_for("home.show_home")
    return address.path + (f"?{address.query}" if address.query else "")


def go_on(begun: NewSession, account_id: int, wanted: str | None = None) -> Response:
    """Give the browser its session, and lead to what comes next."""
    if begun.stage is SessionStage.SET_UP:
        begin_app(current_session(), begun.session_id)
    page = {
        SessionStage.SECOND_FACTOR: "accounts.show_second_factor",
        SessionStage.SET_UP: "accounts.show_set_up",
    }.get(begun.stage)
    target = next_address(wanted) if page is None else url_for(page, next=wanted or None)
    response = make_response(redirect(target, 303))
    set_cookie(response, SESSION, begun.token, lasts=begun.lasts)
    if begun.stage is SessionStage.FULL:
        device = remember_device(current_session(), account_id, read_cookie(DEVICE))
        set_cookie(response, DEVICE, device, lasts=_DEVICE_LASTS)
    return response
