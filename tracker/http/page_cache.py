"""Keeps finished public pages until the figures, the day, the language or the role change.

Pages of people who are signed in are kept by nobody.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from threading import Lock
from typing import ParamSpec, TypeAlias

from flask import Flask, Response, current_app, make_response, request
from werkzeug.http import generate_etag

from tracker.http.headers import new_nonce, nonce_of_page
from tracker.http.language import PARAMETER, current_language
from tracker.http.request import current_actor, current_day, current_session
from tracker.services.tallies import ledger_head

Parameters = ParamSpec("Parameters")
Key: TypeAlias = tuple[object, ...]
_MOST_BYTES = 64_000_000
_NAME = "tracker.pages"


@dataclass(frozen=True)
class Page:
    """A finished page and, if its scripts stand in it, the nonce that allows them."""

    body: bytes
    nonce: str | None
    etag: str


class Pages:
    """Finished pages, the least used leaving first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: Key) -> Page | None:
        """Give a page that was kept."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page, and let others go when there is too much."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(before.body) if before else 0)
            self._pages[key] = page
            while self._bytes > _MOST_BYTES:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body)


def keep_pages(app: Flask) -> None:
    """Give the application a place for finished pages."""
    app.extensions[_NAME] = Pages()


def cached_page(view: Callable[Parameters, str]) -> Callable[Parameters, Response]:
    """Give a page from memory where nothing has changed that it shows."""

    @wraps(view)
    def answer(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Response:
        if current_actor().account_id is not None:
            return _own_page(view(*args, **kwargs))
        pages: Pages = current_app.extensions[_NAME]
        key = _key()
        page = pages.find(key)
        if page is not None:
            return _answer(_with_new_nonce(page))
        body = view(*args, **kwargs).encode()
        page = Page(body, nonce_of_page(), generate_etag(body))
        pages.keep(key, page)
        return _answer(page)

    return answer


def _key() -> Key:
    asked = request.args.lists()
    return (
        ledger_head(current_session()),
        current_day(),
        current_language(),
        current_actor().role,
        current_actor().organisation_id,
        request.path,
        tuple((name, tuple(values)) for name, values in asked if name != PARAMETER),
    )


def _own_page(text: str) -> Response:
    """Answer somebody who is signed in: the page is theirs, and nothing keeps it."""
    response = make_response(text)
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_new_nonce(page: Page) -> Page:
    if page.nonce is None:
        return page
    nonce = new_nonce()
    return replace(page, body=page.body.replace(page.nonce.encode(), nonce.encode()), nonce=nonce)


def _answer(page: Page) -> Response:
    response = make_response(page.body)
    response.mimetype = "text/html"
    response.headers["Cache-Control"] = "private, no-cache"
    if page.nonce is None:
        response.set_etag(page.etag)
        response.make_conditional(request)
    return response
