"""`tracker accounts`: the first administrator of an organisation, and emergencies."""

import click

from geodata.countries import country_name
from tracker.cli.opening import opened
from tracker.domain.accounts import ACCOUNT_ROLES, OrganisationKind
from tracker.domain.permissions import OPERATOR, Role
from tracker.services.accounts import organisations
from tracker.services.accounts.invitations import invite, invite_back

SITE = click.option(
    "--site",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="Address of your tracker, for the link.",
)


@click.group()
def accounts() -> None:
    """Organisations and their people: the first administrator, and emergencies."""


@accounts.command()
@click.argument("name")
@click.option("--kind", type=click.Choice([str(kind) for kind in OrganisationKind]), required=True)
@click.option("--country", required=True, help="ISO 3166-1 alpha-3, such as HND.")
def create(name: str, kind: str, country: str) -> None:
    """Enter an organisation. Its number is what the other commands ask for."""
    code = country.strip().upper()
    try:
        country_name(code, "en")
    except KeyError:
        raise click.BadParameter(
            f"{country!r} is no country code.", param_hint="--country"
        ) from None
    with opened() as (_, database), database.writing() as session:
        number = organisations.create_organisation(
            session, OPERATOR, name=name, kind=OrganisationKind(kind), country=code
        )
    click.echo(f"Organisation {number}: {name}. Invite its administrator:")
    click.echo(f"  tracker accounts invite {number}")


@accounts.command("invite")
@click.argument("organisation", type=int)
@click.option(
    "--role",
    type=click.Choice([str(role) for role in ACCOUNT_ROLES]),
    default=str(Role.ADMINISTRATOR),
    show_default=True,
    help="What the person will do.",
)
@SITE
def invite_somebody(organisation: int, role: str, site: str) -> None:
    """Print a link by which somebody joins an organisation. It works once, for seven days."""
    with opened() as (_, database), database.writing() as session:
        token = invite(session, OPERATOR, organisation_id=organisation, role=Role(role))
    _print_link(site, token)


@accounts.command("list")
def list_accounts() -> None:
    """List organisations and their people, with the numbers that other commands ask for."""
    with opened() as (_, database), database.reading() as session:
        for organisation in organisations.list_organisations(session, OPERATOR):
            click.echo(
                f"{organisation.id}  {organisation.name} ({organisation.kind},"
                f" {organisation.country})"
            )
            for member in organisations.list_members(session, OPERATOR, organisation.id):
                state = "deactivated" if member.deactivated_at else f"{member.factors} factors"
                click.echo(
                    f"    {member.id}  {member.name}  {member.email}  {member.role}, {state}"
                )


@accounts.command()
@click.argument("account", type=int)
@SITE
def link(account: int, site: str) -> None:
    """Print a link by which a person chooses a new password and second factor. It works once."""
    with opened() as (_, database), database.writing() as session:
        token = invite_back(session, OPERATOR, account)
    _print_link(site, token)


@accounts.command()
@click.argument("account", type=int)
def reset_second_factor(account: int) -> None:
    """Take second factors from a person, who sets up a new one at the next sign-in."""
    with opened() as (_, database), database.writing() as session:
        organisations.reset_second_factor(session, OPERATOR, account)
    click.echo("Done. At the next sign-in a new second factor is set up.")


@accounts.command()
@click.argument("account", type=int)
def revoke(account: int) -> None:
    """End every session of a person, and revoke every key of theirs."""
    with opened() as (_, database), database.writing() as session:
        organisations.revoke_sessions(session, OPERATOR, account)
    click.echo("Done. Nobody is signed in with this account any more.")


@accounts.command()
@click.argument("account", type=int)
def deactivate(account: int) -> None:
    """Keep a person out from now on. What they recorded stays."""
    with opened() as (_, database), database.writing() as session:
        organisations.deactivate_account(session, OPERATOR, account)
    click.echo("Done. The account cannot be used.")


@accounts.command()
@click.argument("account", type=int)
def reactivate(account: int) -> None:
    """Let a person in again, with the password and second factor that they had."""
    with opened() as (_, database), database.writing() as session:
        organisations.reactivate_account(session, OPERATOR, account)
    click.echo("Done. The account can be used again.")


def _print_link(site: str, token: str) -> None:
    click.echo(f"{site.rstrip('/')}/invitations/{token}")
    click.echo(
        "It works once. Give it to the person yourself, on a way that only the two of you use;"
        " it is shown now and never again.",
        err=True,
    )
