"""`tracker people`: cases of people who are sought, and remains that were found."""

import click

from tracker.cli.followed_servers import follow


@click.group()
def people() -> None:
    """Cases of people who are sought and remains that were found, between organisations."""


people.add_command(follow)
