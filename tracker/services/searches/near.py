"""Last contacts and remains near a search, for case workers alone: where and when, and no name."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from geodata.searched_ground import kilometres_from_area
from tracker.domain.people import CaseStatus, PersonKind, PersonTold, RemainsStatus
from tracker.domain.permissions import Action, Actor, may, require
from tracker.domain.searches import PersonNear
from tracker.services.people import PersonFilter, list_people
from tracker.services.searches.read import get_search

NEAR_KM = 50.0
# So many records are opened at most to look where they lie, the newest first.
MOST_LOOKED_AT = 1_000
_PAGE = 200
_SOUGHT = (CaseStatus.REPORTED, CaseStatus.MISSING_UNLOCATED, CaseStatus.DISAPPEARED)
_STATUSES = {
    PersonKind.CASE: tuple(map(str, _SOUGHT)),
    PersonKind.REMAINS: (str(RemainsStatus.UNIDENTIFIED), str(RemainsStatus.PRELIMINARY)),
}
_PREFIX = {PersonKind.CASE: "contact", PersonKind.REMAINS: "found"}


def list_people_near(session: Session, actor: Actor, public_id: str) -> tuple[PersonNear, ...]:
    """Give what this actor may see of people near a search, the nearest first; searchers nothing.

    Those who are sought by their last contact, remains by where they were found.
    """
    require(actor, Action.SEE_SEARCHES)
    search = get_search(session, actor, public_id)
    if not may(actor, Action.SEE_CASES):
        return ()
    placed = [
        (person, place)
        for kind in PersonKind
        for person in _people(session, actor, kind)
        if (place := _place(person)) is not None
    ]
    apart = kilometres_from_area(search.area, [place for _, place in placed])
    near = [
        _near(person, place, kilometres)
        for (person, place), kilometres in zip(placed, apart, strict=True)
        if kilometres <= NEAR_KM
    ]
    return tuple(sorted(near, key=lambda each: (each.kilometres, each.public_id)))


def _people(session: Session, actor: Actor, kind: PersonKind) -> Iterator[PersonTold]:
    before: int | None = None
    for _ in range(0, MOST_LOOKED_AT, _PAGE):
        wanted = PersonFilter(kind, _STATUSES[kind], before, _PAGE)
        people, before = list_people(session, actor, wanted)
        yield from people
        if before is None:
            return


def _place(person: PersonTold) -> tuple[float, float] | None:
    prefix = _PREFIX[person.kind]
    x, y = (person.facts.get(f"{prefix}_{name}") for name in ("longitude", "latitude"))
    return (
        (float(x), float(y)) if isinstance(x, float | int) and isinstance(y, float | int) else None
    )


def _near(person: PersonTold, place: tuple[float, float], kilometres: float) -> PersonNear:
    day = person.facts.get(f"{_PREFIX[person.kind]}_date")
    return PersonNear(
        public_id=person.public_id,
        kind=person.kind,
        longitude=place[0],
        latitude=place[1],
        day=dt.date.fromisoformat(str(day)) if day else None,
        status=person.status,
        kilometres=round(kilometres, 1),
    )
