"""`tracker tally`: counts, as known on a date."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from tracker.cli.opening import opened
from tracker.cli.questions import arguments_of, with_question
from tracker.domain.measures import MEASURES
from tracker.domain.permissions import OPERATOR
from tracker.domain.tallies import Tally, TallyDifference, TallyRow
from tracker.exchange.tally_csv import difference_csv, tally_csv
from tracker.exchange.tally_json import difference_json, tally_json
from tracker.schemas.tallies import load_query
from tracker.services.tallies import period_tally, tally_difference
from tracker.translations.labels import labels_in

_FORMATS = click.Choice(["table", "csv", "json"])
_NOT_KNOWN = "–"


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--out", type=click.Path(path_type=Path), help="Write to this file."),
        click.option("--format", "format_", type=_FORMATS, default="table"),
        click.option("--labels", help="Words instead of codes: en, es."),
    ):
        command = option(command)
    return with_question(command)


@click.group(invoke_without_command=True)
@_with_options
@click.pass_context
def tally(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401
    """Count incidents and people by subregion, corridor, period and more.

    Without --from and --to everything counts, undated incidents too. The last row is the total;
    what is unknown has a row of its own, so that the parts sum to the whole.
    """
    if context.invoked_subcommand is not None:
        return
    with opened() as (_, database), database.reading() as session:
        query = load_query(arguments_of(options), today=dt.datetime.now(dt.UTC).date())
        answer = period_tally(session, OPERATOR, query)
    labels = labels_in(options["labels"]) if options["labels"] else None
    written = {
        "csv": lambda: tally_csv(answer, labels),
        "json": lambda: tally_json(answer),
        "table": lambda: _table(answer, [*query.by], labels),
    }[options["format_"]]()
    _give(written, options["out"])


@tally.command()
@click.option("--between", nargs=2, metavar="DATE DATE", required=True)
@_with_options
def diff(between: tuple[str, str], **options: Any) -> None:  # noqa: ANN401
    """Count what changed between two dates, by reason; adds up to the difference."""
    before, after = (_date(text) for text in between)
    with opened() as (_, database), database.reading() as session:
        query = load_query(arguments_of(options), today=after)
        answer = tally_difference(session, OPERATOR, query, known_before=before, known_after=after)
    labels = labels_in(options["labels"]) if options["labels"] else None
    written = {
        "csv": lambda: difference_csv(answer, labels),
        "json": lambda: difference_json(answer),
        "table": lambda: _table(answer, [*query.by, "reason"], labels),
    }[options["format_"]]()
    _give(written, options["out"])


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date. Write it as 2021-04-01.") from None


def _give(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")


def _table(
    answer: Tally | TallyDifference,
    names: list[str],
    labels: Callable[[str, str], str] | None,
) -> str:
    shown = [name for name in MEASURES if any(row.counts[name] is not None for row in answer.rows)]
    shown = shown or list(MEASURES[:4])
    table = Table(caption=_caption(answer), caption_justify="left")
    for name in names:
        table.add_column(name)
    for name in shown:
        table.add_column(name.replace("_", " "), justify="right")
    total = TallyRow(("total", *[""] * (len(names) - 1)) if names else (), answer.total)
    for row in (*(answer.rows if names else ()), total):
        if row is total:
            table.add_section()
        words = [
            labels(name, code) if labels and code else code
            for name, code in zip(names, row.codes, strict=True)
        ]
        counts = (row.counts[name] for name in shown)
        table.add_row(*words, *(_NOT_KNOWN if n is None else f"{n:,}" for n in counts))
    console = Console(width=200)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def _caption(answer: Tally | TallyDifference) -> str:
    rule = f"rule {answer.query.rule}, scheme {answer.query.scheme}"
    if isinstance(answer, TallyDifference):
        return f"Changes from {answer.known_before} to {answer.known_after}; {rule}."
    known = answer.query.as_known_on
    return f"Minimum, as known on {known}; {rule}; {_NOT_KNOWN}: not known."
