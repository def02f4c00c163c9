"""`tracker db`: makes the tables, and checks that what is stored agrees with itself."""

import click

from tracker.cli.opening import make_keys, opened
from tracker.db.migrations import upgrade_database
from tracker.domain.permissions import OPERATOR
from tracker.services.installation import check_database


@click.group()
def db() -> None:
    """Prepare and check the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to the newest form, all steps or none. Makes them when there are none.

    Makes the key file too, when there are no keys: keep a copy of it apart from the backups.
    """
    with opened(must_be_current=False) as (settings, database):
        upgrade_database(database)
        if make_keys(settings, database):
            click.echo(
                f"New keys were written to {settings.keys_file}. Without them nothing that is"
                " sealed can be read again: keep a copy, and keep it apart from the backups."
            )
    click.echo("The database is ready.")


@db.command()
def check() -> None:
    """Compare what is stored several times: tables, ledger, blocks, versions.

    Ends with 1 and a list when something does not agree.
    """
    with opened() as (_, database):
        faults = check_database(database, OPERATOR)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("Everything agrees.")
