"""What a report of a period tells."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class ReportPeriod:
    """The days of a report, both included."""

    first: dt.date
    last: dt.date

    @property
    def name(self) -> str:
        """Give the days as they stand in an address."""
        return f"{self.first}..{self.last}"
