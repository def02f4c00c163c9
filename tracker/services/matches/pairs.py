"""Says which records may be compared today, from what stands in the database at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.models.matches import Match
from tracker.db.models.people import PersonRecord, PersonVersion
from tracker.db.queries.matches import (
    consents_to_match,
    disputed_people,
    find_match,
    standing_people,
)
from tracker.db.session import keys_of_session, moment
from tracker.domain.consents import ConsentTold
from tracker.domain.errors import NotFound
from tracker.domain.matches import Comparable, may_compare, sees_match
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Actor
from tracker.services.matches.frames import people_frame
from tracker.services.people.agreements import consents_told
from tracker.services.people.standing import facts_of


@dataclass(frozen=True)
class Side:
    """A living record with what stands of it, and what decides whether it may be compared."""

    record: PersonRecord
    version: PersonVersion
    comparable: Comparable

    @property
    def kind(self) -> PersonKind:
        """Give what the record is."""
        return self.comparable.kind

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Give everything told; pages show `shown_facts` of it."""
        return facts_of(self.version)


Pair = tuple[Side, Side]


def in_reading_order(pair: Pair) -> Pair:
    """Put who is sought before who was found, as pages tell it."""
    turned = pair[0].kind is PersonKind.REMAINS and pair[1].kind is PersonKind.CASE
    return (pair[1], pair[0]) if turned else pair


def load_sides(session: Session, record_ids: Iterable[int]) -> dict[int, Side]:
    """Give records as they stand now, by id; what was erased has no entry."""
    found = standing_people(session, record_ids)
    rows = consents_to_match(session, found)
    consents: dict[int, list[ConsentTold]] = {}
    for row, consent in zip(rows, consents_told(session, rows), strict=True):
        consents.setdefault(row.record_id, []).append(consent)
    disputed = disputed_people(session, found)
    return {
        number: Side(
            record,
            version,
            Comparable(
                record_id=number,
                kind=PersonKind(record.kind),
                status=version.status,
                organisation_id=record.organisation_id,
                invented=record.invented,
                consents=tuple(consents.get(number, ())),
                disputed=number in disputed,
            ),
        )
        for number, (record, version) in found.items()
    }


def pair_stands(session: Session, match: Match, sides: dict[int, Side]) -> bool:
    """Say whether both records of a match may be compared today."""
    one, other = sides.get(match.one_id), sides.get(match.other_id)
    if one is None or other is None:
        return False
    return may_compare(one.comparable, other.comparable, moment(session).date())


def seen_match(
    session: Session, actor: Actor, public_id: str, *, to_write: bool = False
) -> tuple[Match, Pair]:
    """Give a match that this actor sees, with both records as they stand.

    Raises `NotFound` for those of other organisations and as soon as a consent is gone.
    """
    match = find_match(session, public_id.strip().upper(), to_write=to_write)
    if match is None:
        raise NotFound("match")
    sides = load_sides(session, (match.one_id, match.other_id))
    keepers = [side.record.organisation_id for side in sides.values()]
    if not sees_match(actor, keepers) or not pair_stands(session, match, sides):
        raise NotFound("match")
    return match, (sides[match.one_id], sides[match.other_id])


def frame_of(session: Session, *sides: Side) -> pd.DataFrame:
    """Give records of one kind as the frame that is compared, a row each."""
    keys, today = keys_of_session(session), moment(session).date()
    people = [(side.record.id, side.facts) for side in sides]
    return people_frame(sides[0].kind, people, keys, today=today)
