"""What a family has agreed to: for which purpose, towards whom, until when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a consent is for. There is none for migration control, and none can be added."""

    MATCH = "match"
    SHARE = "share"
    PUBLISH = "publish"


@dataclass(frozen=True)
class ConsentTold:
    """One consent; without a recipient it holds towards every organisation of this tracker."""

    number: int
    purpose: Purpose
    recipient_id: int | None
    recipient: str | None
    given_on: dt.date
    given_by: str
    until: dt.date | None
    withdrawn_on: dt.date | None

    def holds(self, today: dt.date) -> bool:
        """Say whether it stands on this day."""
        ended = self.until is not None and self.until < today
        return self.withdrawn_on is None and not ended


def agreed(
    consents: Iterable[ConsentTold], purpose: Purpose, *, recipient: int | None, today: dt.date
) -> bool:
    """Say whether a family has agreed to this purpose towards this organisation.

    A general consent to sharing covers nobody: sharing names whom.
    """
    return any(
        consent.purpose == purpose
        and consent.holds(today)
        and (
            consent.recipient_id == recipient
            or (consent.recipient_id is None and purpose is Purpose.MATCH)
        )
        for consent in consents
    )
