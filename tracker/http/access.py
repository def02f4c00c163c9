"""The one table of routes: who may reach each. A route that does not stand here is refused."""

from collections.abc import Iterable

from flask import Flask, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, may, require
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
    "figures.list_published": Action.SEE_TALLIES,
    "figures.show_figure": Action.SEE_TALLIES,
    "figures.give_figure": Action.SEE_TALLIES,
    "figures.give_feed": Action.SEE_TALLIES,
    "figures.publish": Action.PUBLISH_FIGURES,
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
    if isinstance(request.routing_exception, MethodNotAllowed):
        _require_any_of(request.routing_exception.valid_methods or ())
    elif request.endpoint is not None:
        action = ROUTES[request.endpoint]
        if action is not None:
            require(current_actor(), action)


def _require_any_of(methods: Iterable[str]) -> None:
    """Tell of the right methods only to those who may use one of them."""
    routes = current_app.create_url_adapter(request)
    endpoints = {routes.match(method=method)[0] for method in methods} if routes else set()
    actions = [ROUTES[endpoint] for endpoint in endpoints]
    if not any(action is None or may(current_actor(), action) for action in actions):
        raise NotFound("route")
