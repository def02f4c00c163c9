"""The reviewer's pages: the queue, a record beside the list of checks, and the decision."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from geodata.corridors import CORRIDOR_CODES
from tracker.domain.errors import Conflict, DomainError, InvalidRecord
from tracker.domain.incidents import IncidentRecord
from tracker.domain.permissions import Action, may
from tracker.domain.reviews import Check
from tracker.domain.statuses import Status, Visibility, may_become
from tracker.http.errors import sentence
from tracker.http.request import current_actor, current_session
from tracker.schemas.tallies import SOURCE_QUALITIES, read_code
from tracker.services.distinctions import list_told_apart, tell_apart, undo_telling_apart
from tracker.services.duplicates import find_duplicates_of_incident
from tracker.services.erasures import may_erase_incident
from tracker.services.incidents import get_record, withdraw_incident
from tracker.services.merges import list_merges, merge_incidents, unmerge_incident
from tracker.services.places import preview_place
from tracker.services.public_reports import list_additions
from tracker.services.reviews import (
    answer_question,
    ask_question,
    dispute_incident,
    list_questions,
    list_queue,
    list_versions,
    personal_data_of,
    reopen_incident,
    return_incident,
    revert_incident,
    take_up_incident,
    verify_incident,
)

blueprint = Blueprint("reviews", __name__)

QUEUE_STATUSES = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.DISPUTED)
LONGEST_REASON = 2_000
_OPEN = (Status.SUBMITTED, Status.UNDER_REVIEW, Status.VERIFIED, Status.DISPUTED)


@blueprint.get("/review")
def show_queue() -> Response:
    """Show the records that wait for a second person, the oldest first."""
    asked = {name: request.args.get(name, "") for name in ("status", "corridor", "source_quality")}
    statuses = _asked(asked["status"], tuple(QUEUE_STATUSES), "status")
    corridors = _asked(asked["corridor"], CORRIDOR_CODES, "corridor")
    qualities = _asked(asked["source_quality"], SOURCE_QUALITIES, "source_quality")
    entries = list_queue(
        current_session(),
        current_actor(),
        statuses=statuses,
        corridors=corridors,
        qualities=[int(quality) for quality in qualities],
    )
    page = render_template(
        "reviews/queue.html",
        entries=entries,
        given={name: [value] for name, value in asked.items() if value},
        statuses=QUEUE_STATUSES,
        corridors=CORRIDOR_CODES,
        qualities=SOURCE_QUALITIES,
    )
    return _private(page)


def _asked(given: str, known: tuple[str, ...], field: str) -> tuple[str, ...]:
    return (read_code(field, given, known),) if given else ()


@blueprint.get("/review/<public_id>")
def show_review(public_id: str) -> Response:
    """Show a record with everything that a reviewer needs to decide."""
    return _private(_page(public_id))


@blueprint.post("/review/<public_id>/take-up")
def take_up(public_id: str) -> Response:
    """Begin to review a record."""
    return _decide(
        public_id, lambda: take_up_incident(current_session(), current_actor(), public_id)
    )


@blueprint.post("/review/<public_id>/verify")
def verify(public_id: str) -> Response:
    """Verify a record once everything on the list has been looked at."""
    checked = [Check(code) for code in request.form.getlist("checked") if code in tuple(Check)]
    chosen = request.form.get("visibility") or Visibility.RESTRICTED
    visibility = Visibility(read_code("visibility", chosen, tuple(Visibility)))
    return _decide(
        public_id,
        lambda: verify_incident(
            current_session(),
            current_actor(),
            public_id,
            checked=checked,
            visibility=visibility,
        ),
    )


@blueprint.post("/review/<public_id>/return")
def give_back(public_id: str) -> Response:
    """Give a record back to its writer with a question."""
    session, actor = current_session(), current_actor()
    return _decide(
        public_id,
        lambda: return_incident(session, actor, public_id, question=request.form.get("text", "")),
        leads_to="reviews.show_queue",
    )


@blueprint.post("/review/<public_id>/ask")
def ask(public_id: str) -> Response:
    """Ask the writer something while the record stays in review."""
    session, actor = current_session(), current_actor()
    return _act(
        public_id,
        lambda: ask_question(session, actor, public_id, text=request.form.get("text", "")),
    )


@blueprint.post("/review/<public_id>/dispute")
def dispute(public_id: str) -> Response:
    """Take a verified record out of public view while it is checked."""
    session, actor = current_session(), current_actor()
    return _decide(
        public_id, lambda: dispute_incident(session, actor, public_id, because=_because())
    )


@blueprint.post("/review/<public_id>/reopen")
def reopen(public_id: str) -> Response:
    """Review a record again."""
    session, actor = current_session(), current_actor()
    return _decide(
        public_id, lambda: reopen_incident(session, actor, public_id, because=_because())
    )


@blueprint.post("/review/<public_id>/withdraw")
def withdraw(public_id: str) -> Response:
    """Take a record out of all figures from now on."""
    session, actor = current_session(), current_actor()
    return _decide(
        public_id, lambda: withdraw_incident(session, actor, public_id, because=_because())
    )


@blueprint.post("/review/<public_id>/revert")
def revert(public_id: str) -> Response:
    """Bring back the facts of an earlier version."""
    given = request.form.get("to_version", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
    session, actor = current_session(), current_actor()
    return _decide(
        public_id,
        lambda: revert_incident(
            session,
            actor,
            public_id,
            to_version=number,
            because=_because(),
        ),
    )


@blueprint.post("/review/<public_id>/merge")
def merge(public_id: str) -> Response:
    """Take this record into another that is the same event."""
    kept = request.form.get("kept", "").strip()
    session, actor = current_session(), current_actor()
    return _decide(
        public_id,
        lambda: merge_incidents(
            session, actor, kept, merged_public_id=public_id, because=_because()
        ),
    )


@blueprint.post("/review/<public_id>/unmerge")
def unmerge(public_id: str) -> Response:
    """Undo the merge of this record."""
    session, actor = current_session(), current_actor()
    return _decide(
        public_id, lambda: unmerge_incident(session, actor, public_id, because=_because())
    )


@blueprint.post("/review/<public_id>/tell-apart/<other>")
def tell_them_apart(public_id: str, other: str) -> Response:
    """Say that another record is not the same event."""
    session, actor = current_session(), current_actor()
    return _act(
        public_id,
        lambda: tell_apart(session, actor, public_id, other_public_id=other, because=_because()),
    )


@blueprint.post("/review/<public_id>/not-apart/<other>")
def propose_again(public_id: str, other: str) -> Response:
    """Let another record be proposed as the same event again."""
    session, actor = current_session(), current_actor()
    return _act(
        public_id, lambda: undo_telling_apart(session, actor, public_id, other_public_id=other)
    )


def _because() -> str:
    text = request.form.get("because", "").strip().replace("\x00", "")
    if not text or len(text) > LONGEST_REASON:
        raise InvalidRecord({"because": ("required" if not text else "too_long",)})
    return text


def _expected_version() -> int:
    """Give the version that whoever decides has read; one that says none has read none."""
    given = request.form.get("expected_version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


def _decide(public_id: str, act: Callable[[], object], *, leads_to: str = "") -> Response:
    """Do something with a record as it was read: what stands since then is read first."""

    def as_read() -> None:
        record = get_record(current_session(), current_actor(), public_id)
        if record.version_number != _expected_version():
            raise Conflict("changed_meanwhile")
        act()

    return _act(public_id, as_read, leads_to=leads_to)


def _act(public_id: str, act: Callable[[], object], *, leads_to: str = "") -> Response:
    """Do something with a record; what cannot be done is said on its page, nothing typed lost."""
    try:
        act()
    except (Conflict, InvalidRecord) as error:
        return _refused(public_id, error)
    address = url_for(leads_to) if leads_to else url_for(".show_review", public_id=public_id)
    return make_response(redirect(address, 303))


def _refused(public_id: str, error: DomainError) -> Response:
    current_session().expire_all()
    status = 422 if isinstance(error, InvalidRecord) else 409
    fields = error.fields if isinstance(error, InvalidRecord) else {}
    response = _private(_page(public_id, problem=sentence(error), wrong=fields))
    response.status_code = status
    return response


def _page(public_id: str, *, problem: str | None = None, wrong: object = None) -> str:
    session, actor = current_session(), current_actor()
    record = get_record(session, actor, public_id)
    status = Status(record.status)
    return render_template(
        "reviews/review.html",
        record=record,
        problem=problem,
        wrong=wrong or {},
        typed=request.form,
        own=record.logged_by == actor.account_id,
        checks=tuple(Check),
        checked=request.form.getlist("checked"),
        visibilities=tuple(Visibility),
        public_place=_public_place(record),
        questions=list_questions(session, actor, public_id),
        additions=list_additions(session, actor, public_id),
        versions=list_versions(session, actor, public_id)[::-1],
        personal=personal_data_of(session, actor, public_id),
        merges=list_merges(session, actor, public_id),
        told_apart=list_told_apart(session, actor, public_id),
        duplicates=find_duplicates_of_incident(session, actor, public_id, limit=3),
        may_erase=may_erase_incident(session, actor, public_id),
        may_revise=may(actor, Action.REVISE_INCIDENTS),
        may_be={to.value for to in Status if may_become(status, to)},
        open=status in _OPEN,
    )


def _public_place(record: IncidentRecord) -> object:
    x, y = record.facts["longitude"], record.facts["latitude"]
    if not isinstance(x, float) or not isinstance(y, float):
        return None
    uncertainty = record.facts["uncertainty_m"]
    return preview_place(
        current_session(),
        current_actor(),
        (x, y),
        uncertainty_m=uncertainty if isinstance(uncertainty, float) else None,
        precision=str(record.facts["location_precision"]),
    )


def _private(page: str) -> Response:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/records/<public_id>/questions/<int:number>")
def answer(public_id: str, number: int) -> Response:
    """Answer a question about a record."""
    session, actor = current_session(), current_actor()
    given = request.form.get("answer", "")
    answer_question(session, actor, public_id, number=number, answer=given)
    reviews = may(actor, Action.REVIEW_INCIDENTS)
    page = "reviews.show_review" if reviews else "records.show_record"
    return make_response(redirect(url_for(page, public_id=public_id), 303))
