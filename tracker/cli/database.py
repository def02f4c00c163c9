"""`tracker db`: makes the tables, and checks that what is stored agrees with itself."""

import click

from tracker.cli.opening import opened
from tracker.db.migrations import upgrade_database
from tracker.domain.permissions import OPERATOR
from tracker.services.installation import check_database


@click.group()
def db() -> None:
    """Prepare and check the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to the newest form, all steps or none. Makes them when there are none."""
    with opened(must_be_current=False) as (_, database):
        upgrade_database(database)
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
