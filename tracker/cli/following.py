"""Follows all servers at once, each in a thread of its own, until it is stopped."""

import threading
import time
from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError

from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database
from tracker.domain.errors import DomainError, NotFound
from tracker.domain.permissions import OPERATOR
from tracker.domain.shared_people import MOST_WAIT_S, ServerQuestion
from tracker.services.people import follow_once, list_followed
from tracker.services.people.follow import ask_for_shared

LOOKS_FOR_SERVERS_S = 10.0
# A server that does not wait, since too many others do, is asked again after so long.
RESTS_S = 3.0
FIRST_BACK_OFF_S, MOST_BACK_OFF_S = 2.0, 30.0


class Follower:
    """Follows what is followed. Whatever it is stopped in, nothing is half kept."""

    def __init__(self, database: Database, files: SealedFiles, stop: threading.Event) -> None:
        self.database, self.files, self.stop = database, files, stop
        self.busy = threading.Lock()
        self.threads: dict[int, threading.Thread] = {}

    def run(self) -> None:
        """Follow until `stop` is set; then end at once, but never within a transaction."""
        while not self.stop.is_set():
            for number in self._followed():
                thread = self.threads.get(number)
                if thread is None or not thread.is_alive():
                    # Waiting for an answer it does not hold up the end of the program.
                    thread = threading.Thread(target=self._follow, args=(number,), daemon=True)
                    self.threads[number] = thread
                    thread.start()
            self.stop.wait(LOOKS_FOR_SERVERS_S)
        self.busy.acquire()  # whoever keeps something finishes first, and nobody begins after it

    def _followed(self) -> list[int]:
        try:
            with self.database.reading() as session:
                return [server.number for server in list_followed(session, OPERATOR)]
        except SQLAlchemyError:
            return []

    def _follow(self, number: int) -> None:
        back_off = FIRST_BACK_OFF_S
        while not self.stop.is_set():
            began = time.monotonic()
            heard = self._once(number)
            if heard is None:
                return
            if heard:
                back_off = FIRST_BACK_OFF_S
                quick = time.monotonic() - began < RESTS_S
                self.stop.wait(RESTS_S if quick else 0)
            else:
                self.stop.wait(back_off)
                back_off = min(2 * back_off, MOST_BACK_OFF_S)

    def _once(self, number: int) -> bool | None:
        """Say whether a server was heard; None where it is not followed any more."""
        self.busy.acquire()
        try:
            taken = follow_once(
                self.database,
                OPERATOR,
                self.files,
                number=number,
                wait=MOST_WAIT_S,
                ask=self._ask,
            )
        except NotFound:
            return None
        except (DomainError, SQLAlchemyError):
            # A database that is away for a moment; nothing was kept, and it is asked for again.
            return False
        finally:
            self.busy.release()
        return taken.problem is None or taken.entries > 0

    def _ask(self, question: ServerQuestion, query: Mapping[str, int]) -> object:
        # Only while nothing is kept may the program end.
        self.busy.release()
        try:
            return ask_for_shared(question, query)
        finally:
            self.busy.acquire()
