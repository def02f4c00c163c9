"""The blueprint that these pages share, and how one of them is drawn."""

import datetime as dt
from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template, request

from tracker.http.language import gettext
from tracker.translations.family_words import CARE, WORD_KINDS

blueprint = Blueprint("families", __name__)


@blueprint.app_template_filter("word_kind")
def word_kind(code: str) -> str:
    """Say what a family wants with what it wrote."""
    return gettext(WORD_KINDS[code])


@blueprint.app_template_filter("care")
def care_in_words(code: str) -> str:
    """Say what care belongs to telling a family of a death."""
    return gettext(CARE[code])


def own_page(
    name: str, values: Mapping[str, object], *, status: int = 200, wait: int = 0
) -> Response:
    """Draw a page that nothing keeps."""
    response = make_response(render_template(f"families/{name}.html", **values), status)
    response.headers["Cache-Control"] = "no-store"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def given(name: str) -> str:
    """Give what was typed into a field."""
    return request.form.get(name, "").strip()


def given_day(name: str) -> dt.date | None:
    """Give the day that was typed into a field; None where it is none."""
    try:
        return dt.date.fromisoformat(given(name))
    except ValueError:
        return None
