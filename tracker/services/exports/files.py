"""Writes exports in every format: as a stream where the format allows it, else as a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from sqlalchemy.orm import Session

from tracker.domain.errors import BadQuery
from tracker.domain.exports import IncidentForm
from tracker.domain.permissions import Action, Actor, require
from tracker.exchange.incident_about import incident_about
from tracker.exchange.incident_csv import CsvOptions, incident_csv
from tracker.exchange.incident_gis import write_fgb, write_gpkg, write_parquet
from tracker.exchange.incident_iom import incident_iom
from tracker.exchange.incident_json import incident_geojson, incident_json, incident_ndjson
from tracker.exchange.incident_xlsx import MOST_ROWS, write_incident_xlsx
from tracker.services.exports.incidents import IncidentExport, rows_of_export
from tracker.services.exports.packages import write_package

Tables = Iterable[pa.Table]
_STREAMS: dict[IncidentForm, Callable[[Tables, IncidentExport, CsvOptions], Iterator[bytes]]] = {
    IncidentForm.CSV: lambda tables, _, options: incident_csv(tables, options),
    IncidentForm.NDJSON: lambda tables, *_: incident_ndjson(tables),
    IncidentForm.JSON: lambda tables, export, _: incident_json(tables, export.facts.told()),
    IncidentForm.GEOJSON: lambda tables, export, _: incident_geojson(tables, export.facts.told()),
    IncidentForm.ABOUT: lambda _, export, __: iter([incident_about(export.facts.told())]),
    IncidentForm.IOM: lambda tables, *_: incident_iom(tables),
}
_FILES: dict[IncidentForm, Callable[[Path, Tables, Mapping[str, object]], None]] = {
    IncidentForm.XLSX: write_incident_xlsx,
    IncidentForm.GPKG: write_gpkg,
    IncidentForm.FGB: write_fgb,
    IncidentForm.PARQUET: write_parquet,
}
STREAMED = frozenset(_STREAMS)
PLAIN = CsvOptions()


@dataclass(frozen=True)
class FileRequest:
    """A file to be written: of which incidents, in which form, with what before its rows."""

    export: IncidentExport
    form: IncidentForm
    options: CsvOptions = PLAIN

    @property
    def name(self) -> str:
        """Name the file after what it holds, as known on which day."""
        return f"incidents-as-known-on-{self.export.facts.query.as_known_on}.{self.form}"


def stream_incidents(session: Session, actor: Actor, request: FileRequest) -> Iterator[bytes]:
    """Give a file of incidents piece by piece, in constant memory."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    tables = rows_of_export(session, actor, request.export)
    return _STREAMS[request.form](tables, request.export, request.options)


def write_incidents(session: Session, actor: Actor, request: FileRequest, *, path: Path) -> None:
    """Write a file of incidents; raises `BadQuery` where a workbook cannot hold as many rows."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    if request.form in _STREAMS:
        with path.open("wb") as file:
            for piece in stream_incidents(session, actor, request):
                file.write(piece)
        return
    if request.form is IncidentForm.ZIP:
        write_package(session, actor, request.export, path=path)
        return
    if request.form is IncidentForm.XLSX and request.export.facts.rows > MOST_ROWS:
        raise BadQuery("too_many_rows", most=MOST_ROWS)
    tables = rows_of_export(session, actor, request.export)
    _FILES[request.form](path, tables, request.export.facts.told())
