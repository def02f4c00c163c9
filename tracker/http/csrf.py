"""Sees to it that a form which changes something was ours: by a word in it, and by its origin."""

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from markupsafe import Markup

from tracker.domain.errors import DomainError
from tracker.http.cookies import SESSION, VISIT, read_cookie, set_cookie
from tracker.http.request import API, SAFE_METHODS, has_bearer
from tracker.services.accounts.secret_words import new_secret

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"


def guard_forms(app: Flask) -> None:
    """Refuse what another site sends; `{{ csrf() }}` in a form says that it is ours."""
    app.jinja_env.globals["csrf"] = csrf_field
    app.before_request(_refuse_foreign)
    app.after_request(_keep_secret)


def csrf_field() -> Markup:
    """Write the hidden field that every form of ours which changes something carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())


def csrf_token() -> str:
    """Give the word that goes with this browser's session, or with its visit before one begins."""
    secret = read_cookie(SESSION) or read_cookie(VISIT) or g.get("new_visit")
    if secret is None:
        secret = g.new_visit = new_secret()
    g.holds_secret = True
    return word_of(secret)


def word_of(secret: str) -> str:
    """Give the word of a browser's secret; it tells nothing of the secret."""
    return hmac.new(secret.encode(), b"form", sha256).hexdigest()


def _refuse_foreign() -> None:
    if request.endpoint is None or request.method in SAFE_METHODS or has_bearer():
        return
    if request.path.startswith(API) and read_cookie(SESSION) is None:
        return  # without a session there is no right that another site could make use of
    if not (_same_origin() and _carries_word()):
        raise DomainError("form_not_ours")


def _same_origin() -> bool:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _carries_word() -> bool:
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    secrets_ = [secret for name in (SESSION, VISIT) if (secret := read_cookie(name))]
    return any(hmac.compare_digest(given.encode(), word_of(each).encode()) for each in secrets_)


def _keep_secret(response: Response) -> Response:
    if g.get("holds_secret"):
        response.headers["Cache-Control"] = "no-store"
    if g.get("new_visit"):
        set_cookie(response, VISIT, g.new_visit)
    return response
