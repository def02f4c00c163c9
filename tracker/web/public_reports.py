"""Reports by people without an account, and what became of one."""

import datetime as dt
from collections.abc import Mapping

from flask import Blueprint, Response, abort, make_response, render_template, request

from geodata.countries import american_countries, country_codes
from tracker.domain.causes import Cause
from tracker.domain.errors import Conflict, InvalidRecord, NotFound
from tracker.domain.personal_data import PersonalData, find_personal_data
from tracker.domain.public_reports import Witnessed
from tracker.domain.statuses import OPEN_TO_WRITER, Status
from tracker.http.errors import sentence
from tracker.http.files import current_files
from tracker.http.language import current_language, gettext
from tracker.http.limits import seconds_to_wait, spend
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.public_reports import ASKED, FREE_TEXT, load_report
from tracker.services.erasures import erase_report
from tracker.services.public_reports import (
    add_to_report,
    age_of_form,
    answer_about_report,
    get_report,
    new_form,
    report_incident,
)
from tracker.translations import mark
from tracker.translations.labels import label
from tracker.translations.problems import problems_in_words

blueprint = Blueprint("public_reports", __name__)

# A page of questions is some kilobytes of text.
MOST_BYTES = 64 << 10
# Nobody reads the page and answers in less; programs do.
QUICKEST = dt.timedelta(seconds=3)
LONGEST_OPEN = dt.timedelta(days=2)
# A field that people do not see and programs fill in.
TRAP = "homepage"
CONFIRMED = "confirmed"

STATES: dict[str, str] = {
    Status.SUBMITTED: mark("We have your report. Nobody has checked it yet."),
    Status.UNDER_REVIEW: mark("Somebody is checking your report now."),
    Status.DRAFT: mark("We have your report. It is being completed."),
    Status.VERIFIED: mark(
        "Your report was checked, and the people it tells of are counted. Thank you."
    ),
    Status.DISPUTED: mark(
        "Your report was checked. Something in it is not clear, or sources contradict each other."
    ),
    Status.WITHDRAWN: mark(
        "Your report is closed: it could not be confirmed, or it was withdrawn."
    ),
    Status.MERGED: mark(
        "We had heard of this from somebody else too. Both reports are now one, so that nobody is"
        " counted twice."
    ),
}
_TOLD_BY: dict[Witnessed, str] = {
    Witnessed.SAW_IT: mark("Public report: somebody who saw it"),
    Witnessed.FAMILY: mark("Public report: family or friends"),
    Witnessed.WAS_TOLD: mark("Public report: somebody who was told"),
    Witnessed.NEWS: mark("Public report: from the news"),
    Witnessed.OTHER: mark("Public report"),
}
_SEEMS: dict[PersonalData, str] = {
    PersonalData.TELEPHONE: mark("a telephone number"),
    PersonalData.EMAIL: mark("an e-mail address"),
    PersonalData.DOCUMENT: mark("the number of a document"),
    PersonalData.NAME: mark("a name"),
}
_REFUSALS: dict[str, str] = {
    "trap": mark("Something filled in a field that has to stay empty. Please send it once more."),
    "too_fast": mark("That was very quick. Read it over once more, then send it again."),
    "page_too_old": mark("This page was open for a long time. Please send it once more."),
    "too_many": mark(
        "Many reports have come from your connection. Wait %(minutes)s minutes, then send it again:"
        " what you wrote is still here."
    ),
    "too_many_codes": mark("Too many wrong codes. Wait %(minutes)s minutes, then try again."),
    "wrong_code": mark("We know no report with this code. Look at it letter by letter."),
}


@blueprint.get("/report")
def show_report() -> Response:
    """Ask what happened."""
    return _report_page({})


