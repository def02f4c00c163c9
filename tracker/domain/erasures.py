"""Why a record is erased for good, and who may have it erased."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.permissions import Actor, Role, of_own_organisation
from tracker.domain.statuses import OPEN_TO_WRITER


class Ground(StrEnum):
    """Why a record is erased; a code and no words, since words could tell what was erased."""

    PERSON_ASKED = "person_asked"
    DANGER = "danger"
    MISTAKE = "mistake"
    LAW = "law"


@dataclass(frozen=True)
class Erased:
    """What is left of a record that was erased."""

    public_id: str
    erased_at: dt.datetime
    ground: str


def may_erase(
    actor: Actor, *, organisation_id: int | None, logged_by: int | None, status: str
) -> bool:
    """Say whether a record is this actor's to erase.

    Administrators erase what their organisation logged, writers what nobody has taken up yet, and
    the operator anything, records of datasets too.
    """
    if actor.role is Role.OPERATOR:
        return True
    if actor.role is Role.ADMINISTRATOR and of_own_organisation(actor, organisation_id):
        return True
    own = actor.account_id is not None and actor.account_id == logged_by
    return own and status in OPEN_TO_WRITER
