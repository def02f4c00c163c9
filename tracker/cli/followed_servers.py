"""`tracker people follow`: servers whose shared records are followed."""

import signal
import sys
import threading
from types import FrameType
from typing import TextIO

import click

from tracker.cli.following import Follower
from tracker.cli.opening import opened
from tracker.db.sealed_files import SealedFiles
from tracker.domain.permissions import OPERATOR
from tracker.domain.shared_people import Taken
from tracker.services.people import follow_once, follow_server, list_followed, stop_following


@click.group()
def follow() -> None:
    """Follow other servers: what they share with an organisation is kept here as long as it is."""


@follow.command()
@click.option("--name", required=True, help="What the server is called here.")
@click.option("--address", required=True, help="Such as https://tracker.example.org.")
@click.option("--organisation", type=int, required=True, help="Number of the one that follows.")
@click.option(
    "--key-file",
    type=click.File("r"),
    help="File with the key that the server gave. Without it the key is asked for, or read from"
    " standard input.",
)
def add(*, name: str, address: str, organisation: int, key_file: TextIO | None) -> None:
    """Follow a server with a key that it gave to a case worker of the organisation there.

    The key is never an argument: other people of this machine can see those.
    """
    key = _key(key_file)
    with opened() as (_, database), database.writing() as session:
        number = follow_server(
            session, OPERATOR, organisation_id=organisation, name=name, address=address, key=key
        )
    click.echo(f"Server {number}: {name}. Read it once with: tracker people follow once {number}")


@follow.command("list")
def list_servers() -> None:
    """List the servers that are followed, with their last answer and what is wrong."""
    with opened() as (_, database), database.reading() as session:
        for server in list_followed(session, OPERATOR):
            answered = server.answered_at
            click.echo(
                f"{server.number}  {server.name}  {server.address}  for {server.organisation};"
                f" {server.copies:,} records;"
                f" {'no answer yet' if answered is None else f'last answer {answered:%F %R} UTC'}"
                f"{'' if server.problem is None else f'; problem: {server.problem}'}"
            )


@follow.command()
@click.argument("number", type=int)
@click.confirmation_option(prompt="All copies of its records are erased. Go on?")
def remove(number: int) -> None:
    """Leave a server: forget its key and erase the copies of its records."""
    with opened() as (settings, database), database.writing() as session:
        files = SealedFiles(settings.attachments)
        erased = stop_following(session, OPERATOR, files, number=number)
    click.echo(f"Left. Copies erased: {erased:,}.")


@follow.command()
@click.argument("numbers", type=int, nargs=-1, metavar="[NUMBER]...")
def once(numbers: tuple[int, ...]) -> None:
    """Read servers once, all of them where none is named. Ends with 1 where one was not read."""
    with opened() as (settings, database):
        files = SealedFiles(settings.attachments)
        with database.reading() as session:
            known = [server.number for server in list_followed(session, OPERATOR)]
        failed = False
        for number in numbers or known:
            taken = follow_once(database, OPERATOR, files, number=number)
            click.echo(_told(number, taken))
            failed = failed or taken.problem is not None
    if failed:
        raise SystemExit(1)


@follow.command()
def run() -> None:
    """Follow all servers until somebody stops this: news arrive within seconds.

    Servers that are added or removed meanwhile are noticed. Let the machine's service manager start
    it, beside `tracker serve`.
    """
    with opened() as (settings, database):
        stop = threading.Event()

        def end(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        click.echo("Following. Stop with Ctrl-C.")
        Follower(database, SealedFiles(settings.attachments), stop).run()


def _key(file: TextIO | None) -> str:
    if file is not None:
        return file.read()
    if sys.stdin.isatty():
        return str(click.prompt("Key", hide_input=True))
    return sys.stdin.readline()


def _told(number: int, taken: Taken) -> str:
    told = f"Server {number}: {taken.changed:,} changed, {taken.withdrawn:,} withdrawn"
    if taken.dropped:
        told += f", {taken.dropped:,} not read whole"
    return told if taken.problem is None else f"{told}; problem: {taken.problem}"
