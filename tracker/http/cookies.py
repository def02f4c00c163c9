"""Our own cookies: for this host alone, out of reach of scripts, over TLS where there is."""

import datetime as dt

from flask import Response, request

SESSION = "session"
VISIT = "visit"
DEVICE = "device"
FAMILY = "family"


def read_cookie(name: str) -> str | None:
    """Give one of our cookies as the browser sent it."""
    return request.cookies.get(_full_name(name)) or None


def set_cookie(
    response: Response, name: str, value: str, *, lasts: dt.timedelta | None = None
) -> None:
    """Give the browser a cookie; without `lasts` it goes when the browser is closed."""
    response.set_cookie(
        _full_name(name),
        value,
        max_age=lasts,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def remove_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        _full_name(name), secure=request.is_secure, httponly=True, samesite="Lax"
    )


def _full_name(name: str) -> str:
    # Browsers keep others from setting a cookie with this prefix, but take it only over TLS.
    return f"__Host-{name}" if request.is_secure else name
