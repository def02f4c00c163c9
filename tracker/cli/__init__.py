"""The `tracker` command."""

import click

from tracker.cli.accounts import accounts
from tracker.cli.database import db
from tracker.cli.demo import demo
from tracker.cli.erasures import erase
from tracker.cli.exports import export
from tracker.cli.imports import import_files
from tracker.cli.maps import map_file
from tracker.cli.matches import matches
from tracker.cli.people import people
from tracker.cli.reports import report
from tracker.cli.serve import serve
from tracker.cli.tallies import tally


class Manual(click.Group):
    """Lists the commands in the order in which people need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's name
        """Give the commands as they were added."""
        return list(self.commands)


@click.group(cls=Manual, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="migrant-tracker", prog_name="tracker")
def main() -> None:
    """Record, count and map the migrants who die or disappear in the Americas.

    \b
    A first look, with real data:
      tracker demo

    \b
    Your own installation:
      tracker db upgrade
      tracker import FILE --recorded-on 2025-05-05
      tracker tally --from 2021-01-01 --to 2021-12-31 --by subregion,month
      tracker map --out map.html
      tracker serve

    Every figure is a minimum, counted by a rule, as known on a date; asked again for the same
    date, it comes out the same.

    Commands act as the operator of this installation. Settings are read from the environment:
    TRACKER_DATA (a folder, by default ./instance), TRACKER_DATABASE_URL (SQLite in that folder
    by default, or postgresql://...), TRACKER_SECRET_KEY.
    """


for command in (
    *(import_files, tally, export, report, map_file, serve, demo, people, matches, erase),
    *(accounts, db),
):
    main.add_command(command)
