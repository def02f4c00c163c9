"""A file of several cases: two people agree to it, and its password is shown once."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

# Nobody has agreed so soon that the reason may no longer hold.
WAITS = dt.timedelta(days=7)
# So long the file can be fetched once its password was shown.
OPEN_FOR = dt.timedelta(hours=1)
MOST_CASES = 200


class ExportPurpose(StrEnum):
    """What a file of several cases is for. There is none for migration control."""

    SEARCH = "search"
    IDENTIFICATION = "identification"


class ExportState(StrEnum):
    """How far a file of several cases has come."""

    ASKED = "asked"
    AGREED = "agreed"
    OPENED = "opened"
    GIVEN = "given"
    ENDED = "ended"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class ExportTimes:
    """When what was done for a file of several cases."""

    asked_at: dt.datetime
    agreed_at: dt.datetime | None = None
    opened_at: dt.datetime | None = None
    given_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None

    def state(self, now: dt.datetime) -> ExportState:
        """Say how far it has come at this moment."""
        if self.ended_at is not None:
            return ExportState.ENDED
        if self.opened_at is not None and now <= self.opened_at + OPEN_FOR:
            return ExportState.OPENED
        if self.given_at is not None:
            return ExportState.GIVEN
        if self.opened_at is not None or now > self.asked_at + WAITS:
            return ExportState.LAPSED
        return ExportState.ASKED if self.agreed_at is None else ExportState.AGREED
