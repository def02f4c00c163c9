"""Lets those who write to an SQLite file take turns, in the order in which they came.

SQLite itself has them look again after growing pauses: the file lies idle meanwhile, and who is
unlucky waits long. Between processes that is still so; within one nobody overtakes.
"""

import threading
from collections import deque
from typing import cast

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_HELD = "tracker_turn"


class Turns:
    """A lock that is handed on to whoever has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def take(self, patience_s: float) -> bool:
        """Wait for a turn; gives False when it has not come in so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(patience_s):
            return True
        with self._guard:
            if turn.is_set():  # it came just now
                return True
            self._waiting.remove(turn)
            return False

    def give(self) -> None:
        """End one's turn."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


def take_turns(engine: Engine, patience_s: float) -> None:
    """See to it that transactions which write begin one after another on this engine.

    The option `writing` says which do. One with the option `waits` set to False takes no turn: it
    is refused by SQLite at once when somebody else is writing.
    """
    turns = Turns()

    def begin(connection: Connection) -> None:
        # A plain BEGIN takes the write lock at the first write: two who read first lose an update.
        options = connection.get_execution_options()
        if not options.get("writing", False):
            connection.exec_driver_sql("BEGIN")
            return
        if options.get("waits", True):
            taken = turns.take(patience_s)
            # Kept where it outlives a connection that breaks.
            cast(dict[str, bool], connection.connection.record_info)[_HELD] = taken
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def give(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        # The connection has come back: what it wrote is kept or undone.
        if entry.record_info and entry.record_info.pop(_HELD, False):
            turns.give()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", give)
