"""The places of a map are kept in memory, never out of date, and never finer than allowed."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, KEYS, XIMENA
from tests.services.test_merges import verified
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, open_database
from tracker.domain.erasures import Ground
from tracker.domain.maps import MapQuery
from tracker.domain.permissions import ANYONE, OPERATOR, Actor
from tracker.domain.publication import place_on_grid
from tracker.domain.statuses import Reason, Visibility
from tracker.domain.tallies import TallyQuery
from tracker.services.erasures import erase_incident
from tracker.services.incidents import restrict_incident, withdraw_incident
from tracker.services.incidents.standing import seen_incident
from tracker.services.incidents.versions import next_version
from tracker.services.maps.selections import select_incidents
from tracker.services.merges import merge_incidents

ACTORS = (ANYONE, XIMENA, AMINA, BEATRIZ, CAMILO, DOLORES, ESTEBAN, FERNANDA, OPERATOR)
START = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
Places = dict[int, tuple[float, float, float]]


def at(database: Database, day: int) -> dt.date:
    """Let the clock of a database stand at noon so many days after the start."""
    database.tell_time(lambda: START + dt.timedelta(days=day))
    return (START + dt.timedelta(days=day)).date()


def places_of(database: Database, actor: Actor, known_on: dt.date) -> Places:
    """Give the places of the incidents that this actor sees on the map."""
    with database.reading() as session:
        selection = select_incidents(session, actor, MapQuery(TallyQuery(known_on)))
    x, y = selection.positions
    rows = zip(selection.incident, x, y, selection.places.radius_m[selection.placed], strict=False)
    return {int(number): (float(a), float(b), float(c)) for number, a, b, c in rows}


def revise(session: Session, public_id: str, **changes: object) -> None:
    """Tell an incident otherwise."""
    standing = seen_incident(session, CAMILO, public_id)
    next_version(session, CAMILO, standing, changes=changes, why=(Reason.REVISED, None))


def act(session: Session, day: int, ids: list[str]) -> None:
    """Do something that moves what may be shown, and where."""
    if day in (0, 1, 7):
        ids.append(verified(session, number_dead=day + 1))
    elif day == 2:
        ids.append(verified(session, longitude=-111.93, latitude=31.74))
    elif day == 3:
        revise(session, ids[0], longitude=-77.31, latitude=8.11)
    elif day in (4, 5, 6):
        visibility = tuple(Visibility)[day - 4]
        restrict_incident(session, CAMILO, ids[1], visibility=visibility)
    elif day == 8:
        revise(session, ids[2], longitude=None, latitude=None, location_precision="unknown")
    elif day == 9:
        merge_incidents(session, CAMILO, ids[0], merged_public_id=ids[3], because="The same")
    elif day == 10:
        withdraw_incident(session, OPERATOR, ids[1], because="It was elsewhere")


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name or str(actor.role))
def test_places_in_memory_grow_to_what_they_would_be_if_read_anew(
    database: Database, actor: Actor
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    ids: list[str] = []
    for day in range(11):
        today = at(database, 4 * day)
        with database.writing() as session:
            act(session, day, ids)
        fresh = open_database(url, KEYS)
        at(fresh, 4 * day)
        for known_on in (today, START.date(), at(fresh, 4 * day - 6 if day > 1 else 4 * day)):
            at(fresh, 4 * day)
            assert places_of(database, actor, known_on) == places_of(fresh, actor, known_on)
        fresh.close()


def test_anyone_sees_a_place_on_its_grid_once_its_delay_is_over(database: Database) -> None:
    day = at(database, 0)
    with database.writing() as session:
        verified(session)
    assert places_of(database, ANYONE, day) == {}
    ((longitude, latitude, radius),) = places_of(database, BEATRIZ, day).values()
    assert (longitude, latitude) == (-76.9312, 8.4527)
    assert radius == 1_000
    later = at(database, 14)
    ((longitude, latitude, radius),) = places_of(database, ANYONE, later).values()
    assert (longitude, latitude) == place_on_grid(-76.9312, 8.4527)
    assert radius > 7_000


def test_what_was_erased_stands_nowhere_on_the_map(database: Database, tmp_path: Path) -> None:
    at(database, 0)
    with database.writing() as session:
        public_id = verified(session)
    before = at(database, 20)
    assert len(places_of(database, ANYONE, before)) == 1
    at(database, 21)
    with database.writing() as session:
        files = SealedFiles(tmp_path)
        erase_incident(session, OPERATOR, files, public_id=public_id, ground=Ground.PERSON_ASKED)
    for actor in ACTORS:
        assert places_of(database, actor, before) == {}
        assert places_of(database, actor, at(database, 21)) == {}
