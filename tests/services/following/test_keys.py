"""A key tells what is shared with its organisation, for as long as it holds; all is in the log."""

import threading
import time

import pytest
from sqlalchemy import text

from tests.conftest import CAST, DOLORES, FERNANDA, KEYS, SHELTER
from tests.services.following.two_servers import (
    Follower,
    Keeper,
    key_for,
    rows,
)
from tests.services.people_records import (
    GABRIEL,
    HILDA,
)
from tracker.domain.errors import NotFound
from tracker.domain.people import ShareKind
from tracker.domain.permissions import OPERATOR
from tracker.domain.shared_people import ServerProblem
from tracker.services.accounts.api_tokens import list_tokens, revoke_token
from tracker.services.people import (
    list_followed,
    stop_following,
)

COPY_TABLES = ("person_versions", "consents", "matches")


def test_a_key_of_another_organisation_is_told_nothing_of_it(
    keeper: Keeper, follower: Follower
) -> None:
    keeper.shared_case()
    other = follower.follow(
        keeper, key_for(keeper.database, HILDA), organisation_id=SHELTER, name="as the shelter"
    )
    follower.number = other
    taken = follower.once()
    assert (taken.entries, taken.problem) == (0, None)
    assert rows(follower.database, "person_records") == 0


@pytest.mark.parametrize("actor", [each for each in CAST if each.account_id and each != DOLORES])
def test_a_key_of_another_role_reads_nothing(keeper: Keeper, follower: Follower, actor) -> None:
    keeper.shared_case()
    with follower.database.writing() as session:
        stop_following(session, OPERATOR, follower.files, number=follower.number)
    follower.number = follower.follow(keeper, key_for(keeper.database, actor))
    assert follower.once().problem == ServerProblem.NOT_THERE


def test_a_revoked_key_reads_nothing_from_its_next_question_on(
    keeper: Keeper, follower: Follower
) -> None:
    keeper.shared_case()
    with keeper.database.writing() as session:
        (token,) = list_tokens(session, GABRIEL)
        revoke_token(session, GABRIEL, token.id)
    assert follower.once().problem == ServerProblem.KEY_REFUSED
    with follower.database.reading() as session:
        (told,) = list_followed(session, OPERATOR)
    assert told.problem == ServerProblem.KEY_REFUSED


def test_a_key_revoked_while_it_waits_is_told_nothing(keeper: Keeper, follower: Follower) -> None:
    found = []
    waiting = threading.Thread(target=lambda: found.append(follower.once(wait=20)))
    waiting.start()
    time.sleep(1.5)
    with keeper.database.writing() as session:
        (token,) = list_tokens(session, GABRIEL)
        revoke_token(session, GABRIEL, token.id)
    keeper.shared_case()
    waiting.join(timeout=15)
    assert [taken.problem for taken in found] == [ServerProblem.KEY_REFUSED]
    assert rows(follower.database, "person_records") == 0


def test_leaving_a_server_forgets_its_key_and_erases_what_came_from_it(
    keeper: Keeper, follower: Follower
) -> None:
    keeper.shared_case()
    follower.once()
    with follower.database.writing() as session:
        with pytest.raises(NotFound):  # of another organisation
            stop_following(session, FERNANDA, follower.files, number=follower.number)
        assert stop_following(session, OPERATOR, follower.files, number=follower.number) == 1
    assert [rows(follower.database, table) for table in COPY_TABLES] == [0, 0, 0]
    with follower.database.reading() as session:
        assert list_followed(session, OPERATOR) == ()
        sealed = session.scalar(text("SELECT key FROM followed_servers"))
        assert KEYS.open(bytes(sealed)) == b""
    with pytest.raises(NotFound):
        follower.once()


def test_what_passes_is_in_both_logs_without_anything_told(
    keeper: Keeper, follower: Follower
) -> None:
    keeper.shared_case(ShareKind.WHOLE)
    follower.once()
    for database, act in (
        (keeper.database, "pass_on_person"),
        (follower.database, "take_in_person"),
    ):
        with database.reading() as session:
            acts = session.execute(text("SELECT actor, action, thing FROM acts")).all()
            assert act in [row.action for row in acts]
            for table in ("acts", "person_records", "person_versions", "followed_servers"):
                kept = str(session.execute(text(f"SELECT * FROM {table}")).all())
                for word in ("Luc", "Zelaya", "9911", "Altar", "mtr_"):
                    assert word not in kept
