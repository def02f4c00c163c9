"""`tracker matches`: proposes who people may be."""

import click

from tracker.cli.opening import opened
from tracker.domain.permissions import OPERATOR
from tracker.services.matches import propose_all, propose_changed


@click.group()
def matches() -> None:
    """Look for records that may be of one person."""


@matches.command()
@click.option("--everything", is_flag=True, help="Compare all records, not what changed alone.")
def propose(*, everything: bool) -> None:
    """Propose the pairs that deserve a look by people of both organisations.

    Only records whose families agreed are compared. A pair that was set aside comes back where
    something that was compared has changed. A server that runs does this by itself.
    """
    with opened() as (_, database):
        if everything:
            kept = propose_all(database, OPERATOR)
        else:
            kept = propose_changed(database, OPERATOR).kept
    click.echo(f"{kept.new:>10,}  new")
    click.echo(f"{kept.came_back:>10,}  came back, since something changed")
    click.echo(f"{kept.weighed_anew:>10,}  weighed anew")
