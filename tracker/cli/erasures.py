"""`tracker erase`: records for good."""

import click

from tracker.cli.opening import opened
from tracker.db.sealed_files import SealedFiles
from tracker.domain.erasures import Ground
from tracker.domain.permissions import OPERATOR
from tracker.services.erasures import erase_incident


@click.command()
@click.argument("public_ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--ground", type=click.Choice([str(ground) for ground in Ground]), required=True, help="Why."
)
@click.confirmation_option(prompt="Nobody can bring back what is erased. Go on?")
def erase(public_ids: tuple[str, ...], ground: str) -> None:
    """Erase records for good: all of them, or none where one is not there.

    What they say goes, in every version, with their files, questions and what was merged into them.
    Their numbers stay in figures as known on days before. They are not taken in again.
    """
    with opened() as (settings, database), database.writing() as session:
        files = SealedFiles(settings.attachments)
        for public_id in public_ids:
            erase_incident(session, OPERATOR, files, public_id=public_id, ground=Ground(ground))
    click.echo(f"Erased: {len(public_ids):,}.")
