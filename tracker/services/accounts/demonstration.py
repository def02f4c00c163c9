"""Invented organisations and people of the demonstration, and signing in as them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.db.models import Account, Organisation
from tracker.db.queries.accounts import accounts_of, any_account, find_account
from tracker.db.session import moment
from tracker.domain.accounts import NewSession, OrganisationKind, SessionStage
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.services.accounts.organisations import create_organisation
from tracker.services.accounts.sessions import begin_session
from tracker.services.accounts.sign_in import email_digest

# No host has this name, and none ever will (RFC 2606).
_INVENTED = "@invented.example"


@dataclass(frozen=True)
class InventedPerson:
    """Somebody to look around as."""

    id: int
    name: str
    role: Role
    organisation: str


_PEOPLE: tuple[tuple[str, OrganisationKind, str, tuple[tuple[str, Role], ...]], ...] = (
    (
        "Albergue de Necoclí (invented)",
        OrganisationKind.SHELTER,
        "COL",
        (
            ("Beatriz", Role.REPORTER),
            ("Camilo", Role.VERIFIER),
            ("Fernanda", Role.ADMINISTRATOR),
        ),
    ),
    (
        "Familias de Tegucigalpa (invented)",
        OrganisationKind.FAMILY_GROUP,
        "HND",
        (
            ("Amina", Role.FAMILY),
            ("Dolores", Role.CASE_WORKER),
            ("Ignacio", Role.SEARCHER),
        ),
    ),
    (
        "Tucson Monitoring Network (invented)",
        OrganisationKind.MONITORING_NETWORK,
        "USA",
        (("Esteban", Role.MONITOR),),
    ),
    (
        "Forensic Office of Arizona (invented)",
        OrganisationKind.FORENSIC,
        "USA",
        (("Gabriel", Role.CASE_WORKER),),
    ),
)


def invent_people(session: Session, actor: Actor) -> bool:
    """Enter the invented organisations and people; gives False when there are accounts already."""
    require(actor, Action.MANAGE_INSTALLATION)
    if any_account(session):
        return False
    now = moment(session)
    for name, kind, country, people in _PEOPLE:
        number = create_organisation(session, actor, name=name, kind=kind, country=country)
        for person, role in people:
            email = f"{person.lower()}{_INVENTED}"
            account = Account(
                organisation_id=number,
                role=role,
                name=f"{person} (invented)",
                email=email,
                email_digest=email_digest(session, email),
                password_hash="",  # no password is right
                created_at=now,
                password_changed_at=now,
            )
            session.add(account)
    return True


def invented_actors(session: Session) -> dict[str, Actor]:
    """Give the invented people as those who act, by their first names."""
    people = {}
    for _, _, _, listed in _PEOPLE:
        for name, role in listed:
            found = find_account(session, email_digest(session, f"{name.lower()}{_INVENTED}"))
            if found is not None:
                account = found[0]
                people[name] = Actor(role, account.name, account.id, account.organisation_id)
    return people


def list_invented_people(session: Session) -> tuple[InventedPerson, ...]:
    """List the invented people that one can be."""
    return tuple(
        InventedPerson(
            row.id,
            row.name,
            Role(row.role),
            session.get_one(Organisation, row.organisation_id).name,
        )
        for row in accounts_of(session, None)
        if row.email.endswith(_INVENTED) and row.deactivated_at is None
    )


def begin_demo_session(session: Session, account_id: int, *, device: str) -> NewSession:
    """Sign in as an invented person; raises `NotFound` for any other account."""
    account = session.get(Account, account_id)
    if account is None or not account.email.endswith(_INVENTED):
        raise NotFound("account")
    return begin_session(session, account, stage=SessionStage.FULL, device=device)
