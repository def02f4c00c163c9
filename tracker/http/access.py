"""The one table of routes: who may reach each. A route that does not stand here is refused."""

from flask import Flask, request

from tracker.domain.permissions import Action, require
from tracker.http.request import current_actor

# None: anyone at all, whatever their role.
ROUTES: dict[str, Action | None] = {
    "static": None,
    "health.show_health": None,
    "about.show_about": None,
    "home.show_home": Action.SEE_TALLIES,
    "tallies.show_tally": Action.SEE_TALLIES,
    "incidents.list_incidents": Action.SEE_PUBLIC_INCIDENTS,
    "incidents.show_incident": Action.SEE_PUBLIC_INCIDENTS,
    "maps.show_map": Action.SEE_PUBLIC_INCIDENTS,
    "tallies_api.get_tally": Action.SEE_TALLIES,
    "tallies_api.get_tally_difference": Action.SEE_TALLIES,
}


class UndeclaredRoute(Exception):
    """A route was registered that the table does not know."""


def guard_routes(app: Flask) -> None:
    """Refuse to start with an undeclared route, and ask for the right before every answer."""
    undeclared = set(app.view_functions) - set(ROUTES)
    if undeclared:
        raise UndeclaredRoute(", ".join(sorted(undeclared)))
    # An address with double slashes is unknown: a redirect would repeat the Host that was sent.
    app.url_map.merge_slashes = False
    app.before_request(_require_right)


def _require_right() -> None:
    if request.endpoint is None:
        return
    action = ROUTES[request.endpoint]
    if action is not None:
        require(current_actor(), action)
