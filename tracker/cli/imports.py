"""`tracker import`: takes files of a dataset in."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from tracker.cli.import_messages import sentence_of_unreadable
from tracker.cli.opening import opened
from tracker.db.session import Database
from tracker.domain.permissions import OPERATOR
from tracker.exchange.mmp import UnreadableFile
from tracker.services.imports import ImportOutcome, ImportRequest, import_file

DATE = click.DateTime(["%Y-%m-%d"])


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dataset", default="iom-mmp", show_default=True, help="Name of the dataset.")
@click.option("--recorded-on", type=DATE, help="Day on which the file was known, if not today.")
@click.option("--replaces", is_flag=True, help="The file is the whole dataset as of that day.")
@click.option("--allow-withdrawals", type=click.IntRange(min=0), metavar="N")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--report", type=click.Path(path_type=Path), help="Write all findings (JSON).")
@click.option("--all-regions", is_flag=True, help="Take rows outside the Americas too.")
def import_files(files: tuple[Path, ...], report: Path | None, **options: Any) -> None:  # noqa: ANN401
    """Take FILES of the Missing Migrants Project in (CSV, XLSX or JSON of any date).

    Changed rows become new versions. Rows that a file no longer has are reported and stay,
    unless --replaces says that the file is complete: then they are withdrawn as known then.
    Each file is taken in as a whole or not at all.
    """
    recorded_on = options.pop("recorded_on")
    options["recorded_on"] = recorded_on.date() if recorded_on else None
    outcomes = []
    with opened() as (_, database):
        for file in files:
            request = ImportRequest(path=file, **options)
            outcome = _take_in(database, request)
            outcomes.append(outcome)
            _tell(outcome, dry_run=request.dry_run)
    if report is not None:
        report.write_text(_report(outcomes), encoding="utf-8")


def _take_in(database: Database, request: ImportRequest) -> ImportOutcome:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(request.path.name, total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        try:
            return import_file(database, OPERATOR, request, progress=progress)
        except UnreadableFile as error:
            raise click.ClickException(sentence_of_unreadable(error, request.path.name)) from None


def _tell(outcome: ImportOutcome, *, dry_run: bool) -> None:
    counts = outcome.counts
    if outcome.already_there:
        click.echo(f"{outcome.file_name}: already imported as of {outcome.recorded_on}.")
        return
    would = " (dry run: nothing was changed)" if dry_run else ""
    click.echo(f"{outcome.file_name}, as known on {outcome.recorded_on}{would}:")
    for name, number in counts.items():
        if number:
            click.echo(f"  {number:>8,}  {_WORDS[name]}")
    codes = outcome.findings["code"].value_counts()
    if len(codes):
        click.echo("  Findings, row by row with --report:")
    for code, number in codes.items():
        click.echo(f"  {number:>8,}  {code}")


_WORDS = {
    "rows_read": "rows read",
    "rows_out_of_scope": "rows outside the Americas, left out",
    "reported": "incidents new",
    "revised": "revised",
    "reclassified": "reclassified",
    "withdrawn": "withdrawn, since the file no longer has them",
    "unchanged": "unchanged",
    "continued": "continue an incident that had another id",
    "gone": "gone from the file, kept here",
}


def _report(outcomes: list[ImportOutcome]) -> str:
    def plain(value: object) -> object:
        if isinstance(value, dt.date):
            return value.isoformat()
        return None if value is None or value != value else value  # noqa: PLR0124 -- NaN

    files = [
        {
            "file": outcome.file_name,
            "dataset": outcome.dataset,
            "layout": outcome.layout,
            "recorded_on": outcome.recorded_on.isoformat(),
            "counts": outcome.counts,
            "findings": [
                {name: plain(value) for name, value in row.items()}
                for row in outcome.findings.astype(object).to_dict("records")
            ],
        }
        for outcome in outcomes
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=1, default=str) + "\n"
