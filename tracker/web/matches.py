"""Matches: the lists, one pair side by side, and the forms with which two people decide."""

import datetime as dt
import math
import re
from collections.abc import Mapping

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from geodata.gazetteer import all_places
from tracker.domain.errors import Conflict, DomainError, InvalidRecord, NotFound, NotReady
from tracker.domain.match_evidence import Explanation
from tracker.domain.matches import (
    PRIMARY,
    MatchRow,
    MatchShow,
    MatchSide,
    MatchStatus,
    MatchTold,
    Method,
)
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Action, may
from tracker.http.errors import sentence
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_database, current_session
from tracker.maps.pair_map import PairMap, pair_map
from tracker.schemas.tallies import read_code
from tracker.services.matches import (
    Finding,
    MatchFilter,
    decide_match,
    find_matches,
    get_match,
    list_matches,
    note_match_seen,
    open_match,
    take_back_decision,
)
from tracker.translations.problems import PROBLEMS
from tracker.web.match_days import days_of_pair

blueprint = Blueprint("matches", __name__)

# The words of a decision that may be typed; a longer form is not ours.
_LONGEST = 4_000
_MOST_REASONS = 3
# So many that wait for the reader stand on top of the first page.
_FIRST = 10
_PREPARED_IN_S = 20


@blueprint.get("/matches")
def show_matches() -> Response:
    """Show pairs of one's organisation, the likeliest first; those for one's own voice on top."""
    given = request.args.get("show") or MatchShow.OPEN
    show, after = MatchShow(read_code("show", given, tuple(MatchShow))), _after()
    session, actor = current_session(), current_actor()
    rows, next_page = list_matches(session, actor, MatchFilter(show, after))
    waiting: tuple[MatchRow, ...] = ()
    more_waiting = None
    if show is MatchShow.OPEN and after is None:
        mine = MatchFilter(MatchShow.MINE, limit=_FIRST)
        waiting, more_waiting = list_matches(session, actor, mine)
    page = render_template(
        "matches/matches.html",
        show=show,
        shows=tuple(MatchShow),
        rows=rows,
        after=after,
        next_page=next_page,
        waiting=waiting,
        more_waiting=more_waiting,
    )
    return _private(page)


def _after() -> int | None:
    given = request.args.get("after") or ""
    if not given:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", given):
        raise NotFound("page")
    return int(given)


@blueprint.get("/cases/<case_id>/matches")
def show_case_matches(case_id: str) -> Response:
    """Show who somebody who is sought may be."""
    return _candidates(case_id, PersonKind.CASE)


@blueprint.get("/remains/<remains_id>/matches")
def show_remains_matches(remains_id: str) -> Response:
    """Show who somebody who was found may be."""
    return _candidates(remains_id, PersonKind.REMAINS)


def _candidates(public_id: str, kind: PersonKind) -> Response:
    try:
        rows = find_matches(current_session(), current_actor(), public_id, kind=kind)
    except NotReady:
        return _being_prepared(public_id)
    page = render_template(
        "matches/candidates.html",
        rows=rows,
        kind=kind,
        public_id=public_id.strip().upper(),
        reasons={row.sides[1].public_id: reasons_of(row) for row in rows},
        may_open=may(current_actor(), Action.DECIDE_MATCHES),
    )
    return _private(page)


def _being_prepared(public_id: str) -> Response:
    """Say that all records are still being read; the way back is this same page."""
    response = _private(
        render_template("matches/preparing.html", public_id=public_id.strip().upper())
    )
    response.status_code = 503
    response.headers["Retry-After"] = str(_PREPARED_IN_S)
    return response


@blueprint.post("/cases/<case_id>/matches")
def open_of_case(case_id: str) -> Response:
    """Keep a pair of a case to look at it closely."""
    return _open(case_id, PersonKind.CASE)


@blueprint.post("/remains/<remains_id>/matches")
def open_of_remains(remains_id: str) -> Response:
    """Keep a pair of remains to look at it closely."""
    return _open(remains_id, PersonKind.REMAINS)


def _open(public_id: str, kind: PersonKind) -> Response:
    with_record = request.form.get("with", "")
    session, actor = current_session(), current_actor()
    match = open_match(session, actor, public_id, kind=kind, with_record=with_record)
    return make_response(redirect(url_for(".show_match", public_id=match), 303))


@blueprint.get("/matches/<public_id>")
def show_match(public_id: str) -> Response:
    """Show a pair side by side; that it was opened is in the log."""
    page = _page(public_id)
    with current_database().writing() as session:
        note_match_seen(session, current_actor(), public_id)
    return _private(page)


@blueprint.post("/matches/<public_id>/decide")
def decide(public_id: str) -> Response:
    """Give one's voice on a pair."""
    try:
        decide_match(
            current_session(),
            current_actor(),
            public_id,
            decision=request.form.get("decision", ""),
            finding=_finding(request.form),
            read=request.form.get("read"),
        )
    except (Conflict, InvalidRecord) as error:
        return _refused(public_id, error)
    return make_response(redirect(url_for(".show_match", public_id=public_id), 303))


