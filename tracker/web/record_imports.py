"""A spreadsheet of incidents: the template, a look at every row, and taking in the right ones."""

import json
from collections.abc import Sequence

from flask import Blueprint, Response, make_response, render_template, request

from tracker.domain.errors import DomainError, InvalidRecord
from tracker.exchange.record_sheets import XLSX, write_rows, write_template
from tracker.exchange.record_tables import read_table
from tracker.exchange.record_xlsform import write_xlsform
from tracker.exchange.refusals import UnreadableFile
from tracker.http.language import current_language, gettext
from tracker.http.request import current_actor, current_database, current_session
from tracker.schemas.record_columns import header_in_words
from tracker.schemas.record_rows import MOST_ROWS, RecordRow, keys_of_rows, rows_of_table
from tracker.services.record_imports import RowLogged, RowRead, log_rows, preview_rows
from tracker.translations.problems import problems_in_words

blueprint = Blueprint("record_imports", __name__)

ROWS_AT_ONCE = 20


@blueprint.get("/imports/new")
def show_import() -> Response:
    """Offer the template, and ask for a file."""
    return _page("new", {})


@blueprint.get("/imports/template.xlsx")
def give_template() -> Response:
    """Give the empty template in the reader's language."""
    return _sheet(write_template(current_language()), "incidents")


@blueprint.get("/imports/xlsform.xlsx")
def give_form() -> Response:
    """Give the form for KoboToolbox and ODK."""
    return _sheet(write_xlsform(), "xlsform")


@blueprint.post("/imports/new")
def preview() -> Response:
    """Show row by row what was understood; nothing is stored."""
    given = request.files.get("file")
    data = given.read() if given else b""
    if given:
        given.close()
    try:
        rows, strange = rows_of_table(read_table(data))
    except (UnreadableFile, InvalidRecord) as error:
        return _page("new", {"problem": _file_problem(error)}, status=422)
    read = preview_rows(current_session(), current_actor(), rows)
    return _preview_page(rows, read, strange)


@blueprint.post("/imports/records")
def take_in() -> Response:
    """Log the rows that are right, as drafts or for review."""
    rows, submit = _rows_sent(), request.form.get("as") != "draft"
    keyed = list(zip(rows, keys_of_rows(rows), strict=True))
    actor, database = current_actor(), current_database()
    done: list[RowLogged] = []
    for first in range(0, len(keyed), ROWS_AT_ONCE):
        # Some at a time, so that others who save need not wait; sent again, none is made twice.
        with database.writing() as session:
            part = keyed[first : first + ROWS_AT_ONCE]
            done += log_rows(session, actor, part, submit=submit)
    new = [each for each in done if each.logged is not None and each.logged.new]
    values = {"new": new, "known": len(done) - len(new), "wrong": len(rows) - len(done)}
    return _page("done", {**values, "submit": submit})


@blueprint.post("/imports/wrong-rows.xlsx")
def give_wrong_rows() -> Response:
    """Give the rows that are wrong as a spreadsheet that says what to mend in each."""
    read = preview_rows(current_session(), current_actor(), _rows_sent())
    wrong = [each for each in read if each.wrong]
    notes = {each.row.number: _note(each) for each in wrong}
    data = write_rows(current_language(), [each.row for each in wrong], notes)
    return _sheet(data, "to-mend")


def _preview_page(
    rows: Sequence[RecordRow], read: Sequence[RowRead], strange: Sequence[str]
) -> Response:
    values = {
        "rows": read,
        "right": sum(not each.wrong for each in read),
        "wrong": sum(bool(each.wrong) for each in read),
        "strange": strange,
        "problems": {each.row.number: _problems(each) for each in read if each.wrong},
        "sent": json.dumps(
            [[row.number, dict(row.cells), row.uuid] for row in rows], ensure_ascii=False
        ),
    }
    return _page("preview", values)


def _rows_sent() -> list[RecordRow]:
    """Read the rows that the preview carried along; they are read anew like those of a file."""
    try:
        given = json.loads(request.form.get("rows", ""))
        rows = [
            RecordRow(
                int(number), {str(name): str(cell) for name, cell in cells.items()}, str(uuid)
            )
            for number, cells, uuid in given
        ]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise InvalidRecord({"rows": ("not_valid",)}) from None
    if not 0 < len(rows) <= MOST_ROWS:
        raise InvalidRecord({"rows": ("too_many",)})
    return rows


def _problems(read: RowRead) -> list[tuple[str, str, str]]:
    """Say for each wrong cell what it is called, what it holds, and what is wrong with it."""
    words = problems_in_words(read.wrong, gettext)
    return [
        (header_in_words(current_language(), name), read.row.cells.get(name, ""), told)
        for name, told in words.items()
    ]


def _note(read: RowRead) -> str:
    return "\n".join(f"{name}: {told}" for name, _, told in _problems(read))


def _file_problem(error: DomainError) -> str:
    code = error.fields["file"][0] if isinstance(error, InvalidRecord) else error.code
    return problems_in_words({"file": (code,)}, gettext)["file"]


def _sheet(data: bytes, name: str) -> Response:
    response = make_response(data)
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(name: str, values: dict[str, object], *, status: int = 200) -> Response:
    page = render_template(f"record_imports/{name}.html", **values)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
