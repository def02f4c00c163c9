"""Turns errors into answers: a page in the reader's language, or problem details (RFC 9457)."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from tracker.domain.errors import (
    Conflict,
    DomainError,
    InvalidRecord,
    NotAllowed,
    NotFound,
    NotReady,
    NotSignedIn,
)
from tracker.http.language import gettext
from tracker.http.request import API
from tracker.translations import mark

# What a person reads, by code. `%(field)s` and the rest come from the error.
SENTENCES: dict[str, str] = {
    "unknown_code": mark("%(given)s is not a known value of %(field)s. Known are: %(known)s."),
    "not_a_date": mark("%(given)s is not a date. Write it as 2021-04-30."),
    "not_a_period": mark("%(given)s is not a %(field)s. Write it as 2021, 2021-Q1 or 2021-01."),
    "given_twice": mark("%(field)s was given more than once."),
    "date_missing": mark("A date is missing: %(field)s."),
    "date_in_the_future": mark("%(given)s has not come yet: nothing is known as on that date."),
    "period_ends_before_it_begins": mark("The period ends before it begins."),
    "known_dates_in_wrong_order": mark("The second date lies before the first."),
    "too_many_groupings": mark("A table can be broken down by at most %(most)s things."),
    "too_many_rows": mark(
        "A workbook holds at most %(most)s rows. Ask for a shorter period, or take the CSV."
    ),
    "grouping_named_twice": mark("The same breakdown was named twice."),
    "form_not_ours": mark(
        "This form was open for too long, or it was sent from another site. Nothing was changed."
        " Go back, load the page anew and send it again."
    ),
    "must_wait": mark("Too many tries. Please wait %(seconds)s seconds, then try again."),
    "wrong_password": mark(
        "Address and password do not go together, or the account is not active."
    ),
    "wrong_own_password": mark("This is not your password."),
    "wrong_code": mark(
        "This code is not right, or no longer. Wait for the next one and type it anew."
    ),
    "passkey_refused": mark("This passkey could not be checked. Try again, or use a code."),
    "last_factor": mark(
        "Your role needs a second factor. Set up another one before you take this one away."
    ),
    "own_account": mark("You cannot do this to your own account. Ask another administrator."),
    "name_missing": mark("Write what you want to be called here."),
    "email_not_usable": mark("This address cannot be used here. Check it, or choose another."),
    "password_too_short": mark(
        "A password has at least %(least)s characters. Four or five words make a good one."
    ),
    "password_too_long": mark("A password has at most %(most)s characters."),
    "password_easy": mark(
        "This password is easily guessed. Take words that do not belong together."
    ),
    "keys_missing": mark("Something is not set up on our side. Please tell whoever runs this."),
    "wrong_keys": mark("Something is not set up on our side. Please tell whoever runs this."),
    "too_many_days": mark("A key lasts between 1 and %(most)s days."),
    "token_not_valid": mark("This key is not valid, or no longer. Make a new one in your account."),
    "invalid_record": mark("Some of what was entered is not right. Nothing is lost: look below."),
    "not_json": mark(
        "The body is not JSON: UTF-8, finite numbers, no name twice in one object, not too deep."
    ),
    "not_a_report_period": mark(
        "%(given)s is not a period. Write it as 2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31."
    ),
    "not_a_box": mark(
        "%(given)s is not a box. Write west, south, east and north in degrees: -118,25,-93,33."
    ),
    "not_a_time": mark(
        "%(given)s is not a time. Write a day such as 2021-04-30, or two with / between them."
    ),
    "not_a_whole_number": mark(
        "%(given)s is not a whole number from 1 to %(most)s, as %(field)s wants it."
    ),
    "key_not_valid": mark("An idempotency key has 1 to 200 letters, digits and signs of ASCII."),
    "changed_meanwhile": mark(
        "Somebody else has changed this record meanwhile. Look at it as it is now, then try again."
    ),
    "key_used_otherwise": mark(
        "This key was used before, for another record. Send this one with a new key."
    ),
    "status_does_not_follow": mark("The record stands where this cannot be done with it."),
    "own_record": mark(
        "You wrote what stands in this record. Somebody else has to look at it and verify it."
    ),
    "check_missing": mark("Not everything on the list has been looked at yet."),
    "personal_data_in_public_text": mark(
        "A text that would become public seems to hold a telephone number, an address, a document"
        " number or a name. Take it out, or do not make the record public."
    ),
    "answered_already": mark("This question has been answered already."),
    "review_it_again_first": mark(
        "This record was verified. Review it again first; then it can be changed, and somebody"
        " else verifies it."
    ),
    "place_of_dataset": mark(
        "The place of this record comes from its publisher, and is as public as they made it."
        " It cannot be changed here."
    ),
    "record_is_closed": mark("This record was withdrawn or merged, and takes no changes."),
    "under_review": mark(
        "Somebody is reviewing this record. Answer their questions; they make the changes."
    ),
    "needs_confirmed_match": mark(
        "That somebody died, or who somebody is, is said by a confirmed match alone."
    ),
    "second_person_needed": mark(
        "You have said this already. It waits for a second person, with an account of their own."
    ),
    "case_worker_needed": mark(
        "One of the two people who decide has to be a case worker of one of both organisations."
    ),
    "comparison_not_ready": mark(
        "The comparison of all records is being prepared. It takes a minute at most."
    ),
    "voices_differ": mark(
        "The first person named another method, authority or day. Look at the report together;"
        " whoever was mistaken takes their voice back."
    ),
    "remains_only": mark("Only remains belong to an incident."),
    "cases_only": mark("Only a case goes out in this format: it is for people who are sought."),
    "case_has_ended": mark("The case is withdrawn or was closed by the family. Nothing goes out."),
    "death_not_published": mark("A person tells a family of a death, never a public file."),
    "own_organisation": mark("It is your own organisation's already."),
    "no_consent": mark(
        "The family has not agreed to this. Record their consent for this organisation first."
    ),
    "search_called_off": mark("This search was called off. Plan it anew before you report."),
    "search_changed_meanwhile": mark(
        "Somebody else has changed this search meanwhile. What you typed is still here; look at the"
        " search in another window, then save again."
    ),
    "search_status_does_not_follow": mark(
        "The search does not stand where this can be said of it."
    ),
    "no_finding_of_remains": mark("Only findings of remains or of a grave become such a record."),
    "remains_opened_already": mark(
        "A case worker of another organisation has opened a record for this finding already."
    ),
    "report_taken_back": mark("This report was taken back."),
    "file_empty": mark("Choose a photo or a document first."),
    "file_too_large": mark("A file may have at most %(megabytes)s MB. Send a smaller one."),
    "too_many_files": mark("A record holds at most %(most)s files."),
    "file_kind_not_taken": mark(
        "This is no photo (JPEG, PNG, WebP) and no PDF, or it is damaged. What counts is the"
        " content, not the name. Send a photo or a PDF of it."
    ),
    "picture_of_apple": mark(
        "This photo is in a format (HEIC) that we cannot read. On the iPhone choose Settings,"
        " Camera, Formats, Most compatible; or send a screenshot of the photo."
    ),
    "picture_too_large": mark(
        "This picture has more than %(megapixels)s million pixels. Send a smaller copy."
    ),
    "picture_not_readable": mark("This picture is damaged or was cut off. Send it again."),
    "record_stands": mark("This record was checked. Ask those who review to add or remove files."),
    "record_erased": mark("This record was erased here. It is not taken in again."),
    "merged_record_of_others": mark(
        "A record that is not yours to erase was merged into this one. Undo that merge first."
    ),
    "merge_with_itself": mark("A record cannot be merged or linked with itself."),
    "merge_into_unverified": mark(
        "Verify the record that is to be kept first: otherwise its people would no longer count."
    ),
    "not_merged": mark("This record is not merged into another one."),
    "part_of_another_event": mark(
        "One of these is already linked to another event. Take it out there first."
    ),
    "not_a_part": mark("This record is not linked to an event."),
}
BY_STATUS: dict[int, tuple[str, str]] = {
    400: (mark("We could not read that request"), mark("Something in the address is not right.")),
    404: (
        mark("There is nothing here"),
        mark("The page may have moved, or the address may hold a typing error."),
    ),
    405: (mark("That cannot be done here"), mark("This address does not take that kind of call.")),
    409: (
        mark("The record has moved on"),
        mark("It is no longer as it was when you read it. Look at it again."),
    ),
    412: (
        mark("The record has moved on"),
        mark("It is no longer as it was when you read it. Look at it again."),
    ),
    413: (
        mark("That is too much at once"),
        mark("Nothing was saved. Send it in smaller parts."),
    ),
    415: (
        mark("We do not read that kind of file"),
        mark("Nothing was saved. The documentation names the kinds that can be sent here."),
    ),
    428: (
        mark("Say which version you have read"),
        mark("Send the ETag of the answer in If-Match, so that nobody's change is lost."),
    ),
    422: (
        mark("Some of what was entered is not right"),
        mark("Nothing was saved, and nothing is lost. Correct it and send it again."),
    ),
    500: (
        mark("Something went wrong on our side"),
        mark("It was not your fault. Please try again in a moment."),
    ),
}


def answer_errors(app: Flask) -> None:
    """Answer every error in one shape for people and one for programs."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)