@blueprint.post("/matches/<public_id>/take-back")
def take_back(public_id: str) -> Response:
    """Take one's own voice back."""
    given = request.form.get("number", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    session, actor, reason = current_session(), current_actor(), _text(request.form, "reason")
    try:
        take_back_decision(session, actor, public_id, number=number, reason=reason)
    except (Conflict, InvalidRecord) as error:
        return _refused(public_id, error)
    return make_response(redirect(url_for(".show_match", public_id=public_id), 303))


def _finding(form: Mapping[str, str]) -> Finding:
    given = _text(form, "identified_on")
    try:
        day = dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise InvalidRecord({"identified_on": ("not_a_date",)}) from None
    return Finding(
        method=_text(form, "method") or None,
        authority=_text(form, "authority"),
        identified_on=day,
        reason=_text(form, "reason"),
    )


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").replace("\x00", "").strip()[:_LONGEST]


def _refused(public_id: str, error: DomainError) -> Response:
    """Say on the page of the match what cannot be done; nothing typed is lost."""
    current_session().expire_all()
    fields = error.fields if isinstance(error, InvalidRecord) else {}
    response = _private(_page(public_id, problem=sentence(error), wrong=fields))
    response.status_code = 422 if fields else 409
    return response


def _page(
    public_id: str,
    *,
    problem: str | None = None,
    wrong: Mapping[str, tuple[str, ...]] | None = None,
) -> str:
    match = get_match(current_session(), current_actor(), public_id)
    return render_template(
        "matches/match.html",
        match=match,
        chances=chances_of(match.explanation),
        fields=fields_of(match.explanation),
        map=_map_of(match.sides),
        days=days_of_pair(match.sides),
        methods=tuple(Method),
        primary=PRIMARY,
        incident=_incident_of(match),
        problem=problem,
        wrong=_in_words(wrong or {}),
        typed=request.form,
    )


def _in_words(wrong: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        name: " ".join(gettext(PROBLEMS[code]) for code in codes) for name, codes in wrong.items()
    }


def _incident_of(match: MatchTold) -> str | None:
    """Give the incident whose numbers somebody may now look at, if the reader may revise it."""
    if match.status is not MatchStatus.CONFIRMED:
        return None
    if not may(current_actor(), Action.REVISE_INCIDENTS):
        return None
    return next((side.incident for side in match.sides if side.incident), None)


def chances_of(explanation: Explanation) -> tuple[int, int]:
    """Put a probability into words: so many times in so many, such as 7 in 10 or 1 in 3,000."""
    chance = explanation.probability
    if chance >= 0.995:
        return 99, 100
    if chance >= 0.1:
        return round(100 * chance), 100
    many = 1 / max(chance, 1e-6)
    size = 10 ** max(math.floor(math.log10(many)) - 1, 0)
    return 1, round(many / size) * size


def fields_of(explanation: Explanation) -> dict[str, list[dict[str, object]]]:
    """Give the fields by verdict, the weightiest first: weight, its bar (0 to 100), how often."""
    told: dict[str, list[dict[str, object]]] = {"supports": [], "against": [], "unknown": []}
    most = max((abs(field.weight) for field in explanation.fields), default=0.0)
    ordered = sorted(explanation.fields, key=lambda field: -abs(field.weight))
    for field in ordered:
        bar = round(48 * abs(field.weight) / max(most, 4.0), 1)
        entry: dict[str, object] = {
            "field": str(field.field),
            "verdict": str(field.verdict),
            "facts": field.facts,
            "bar": bar,
            "times": _times(abs(field.weight)),
        }
        told[str(field.verdict)].append(entry)
    return told


def _times(weight: float) -> float:
    """Give how many times as often it is so of one person as of two, to two digits."""
    times = math.exp(weight)
    if times < 10:
        return round(times, 1)
    size = 10 ** (math.floor(math.log10(times)) - 1)
    return float(round(times / size) * size)


def reasons_of(row: MatchRow) -> dict[str, list[str]]:
    """Give the weightiest fields for and against a pair."""
    if row.explanation is None:
        return {}
    told = fields_of(row.explanation)
    return {
        verdict: [str(entry["field"]) for entry in told[verdict][:most]]
        for verdict, most in (("supports", _MOST_REASONS), ("against", 2))
    }


def _map_of(sides: tuple[MatchSide, MatchSide]) -> PairMap | None:
    places = [_place_of(side) for side in sides]
    if places[0] is None or places[1] is None:
        return None
    return pair_map(places[0], places[1], all_places())


def _place_of(side: MatchSide) -> tuple[float, float] | None:
    stem = "contact" if side.kind is PersonKind.CASE else "found"
    found = [side.facts.get(f"{stem}_{axis}") for axis in ("longitude", "latitude")]
    if not all(isinstance(each, int | float) for each in found):
        return None
    return float(str(found[0])), float(str(found[1]))


def _private(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
