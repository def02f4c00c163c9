"""Follows other servers: asks each for what is shared, and keeps copies as long as it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.db.queries.shared_people import followed_server, lapsed_copies
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, moment
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.shared_people import (
    FeedChange,
    FeedPage,
    ServerNotHeard,
    ServerProblem,
    ServerQuestion,
    Taken,
)
from tracker.exchange.other_servers import ask_server
from tracker.schemas.shared_people import load_page
from tracker.services.people.copies import erase_others, take_in_entry
from tracker.services.people.followed import end_lapsed_copies, get_question, note_silence

PATH = "/api/v1/shared-people"
# So many pages at one go: a server that never ends does not keep the others waiting.
MOST_PAGES = 1_000
Ask = Callable[[ServerQuestion, Mapping[str, int]], object]


@dataclass
class _Reading:
    """One go through what a server tells; from the beginning, all that it shares is named."""

    after: int
    whole: bool
    listed: set[str] = field(default_factory=set)
    unread: int = 0
    taken: Taken = field(default_factory=Taken)


def ask_for_shared(question: ServerQuestion, query: Mapping[str, int]) -> object:
    """Ask a server for a page of what it shares; raises `ServerNotHeard`."""
    return ask_server(
        question.address, PATH, key=question.key, query=query, wait=query.get("wait", 0)
    )


def follow_once(
    database: Database,
    actor: Actor,
    files: SealedFiles,
    *,
    number: int,
    wait: int = 0,
    ask: Ask = ask_for_shared,
) -> Taken:
    """Read what a server has to tell and keep it; waits up to so many seconds for news.

    No transaction is open while it waits. Cut off anywhere, the next time goes on from what was
    kept. Raises `NotFound` where the server is not followed any more.
    """
    require(actor, Action.FOLLOW_SERVERS)
    _end_what_lapsed(database, actor, files, number=number)
    with database.reading() as session:
        question = get_question(session, actor, number)
    reading = _Reading(after=question.after, whole=question.after == 0)
    try:
        for at in range(MOST_PAGES):
            query = {"after": reading.after, "wait": wait if at == 0 else 0}
            page = _page(ask(question, query))
            with database.writing() as session:
                _take_in_page(session, files, number=number, page=page, reading=reading)
            if not page.more or (page.last <= query["after"] and not page.started_over):
                break
    except ServerNotHeard as error:
        with database.writing() as session:
            note_silence(session, actor, files, number=number, problem=error.problem)
        told = reading.taken
        return Taken(told.changed, told.withdrawn, told.dropped, error.problem, told.entries)
    return reading.taken


def _page(given: object) -> FeedPage:
    try:
        return load_page(given)
    except ValueError:
        raise ServerNotHeard(ServerProblem.NOT_READABLE) from None


def _end_what_lapsed(database: Database, actor: Actor, files: SealedFiles, *, number: int) -> None:
    with database.reading() as session:
        lapsed = lapsed_copies(session, number, moment(session).date())
    if lapsed:
        with database.writing() as session:
            end_lapsed_copies(session, actor, files, number=number)


def _take_in_page(
    session: Session, files: SealedFiles, *, number: int, page: FeedPage, reading: _Reading
) -> None:
    server = followed_server(session, number, alone=True)
    if server is None:
        raise NotFound("server")
    if page.started_over:
        reading.whole, reading.listed = True, set()
    before, taken = reading.taken, dict.fromkeys(FeedChange, 0)
    for entry in page.entries:
        taken[entry.change] += take_in_entry(session, files, server=server, entry=entry)
        if entry.record is not None:
            reading.listed.add(entry.public_id)
    reading.after, reading.unread = page.last, reading.unread + page.unread
    if reading.whole and not page.more and not reading.unread:
        taken[FeedChange.WITHDRAWN] += erase_others(
            session, files, server=server, listed=reading.listed
        )
    if not (reading.whole and page.more):
        # Read from the beginning it counts at its end: cut off before, all is asked for again.
        server.read_up_to = page.last
    dropped = before.dropped + page.dropped
    partly = ServerProblem.PARTLY_READABLE if dropped else None
    server.asked_at, server.problem = moment(session), partly
    session.flush()
    reading.taken = Taken(
        changed=before.changed + taken[FeedChange.CHANGED],
        withdrawn=before.withdrawn + taken[FeedChange.WITHDRAWN],
        dropped=dropped,
        problem=partly,
        entries=before.entries + len(page.entries),
    )
