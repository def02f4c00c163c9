"""`tracker export`: incidents and tallies as files to pass on."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tracker.cli.opening import opened
from tracker.cli.questions import arguments_of, with_question
from tracker.config import Settings
from tracker.db.session import Database
from tracker.domain.exports import IncidentForm, TallyForm
from tracker.domain.permissions import ANYONE, OPERATOR
from tracker.domain.publication import PUBLIC_DELAY_DAYS, PublicationRule
from tracker.exchange.incident_csv import CsvOptions
from tracker.schemas.tallies import load_query
from tracker.services.exports import (
    FileRequest,
    export_incidents,
    export_tally,
    write_incidents,
)
from tracker.translations.labels import labels_in

_OUT = click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="The file to write."
)
_BOM = click.option("--bom", is_flag=True, help="Begin a CSV with the mark that Excel wants.")


@click.group("export")
def export() -> None:
    """Write incidents or tallies to a file, to cite and to pass on."""


@export.command("incidents")
@with_question
@click.option(
    "--format", "format_", type=click.Choice([str(form) for form in IncidentForm]), default="csv"
)
@_OUT
@_BOM
@click.option("--hxl", is_flag=True, help="Give a CSV a second row of HXL tags.")
@click.option("--full", is_flag=True, help="All rows and exact places, for your own use only.")
def incidents_file(out: Path, *, full: bool, **options: Any) -> None:  # noqa: ANN401
    """Write the incidents that the tally of the same question counts.

    The file holds what the public may see, whoever writes it; --full holds what the operator
    sees, and is not made to be passed on.
    """
    actor = OPERATOR if full else ANYONE
    form = IncidentForm(options["format_"])
    csv = CsvOptions(bom=options["bom"], hxl=options["hxl"])
    with opened() as (settings, database):
        _publish_as_set(settings, database)
        with database.reading() as session:
            query = load_query(arguments_of(options), today=_today())
            made = export_incidents(session, actor, query)
            write_incidents(session, actor, FileRequest(made, form, csv), path=out)
    facts = made.facts
    click.echo(
        f"Written to {out}: {facts.rows:,} incidents as known on {facts.query.as_known_on}, "
        f"rule {facts.query.rule}, {facts.view} view."
    )


@export.command("tally")
@with_question
@click.option(
    "--format", "format_", type=click.Choice([str(form) for form in TallyForm]), default="csv"
)
@click.option("--labels", help="Words instead of codes: en, es.")
@_OUT
@_BOM
def tally_file(out: Path, **options: Any) -> None:  # noqa: ANN401
    """Write the tally of a question; `sdg` is the table of indicator 10.7.3."""
    labels = labels_in(options["labels"]) if options["labels"] else None
    with opened() as (_, database), database.reading() as session:
        query = load_query(arguments_of(options), today=_today())
        content = export_tally(
            session,
            OPERATOR,
            query,
            form=TallyForm(options["format_"]),
            labels=labels,
            bom=options["bom"],
        )
    out.write_bytes(content)
    click.echo(f"Written to {out} ({len(content):,} bytes).")


def _publish_as_set(settings: Settings, database: Database) -> None:
    days = settings.public_delay_days
    database.publish_by(
        PublicationRule(PUBLIC_DELAY_DAYS if days is None else days, settings.public_grid)
    )


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
