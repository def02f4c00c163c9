"""Writes the tally of a query in every format: the same call as the page."""

import dataclasses
from collections.abc import Callable

from sqlalchemy.orm import Session

from tracker.db.session import moment
from tracker.domain.exports import NOTE, TallyForm
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.tallies import Grouping, Scheme, Tally, TallyQuery
from tracker.exchange.tally_csv import Labels, tally_csv
from tracker.exchange.tally_json import tally_json
from tracker.exchange.tally_sdg import tally_sdg
from tracker.exchange.tally_xlsx import tally_xlsx
from tracker.schemas.tallies import query_arguments
from tracker.services.tallies import period_tally

_BOM = "\ufeff"


def export_tally(
    session: Session,
    actor: Actor,
    query: TallyQuery,
    *,
    form: TallyForm,
    labels: Labels | None = None,
    bom: bool = False,
) -> bytes:
    """Give the file of a tally; the table of the indicator has groupings of its own."""
    require(actor, Action.SEE_TALLIES)
    if form is TallyForm.SDG:
        by = (Grouping.YEAR, Grouping.SUBREGION)
        query = dataclasses.replace(query, by=by, scheme=Scheme.UN_M49)
    tally = period_tally(session, actor, query)
    written: dict[TallyForm, Callable[[], str | bytes]] = {
        TallyForm.CSV: lambda: tally_csv(tally, labels),
        TallyForm.JSON: lambda: tally_json(tally),
        TallyForm.SDG: lambda: tally_sdg(tally),
        TallyForm.XLSX: lambda: tally_xlsx(tally, _about(session, tally), labels),
    }
    content = written[form]()
    if isinstance(content, bytes):
        return content
    mark = _BOM if bom and form in (TallyForm.CSV, TallyForm.SDG) else ""
    return (mark + content).encode()


def _about(session: Session, tally: Tally) -> dict[str, object]:
    asked = query_arguments(tally.query)
    return {
        "title": "Migrants who died or disappeared in the Americas",
        **{f"query: {name}": value for name, value in asked.items()},
        "as_known_on": tally.query.as_known_on,
        "rule": tally.query.rule,
        "boundaries_version": tally.boundaries_version,
        "rows": len(tally.rows) if tally.query.by else 1,
        "incidents": tally.total["incidents"],
        "dead_and_missing": tally.total["dead_and_missing"],
        "made_on": moment(session).date(),
        "note": NOTE,
    }
