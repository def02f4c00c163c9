"""`tracker serve`: answers in a browser."""

import socket
import threading

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from geodata.places import look_up_place
from tracker.app import create_app
from tracker.cli.opening import opened
from tracker.cli.proposing import Proposer
from tracker.config import settings_from_environment
from tracker.http.request import database_of


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes that answer.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages and the interfaces of this installation.

    For the open internet put a proxy with TLS in front (see docs/installation.md).
    """
    with opened():
        pass
    serve_installation(host=host, port=port, workers=workers)


def serve_installation(*, host: str, port: int, workers: int = 1) -> None:
    """Serve what the environment describes until somebody stops it."""
    _check_free(host, port)
    click.echo(f"Serving on http://{host}:{port} (stop with Ctrl-C).")
    Granian(
        "tracker.cli.serve:application",
        address=host,
        port=port,
        workers=workers,
        interface=Interfaces.WSGI,
        factory=True,
        log_access=False,
        blocking_threads=4,
    ).serve()


def _check_free(host: str, port: int) -> None:
    """Refuse a port that somebody else serves on: two servers would share its visitors."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Nothing can be served on {host}:{port} ({error.strerror}). Choose another port"
                " with --port, or end what runs there."
            ) from None


def application() -> Flask:
    """Make the application that the environment describes, for a server's worker."""
    # Boundaries are read now: nobody who saves shall wait for them.
    look_up_place(-77.0, 8.0, uncertainty_m=25_000.0, named_country="PAN")
    app = create_app(settings_from_environment())
    Proposer(database_of(app), threading.Event()).start()
    return app
