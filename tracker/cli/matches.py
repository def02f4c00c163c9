"""`tracker matches`: proposes who people may be."""

import click

from tracker.cli.opening import opened
from tracker.domain.permissions import OPERATOR
from tracker.services.matches import find_proposals, keep_proposals


@click.group()
def matches() -> None:
    """Look for records that may be of one person."""


@matches.command()
@click.option("--everything", is_flag=True, help="Compare all records, not what changed alone.")
def propose(*, everything: bool) -> None:
    """Propose the pairs that deserve a look by people of both organisations.

    Only records whose families agreed are compared. A pair that was set aside comes back where
    something that was compared has changed. Let it run each hour or night.
    """
    with opened() as (_, database):
        with database.reading() as session:
            proposals = find_proposals(session, OPERATOR, everything=everything)
        with database.writing() as session:
            kept = keep_proposals(session, OPERATOR, proposals)
    click.echo(f"{kept.new:>10,}  new")
    click.echo(f"{kept.came_back:>10,}  came back, since something changed")
    click.echo(f"{kept.weighed_anew:>10,}  weighed anew")
