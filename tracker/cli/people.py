"""`tracker people`: cases of people who are sought, and remains that were found."""

import click

from tracker.cli.followed_servers import follow
from tracker.cli.person_files import give_person, take_in_list


@click.group()
def people() -> None:
    """Cases of people who are sought and remains that were found, between organisations."""


people.add_command(follow)
people.add_command(take_in_list)
people.add_command(give_person)
