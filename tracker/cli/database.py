"""`tracker db`: makes the tables, and checks that what is stored agrees with itself."""

import click

from tracker.cli.opening import make_keys, opened
from tracker.db.encryption import KeyRing, new_key_ring, write_key_file
from tracker.db.migrations import upgrade_database
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import empty_journal
from tracker.domain.permissions import OPERATOR
from tracker.services.acts import end_of_log
from tracker.services.attachments import sweep_files
from tracker.services.form_drafts import sweep_form_drafts
from tracker.services.installation import change_keys, check_database
from tracker.services.removals import repeat_removals


@click.group()
def db() -> None:
    """Prepare and check the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to the newest form, all steps or none. Makes them when there are none.

    Removes again what came back with a backup. Makes the key file too, when there are no keys:
    keep a copy of it apart from the backups.
    """
    with opened(must_be_current=False) as (settings, database):
        upgrade_database(database)
        if make_keys(settings, database):
            click.echo(
                f"New keys were written to {settings.keys_file}. Without them nothing that is"
                " sealed can be read again: keep a copy, and keep it apart from the backups."
            )
        with database.writing() as session:
            repeated = repeat_removals(session, OPERATOR, SealedFiles(settings.attachments))
        if repeated:
            empty_journal(database.engine)
            click.echo(f"Removed again after a backup was put back: {repeated:,}.")
    click.echo("The database is ready.")


@db.command()
@click.option("--log-held", default="", help="An end of the log that an earlier check told.")
def check(log_held: str) -> None:
    """Compare what is stored several times: tables, ledger, blocks, versions, seals of the log.

    Ends with 1 and a list when something does not agree.
    """
    with opened() as (_, database):
        faults = check_database(database, OPERATOR, noted=log_held)
        with database.reading() as session:
            end = end_of_log(session, OPERATOR)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("Everything agrees.")
    if end:
        click.echo(f"The log ends with {end}. Note it elsewhere, for --log-held next time.")


@db.command()
@click.option("--keep-old", is_flag=True, help="Keep the old keys in the file, after the new one.")
def rotate_keys(*, keep_old: bool) -> None:
    """Seal everything with a new key, then forget the old ones. Stop the tracker before.

    Cut off half-way, the file holds both keys, and nothing is lost: begin again.
    """
    with opened() as (settings, database):
        if settings.keys:
            raise click.ClickException(
                "The keys come from TRACKER_KEYS, and a command cannot change that: put a new"
                " `encrypt` line first in it, then run this with the keys in a file."
            )
        ring = new_key_ring(database.keys)
        write_key_file(ring, settings.keys_file)
        database.use_keys(ring)
        sealed = change_keys(database, OPERATOR)
        if not keep_old:
            write_key_file(KeyRing(ring.encrypt_keys[:1], ring.lookup_key), settings.keys_file)
    click.echo(
        f"{sealed:,} values were sealed with a new key. Keep a copy of {settings.keys_file}."
    )


@db.command()
def sweep() -> None:
    """Take away what is left over: sealed files that no record names, and old drafts of forms."""
    with opened() as (settings, database), database.writing() as session:
        files = sweep_files(session, OPERATOR, SealedFiles(settings.attachments))
        drafts = sweep_form_drafts(session, OPERATOR)
    empty_journal(database.engine)
    click.echo(f"{files:,} files and {drafts:,} drafts of forms were taken away.")
