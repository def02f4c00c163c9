"""Writes a data package: the incidents of a query and its tallies, in one zip that validates."""

import dataclasses
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.domain.exports import TallyForm
from tracker.domain.measures import MEASURES
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.tallies import Grouping
from tracker.exchange.data_package import Resource, incident_fields, write_data_package
from tracker.exchange.incident_csv import CsvOptions, incident_csv
from tracker.exchange.tally_sdg import HEADERS
from tracker.services.exports.incidents import IncidentExport, rows_of_export
from tracker.services.exports.tallies import export_tally

_BY = (Grouping.YEAR, Grouping.SUBREGION, Grouping.CORRIDOR)
_WORDS_OF_INDICATOR = frozenset({"indicator", "year", "geo_area", "m49", "estimate"})


def write_package(session: Session, actor: Actor, export: IncidentExport, *, path: Path) -> None:
    """Write the package of an export."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    query = export.facts.query
    by_place = dataclasses.replace(query, by=_BY)
    resources = (
        Resource(
            "incidents",
            "Incidents, one a row",
            incident_fields(),
            incident_csv(rows_of_export(session, actor, export), CsvOptions()),
            key="id",
        ),
        Resource(
            "tally",
            "The same incidents and people, counted by year, subregion and corridor",
            tuple(_field(name, "string") for name in _BY)
            + tuple(_field(name, "integer") for name in MEASURES),
            [export_tally(session, actor, by_place, form=TallyForm.CSV)],
        ),
        Resource(
            "sdg-10-7-3",
            "SDG indicator 10.7.3: people who died or disappeared, by year and subregion",
            tuple(_field(name, _kind(name)) for name in HEADERS),
            [export_tally(session, actor, query, form=TallyForm.SDG)],
        ),
    )
    write_data_package(path, resources, export.facts.told())


def _kind(name: str) -> str:
    if name == "as_known_on":
        return "date"
    return "string" if name in _WORDS_OF_INDICATOR else "integer"


def _field(name: str, kind: str) -> dict[str, str]:
    return {"name": str(name), "type": kind}
