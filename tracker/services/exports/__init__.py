"""Files that can be cited: the incidents and the tally of a query, as the asker may see them."""

from tracker.services.exports.files import (
    STREAMED,
    FileRequest,
    stream_incidents,
    write_incidents,
)
from tracker.services.exports.incidents import IncidentExport, export_incidents, rows_of_export
from tracker.services.exports.tallies import export_tally

__all__ = [
    "STREAMED",
    "FileRequest",
    "IncidentExport",
    "export_incidents",
    "export_tally",
    "rows_of_export",
    "stream_incidents",
    "write_incidents",
]
