"""States that an incident can be in, and why a version was made."""

from enum import StrEnum


class Status(StrEnum):
    """Where an incident stands in its review."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.WITHDRAWN}),
    Status.SUBMITTED: frozenset({Status.DRAFT, Status.UNDER_REVIEW, Status.WITHDRAWN}),
    Status.UNDER_REVIEW: frozenset(
        {Status.DRAFT, Status.VERIFIED, Status.DISPUTED, Status.WITHDRAWN}
    ),
    Status.VERIFIED: frozenset({Status.UNDER_REVIEW, Status.DISPUTED, Status.WITHDRAWN}),
    Status.DISPUTED: frozenset({Status.UNDER_REVIEW, Status.VERIFIED, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.UNDER_REVIEW}),
    # Only undoing the merge brings an incident back.
    Status.MERGED: frozenset(),
}


# Once somebody has taken a record up, its writer answers questions instead of changing it.
OPEN_TO_WRITER = (Status.DRAFT, Status.SUBMITTED)


def may_become(before: str, after: Status) -> bool:
    """Say whether a review may take an incident from one status to another."""
    return after in TRANSITIONS[Status(before)]


class Visibility(StrEnum):
    """Who may see an incident's facts today."""

    RESTRICTED = "restricted"
    PARTNERS = "partners"
    PUBLIC = "public"


class Reason(StrEnum):
    """Why a version was made; a difference between two dates is told in these words."""

    REPORTED = "reported"
    REVISED = "revised"
    RECLASSIFIED = "reclassified"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class IncidentType(StrEnum):
    """Whether a row is one event, a part of one, or a total over a period."""

    INCIDENT = "incident"
    SPLIT_INCIDENT = "split_incident"
    CUMULATIVE_INCIDENT = "cumulative_incident"


class Scope(StrEnum):
    """Whether a death falls within IOM's scope of deaths during migration."""

    TRANSIT = "transit"
    DETENTION = "detention"
    DEPORTATION = "deportation"


class Manner(StrEnum):
    """Manner of death as an examiner rules it."""

    ACCIDENT = "accident"
    HOMICIDE = "homicide"
    SUICIDE = "suicide"
    NATURAL = "natural"
    UNDETERMINED = "undetermined"
    PENDING = "pending"


class LoggedThrough(StrEnum):
    """The door by which a record came in."""

    FORM = "form"
    OFFLINE_FORM = "offline_form"
    API = "api"
    SPREADSHEET = "spreadsheet"
    COLLECTED_FORM = "collected_form"
    PUBLIC_REPORT = "public_report"
    COMMAND = "command"


class ImportState(StrEnum):
    """How far an import has come; only a published one is seen."""

    STAGED = "staged"
    PUBLISHED = "published"
