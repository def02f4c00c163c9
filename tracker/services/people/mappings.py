"""What the columns of lists of people mean, kept so that the next list is read the same."""

import json
from typing import Any

from sqlalchemy.orm import Session

from tracker.db.models.people import KeptMapping
from tracker.db.queries.people import names_of_organisations
from tracker.db.queries.person_lists import find_own_mapping, mappings_for, take_turn_with_lists
from tracker.db.session import moment
from tracker.domain.errors import InvalidRecord, NotAllowed
from tracker.domain.people import Basis, PersonKind
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.person_imports import DateOrder, MappingTold, PersonMapping
from tracker.domain.personal_data import find_personal_data
from tracker.schemas.person_columns import sound_mapping
from tracker.services.acts import note_act

LONGEST_NAME = 80


def keep_mapping(
    session: Session, actor: Actor, name: str, *, mapping: PersonMapping, shared: bool
) -> int:
    """Keep a mapping under a name, for this organisation or for all; gives its number.

    The same name again replaces it. Headers that look like what somebody told are not kept:
    a list without headers has a person in its first row.
    """
    require(actor, Action.RECORD_CASES)
    organisation_id = _own(actor)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise InvalidRecord({"mapping_name": ("too_long" if name else "required",)})
    take_turn_with_lists(session, organisation_id)
    kept = find_own_mapping(session, organisation_id, mapping.kind, name=name)
    if kept is None:
        kept = KeptMapping(organisation_id=organisation_id, kind=mapping.kind, name=name)
        session.add(kept)
    kept.mapping, kept.shared = _packed(mapping), shared
    kept.made_at, kept.made_by = moment(session), actor.handle
    session.flush()
    note_act(session, actor, action="keep_mapping", thing=f"person mapping {kept.id}")
    return kept.id


def list_mappings(session: Session, actor: Actor, kind: PersonKind) -> tuple[MappingTold, ...]:
    """Give the mappings that this actor may read lists with: their own, then what others share."""
    require(actor, Action.RECORD_CASES)
    organisation_id = _own(actor)
    rows = mappings_for(session, organisation_id, kind)
    names = names_of_organisations(session, [row.organisation_id for row in rows])
    return tuple(
        MappingTold(
            number=row.id,
            name=row.name,
            mapping=_unpacked(kind, row.mapping),
            organisation=names.get(row.organisation_id, ""),
            shared=row.shared,
            own=row.organisation_id == organisation_id,
        )
        for row in rows
    )


def _own(actor: Actor) -> int:
    if actor.organisation_id is None:
        raise NotAllowed(Action.RECORD_CASES)
    return actor.organisation_id


def _packed(mapping: PersonMapping) -> str:
    columns = {
        header: target
        for header, target in sound_mapping(mapping.kind, mapping.columns).items()
        if not find_personal_data(header)
    }
    told = {"columns": columns, "dates": str(mapping.dates), "basis": str(mapping.basis)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _unpacked(kind: PersonKind, packed: str) -> PersonMapping:
    told: dict[str, Any] = json.loads(packed)
    return PersonMapping(
        kind,
        sound_mapping(kind, told["columns"]),
        DateOrder(told["dates"]),
        Basis(told["basis"]),
    )
