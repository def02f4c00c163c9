"""Tables, a file a noun."""

from tracker.db.models.accounts import Account, Invitation, Organisation
from tracker.db.models.acts import Act, ActSeal
from tracker.db.models.attachments import Attachment
from tracker.db.models.base import Base
from tracker.db.models.counters import Counter
from tracker.db.models.erasures import Erasure
from tracker.db.models.figures import PublishedFigure
from tracker.db.models.form_drafts import FormDraft
from tracker.db.models.idempotency import IdempotencyKey
from tracker.db.models.imports import Import, ImportFinding
from tracker.db.models.incidents import ExternalId, Incident, IncidentVersion
from tracker.db.models.ledger import LedgerBlock, LedgerEntry, Stratum
from tracker.db.models.merges import Distinction, EventPart, IncidentMerge
from tracker.db.models.public_reports import ReportAddition, ReportFollowUp
from tracker.db.models.reviews import Question, Review
from tracker.db.models.sign_ins import (
    ApiToken,
    KnownDevice,
    RecoveryCode,
    SecondFactor,
    SignIn,
    Throttle,
)

__all__ = [
    "Account",
    "Act",
    "ActSeal",
    "ApiToken",
    "Attachment",
    "Base",
    "Counter",
    "Distinction",
    "Erasure",
    "EventPart",
    "ExternalId",
    "FormDraft",
    "IdempotencyKey",
    "Import",
    "ImportFinding",
    "Incident",
    "IncidentMerge",
    "IncidentVersion",
    "Invitation",
    "KnownDevice",
    "LedgerBlock",
    "LedgerEntry",
    "Organisation",
    "PublishedFigure",
    "Question",
    "RecoveryCode",
    "ReportAddition",
    "ReportFollowUp",
    "Review",
    "SecondFactor",
    "SignIn",
    "Stratum",
    "Throttle",
]
