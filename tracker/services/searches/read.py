"""Reads searches and what was reported of them, for those who take part."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models.searches import Search, SearchReport
from tracker.db.queries.people import names_of_organisations
from tracker.db.queries.searches import groups_of, list_search_rows, reports_of, seen_searches
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, may, require
from tracker.domain.searches import (
    ReportKind,
    ReportTold,
    SearchSight,
    SearchStanding,
    SearchStatus,
    SearchTold,
    sight_of_search,
)
from tracker.services.acts import note_act
from tracker.services.searches.standing import seen_search


@dataclass(frozen=True)
class SearchFilter:
    """Which searches somebody asks for; `before` is where the page before this ended."""

    statuses: tuple[str, ...] = ()
    before: int | None = None
    limit: int = 30


def get_search(session: Session, actor: Actor, public_id: str) -> SearchTold:
    """Give a search to somebody who takes part."""
    require(actor, Action.SEE_SEARCHES)
    search = seen_search(session, actor, public_id)
    [told] = _told(session, actor, [search])
    return told


def note_search_seen(session: Session, actor: Actor, public_id: str) -> None:
    """Note in the log that somebody opened a search; raises `NotFound` as its pages do."""
    require(actor, Action.SEE_SEARCHES)
    search = seen_search(session, actor, public_id)
    note_act(session, actor, action="see_search", thing=f"search {search.id}")


def list_searches(
    session: Session, actor: Actor, wanted: SearchFilter
) -> tuple[tuple[SearchTold, ...], int | None]:
    """List the searches in which this actor takes part, and where the next page begins."""
    require(actor, Action.SEE_SEARCHES)
    rows = list_search_rows(
        session,
        seen_searches(actor),
        statuses=wanted.statuses,
        before=wanted.before,
        limit=wanted.limit + 1,
    )
    shown = rows[: wanted.limit]
    after = shown[-1].id if len(rows) > wanted.limit else None
    return _told(session, actor, shown), after


def list_reports(session: Session, actor: Actor, public_id: str) -> tuple[ReportTold, ...]:
    """Give what was reported of a search, the newest day first; also what was taken back."""
    require(actor, Action.SEE_SEARCHES)
    search = seen_search(session, actor, public_id)
    rows = reports_of(session, search.id)
    names = names_of_organisations(session, [row.organisation_id for row in rows])
    return tuple(_report_told(actor, row, names[row.organisation_id]) for row in rows)


def _report_told(actor: Actor, row: SearchReport, organisation: str) -> ReportTold:
    told = json.loads(row.told)
    # Whether a finding became a record of a person is for those alone who work on cases.
    remains, owner = told.pop("remains", None), told.pop("remains_of", None)
    works_on_cases = may(actor, Action.SEE_CASES)
    return ReportTold(
        number=row.id,
        kind=ReportKind(row.kind),
        done_on=row.done_on,
        organisation=organisation,
        told=told,
        reported_at=row.reported_at,
        taken_back_on=None if row.taken_back_at is None else row.taken_back_at.date(),
        own=row.organisation_id == actor.organisation_id,
        remains=remains if works_on_cases and owner == actor.organisation_id else None,
        remains_opened=works_on_cases and remains is not None,
    )


def _told(session: Session, actor: Actor, rows: Sequence[Search]) -> tuple[SearchTold, ...]:
    """Tell searches; the number of questions does not grow with them."""
    groups = groups_of(session, [row.id for row in rows])
    taking_part = {row.id: {row.organisation_id, *groups.get(row.id, ())} for row in rows}
    names = names_of_organisations(session, {each for ids in taking_part.values() for each in ids})
    told = []
    for row in rows:
        standing = SearchStanding(row.organisation_id, frozenset(groups.get(row.id, ())))
        sight = sight_of_search(actor, standing)
        if sight == SearchSight.NOTHING:
            raise NotFound("search")
        told.append(
            SearchTold(
                public_id=row.public_id,
                status=SearchStatus(row.status),
                begins_on=row.begins_on,
                ends_on=row.ends_on,
                plan=json.loads(row.plan),
                organisation=names[row.organisation_id],
                groups={number: names[number] for number in sorted(taking_part[row.id])},
                sight=sight,
                version_number=row.version_number,
                changed_at=row.changed_at,
                invented=row.invented,
            )
        )
    return tuple(told)