def sentence(error: DomainError) -> str:
    """Say in the reader's language what was wrong with a request."""
    text = SENTENCES.get(error.code)
    if text is None:
        return gettext(BY_STATUS[_status(error)][1])
    return gettext(text, **{name: _in_words(value) for name, value in error.detail.items()})


def _in_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _status(error: DomainError) -> int:
    if isinstance(error, NotSignedIn):
        return 401
    # What one may not see looks like what is not there.
    if isinstance(error, NotFound | NotAllowed):
        return 404
    if isinstance(error, InvalidRecord):
        return 422
    if isinstance(error, NotReady):
        return 503
    return 409 if isinstance(error, Conflict) else 400


def _domain_error(error: DomainError) -> Response:
    status = _status(error)
    if status == 404:
        return _answer(404)
    told = {"errors": error.fields} if isinstance(error, InvalidRecord) else error.detail
    response = _answer(status, sentence(error), {"code": error.code, **told})
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.get_response())
    if isinstance(error, BadHost | SecurityError):
        # No page can be drawn: without a host there are no addresses to link to.
        return _problem(400, gettext(BY_STATUS[400][1]), {})
    response = _answer(error.code or 500)
    allowed = dict(error.get_headers()).get("Allow")
    if allowed:
        response.headers["Allow"] = allowed
    return response


# They read JSON, and no page.
FOR_PROGRAMS = (API, "/ogc/")


def _answer(
    status: int, detail: str | None = None, members: Mapping[str, object] | None = None
) -> Response:
    title, text = BY_STATUS.get(status, BY_STATUS[400 if status < 500 else 500])
    if request.path.startswith(FOR_PROGRAMS):
        return _problem(status, detail or gettext(text), members or {})
    page = render_template(
        "errors/error.html", status=status, title=gettext(title), detail=detail or gettext(text)
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem(status: int, detail: str, members: Mapping[str, object]) -> Response:
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    text = json.dumps(problem | {"detail": detail, **members}, ensure_ascii=False, default=str)
    response = make_response(text + "\n", status)
    response.mimetype = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response
