"""`tracker people import|export`: lists of people and files of PFIF."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from tracker.cli.import_messages import sentence_of_unreadable
from tracker.cli.opening import opened
from tracker.config import Settings
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, moment
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import PersonKind
from tracker.domain.permissions import Actor, Role
from tracker.domain.person_imports import RowOutcome, RowTaken
from tracker.domain.pfif import parts_of_file
from tracker.exchange.pfif import read_pfif
from tracker.exchange.record_tables import read_table
from tracker.exchange.refusals import UnreadableFile
from tracker.schemas.person_columns import READY_MADE, propose_mapping
from tracker.schemas.person_rows import PersonRead, person_table, read_people
from tracker.services.people import (
    ListSource,
    PfifTaken,
    export_pfif,
    preview_people,
    take_in_people,
    take_in_pfif,
)
from tracker.translations.problems import sentence_of

ROWS_AT_ONCE = 20
# By their codes: of members of an enumeration click would take the names.
KINDS = [str(kind) for kind in PersonKind]


def _operator_for(organisation: int) -> Actor:
    return Actor(Role.OPERATOR, "operator", organisation_id=organisation)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--organisation", type=int, required=True, help="Number of whose it will be.")
@click.option("--kind", type=click.Choice(KINDS), default="case", show_default=True)
@click.option("--dataset", default="", help="What the list is called; the same name next time.")
@click.option("--mapping", type=click.Choice(list(READY_MADE)), help="A list that is known.")
@click.option("--domain", help="Of our own PFIF records, if not the first of TRACKER_HOSTS.")
@click.option("--invented", is_flag=True, help="These people are invented, for demonstration.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def take_in_list(
    file: Path,
    organisation: int,
    kind: str,
    *,
    dataset: str,
    mapping: str | None,
    domain: str | None,
    invented: bool,
    dry_run: bool,
) -> None:
    """Take a list of people in (XLSX, CSV), or a file of PFIF (.xml).

    Columns are known by their headers; look at them first with --dry-run.
    """
    actor = _operator_for(organisation)
    with opened() as (settings, database):
        try:
            if file.suffix.lower() == ".xml":
                home = _home(settings, domain) or "localhost"
                _take_in_pfif(database, actor, settings, file=file, domain=home, made_up=invented)
                return
            source = ListSource(_named(dataset), PersonKind(kind), invented=invented)
            rows = _read(database, file, source, mapping=mapping)
        except UnreadableFile as error:
            raise click.ClickException(sentence_of_unreadable(error, file.name)) from None
        except InvalidRecord as error:
            raise click.ClickException(_sentences(error)) from None
        _tell_problems(rows)
        _tell(_taken(database, actor, rows, source=source, dry_run=dry_run), dry_run=dry_run)


def _home(settings: Settings, named: str | None) -> str:
    """Give the domain of our own records: as it is named here, or in the settings, or nothing."""
    return named or next((host.removeprefix(".") for host in settings.hosts), "")


def _named(dataset: str) -> str:
    if not dataset.strip():
        raise click.UsageError("Say with --dataset what the list is called.")
    return dataset.strip()


def _read(
    database: Database, file: Path, source: ListSource, *, mapping: str | None
) -> tuple[PersonRead, ...]:
    table = person_table(read_table(file.read_bytes()))
    known = READY_MADE[mapping] if mapping else None
    meant = propose_mapping(source.kind, table.headers, known)
    for header in table.headers:
        click.echo(f"  {header}: {meant.columns.get(header, 'not taken in')}")
    with database.reading() as session:
        return read_people(table, meant, today=moment(session).date())


def _taken(
    database: Database,
    actor: Actor,
    rows: Sequence[PersonRead],
    *,
    source: ListSource,
    dry_run: bool,
) -> list[RowTaken]:
    if dry_run:
        with database.reading() as session:
            return list(preview_people(session, actor, rows, source=source))
    taken: list[RowTaken] = []
    for first in range(0, len(rows), ROWS_AT_ONCE):
        with database.writing() as session:
            part = rows[first : first + ROWS_AT_ONCE]
            taken += take_in_people(session, actor, part, source=source)
    return taken


def _take_in_pfif(
    database: Database, actor: Actor, settings: Settings, *, file: Path, domain: str, made_up: bool
) -> None:
    read = read_pfif(file.read_bytes())
    files = SealedFiles(settings.attachments)
    taken = PfifTaken()
    for part in parts_of_file(read, ROWS_AT_ONCE):
        with database.writing() as session:
            taken.add(
                take_in_pfif(session, actor, files, file=part, domain=domain, invented=made_up)
            )
    _tell(taken.people, dry_run=False)
    click.echo(f"  {taken.tasks:>8,}  notes of others, now tasks")
    click.echo(f"  {taken.erased:>8,}  ended by their source, erased")
    click.echo(f"  {taken.to_look_at:>8,}  ended by their source, to be decided here")
    click.echo(f"  {taken.expired:>8,}  expired, not taken in")


def _tell_problems(rows: Sequence[PersonRead]) -> None:
    """Say what is wrong, by row and column; the cell itself stays where it is."""
    for row in rows:
        for name, codes in row.wrong.items():
            click.echo(f"  row {row.number}, {name}: {sentence_of(codes[0])}", err=True)


def _tell(taken: Sequence[RowTaken], *, dry_run: bool) -> None:
    click.echo("Dry run: nothing was changed." if dry_run else "Taken in.")
    found = Counter(each.outcome for each in taken)
    for outcome in RowOutcome:
        if found[outcome]:
            click.echo(f"  {found[outcome]:>8,}  {outcome}")


def _sentences(error: InvalidRecord) -> str:
    return " ".join(sentence_of(codes[0]) for codes in error.fields.values())


@click.command("export")
@click.argument("public_id", metavar="ID")
@click.option("--recipient", type=int, help="Number of the organisation that it is for.")
@click.option("--public", is_flag=True, help="It is for anybody.")
@click.option("--reason", required=True, help="Why it goes out.")
@click.option("--domain", help="Home of our records, if not the first of TRACKER_HOSTS.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def give_person(
    public_id: str,
    recipient: int | None,
    *,
    public: bool,
    reason: str,
    domain: str | None,
    out: Path,
) -> None:
    """Write one case as a file of PFIF, for whom its family agreed to."""
    if public == (recipient is not None):
        raise click.UsageError("Say either --recipient or --public.")
    with opened() as (settings, database), database.writing() as session:
        home = _home(settings, domain)
        if not home:
            raise click.UsageError("Say with --domain or TRACKER_HOSTS where our records live.")
        data = export_pfif(
            session,
            Actor(Role.OPERATOR, "operator"),
            public_id,
            recipient_id=recipient,
            reason=reason,
            domain=home,
        )
        out.write_bytes(data)
    out.chmod(0o600)
    click.echo(f"Written: {out}. The act is in the log.")
