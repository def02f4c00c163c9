"""Who writes to an SQLite file comes after whoever came before, and nobody waits for ever."""

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tracker.db.session import Database
from tracker.db.turns import Turns


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), []
    assert turns.take(1)

    def wait(number: int) -> None:
        assert turns.take(30)
        order.append(number)
        turns.give()

    threads = [threading.Thread(target=wait, args=(number,)) for number in range(20)]
    for at, thread in enumerate(threads):
        thread.start()
        while len(turns._waiting) <= at:
            time.sleep(0.001)
    turns.give()
    for thread in threads:
        thread.join()
    assert order == list(range(20))
    assert turns.take(0)


def test_who_has_waited_long_enough_is_told_and_stands_in_nobodys_way() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)


@pytest.mark.parametrize("how", ["commits", "fails", "breaks"])
def test_a_turn_ends_however_its_transaction_ends(database: Database, how: str) -> None:
    def write() -> None:
        with database.writing() as session:
            session.execute(text("SELECT 1"))
            if how == "breaks":
                session.connection().invalidate()
            if how != "commits":
                raise RuntimeError(how)

    for _ in range(3):
        start = time.monotonic()
        if how == "commits":
            write()
        else:
            with pytest.raises(RuntimeError, match=how):
                write()
        assert time.monotonic() - start < 20  # less than the patience of who waits in vain


def test_what_can_wait_for_another_time_does_not_wait_now(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        return
    with database.writing() as session:
        session.execute(text("SELECT 1"))
        assert not database.try_to_write(lambda other: other.execute(text("SELECT 1")))
    assert database.try_to_write(lambda other: other.execute(text("SELECT 1")))
    with pytest.raises(OperationalError), database.writing() as session:
        session.execute(text("SELECT nothing"))
    assert database.try_to_write(lambda other: other.execute(text("SELECT 1")))
