"""Takes in what programs send: of a size, of a kind, and JSON that everybody reads alike."""

from flask import Flask, request
from werkzeug.exceptions import UnsupportedMediaType

from tracker.domain.errors import BadQuery
from tracker.http.request import API, SAFE_METHODS
from tracker.schemas.json_text import read_json_text

MOST_BYTES = 2_000_000
# Routes that take more than one record at once, or less.
MOST_BYTES_OF = {
    "records.keep_draft": 200_000,
    "incidents_api.log_many": 10_000_000,
    "records.attach": 16_000_000,
    "searches.report_effort": 6_000_000,
    "people.attach": 16_000_000,
    "record_imports.preview": 6_000_000,
    "record_imports.take_in": 25_000_000,
    "record_imports.give_wrong_rows": 25_000_000,
    "person_imports.preview": 25_000_000,
    "person_imports.take_in": 25_000_000,
    "person_imports.give_wrong_rows": 25_000_000,
    "person_imports.take_in_file": 6_000_000,
}
JSON = "application/json"


def take_bodies(app: Flask) -> None:
    """Refuse bodies that are too large, and wait for slow ones before anything is begun."""
    app.before_request(_take_body)


def _take_body() -> None:
    if request.method in SAFE_METHODS:
        return
    request.max_content_length = MOST_BYTES_OF.get(request.endpoint or "", MOST_BYTES)
    # Whole tables travel in the fields of a form.
    request.max_form_memory_size = request.max_content_length
    if request.path.startswith(API):
        # A transaction that waited for a slow sender would keep all others from writing.
        request.get_data()


def read_json(*kinds: str) -> object:
    """Give the body of a request whose content type is one of these, JSON if none is named."""
    if request.mimetype not in (kinds or (JSON,)):
        raise UnsupportedMediaType
    try:
        return read_json_text(request.get_data())
    except ValueError:
        raise BadQuery("not_json") from None
