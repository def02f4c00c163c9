"""Does again what a backup that was put back has undone: erasures, and consents taken back."""

from sqlalchemy.orm import Session

from tracker.db.queries.removals import (
    standing_consents,
    standing_incidents,
    standing_people,
    standing_searches,
)
from tracker.db.removals import listed_removals
from tracker.db.sealed_files import SealedFiles
from tracker.domain.erasures import Ground
from tracker.domain.permissions import Action, Actor, require
from tracker.services.acts import note_act
from tracker.services.erasures import erase_again
from tracker.services.people.consents import end_consent
from tracker.services.people.erase import erase_person_again
from tracker.services.searches.erase import erase_search_again


def count_removals_undone(session: Session, actor: Actor) -> int:
    """Say how many records and consents stand here though they were removed."""
    require(actor, Action.CHECK_DATABASE)
    listed = listed_removals(session)
    return sum(
        len(found)
        for found in (
            standing_incidents(session, listed),
            standing_people(session, listed),
            standing_searches(session, listed),
            standing_consents(session, listed),
        )
    )


def repeat_removals(session: Session, actor: Actor, files: SealedFiles) -> int:
    """Remove again what stands here though it was removed; gives how much that was."""
    require(actor, Action.MANAGE_INSTALLATION)
    listed = listed_removals(session)
    grounds = {each.name: Ground(each.ground) for each in listed if each.ground}
    incidents = standing_incidents(session, listed)
    for incident in incidents:
        erase_again(session, actor, files, incident=incident, ground=grounds[incident.public_id])
    people = standing_people(session, listed)
    for person in people:
        erase_person_again(session, actor, files, record=person, ground=grounds[person.public_id])
    searches = standing_searches(session, listed)
    for search in searches:
        erase_search_again(session, actor, search, ground=grounds[search.public_id])
    consents = standing_consents(session, listed)
    for consent in consents:
        end_consent(session, actor, consent.record_id, number=consent.id)
    repeated = len(incidents) + len(people) + len(searches) + len(consents)
    if repeated:
        note_act(session, actor, action="repeat_removals", thing="installation")
    return repeated
