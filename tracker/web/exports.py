"""Files to take away: incidents and tallies in every format, each with its question."""

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from werkzeug.http import generate_etag

from tracker.domain.exports import IncidentForm, TallyForm
from tracker.domain.tallies import TallyQuery
from tracker.exchange.incident_csv import CsvOptions
from tracker.http.request import (
    current_actor,
    current_database,
    current_day,
    current_session,
)
from tracker.schemas.tallies import load_query, query_arguments, read_code
from tracker.services.exports import (
    STREAMED,
    FileRequest,
    export_incidents,
    export_tally,
    stream_incidents,
    write_incidents,
)
from tracker.services.tallies import ledger_head
from tracker.translations.catalogues import LANGUAGES
from tracker.translations.labels import labels_in
from tracker.web.forms import given_arguments

blueprint = Blueprint("exports", __name__)

_OPTIONS = ("bom", "hxl", "labels")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "iom": "text/csv; charset=utf-8",
    "sdg": "text/csv; charset=utf-8",
    "json": "application/json",
    "about": "application/json",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
    "xlsx": _XLSX,
    "gpkg": "application/geopackage+sqlite3",
    "fgb": "application/flatgeobuf",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}
_ENDINGS = {"iom": "iom.csv", "sdg": "sdg-10-7-3.csv", "about": "about.json"}
_PIECE = 1 << 16
_GZIP = 31  # zlib's number for a gzip member


@blueprint.get("/exports/incidents.<form>")
def give_incidents(form: str) -> Response:
    """Give the incidents that the tally of the same question counts, as a file."""
    chosen = IncidentForm(read_code("format", form, tuple(IncidentForm)))
    query = load_query(given_arguments(*_OPTIONS), today=current_day())
    unchanged = _unchanged(form)
    if unchanged is not None:
        return unchanged
    stack = ExitStack()
    try:
        return _answer_incidents(stack, query, chosen)
    except BaseException:
        stack.close()
        raise


@blueprint.get("/exports/tally.<form>")
def give_tally(form: str) -> Response:
    """Give the tally of the question as a file."""
    chosen = TallyForm(read_code("format", form, tuple(TallyForm)))
    query = load_query(given_arguments(*_OPTIONS), today=current_day())
    unchanged = _unchanged(form)
    if unchanged is not None:
        return unchanged
    language = request.args.get("labels")
    labels = labels_in(read_code("labels", language, LANGUAGES)) if language else None
    content = export_tally(
        current_session(),
        current_actor(),
        query,
        form=chosen,
        labels=labels,
        bom=_is_set("bom"),
    )
    return _with_headers(make_response(content), form, f"tally-as-known-on-{query.as_known_on}")


def _answer_incidents(stack: ExitStack, query: TallyQuery, form: IncidentForm) -> Response:
    # A session of its own: it lasts as long as the file is on its way, not only this request.
    session, actor = stack.enter_context(current_database().reading()), current_actor()
    export = export_incidents(session, actor, query)
    options = CsvOptions(bom=_is_set("bom"), hxl=_is_set("hxl"))
    wanted = FileRequest(export, form, options)
    if request.method == "HEAD":
        pieces: Iterable[bytes] = ()
    elif form in STREAMED:
        pieces = stream_incidents(session, actor, wanted)
    else:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        write_incidents(session, actor, wanted, path=folder / wanted.name)
        pieces = _pieces_of(folder / wanted.name)
    compressed = TYPES[form].startswith(("text/", "application/json")) or "json" in form
    compressed = compressed and bool(request.accept_encodings.quality("gzip"))
    response = Response(_gzipped(pieces) if compressed else pieces)
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    response.call_on_close(stack.close)
    asked: dict[str, Any] = {**query_arguments(query)}
    described = url_for(".give_incidents", form="about", **asked)
    response.headers["Link"] = f'<{described}>; rel="describedby"'
    return _with_headers(response, form, f"incidents-as-known-on-{query.as_known_on}")


def _is_set(name: str) -> bool:
    return request.args.get(name) == "1"


def _pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Compress as it goes: one member, as programs expect."""
    packer = zlib.compressobj(1, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()


def _tag() -> str:
    """Name what anyone at all would get now: it changes with every figure and every day."""
    asked = sorted((name, tuple(values)) for name, values in request.args.lists())
    head = ledger_head(current_session())
    return generate_etag(repr((head, current_day(), request.path, asked)).encode())


def _unchanged(form: str) -> Response | None:
    """Answer that nothing has changed, to anyone who holds the same file."""
    if current_actor().account_id is not None or not request.if_none_match.contains_weak(_tag()):
        return None
    return _with_headers(make_response(b"", 304), form, "")


def _with_headers(response: Response, form: str, name: str) -> Response:
    if current_actor().account_id is not None:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = "private, no-cache"
        response.set_etag(_tag(), weak=True)
    response.vary.update(("Cookie", "Accept-Encoding"))
    if response.status_code != 304:
        response.headers["Content-Type"] = TYPES[form]
        ending = _ENDINGS.get(form, form)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
