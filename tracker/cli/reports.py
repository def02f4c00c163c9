"""`tracker report`: the report of a period as PDF."""

import datetime as dt
from pathlib import Path

import click

from tracker.cli.opening import opened
from tracker.domain.permissions import OPERATOR
from tracker.schemas.report_periods import read_report_period
from tracker.schemas.tallies import read_known_day
from tracker.services.reports import ReportRequest, period_report


@click.command()
@click.option("--period", required=True, help="2026, 2026-Q1, 2026-03 or FIRST..LAST day.")
@click.option("--lang", default="es", type=click.Choice(["es", "en"]))
@click.option("--as-known-on", metavar="DATE", help="The end of that day, UTC. Empty: today.")
@click.option("--since", metavar="DATE", help="Tell what was learnt since; 90 days if left out.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False))
def report(
    *, period: str, lang: str, as_known_on: str | None, since: str | None, out: Path
) -> None:
    """Write the report of a period as a tagged PDF, as the public may see it."""
    today = dt.datetime.now(dt.UTC).date()
    with opened() as (_, database), database.reading() as session:
        asked = ReportRequest(
            period=read_report_period(period),
            language=lang,
            as_known_on=read_known_day("as_known_on", as_known_on, today) or today,
            since=read_known_day("since", since, today),
        )
        out.write_bytes(period_report(session, OPERATOR, asked))
    click.echo(f"{out} was written.")