@blueprint.post("/report")
def send_report() -> Response:
    """Take a report, or ask again with nothing lost; the code is shown in this answer alone."""
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    session, given = current_session(), request.form.to_dict()
    if wait := seconds_to_wait("reports"):
        minutes = -(-wait // 60)
        words = _refusal("too_many", minutes=minutes)
        return _report_page(given, {"": words}, status=429, wait=wait)
    errors = _whole_page_wrong(given)
    try:
        told_by = {who: gettext(words) for who, words in _TOLD_BY.items()}
        facts = load_report(given, today=current_day(), told_by=told_by)
    except InvalidRecord as error:
        errors |= problems_in_words(error.fields, gettext)
    if not given.get(CONFIRMED):
        errors = _personal_data(given, FREE_TEXT) | errors
    if errors:
        return _report_page(given, errors, status=422)
    try:
        reported = report_incident(session, current_actor(), facts, form=given["form"])
    except Conflict:
        # The page of a report that was sent already, with other answers: it is a new report.
        return _report_page(given | {"form": ""}, _again("page_too_old"), status=422)
    if reported.new:
        spend("reports")
    return _page("sent", {"code": reported.code})


@blueprint.get("/report/status")
def ask_for_code() -> Response:
    """Ask for the code of a report."""
    return _page("code", {})


@blueprint.post("/report/status")
def show_status() -> Response:
    """Tell what became of a report."""
    return _with_code({})


@blueprint.post("/report/status/answers")
def send_answer() -> Response:
    """Take the answer to a question about a report."""
    number = request.form.get("question", "")
    number = number if number.isascii() and number.isdigit() and len(number) < 10 else "0"
    field = f"answer-{number}"
    return _with_code({field: request.form.get(field, "")}, question=int(number))


@blueprint.post("/report/status/additions")
def send_addition() -> Response:
    """Take something more about a report."""
    return _with_code({"more": request.form.get("more", "")})


@blueprint.post("/report/status/erase")
def take_back() -> Response:
    """Erase a report for whoever sent it, as long as nobody has taken it up."""
    unsure = request.form.get("sure") != "yes"
    if unsure or seconds_to_wait("wrong_codes"):
        return _with_code({}, unsure=unsure)
    session, actor, code = current_session(), current_actor(), request.form.get("code", "")
    try:
        erase_report(session, actor, current_files(), code=code)
    except (Conflict, NotFound):
        return _with_code({})  # it tells how the report stands, or that there is no such code
    return _page("erased", {})


def _with_code(
    told: Mapping[str, str], question: int | None = None, *, unsure: bool = False
) -> Response:
    """Do what goes with a code; a wrong one is answered alike, whatever else was sent."""
    if wait := seconds_to_wait("wrong_codes"):
        minutes = -(-wait // 60)
        words = _refusal("too_many_codes", minutes=minutes)
        return _page("code", {"errors": {"code": words}}, status=429, wait=wait)
    session, actor, code = current_session(), current_actor(), request.form.get("code", "")
    try:
        report = get_report(session, actor, code)
    except NotFound:
        spend("wrong_codes")
        return _page("code", {"errors": {"code": _refusal("wrong_code")}}, status=422)
    errors = {} if request.form.get(CONFIRMED) else _personal_data(told, tuple(told))
    if told and not errors:
        errors = _took(code, told, question)
        report = get_report(session, actor, code)
    values = {
        "code": code,
        "report": report,
        "state": gettext(STATES[report.status]),
        "may_take_back": report.status in OPEN_TO_WRITER,
        "unsure": unsure,
        "given": told if errors else {},
        "errors": errors,
        "done": bool(told) and not errors,
    }
    return _page("status", values, status=422 if errors or unsure else 200)


def _took(code: str, told: Mapping[str, str], question: int | None) -> dict[str, str]:
    """Take an answer or an addition; give what is wrong with it."""
    session, actor = current_session(), current_actor()
    [(field, text)] = told.items()
    try:
        if question is None:
            add_to_report(session, actor, code, text=text)
        else:
            answer_about_report(session, actor, code, number=question, text=text)
    except InvalidRecord as error:
        return problems_in_words(error.fields, gettext)
    except (Conflict, NotFound) as error:
        return {field: sentence(error), "": sentence(error)}
    return {}


def _whole_page_wrong(given: Mapping[str, str]) -> dict[str, str]:
    """Say what speaks against the page itself: an old one, a quick one, one filled in blindly."""
    age = age_of_form(current_session(), given.get("form", ""))
    if age is None or age > LONGEST_OPEN:
        return _again("page_too_old")
    if given.get(TRAP):
        return _again("trap")
    return _again("too_fast") if age < QUICKEST else {}


def _again(code: str) -> dict[str, str]:
    return {"": _refusal(code)}


def _refusal(code: str, **values: object) -> str:
    words = _REFUSALS[code]
    return gettext(words, **values)


def _personal_data(given: Mapping[str, str], fields: tuple[str, ...]) -> dict[str, str]:
    """Warn of what seems to be personal data; whoever wrote it decides."""
    warnings = {}
    for name in fields:
        found = [gettext(_SEEMS[kind]) for kind in find_personal_data(given.get(name))]
        if found:
            warnings[name] = gettext(
                "This seems to hold %(found)s. Please take it out: it could put people in danger.",
                found=", ".join(found),
            )
            warnings[CONFIRMED] = gettext("If it is no such thing, tick here and send it again.")
    return warnings


def _report_page(
    given: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    wait: int = 0,
) -> Response:
    session = current_session()
    form = given.get("form", "")
    age = age_of_form(session, form) if form else None
    if age is None or age > LONGEST_OPEN:
        form = new_form(session)
    values = {
        "given": {name: given.get(name, "") for name in (*ASKED, CONFIRMED)},
        "errors": errors or {},
        "form": form,
        "trap": TRAP,
        "causes": tuple(Cause),
        "witnessed": tuple(Witnessed),
        "near": _by_name(american_countries()),
        "far": _by_name(tuple(country_codes() - set(american_countries()))),
    }
    return _page("report", values, status=status, wait=wait)


def _by_name(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    named = [(code, label(current_language(), "country", code)) for code in codes]
    return sorted(named, key=lambda pair: pair[1])


def _page(name: str, values: Mapping[str, object], *, status: int = 200, wait: int = 0) -> Response:
    """Draw a page that nothing keeps."""
    page = render_template(f"public_reports/{name}.html", **values)
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
