"""A list of people: the file, what its columns mean, a look at every row, and taking it in."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, make_response, render_template, request

from tracker.domain.errors import DomainError, InvalidRecord
from tracker.domain.people import Basis, PersonKind
from tracker.domain.person_imports import DateOrder, RowOutcome, RowTaken
from tracker.domain.pfif import parts_of_file
from tracker.exchange.person_sheets import XLSX, write_table
from tracker.exchange.pfif import read_pfif
from tracker.exchange.record_tables import read_table
from tracker.exchange.refusals import UnreadableFile
from tracker.http.addresses import own_domain
from tracker.http.files import current_files
from tracker.http.language import gettext
from tracker.http.request import (
    current_actor,
    current_database,
    current_day,
    current_session,
)
from tracker.schemas.person_columns import (
    READY_MADE,
    READY_MADE_WORDS,
    TARGET_WORDS,
    TARGETS,
    is_never_taken,
)
from tracker.schemas.person_rows import PersonRead, person_table, read_people
from tracker.schemas.record_rows import TO_MEND
from tracker.services.people import (
    PfifTaken,
    keep_mapping,
    list_mappings,
    preview_people,
    take_in_people,
    take_in_pfif,
)
from tracker.translations.person_list_words import BASES, DATE_ORDERS, KINDS, OUTCOMES
from tracker.translations.problems import problems_in_words
from tracker.web.person_list_forms import (
    ListSent,
    facts_shown,
    mapping_proposed,
    mapping_sent,
    packed_table,
    source_sent,
    table_sent,
)

blueprint = Blueprint("person_imports", __name__)

ROWS_AT_ONCE = 20
# Of a long list so many rows are shown, and all that are wrong.
ROWS_SHOWN = 30
_TAKEN = (RowOutcome.NEW, RowOutcome.CHANGED)


@blueprint.get("/people/imports/new")
def show_import() -> Response:
    """Ask for a list, and say what it is."""
    return _new_page({})


@blueprint.post("/people/imports/columns")
def preview() -> Response:
    """Show what the columns mean and how each row is read; nothing is stored."""
    try:
        sent = _list_sent()
    except (UnreadableFile, InvalidRecord) as error:
        return _new_page(_problems(error), status=422)
    return _columns_page(sent)


@blueprint.post("/people/imports/records")
def take_in() -> Response:
    """Take in the rows that are right, and keep what the columns mean where that was asked for."""
    try:
        sent = _list_sent()
        rows = read_people(sent.table, sent.mapping, today=current_day())
    except (UnreadableFile, InvalidRecord) as error:
        return _new_page(_problems(error), status=422)
    actor, database = current_actor(), current_database()
    name = request.form.get("mapping_name", "").strip()
    if name:
        try:
            with database.writing() as session:
                shared = "mapping_shared" in request.form
                keep_mapping(session, actor, name, mapping=sent.mapping, shared=shared)
        except InvalidRecord as error:
            return _columns_page(sent, wrong=_problems(error), status=422)
    done: list[RowTaken] = []
    for first in range(0, len(rows), ROWS_AT_ONCE):
        # Some at a time, so that others who save need not wait; sent again, none is made twice.
        with database.writing() as session:
            part = rows[first : first + ROWS_AT_ONCE]
            done += take_in_people(session, actor, part, source=sent.source)
    values = {"counts": _counted(done), "rows": _worth_naming(done), "sent": sent, "kept": name}
    return _page("done", values)


@blueprint.post("/people/imports/wrong-rows.xlsx")
def give_wrong_rows() -> Response:
    """Give the rows that are wrong as a spreadsheet that says what to mend in each."""
    sent = _list_sent()
    rows = read_people(sent.table, sent.mapping, today=current_day())
    wrong = {row.number: row for row in rows if row.wrong}
    table = [[_note(wrong[number]), *cells] for number, cells in sent.table.rows if number in wrong]
    response = make_response(write_table([gettext(TO_MEND), *sent.table.headers], table))
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = 'attachment; filename="to-mend.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/people/imports/pfif")
def take_in_file() -> Response:
    """Take in a file of PFIF."""
    try:
        file = read_pfif(_file_sent("pfif"))
    except InvalidRecord as error:
        return _new_page({"pfif": _problems(error).get("file", "")}, status=422)
    actor, database, files = current_actor(), current_database(), current_files()
    domain, invented = own_domain(), "invented" in request.form
    taken = PfifTaken()
    for part in parts_of_file(file, ROWS_AT_ONCE):
        with database.writing() as session:
            more = take_in_pfif(session, actor, files, file=part, domain=domain, invented=invented)
        taken.add(more)
    values = {"taken": taken, "counts": _counted(taken.people), "rows": _worth_naming(taken.people)}
    return _page("pfif_done", values)


def _list_sent() -> ListSent:
    """Read the list of this request: from its file, or as the page before carried it along."""
    source = source_sent()
    if "table" in request.form:
        table = table_sent()
        return ListSent(table, source, mapping_sent(source.kind, table))
    table = person_table(read_table(_file_sent("file")))
    kept = list_mappings(current_session(), current_actor(), source.kind)
    return ListSent(table, source, mapping_proposed(source.kind, table, kept))


def _file_sent(name: str) -> bytes:
    given = request.files.get(name)
    data = given.read() if given else b""
    if given:
        given.close()
    return data


def _columns_page(
    sent: ListSent, *, wrong: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    rows: Sequence[PersonRead] = ()
    problem = ""
    try:
        rows = read_people(sent.table, sent.mapping, today=current_day())
    except InvalidRecord as error:
        problem = _problems(error)["file"]
    outcomes = {
        each.number: each
        for each in preview_people(current_session(), current_actor(), rows, source=sent.source)
    }
    shown = [
        (row, outcomes[row.number], _row_problems(row), facts_shown(row.facts or {}))
        for place, row in enumerate(rows)
        if place < ROWS_SHOWN or row.wrong
    ]
    counts = _counted(list(outcomes.values()))
    values = {
        "sent": sent,
        "table": packed_table(sent.table),
        "columns": _columns(sent),
        "targets": [(target, TARGET_WORDS[target]) for target in TARGETS[sent.source.kind]],
        "rows": shown,
        "left": len(rows) - len(shown),
        "counts": counts,
        "right": sum(counts.get(outcome, 0) for outcome in _TAKEN),
        "agree": sum(row.consent is not None for row in rows),
        "problem": problem,
        "wrong": wrong or {},
    }
    return _page("columns", values, status=status)


def _columns(sent: ListSent) -> list[tuple[str, str, str, bool]]:
    """Give each header with what a first cell holds, its meaning, and whether it is never taken."""
    columns = []
    for place, header in enumerate(sent.table.headers):
        example = next((cells[place] for _, cells in sent.table.rows if cells[place]), "")
        meaning = sent.mapping.columns.get(header, "")
        columns.append((header, example[:60], meaning, is_never_taken(header)))
    return columns


def _row_problems(row: PersonRead) -> list[tuple[str, str, str]]:
    words = problems_in_words(row.wrong, gettext)
    return [(_called(name), row.cells.get(name, ""), told) for name, told in words.items()]


def _called(name: str) -> str:
    """Give the header, or where no column tells it, what is missing."""
    return gettext(TARGET_WORDS[name]) if name in TARGET_WORDS else name


def _note(row: PersonRead) -> str:
    return "\n".join(f"{name}: {told}" for name, _, told in _row_problems(row))


def _counted(taken: Sequence[RowTaken]) -> dict[RowOutcome, int]:
    found = Counter(each.outcome for each in taken)
    return {outcome: found[outcome] for outcome in RowOutcome if found[outcome]}


def _worth_naming(taken: Sequence[RowTaken]) -> list[RowTaken]:
    """Leave out what is known already, and who was erased: nobody is told who that is."""
    silent = (RowOutcome.UNCHANGED, RowOutcome.ERASED)
    return [each for each in taken if each.outcome not in silent]


def _problems(error: DomainError) -> dict[str, str]:
    fields = error.fields if isinstance(error, InvalidRecord) else {"file": (error.code,)}
    return problems_in_words(fields, gettext)


def _new_page(wrong: Mapping[str, str], *, status: int = 200) -> Response:
    kept = [
        mapping
        for kind in PersonKind
        for mapping in list_mappings(current_session(), current_actor(), kind)
    ]
    values = {"wrong": wrong, "kept": kept, "typed": request.form}
    return _page("new", values, status=status)


def _page(name: str, values: Mapping[str, object], *, status: int = 200) -> Response:
    words = {
        "ready_made": [
            (each, READY_MADE[each].kind, READY_MADE_WORDS[each]) for each in READY_MADE
        ],
        "kinds": KINDS,
        "outcome_words": OUTCOMES,
        "date_orders": [(str(order), DATE_ORDERS[order]) for order in DateOrder],
        "bases": [(str(basis), BASES[basis]) for basis in Basis],
    }
    response = make_response(render_template(f"person_imports/{name}.html", **words, **values))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
