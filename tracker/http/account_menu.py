"""Who is signed in, and where they can go from the head of every page."""

from dataclasses import dataclass

from flask import Flask

from tracker.domain.permissions import Action, Role, may
from tracker.http.language import gettext
from tracker.http.request import current_actor


@dataclass(frozen=True)
class AccountMenu:
    """A person's name and role, and the pages that are theirs: endpoint and words."""

    name: str
    role: Role
    links: tuple[tuple[str, str], ...]
    logs: bool


def show_account_menu(app: Flask) -> None:
    """Let `account_menu()` in a template say who is signed in."""
    app.jinja_env.globals["account_menu"] = account_menu


def account_menu() -> AccountMenu | None:
    """Give the menu of whoever is signed in; None for anyone else."""
    actor = current_actor()
    if actor.account_id is None:
        return None
    logs = may(actor, Action.LOG_INCIDENTS)
    links = [("records.list_own", gettext("My records"))] if logs else []
    if may(actor, Action.REVIEW_INCIDENTS):
        links.append(("reviews.show_queue", gettext("Waiting for review")))
    if may(actor, Action.LOG_INCIDENTS):
        links.append(("offline.choose_language", gettext("Log without network")))
        links.append(("record_imports.show_import", gettext("Send a spreadsheet")))
    links.append(("accounts.show_account", gettext("My account")))
    if may(actor, Action.MANAGE_ORGANISATION):
        links.append(("accounts.show_organisation", gettext("My organisation")))
    return AccountMenu(actor.name, actor.role, tuple(links), logs)
