"""The history of a record: who changed what, when and why, so that it can be read."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from flask import Response

from tracker.http.request import current_actor, current_session
from tracker.services.people import list_person_versions, name_colleagues
from tracker.web.people.blueprint import blueprint, own_page, person_asked
from tracker.web.people.differences import Difference, differences


@dataclass(frozen=True)
class Step:
    """One version: when, by whom, why, and what it says differently from the one before."""

    number: int
    recorded_at: dt.datetime
    recorded_by: str
    reason: str | None
    status: str
    status_before: str | None
    changes: tuple[Difference, ...]


@blueprint.get("/<register:register>/<public_id>/history")
def show_history(register: str, public_id: str) -> Response:
    """Show the versions of a record, the newest first."""
    person = person_asked(register, public_id)
    session, actor = current_session(), current_actor()
    versions = list_person_versions(session, actor, person.public_id)
    names = name_colleagues(session, actor, (each.recorded_by for each in versions))
    steps = [
        Step(
            number=version.number,
            recorded_at=version.recorded_from,
            recorded_by=names.get(version.recorded_by, version.recorded_by),
            reason=version.reason,
            status=version.status,
            status_before=before.status if before else None,
            changes=differences(before.facts, version.facts) if before else (),
        )
        for version, before in pairwise((*versions, None))
        if version is not None
    ]
    return own_page("history", {"person": person, "kind": person.kind, "steps": steps})
