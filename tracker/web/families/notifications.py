"""For case workers: telling a family of a death, step by step, and recording that it was told."""

from collections.abc import Mapping

from flask import Response, make_response, redirect, request, url_for

from tracker.domain.errors import InvalidRecord
from tracker.domain.families import Notification, NotificationCheck
from tracker.http.language import gettext
from tracker.http.request import current_actor, current_day, current_session
from tracker.services.families import record_notification, undo_notification
from tracker.translations.problems import problems_in_words
from tracker.web.families.blueprint import blueprint, given, given_day, own_page
from tracker.web.families.care import read_case

_TYPED = ("notified_on", "who", "support", "otherwise", "next_visit_on", "reason")


@blueprint.get("/cases/<public_id>/notification")
def show_notification(public_id: str) -> Response:
    """Show what care belongs to telling a family, and how it was told."""
    return _page(public_id)


@blueprint.post("/cases/<public_id>/notification")
def notify(public_id: str) -> Response:
    """Record that the family was told."""
    errors = _wrong_days()
    told = Notification(
        notified_on=given_day("notified_on") or current_day(),
        who=given("who"),
        support=given("support"),
        checked=_checked(),
        otherwise=given("otherwise"),
        next_visit_on=given_day("next_visit_on"),
    )
    if not errors:
        try:
            record_notification(current_session(), current_actor(), public_id, told=told)
        except InvalidRecord as error:
            errors = problems_in_words(error.fields, gettext)
    return _page(public_id, errors=errors) if errors else _back(public_id)


@blueprint.post("/cases/<public_id>/notification/undo")
def undo(public_id: str) -> Response:
    """Take back that the family was told."""
    number = given("number")
    try:
        undo_notification(
            current_session(),
            current_actor(),
            public_id,
            number=int(number) % 2**31 if number.isascii() and number.isdigit() else 0,
            reason=given("reason"),
        )
    except InvalidRecord as error:
        return _page(public_id, errors=problems_in_words(error.fields, gettext))
    return _back(public_id)


def _wrong_days() -> dict[str, str]:
    wrong: dict[str, tuple[str, ...]] = {}
    if given_day("notified_on") is None:
        wrong["notified_on"] = ("not_a_date" if given("notified_on") else "required",)
    if given("next_visit_on") and given_day("next_visit_on") is None:
        wrong["next_visit_on"] = ("not_a_date",)
    return problems_in_words(wrong, gettext)


def _checked() -> tuple[NotificationCheck, ...]:
    ticked = request.form.getlist("checked")
    return tuple(check for check in NotificationCheck if check in ticked)


def _page(public_id: str, *, errors: Mapping[str, str] | None = None) -> Response:
    case = read_case(public_id)
    typed = {name: given(name) for name in _TYPED}
    if not errors and case.access is not None:
        typed["support"] = case.access.support or ""
    values = {
        "case": case,
        "checks": tuple(NotificationCheck),
        "checked": _checked(),
        "given": typed,
        "errors": errors or {},
        "today": current_day().isoformat(),
    }
    return own_page("notification", values, status=422 if errors else 200)


def _back(public_id: str) -> Response:
    return make_response(redirect(url_for(".show_notification", public_id=public_id), 303))
