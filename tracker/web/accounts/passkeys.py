"""Making and showing passkeys: what our script asks for, and what it brings back."""

import json

from flask import Response, make_response, request

from tracker.domain.accounts import SessionStage, SignedIn
from tracker.domain.errors import DomainError, NotFound
from tracker.http.errors import sentence
from tracker.http.request import (
    current_session,
    current_sign_in,
    keep_what_is_written,
)
from tracker.services.accounts.own_account import own_password_is_right
from tracker.services.accounts.passkeys import (
    Site,
    add_passkey,
    ask_for_new_passkey,
    ask_for_passkey,
    use_passkey,
)
from tracker.services.accounts.sign_in import complete_sign_in
from tracker.web.accounts.blueprint import blueprint, go_on, this_device

_MAKES = (SessionStage.SET_UP, SessionStage.FULL)
_SHOWS = (SessionStage.SECOND_FACTOR,)


@blueprint.post("/passkeys/new/question")
def ask_for_new() -> Response:
    """Say what a browser has to sign to make a passkey; asks for the password once signed in."""
    signed_in = _at(*_MAKES)
    session, password = current_session(), str(_sent().get("password", ""))
    if signed_in.stage is SessionStage.FULL:
        try:
            right = own_password_is_right(session, signed_in.actor, password)
        except DomainError as error:
            return _refused(error)
        if not right:
            return _refused(DomainError("wrong_own_password", field="password"))
    return _json(ask_for_new_passkey(session, signed_in, _site()))


@blueprint.post("/passkeys/new")
def make_passkey() -> Response:
    """Take a passkey as second factor."""
    signed_in, sent = _at(*_MAKES), _sent()
    answer, name = json.dumps(sent.get("answer")), str(sent.get("name") or this_device())
    try:
        add_passkey(current_session(), signed_in, _site(), answer=answer, name=name)
    except DomainError as error:
        return _refused(error)
    return _json(json.dumps({"made": True}))


@blueprint.post("/passkeys/question")
def ask_for_one() -> Response:
    """Say what a passkey has to sign to serve as second factor."""
    return _json(ask_for_passkey(current_session(), _at(*_SHOWS), _site()))


@blueprint.post("/passkeys")
def show_passkey() -> Response:
    """Sign in whoever's passkey has signed."""
    signed_in, sent = _at(*_SHOWS), _sent()
    try:
        answer = json.dumps(sent.get("answer"))
        right = use_passkey(current_session(), signed_in, _site(), answer=answer)
    except DomainError as error:
        return _refused(error)
    if not right:
        return _refused(DomainError("passkey_refused"))
    begun = complete_sign_in(current_session(), signed_in, device=this_device())
    onward = go_on(begun, signed_in.actor.account_id or 0, str(sent.get("next", "")))
    response = _json(json.dumps({"next": onward.headers["Location"]}))
    for cookie in onward.headers.getlist("Set-Cookie"):
        response.headers.add("Set-Cookie", cookie)
    return response


def _at(*stages: SessionStage) -> SignedIn:
    signed_in = current_sign_in()
    if signed_in is None or signed_in.stage not in stages:
        raise NotFound("session")
    return signed_in


def _sent() -> dict[str, object]:
    sent = request.get_json(silent=True)
    return sent if isinstance(sent, dict) else {}


def _site() -> Site:
    return Site(host=request.host.rpartition(":")[0] or request.host, origin=request.host_url[:-1])


def _json(text: str) -> Response:
    response = make_response(text)
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(error: DomainError) -> Response:
    keep_what_is_written()
    response = _json(json.dumps({"sentence": sentence(error)}, ensure_ascii=False))
    response.status_code = 422
    return response
