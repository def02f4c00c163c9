"""Servers that an organisation follows: entered with their key, listed, left again."""

import datetime as dt
import re

from sqlalchemy.orm import Session

from tracker.db.models import Organisation
from tracker.db.models.people import FollowedServer
from tracker.db.queries.people import names_of_organisations
from tracker.db.queries.shared_people import (
    copies_of,
    count_copies,
    followed_server,
    followed_servers,
    lapsed_copies,
)
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import moment
from tracker.domain.errors import InvalidRecord, NotFound
from tracker.domain.permissions import Action, Actor, Role, of_own_organisation, require
from tracker.domain.server_addresses import read_server_address
from tracker.domain.shared_people import FollowedTold, ServerProblem, ServerQuestion
from tracker.services.acts import note_act
from tracker.services.people.copies import erase_copy

LONGEST_NAME = 80
_KEY = re.compile(r"[\x21-\x7e]{8,200}")
# Whoever cannot be heard for so long cannot tell that a family has taken something back.
SILENT_FOR = dt.timedelta(days=30)


def follow_server(
    session: Session,
    actor: Actor,
    *,
    organisation_id: int,
    name: str,
    address: str,
    key: str,
) -> int:
    """Follow a server with the key that it gave; gives the number under which it is kept.

    Raises `InvalidRecord`. Only the operator follows a server on this very machine.
    """
    require(actor, Action.FOLLOW_SERVERS)
    if not of_own_organisation(actor, organisation_id):
        raise NotFound("organisation")
    wrong: dict[str, tuple[str, ...]] = {}
    name, key = " ".join(name.replace("\x00", "").split()), key.strip()
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = ("too_long" if name else "required",)
    if not _KEY.fullmatch(key):
        wrong["key"] = ("not_a_key" if key else "required",)
    try:
        address = read_server_address(address, loopback=actor.role is Role.OPERATOR)
    except InvalidRecord as error:
        wrong |= {"address": ("required",)} if not address.strip() else error.fields
    if session.get(Organisation, organisation_id) is None:
        wrong["organisation"] = ("unknown_code",)
    if not wrong and _is_followed(session, organisation_id, address):
        wrong["address"] = ("followed_already",)
    if wrong:
        raise InvalidRecord(wrong)
    server = FollowedServer(
        organisation_id=organisation_id, name=name, address=address, key=key, read_up_to=0
    )
    session.add(server)
    session.flush()
    note_act(session, actor, action=Action.FOLLOW_SERVERS, thing=f"server {server.id}")
    return server.id


def list_followed(session: Session, actor: Actor) -> tuple[FollowedTold, ...]:
    """List the servers that the actor's organisation follows; the operator sees all."""
    require(actor, Action.FOLLOW_SERVERS)
    if actor.role is not Role.OPERATOR and actor.organisation_id is None:
        return ()
    own = None if actor.role is Role.OPERATOR else actor.organisation_id
    rows = followed_servers(session, own)
    copies = count_copies(session, [row.id for row in rows])
    names = names_of_organisations(session, [row.organisation_id for row in rows])
    return tuple(
        FollowedTold(
            number=row.id,
            organisation_id=row.organisation_id,
            organisation=names[row.organisation_id],
            name=row.name,
            address=row.address,
            read_up_to=row.read_up_to,
            answered_at=row.asked_at,
            problem=None if row.problem is None else ServerProblem(row.problem),
            copies=copies.get(row.id, 0),
        )
        for row in rows
    )


def stop_following(session: Session, actor: Actor, files: SealedFiles, *, number: int) -> int:
    """Leave a server: its key is forgotten and its copies are erased; gives how many there were.

    Nothing would tell any more when a family takes its consent back.
    """
    require(actor, Action.FOLLOW_SERVERS)
    server = _own_server(session, actor, number)
    erased = _erase_copies(session, files, server)
    server.key, server.ended_at = "", moment(session)
    session.flush()
    note_act(session, actor, action="stop_following", thing=f"server {number}")
    return erased


def get_question(session: Session, actor: Actor, number: int) -> ServerQuestion:
    """Give what to ask a server; raises `NotFound` where it is not followed any more."""
    require(actor, Action.FOLLOW_SERVERS)
    server = _own_server(session, actor, number, alone=False)
    return ServerQuestion(server.id, server.address, server.key, server.read_up_to)


def note_silence(
    session: Session, actor: Actor, files: SealedFiles, *, number: int, problem: ServerProblem
) -> None:
    """Note why a server could not be read; after a month its copies are erased.

    With its next answer it is read from the beginning, and what is shared still comes back.
    """
    require(actor, Action.FOLLOW_SERVERS)
    server = _own_server(session, actor, number)
    server.problem = problem
    if server.asked_at is not None and moment(session) - server.asked_at > SILENT_FOR:
        _erase_copies(session, files, server)
        server.read_up_to = 0
    session.flush()


def end_lapsed_copies(session: Session, actor: Actor, files: SealedFiles, *, number: int) -> int:
    """Erase the copies whose share has ended by its date, whether their server answers or not."""
    require(actor, Action.FOLLOW_SERVERS)
    server = _own_server(session, actor, number)
    lapsed = lapsed_copies(session, server.id, moment(session).date())
    for record in lapsed:
        erase_copy(session, files, record)
    return len(lapsed)


def _own_server(
    session: Session, actor: Actor, number: int, *, alone: bool = True
) -> FollowedServer:
    server = followed_server(session, number, alone=alone)
    if server is None or not of_own_organisation(actor, server.organisation_id):
        raise NotFound("server")
    return server


def _erase_copies(session: Session, files: SealedFiles, server: FollowedServer) -> int:
    copies = copies_of(session, server.id)
    for record in copies:
        erase_copy(session, files, record)
    return len(copies)


def _is_followed(session: Session, organisation_id: int, address: str) -> bool:
    return any(row.address == address for row in followed_servers(session, organisation_id))
