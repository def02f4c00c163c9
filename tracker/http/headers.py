"""Headers that keep pages to themselves."""

import secrets

from flask import Flask, Response, current_app, g
from werkzeug.local import LocalProxy

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_WITH_NONCE = ("script-src", "style-src")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_LOCATING = HEADERS["Permissions-Policy"].replace("geolocation=()", "geolocation=(self)")


def may_locate(response: Response) -> None:
    """Let this page, and none of another site in it, ask the device where it is."""
    response.headers["Permissions-Policy"] = _LOCATING


_FRAMES = "tracker.frames"


def set_headers(app: Flask, *, frames: tuple[str, ...] = ()) -> None:
    """Send the headers with every answer; `csp_nonce` in a template allows its own script.

    `frames` are the origins whose pages may show in a frame what is made for it, and nothing else.
    """
    app.extensions[_FRAMES] = frames
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = LocalProxy(_nonce)


def may_be_framed() -> bool:
    """Say whether there is anyone whose pages may show something of ours in a frame."""
    return bool(current_app.extensions[_FRAMES])


def let_be_framed(response: Response) -> None:
    """Let this page stand in frames of the origins that the installation names."""
    policy = content_policy(nonce_of_page())
    allowed = f"frame-ancestors {' '.join(current_app.extensions[_FRAMES])}"
    response.headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", allowed)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def nonce_of_page() -> str | None:
    """Give the nonce of this answer, if its page has asked for one."""
    nonce: str | None = g.get("csp_nonce")
    return nonce


def new_nonce() -> str:
    """Make a nonce for this answer; no other answer has the same."""
    nonce: str = secrets.token_urlsafe(16)
    g.csp_nonce = nonce
    return nonce


def _nonce() -> str:
    return nonce_of_page() or new_nonce()


def content_policy(nonce: str | None) -> str:
    """Write the Content-Security-Policy, with a nonce where a page has asked for one."""
    return "; ".join(
        f"{name} {value} 'nonce-{nonce}'" if nonce and name in _WITH_NONCE else f"{name} {value}"
        for name, value in _POLICY.items()
    )


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # An answer that has set a policy of its own has set a narrower one.
    response.headers.setdefault("Content-Security-Policy", content_policy(nonce_of_page()))
    return response
