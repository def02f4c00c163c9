"""Says whether the installation answers and reaches its database."""

from flask import Blueprint, Response, jsonify

from tracker.http.request import current_session
from tracker.services.tallies import ledger_head

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show_health() -> Response:
    """Answer `ok` once the database has answered."""
    ledger_head(current_session())
    response = jsonify(status="ok")
    response.headers["Cache-Control"] = "no-store"
    return response
