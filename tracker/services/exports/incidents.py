"""Gives the incidents that the tally of a query counts, for files, as the asker may see them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from sqlalchemy.orm import Session

from tracker.db.ledger_cache import ledger_columns
from tracker.db.queries.exports import known_columns
from tracker.db.queries.tallies import incidents_counted
from tracker.db.session import moment, publication_rule
from tracker.domain.exports import ExportFacts
from tracker.domain.measures import MEASURES, Counts
from tracker.domain.periods import day_number
from tracker.domain.permissions import Action, Actor, Role, may, require
from tracker.domain.tallies import NOT_SHOWN, Grouping, Tally, TallyQuery
from tracker.schemas.tallies import query_arguments
from tracker.services.exports.view import WHOLE_SCHEMA, published_columns
from tracker.services.incidents.read import end_of_day
from tracker.services.tallies import cut_of_query, period_tally

TALLY_ONLY = ("by", "scheme")


@dataclass(frozen=True)
class IncidentExport:
    """Incidents on their way into a file: what the file says of itself, and its rows.

    `numbers` are those of the incidents, in the order in which they were recorded.
    """

    facts: ExportFacts
    numbers: npt.NDArray[np.int64]


def export_incidents(session: Session, actor: Actor, query: TallyQuery) -> IncidentExport:
    """Choose the incidents that the tally of the same query counts, and sum them up."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    query = replace(query, by=())
    columns = ledger_columns(session)
    known_day = day_number(query.as_known_on)
    numbers = np.sort(incidents_counted(columns, cut_of_query(query, actor), known_day))
    datasets = replace(query, by=(Grouping.DATASET,))
    by_dataset = period_tally(session, actor, datasets, by_incident=True)
    people, not_shown = _shown(by_dataset)
    arguments = {
        name: value for name, value in query_arguments(query).items() if name not in TALLY_ONLY
    }
    facts = ExportFacts(
        query=query,
        arguments=arguments,
        rows=len(numbers),
        people=people,
        not_shown=not_shown,
        boundaries_version=by_dataset.boundaries_version,
        made_on=moment(session).date().isoformat(),
        view=_view(actor),
    )
    return IncidentExport(facts, numbers)


def rows_of_export(session: Session, actor: Actor, export: IncidentExport) -> Iterator[pa.Table]:
    """Give the rows of an export in stretches: the columns of `COLUMNS`, then IOM's."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    rule, today = publication_rule(session), moment(session).date()
    if not len(export.numbers):
        yield WHOLE_SCHEMA.empty_table()
    known_until = end_of_day(export.facts.query.as_known_on)
    for known, names in known_columns(session, actor, export.numbers, moment=known_until):
        yield published_columns(known, names, rule=rule, today=today)


def _shown(tally: Tally) -> tuple[Counts, int]:
    """Sum what may be shown, and count the incidents that may not."""
    shown = [row.counts for row in tally.rows if row.codes != (NOT_SHOWN,)]
    hidden = [row.counts for row in tally.rows if row.codes == (NOT_SHOWN,)]
    people: dict[str, int | None] = {}
    for name in MEASURES:
        known = [count for counts in shown if (count := counts[name]) is not None]
        people[name] = sum(known) if known else None
    people["incidents"] = people["incidents"] or 0
    return people, sum(counts["incidents"] or 0 for counts in hidden)


def _view(actor: Actor) -> str:
    """Say whose view of places and rows a file holds."""
    if actor.role == Role.OPERATOR or may(actor, Action.SEE_ALL_INCIDENTS):
        return "full"
    return "public" if actor.account_id is None else "as its maker may see it"
