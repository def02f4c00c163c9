"""The options by which a command is asked a question: period, groupings, filters, date."""

from collections.abc import Callable
from typing import Any

import click

from tracker.domain.tallies import Grouping

_OWN = ("out", "format_", "labels", "full", "bom", "hxl")


def with_question(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a question."""
    options = [
        click.option("--from", "from_", metavar="DATE", help="First day of the period."),
        click.option("--to", metavar="DATE", help="Last day of the period, included."),
        click.option("--by", multiple=True, help="Groupings, at most four: A,B or repeated."),
        click.option("--scheme", help="review_2021 (default), un_m49 or iom_region."),
        click.option("--as-known-on", metavar="DATE", help="The end of that day, UTC; today."),
        click.option("--rule", help="iom (default), confirmed_dead or wide."),
        click.option("--children", help="`only`: incidents with children among the people."),
    ]
    for grouping in Grouping:
        name = f"--{grouping.replace('_', '-')}"
        options.append(click.option(name, multiple=True, help=f"Only this {grouping}."))
    for option in reversed(options):
        command = option(command)
    return command


def arguments_of(options: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Give the parameters of the question among the options of a command."""
    given: dict[str, tuple[str, ...]] = {}
    for name, value in options.items():
        if name in _OWN or value in (None, ()):
            continue
        given[name.rstrip("_")] = value if isinstance(value, tuple) else (value,)
    return given
