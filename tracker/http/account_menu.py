"""Who is signed in, and where they can go from the head of every page."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for

from tracker.domain.permissions import Action, Role, may
from tracker.http.language import gettext
from tracker.http.request import current_actor


@dataclass(frozen=True)
class AccountMenu:
    """A person's name and role, and the pages that are theirs: address and words."""

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
    links = [_link("records.list_own", gettext("My records"))] if logs else []
    if may(actor, Action.SEE_CASES):
        links.append(_link("people.list_people", gettext("Cases"), register="cases"))
        links.append(_link("people.list_people", gettext("Remains"), register="remains"))
        links.append(_link("families.show_desk", gettext("Messages of families")))
    if may(actor, Action.SEE_MATCHES):
        links.append(_link("matches.show_matches", gettext("Possible matches")))
    if may(actor, Action.SEE_SEARCHES):
        links.append(_link("searches.list_own", gettext("Searches on the ground")))
    if may(actor, Action.REVIEW_INCIDENTS):
        links.append(_link("reviews.show_queue", gettext("Waiting for review")))
    if may(actor, Action.LOG_INCIDENTS):
        links.append(_link("offline.choose_language", gettext("Log without network")))
        links.append(_link("record_imports.show_import", gettext("Send a spreadsheet")))
    if may(actor, Action.RECORD_CASES):
        links.append(_link("person_imports.show_import", gettext("Send a list of people")))
    links.append(_link("accounts.show_account", gettext("My account")))
    if may(actor, Action.MANAGE_ORGANISATION):
        links.append(_link("accounts.show_organisation", gettext("My organisation")))
    return AccountMenu(actor.name, actor.role, tuple(links), logs)


def _link(endpoint: str, words: str, **parts: Any) -> tuple[str, str]:  # noqa: ANN401 -- parts of an address
    return url_for(endpoint, **parts), words
