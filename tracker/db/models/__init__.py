"""Tables, a file a noun."""

from tracker.db.models.acts import Act
from tracker.db.models.base import Base
from tracker.db.models.counters import Counter
from tracker.db.models.imports import Import, ImportFinding
from tracker.db.models.incidents import ExternalId, Incident, IncidentVersion
from tracker.db.models.ledger import LedgerBlock, LedgerEntry, Stratum

__all__ = [
    "Act",
    "Base",
    "Counter",
    "ExternalId",
    "Import",
    "ImportFinding",
    "Incident",
    "IncidentVersion",
    "LedgerBlock",
    "LedgerEntry",
    "Stratum",
]
