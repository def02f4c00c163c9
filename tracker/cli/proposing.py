"""Keeps matches up to date beside a server: reads registers ahead, proposes what changed."""

import sys
import threading
import time

from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.services.matches import ProposalRound, end_reading_ahead, propose_changed, read_ahead

LOOKS_S, AFTER_FAULT_S = 5.0, 30.0


class Proposer:
    """Works in a thread of each process that serves; one of them all proposes.

    Whatever it is stopped in, nothing is half kept. Two that propose at once, such as after a
    database was away, keep each pair once.
    """

    def __init__(
        self, database: Database, stop: threading.Event, *, looks_s: float = LOOKS_S
    ) -> None:
        self.database, self.stop, self.looks_s = database, stop, looks_s
        self._since: ProposalRound | None = None
        self._rested = time.monotonic()

    def start(self) -> threading.Thread:
        """Begin; the end of the process is no reason to wait for it."""
        thread = threading.Thread(target=self.run, name="matches", daemon=True)
        thread.start()
        return thread

    def run(self) -> None:
        """Read ahead and propose until `stop` is set."""
        try:
            while not self.stop.is_set():
                try:
                    with self.database.proposals_lock() as held:
                        self._work(proposes=held)
                except Exception as error:
                    # A database that is away for a moment, or a fault of ours; never its words,
                    # which can tell of a person.
                    sys.stderr.write(f"matches: {type(error).__name__}, tried again soon\n")
                    end_reading_ahead(self.database, OPERATOR)
                    self.stop.wait(AFTER_FAULT_S)
        finally:
            end_reading_ahead(self.database, OPERATOR)

    def _work(self, *, proposes: bool) -> None:
        while not self.stop.is_set():
            read_ahead(self.database, OPERATOR)
            if proposes:
                self._rested = time.monotonic()
                found = propose_changed(
                    self.database, OPERATOR, since=self._since, goes_on=self._goes_on
                )
                self._since = self._since if found.marks is None else found
            self.stop.wait(self.looks_s)
            if not proposes:
                return

    def _goes_on(self) -> bool:
        """Rest as long as the work took: half of one core is for those who wait for an answer."""
        worked = time.monotonic() - self._rested
        self.stop.wait(worked)
        self._rested = time.monotonic()
        return not self.stop.is_set()
