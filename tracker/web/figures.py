"""Published figures: their list, each at its permanent address, and a feed of what was learnt."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.domain.errors import InvalidRecord
from tracker.domain.figures import ErrataStep, Figure
from tracker.domain.measures import MEASURES, Counts
from tracker.http.page_cache import cached_page
from tracker.http.request import current_actor, current_day, current_session
from tracker.schemas.tallies import load_query, query_arguments, read_code
from tracker.services.figures import errata_of_figure, get_figure, list_figures, publish_figure

blueprint = Blueprint("figures", __name__)

FORMS = {
    "csv": "text/csv",
    "json": "application/json",
    "bib": "application/x-bibtex",
    "cff": "application/yaml",
}
LONGEST_TITLE = 200
_NAMESPACE = uuid.UUID("5b6ef9a4-8c4e-5c0b-9d2e-5a7b1f0c3d21")
_PEOPLE_FIRST = ("dead_and_missing", "dead", "missing")


@dataclass(frozen=True)
class FollowedFigure:
    """A figure with the steps that lead from it to what is known today."""

    figure: Figure
    steps: tuple[ErrataStep, ...]

    @property
    def today(self) -> Counts:
        """Give what is known today of the same question."""
        return self.steps[-1].after if self.steps else self.figure.total


@blueprint.get("/figures")
@cached_page
def list_published() -> str:
    """Show the figures that were published, and what is known of each today."""
    return render_template("figures/figures.html", figures=_followed(), today=current_day())


@blueprint.get("/figures/<public_id>")
@cached_page
def show_figure(public_id: str) -> str:
    """Show a figure as it was published, and beside it what has been learnt since."""
    followed = _follow(get_figure(current_session(), current_actor(), public_id))
    figure = followed.figure
    return render_template(
        "figures/figure.html",
        followed=followed,
        figure=figure,
        forms=tuple(FORMS),
        same_question=query_arguments(figure.query),
        measures=_told([figure.total, *(row.counts for row in figure.rows)]),
        changes_of=_address_of_changes,
        measures_of=lambda step: _told([step.change, *(row.counts for row in step.rows)]),
    )


@blueprint.get("/figures/<public_id>.<form>")
def give_figure(public_id: str, form: str) -> ResponseReturnValue:
    """Give the frozen bytes of a figure, or the words to cite it by."""
    figure = get_figure(current_session(), current_actor(), public_id)
    read_code("format", form, tuple(FORMS))
    frozen = {"csv": figure.answer_csv, "json": figure.answer_json}
    text = frozen.get(form) or render_template(f"figures/figure.{form}", figure=figure)
    response = make_response(text)
    response.headers["Content-Type"] = f"{FORMS[form]}; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/figures.atom")
def give_feed() -> ResponseReturnValue:
    """Give a feed of published figures and of each step that was learnt since."""
    response = make_response(
        render_template("figures/feed.xml", figures=_followed(), name_of=_name_of)
    )
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/figures")
def publish() -> ResponseReturnValue:
    """Freeze the tally of the question that the form carries."""
    given = {
        name: values
        for name, values in request.form.lists()
        if name not in ("csrf", "csrf_token", "title_es", "title_en")
    }
    query = load_query(given, today=current_day())
    titles = {code: request.form.get(f"title_{code}", "").strip() for code in ("es", "en")}
    wrong = {
        f"title_{code}": ("required" if not title else "too_long",)
        for code, title in titles.items()
        if not 0 < len(title) <= LONGEST_TITLE
    }
    if wrong:
        raise InvalidRecord(wrong)
    public_id = publish_figure(current_session(), current_actor(), query, titles=titles)
    return redirect(url_for("figures.show_figure", public_id=public_id), 303)


def _followed() -> list[FollowedFigure]:
    return [_follow(figure) for figure in list_figures(current_session(), current_actor())]


def _follow(figure: Figure) -> FollowedFigure:
    return FollowedFigure(figure, errata_of_figure(current_session(), current_actor(), figure))


def _address_of_changes(step: ErrataStep) -> str:
    """Give the address of the page that names the incidents behind a step."""
    question: dict[str, Any] = {
        **query_arguments(step.query),
        "as_known_on": None,
        "between": step.known_before,
        "and": step.known_after,
    }
    return url_for("tallies.show_tally", _anchor="difference", **question)


def _told(counts: list[Counts]) -> list[str]:
    """Leave out columns in which nothing is known; people come first."""
    ordered = dict.fromkeys((*_PEOPLE_FIRST, *MEASURES))
    return [name for name in ordered if any(count[name] is not None for count in counts)]


def _name_of(*parts: object) -> str:
    """Name an entry of the feed for good, in every language and on every host."""
    return uuid.uuid5(_NAMESPACE, "/".join(map(str, parts))).urn
