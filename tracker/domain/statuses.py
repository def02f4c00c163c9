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


class ImportState(StrEnum):
    """How far an import has come; only a published one is seen."""

    STAGED = "staged"
    PUBLISHED = "published"
