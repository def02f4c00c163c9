"""Publishes figures for good, and tells what has been learnt since."""

import dataclasses
import datetime as dt
import hashlib
import itertools
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models import PublishedFigure
from tracker.db.queries.figures import (
    days_of_imports,
    figures_of_year,
    find_figure,
    published_figures,
)
from tracker.db.rows import reserve_numbers
from tracker.db.session import moment
from tracker.domain.errors import NotFound
from tracker.domain.figures import ErrataStep, Figure, StepKind
from tracker.domain.measures import MEASURES, Counts
from tracker.domain.permissions import ANYONE, Action, Actor, require
from tracker.domain.tallies import TallyQuery, TallyRow
from tracker.exchange.tally_csv import tally_csv
from tracker.exchange.tally_json import tally_json
from tracker.schemas.tallies import load_query, query_arguments
from tracker.services.acts import note_act
from tracker.services.tallies import period_tally, tally_difference


def publish_figure(
    session: Session,
    actor: Actor,
    query: TallyQuery,
    *,
    titles: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
    followed_by: TallyQuery | None = None,
) -> str:
    """Freeze a tally as everybody sees it and give the public id of the figure.

    `titles` and `notes` are in `es` and `en`. `followed_by` is the question by which later
    knowledge is compared, where it is not the same.
    """
    require(actor, Action.PUBLISH_FIGURES)
    tally = period_tally(session, ANYONE, query)
    answer = tally_csv(tally)
    now = moment(session)
    # Taken first: its lock keeps two figures from getting the same number of the year.
    number = reserve_numbers(session, "published_figures", 1)
    public_id = f"{now.year}-{figures_of_year(session, now.year) + 1:04d}"
    session.add(
        PublishedFigure(
            id=number,
            public_id=public_id,
            title_es=titles["es"],
            title_en=titles["en"],
            note_es=(notes or {}).get("es"),
            note_en=(notes or {}).get("en"),
            question=_packed(query),
            followed_by=None if followed_by is None else _packed(followed_by),
            as_known_on=query.as_known_on,
            answer_csv=answer,
            answer_json=tally_json(tally),
            checksum=_checksum(answer),
            boundaries_version=tally.boundaries_version,
            published_at=now,
            published_by=actor.handle,
        )
    )
    note_act(session, actor, action=Action.PUBLISH_FIGURES, thing=f"figure {number}")
    return public_id


def list_figures(session: Session, actor: Actor) -> tuple[Figure, ...]:
    """Give all published figures, the newest first."""
    require(actor, Action.SEE_TALLIES)
    return tuple(_figure(session, record) for record in published_figures(session))


def get_figure(session: Session, actor: Actor, public_id: str) -> Figure:
    """Give a published figure as it was published; raises `NotFound`."""
    require(actor, Action.SEE_TALLIES)
    record = find_figure(session, public_id)
    if record is None:
        raise NotFound("figure")
    return _figure(session, record)


def errata_of_figure(session: Session, actor: Actor, figure: Figure) -> tuple[ErrataStep, ...]:
    """Tell step by step how the published figure became what is known today.

    Each step begins where the one before it ends, and its rows add up to its change: first what
    the question by which the figure is followed counts more or calls otherwise on the same day,
    then what was learnt up to each day on which a file was taken in, and up to today.
    """
    require(actor, Action.SEE_TALLIES)
    steps = [*_same_day_steps(session, figure)]
    days = [figure.query.as_known_on, *days_of_imports(session, figure.query.as_known_on)]
    today = moment(session).date()
    if days[-1] < today:
        days.append(today)
    for before, after in itertools.pairwise(days):
        step = _learnt(session, figure.followed_by, before=before, after=after)
        if step is not None:
            steps.append(step)
    return tuple(steps)


def _same_day_steps(session: Session, figure: Figure) -> list[ErrataStep]:
    query, later = figure.query, figure.followed_by
    if later == query:
        return []
    steps = []
    wide = dataclasses.replace(later, scheme=query.scheme, filters={**later.filters})
    if wide != query:
        steps.append(_step(session, StepKind.WIDENED, (query, wide)))
    if later != wide:
        steps.append(_step(session, StepKind.SCHEME, (wide, later)))
    return steps


def _step(session: Session, kind: StepKind, queries: tuple[TallyQuery, TallyQuery]) -> ErrataStep:
    first, second = queries
    before, after = (period_tally(session, ANYONE, query) for query in queries)
    named_otherwise = kind == StepKind.SCHEME
    known = {} if named_otherwise else {row.codes: row.counts for row in before.rows}
    rows = tuple(
        TallyRow(row.codes, change)
        for row in after.rows
        if _tells(change := less(row.counts, known.get(row.codes)))
    )
    return ErrataStep(
        kind=kind,
        known_before=first.as_known_on,
        known_after=second.as_known_on,
        before=before.total,
        after=after.total,
        query=second,
        rows=rows,
        change=less(after.total, before.total),
        query_before=first if named_otherwise else None,
        rows_before=before.rows if named_otherwise else (),
    )


def _learnt(
    session: Session, query: TallyQuery, *, before: dt.date, after: dt.date
) -> ErrataStep | None:
    difference = tally_difference(session, ANYONE, query, known_before=before, known_after=after)
    if not difference.rows:
        return None
    first, second = (
        period_tally(session, ANYONE, dataclasses.replace(query, as_known_on=day)).total
        for day in (before, after)
    )
    return ErrataStep(
        kind=StepKind.LEARNT,
        known_before=before,
        known_after=after,
        before=first,
        after=second,
        query=query,
        rows=difference.rows,
        change=difference.total,
    )


def less(counts: Counts, others: Counts | None) -> dict[str, int | None]:
    """Take other counts away; where one side does not know, the other side's number stands."""
    change: dict[str, int | None] = {}
    for name in MEASURES:
        value, other = counts.get(name), (others or {}).get(name)
        known = value is not None or other is not None
        change[name] = (value or 0) - (other or 0) if known else None
    return change


def _tells(change: Counts) -> bool:
    return any(change.values())


def _figure(session: Session, record: PublishedFigure) -> Figure:
    query = _unpacked(record.question)
    again = period_tally(session, ANYONE, query)
    answer: dict[str, Any] = json.loads(record.answer_json)
    return Figure(
        public_id=record.public_id,
        titles={"es": record.title_es, "en": record.title_en},
        notes={"es": record.note_es, "en": record.note_en},
        query=query,
        followed_by=_unpacked(record.followed_by) if record.followed_by else query,
        rows=tuple(_row(row, query) for row in answer["rows"]),
        total=answer["total"],
        answer_csv=record.answer_csv,
        answer_json=record.answer_json,
        checksum=record.checksum,
        boundaries_version=record.boundaries_version,
        published_at=record.published_at,
        reproduces=_checksum(tally_csv(again)) == record.checksum,
    )


def _row(row: Mapping[str, Any], query: TallyQuery) -> TallyRow:
    return TallyRow(
        tuple(row[grouping] for grouping in query.by), {name: row[name] for name in MEASURES}
    )


def _checksum(answer: str) -> str:
    return hashlib.sha256(answer.encode()).hexdigest()


def _packed(query: TallyQuery) -> str:
    return json.dumps(query_arguments(query), ensure_ascii=False, sort_keys=True)


def _unpacked(question: str) -> TallyQuery:
    given: dict[str, str | list[str]] = json.loads(question)
    arguments = {
        name: [value] if isinstance(value, str) else value for name, value in given.items()
    }
    return load_query(arguments, today=dt.date.max)
