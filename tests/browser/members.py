"""Browsers in which somebody of the cast is signed in."""

from watched_pages import Site, Watch, Watched

from tests.http.clients import add_cast
from tracker.db.models import Account
from tracker.domain.accounts import SessionStage
from tracker.domain.permissions import Actor
from tracker.http.cookies import SESSION
from tracker.services.accounts.sessions import begin_session


def signed_in(watch: Watch, site: Site, actor: Actor, **options: object) -> Watched:
    """Open a watched browser in which this person is signed in."""
    with site.database.writing() as session:
        add_cast(session)
        account = session.get_one(Account, actor.account_id)
        begun = begin_session(session, account, stage=SessionStage.FULL, device="Chromium, Linux")
    watched = watch(site.address, **options)
    watched.page.context.add_cookies(
        [{"name": SESSION, "value": begun.token, "url": site.address, "httpOnly": True}]
    )
    return watched
