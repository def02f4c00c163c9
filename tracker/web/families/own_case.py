"""A family's own case: in with a code and a second secret, no account, nothing left on the phone.

Everything happens at one address, and nothing of it ever stands in an address.
"""

from collections.abc import Mapping

from flask import Response, abort, make_response, redirect, request, url_for

from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.families import DISPUTES, IDLE, LONGEST_WORDS, OwnCase, WordKind
from tracker.http.cookies import FAMILY, SESSION, VISIT, read_cookie, remove_cookie, set_cookie
from tracker.http.language import gettext
from tracker.http.limits import seconds_to_wait, spend, spend_together
from tracker.http.request import current_actor, current_database, current_session
from tracker.services.families import (
    begin_visit,
    continue_visit,
    count_try,
    enter,
    get_own_case,
    secret_is_right,
    withdraw_every_own_consent,
    withdraw_own_consent,
    write_word,
)
from tracker.translations import mark
from tracker.translations.problems import problems_in_words
from tracker.web.families.blueprint import blueprint, own_page
from tracker.web.families.held import held_words
from tracker.web.families.standing_words import (
    agreements_words,
    next_words,
    shares_words,
    short_name,
    standing_words,
    steps_words,
)

MOST_BYTES = 64 << 10
_REFUSED = mark(
    "It did not open. Look at the code and the secret again, letter by letter. After some wrong"
    " tries you have to wait a few minutes, at most an hour. If it does not open then, call the"
    " organisation that gave you the code."
)
_TOO_MANY = mark("Too many tries from your connection. Wait %(minutes)s minutes, then try again.")
_CLOSED_BY_ITSELF = mark("The page closed by itself, to protect you. Please come in again.")
_UNSURE = mark("Tick the box first, so that nothing happens by mistake.")
_DONE: Mapping[str, str] = {
    "addition": mark("Thank you. It has arrived. Somebody will read it."),
    "correction": mark("Thank you. It has arrived. Somebody will read it and correct the case."),
    "not_missing": mark("Thank you. From now on nobody else sees the case, until it is checked."),
    "not_right": mark("Thank you. From now on nobody else sees the case, until it is checked."),
    "leave": mark("What you agreed to has ended. Somebody closes the case and erases it."),
    "withdraw": mark("Done. What you took back has ended."),
    "withdraw_all": mark("Done. Everything that you had agreed to has ended."),
}


@blueprint.get("/family")
def show_own() -> Response:
    """Show the case of a visit, or ask for the code."""
    visit = _visit()
    return _ask() if visit is None else _case_page(*visit)


@blueprint.post("/family")
def follow() -> Response:
    """Let a family in, take what it says, or close its visit."""
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    wanted = request.form.get("do", "")
    if wanted == "close":
        return _close()
    if wanted == "enter":
        return _enter()
    visit = _visit()
    if visit is None:
        return _ask(gettext(_CLOSED_BY_ITSELF), status=422)
    try:
        errors = _act(visit[0], wanted)
    except NotFound:
        return _ask(gettext(_CLOSED_BY_ITSELF), status=422)
    if errors:
        return _case_page(*visit, errors=errors, wanted=wanted)
    return _case_page(*visit, done=gettext(_DONE[wanted]))


def _enter() -> Response:
    """Compare code and secret; whatever is wrong, the answer and the work are the same."""
    code, actor = request.form.get("code", ""), current_actor()
    if wait := seconds_to_wait("families"):
        words = gettext(_TOO_MANY, minutes=-(-wait // 60))
        return _ask(words, code=code, status=429, wait=wait)
    noted = spend_together("noted_tries")
    with current_database().writing() as session:
        tried = count_try(session, actor, code=code, noted=noted)
    access_id = None
    if secret_is_right(tried, request.form.get("secret", "")):
        with current_database().writing() as session:
            access_id = enter(session, actor, tried)
    if access_id is None:
        spend("families")
        return _ask(gettext(_REFUSED), code=code, status=422)
    response = make_response(redirect(url_for(".show_own"), 303))
    set_cookie(response, FAMILY, begin_visit(current_session(), access_id), lasts=IDLE)
    return response


def _act(access_id: int, wanted: str) -> dict[str, str]:
    """Do what the family wants, at once and for good; gives what is wrong with it."""
    sure, told = request.form.get("sure") == "yes", request.form.get("told", "")
    if wanted in (*DISPUTES, WordKind.LEAVE, "withdraw_all") and not sure:
        return {"sure": gettext(_UNSURE)}
    try:
        with current_database().writing() as session:
            if wanted == "withdraw":
                number = request.form.get("number", "")
                short = number.isascii() and number.isdigit() and len(number) < 10
                known = int(number) if short else 0
                withdraw_own_consent(session, current_actor(), access_id, number=known)
            elif wanted == "withdraw_all":
                withdraw_every_own_consent(session, current_actor(), access_id)
            elif wanted in tuple(WordKind):
                kind = WordKind(wanted)
                write_word(session, current_actor(), access_id, kind=kind, told=told)
            else:
                abort(400)
    except InvalidRecord as error:
        return problems_in_words(error.fields, gettext)
    return {}


def _visit() -> tuple[int, str] | None:
    return continue_visit(current_session(), read_cookie(FAMILY))


def _case_page(
    access_id: int,
    word: str,
    *,
    errors: Mapping[str, str] | None = None,
    wanted: str = "",
    done: str = "",
) -> Response:
    # A transaction of its own: it sees what this request has just written.
    try:
        with current_database().reading() as session:
            case = get_own_case(session, current_actor(), access_id)
    except NotFound:
        return _ask(gettext(_CLOSED_BY_ITSELF), status=422)
    values = {
        **_in_words(case),
        "case": case,
        "errors": errors or {},
        "wanted": wanted,
        "told": request.form.get("told", "") if errors else "",
        "done": done,
        "longest": LONGEST_WORDS,
        "minutes": int(IDLE.total_seconds()) // 60,
    }
    response = own_page("own_case", values, status=422 if errors else 200)
    set_cookie(response, FAMILY, word, lasts=IDLE)
    return response


def _in_words(case: OwnCase) -> dict[str, object]:
    short, meaning = standing_words(case)
    return {
        "name": short_name(case),
        "short": short,
        "meaning": meaning,
        "steps": steps_words(case),
        "next_steps": next_words(case),
        "shares": shares_words(case),
        "agreements": agreements_words(case),
        "held": held_words(case.facts),
        "may_dispute": not case.disputed,
        "may_leave": not any(
            word.kind is WordKind.LEAVE and word.taken_up_on is None for word in case.words
        ),
    }


def _ask(problem: str = "", *, code: str = "", status: int = 200, wait: int = 0) -> Response:
    response = own_page("ask", {"problem": problem, "code": code}, status=status, wait=wait)
    if read_cookie(FAMILY) is not None:
        remove_cookie(response, FAMILY)
    return response


def _close() -> Response:
    """End the visit: nothing of it stays in the browser."""
    response = own_page("closed", {})
    remove_cookie(response, FAMILY)
    if read_cookie(SESSION) is None:
        remove_cookie(response, VISIT)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
