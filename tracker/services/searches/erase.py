"""Erases a search for good: its plan, its ground, and what everybody reported of it."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.db.models.searches import Search
from tracker.db.queries.searches import erase_search_rows
from tracker.db.removals import Removed, note_removal
from tracker.db.session import empty_journal, moment
from tracker.domain.erasures import Ground
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.searches import ERASED, SearchSight
from tracker.services.acts import note_act
from tracker.services.searches.plan import packed
from tracker.services.searches.standing import seen_search


def erase_search(session: Session, actor: Actor, public_id: str, *, ground: Ground) -> None:
    """Erase everything told of a search, by a case worker of the group that planned it.

    Records of remains that were opened for its findings stay: they are records of their own.
    """
    require(actor, Action.ERASE_CASES)
    search = seen_search(session, actor, public_id, at_least=SearchSight.KEEPER)
    _erase(session, actor, search, ground=ground)


def erase_search_again(session: Session, actor: Actor, search: Search, *, ground: Ground) -> None:
    """Erase a search that was erased once and came back with a backup."""
    require(actor, Action.MANAGE_INSTALLATION)
    _erase(session, actor, search, ground=ground)


def _erase(session: Session, actor: Actor, search: Search, *, ground: Ground) -> None:
    erase_search_rows(session, search.id)
    now = moment(session)
    # What is left: ids, when and by whom it was planned and erased, and why.
    search.status, search.plan = ERASED, packed({"ground": ground})
    search.begins_on = search.ends_on = search.planned_at.date()
    search.changed_at, search.changed_by = now, actor.handle
    session.flush()
    note_act(session, actor, action="erase_search", thing=f"search {search.id}")
    note_removal(session, Removed.SEARCH, search.public_id, ground=ground)
    event.listen(session, "after_commit", _empty_journal, once=True)


def _empty_journal(session: Session) -> None:
    empty_journal(session.get_bind().engine)
