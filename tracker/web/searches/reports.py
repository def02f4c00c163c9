"""Reports of a search: what was done, what was found or not, and taking one back."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from geodata.searched_ground import without_small_bends
from tracker.domain.errors import Conflict, InvalidRecord
from tracker.domain.searches import (
    MAY_BE_REMAINS,
    THOROUGHNESS,
    WIDTH_M,
    FindingKind,
    Handling,
    ReportKind,
    SearchMethod,
    SearchView,
)
from tracker.exchange.search_tracks import Track, read_track
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.searches import load_effort, load_finding
from tracker.services.searches import (
    get_search,
    open_remains_of_finding,
    report_search,
    take_back_report,
)
from tracker.web.records.entries import Entries
from tracker.web.searches.blueprint import blueprint, own_page
from tracker.web.searches.entries import entries_of_request, problems_in_words, values_of
from tracker.web.searches.layers import map_to_draw_on
from tracker.web.searches.pages import search_page

# Bends that no receiver can tell from standing still.
_BEND_M = 2.0
GROUNDS = ("whole", "area", "line", "file", "not_drawn")
UNCERTAINTIES = ("10", "50", "100", "500", "1000", "5000")


@blueprint.get("/searches/<public_id>/report")
def show_effort(public_id: str) -> Response:
    """Ask what was done on a day."""
    return _effort_form(public_id, Entries({"done_on": (current_day().isoformat(),)}))


@blueprint.post("/searches/<public_id>/report")
def report_effort(public_id: str) -> Response:
    """Take what was done, that nothing was found most of all; the track of a device with it."""
    session, actor, entries = current_session(), current_actor(), entries_of_request()
    search = get_search(session, actor, public_id)
    track, wrong = _track()
    try:
        lines = [without_small_bends(line, _BEND_M) for line in track.lines]
        given = load_effort(values_of(entries), today=current_day(), lines=lines, areas=track.areas)
        if not wrong:
            report_search(session, actor, search.public_id, given=given)
    except InvalidRecord as error:
        wrong = {**error.fields, **wrong}
    except Conflict as error:
        return _effort_form(public_id, entries, refusal=sentence(error), status=409)
    if wrong:
        return _effort_form(public_id, entries, wrong=wrong, status=422)
    if given.kind is ReportKind.EFFORT:
        return make_response(
            redirect(url_for(".show_finding", public_id=search.public_id, said="effort"), 303)
        )
    return _back(search.public_id, "reported", "#reports")


def _track() -> tuple[Track, dict[str, tuple[str, ...]]]:
    """Read the file that came along, if one did."""
    given = request.files.get("track")
    if given is None or not given.filename:
        return Track(), {}
    try:
        return read_track(given.stream.read()), {}
    except InvalidRecord as error:
        return Track(), dict(error.fields)


@blueprint.get("/searches/<public_id>/finding")
def show_finding(public_id: str) -> Response:
    """Ask what was found, and where it lies."""
    return _finding_form(public_id, Entries({"done_on": (current_day().isoformat(),)}))


@blueprint.post("/searches/<public_id>/finding")
def report_finding(public_id: str) -> Response:
    """Take a finding; it says what lay where, and marks nobody as located."""
    session, actor, entries = current_session(), current_actor(), entries_of_request()
    search = get_search(session, actor, public_id)
    try:
        given = load_finding(values_of(entries), today=current_day())
        report_search(session, actor, search.public_id, given=given)
    except InvalidRecord as error:
        return _finding_form(public_id, entries, wrong=error.fields, status=422)
    except Conflict as error:
        return _finding_form(public_id, entries, refusal=sentence(error), status=409)
    dead = given.told["what"] in MAY_BE_REMAINS
    return _back(search.public_id, "remains" if dead else "found", "#reports")


@blueprint.post("/searches/<public_id>/reports/<int:number>/take-back")
def take_back(public_id: str, number: int) -> Response:
    """Take back a report of one's own organisation: it stays, struck out, and counts no more."""
    take_back_report(current_session(), current_actor(), public_id, number=number)
    return _back(public_id, "taken_back", "#reports")


@blueprint.post("/searches/<public_id>/reports/<int:number>/remains")
def open_remains(public_id: str, number: int) -> Response:
    """Open a record of remains for a finding, by a case worker."""
    session, actor = current_session(), current_actor()
    try:
        open_remains_of_finding(session, actor, public_id, number=number)
    except Conflict as error:
        session.expire_all()
        return search_page(public_id, problem=sentence(error), status=409)
    return _back(public_id, "remains_opened", "#reports")


def _back(public_id: str, said: str, at: str) -> Response:
    address = url_for(".show_search", public_id=public_id, said=said)
    return make_response(redirect(address + at, 303))


def _effort_form(
    public_id: str,
    entries: Entries,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> Response:
    values = {
        "kinds": (ReportKind.NOTHING_FOUND, ReportKind.EFFORT, ReportKind.TRACK),
        "methods": tuple(SearchMethod),
        "widths": WIDTH_M,
        "thoroughness": tuple(map(str, THOROUGHNESS)),
        "views": tuple(SearchView),
        "grounds": GROUNDS,
    }
    return _form(
        "effort", public_id, entries, wrong=wrong, refusal=refusal, status=status, **values
    )


def _finding_form(
    public_id: str,
    entries: Entries,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> Response:
    values = {
        "kinds": tuple(FindingKind),
        "handlings": tuple(Handling),
        "uncertainties": UNCERTAINTIES,
        "after_effort": request.args.get("said") == "effort",
    }
    return _form(
        "finding", public_id, entries, wrong=wrong, refusal=refusal, status=status, **values
    )


def _form(
    name: str,
    public_id: str,
    entries: Entries,
    *,
    wrong: Mapping[str, tuple[str, ...]] | None,
    refusal: str,
    status: int,
    **values: object,
) -> Response:
    search = get_search(current_session(), current_actor(), public_id)
    drawn = {
        "search": search,
        "given": entries,
        "problems": problems_in_words(wrong or {}),
        "refusal": refusal,
        "today": current_day(),
        "parts": map_to_draw_on(search.area, shown=True),
    }
    return own_page(name, {**drawn, **values}, status=status, asks_position=True)
