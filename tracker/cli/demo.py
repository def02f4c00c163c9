"""`tracker demo`: real data of several dates, so that "as known on" has a real history."""

import datetime as dt
import gzip
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from tracker.cli.demo_figures import publish_demo_figures
from tracker.cli.demo_people import invent_sought_people
from tracker.cli.demo_records import invent_records
from tracker.cli.opening import make_keys, opened
from tracker.cli.serve import serve_installation
from tracker.config import data_folder
from tracker.db.migrations import database_is_current, upgrade_database
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.services.accounts.demonstration import invent_people
from tracker.services.imports import ImportRequest, import_file

DEMO_DATA = Path(__file__).parent / "demo_data"


@dataclass(frozen=True)
class Edition:
    """A file as downloaded on a date; most are the whole dataset as of that day."""

    name: str
    recorded_on: dt.date
    replaces: bool = True


EDITIONS = (
    Edition("mmp-2020-01-08", dt.date(2020, 1, 8)),
    Edition("mmp-2021-03-27", dt.date(2021, 3, 27)),
    Edition("lac-review-2021-reconstruction", dt.date(2021, 4, 1), replaces=False),
    Edition("mmp-2021-09-05", dt.date(2021, 9, 5)),
    Edition("mmp-2022-05-15", dt.date(2022, 5, 15)),
    Edition("mmp-2025-05-05", dt.date(2025, 5, 5)),
    Edition("mmp-2026-05-06", dt.date(2026, 5, 6), replaces=False),
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only load the data.")
def demo(host: str, port: int, *, no_serve: bool) -> None:
    """Load real data and serve it: the Americas, 2014 to 2026, as known on seven dates.

    The demonstration has a database of its own, in the folder `demo` of TRACKER_DATA.
    """
    os.environ["TRACKER_DATA"] = str(data_folder() / "demo")
    os.environ["TRACKER_DEMO"] = "1"
    for name in ("TRACKER_DATABASE_URL", "TRACKER_KEYS", "TRACKER_KEYS_FILE"):
        os.environ.pop(name, None)
    with opened(must_be_current=False) as (settings, database):
        if not database_is_current(database):
            upgrade_database(database)
        make_keys(settings, database)
        load_editions(database, told=click.echo)
        with database.writing() as session:
            publish_demo_figures(session)
            if invent_people(session, OPERATOR):
                click.echo(
                    "Eight invented people were added, at least one for each role: see /demo."
                )
            if invent_records(session):
                click.echo("Five invented records were added; none of them counts in figures.")
            if invent_sought_people(session):
                click.echo("Three invented cases and three remains were added: sign in at /demo.")
    if not no_serve:
        serve_installation(host=host, port=port)


def load_editions(
    database: Database,
    editions: tuple[Edition, ...] = EDITIONS,
    *,
    told: Callable[[str], object] = lambda _sentence: None,
) -> None:
    """Import the files of the demonstration that are not there yet, each as of its date."""
    with tempfile.TemporaryDirectory() as folder:
        for edition in editions:
            path = Path(folder) / f"{edition.name}.csv"
            path.write_bytes(gzip.decompress((DEMO_DATA / f"{path.name}.gz").read_bytes()))
            request = ImportRequest(
                path=path, recorded_on=edition.recorded_on, replaces=edition.replaces
            )
            outcome = import_file(database, OPERATOR, request)
            if not outcome.already_there:
                told(
                    f"{outcome.counts['reported']:,} incidents new as known on"
                    f" {edition.recorded_on} ({edition.name})."
                )
