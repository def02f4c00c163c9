"""Finds what is told to followers of this server, and what is followed from others."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tracker.db.models.people import (
    Consent,
    FeedEntry,
    FollowedServer,
    PersonRecord,
    PersonVersion,
    Share,
)
from tracker.db.queries.people import share_stands
from tracker.domain.consents import Purpose

_FEED_LOCK = 720_222  # the number of PostgreSQL's advisory lock for entries of feeds


def take_turn_in_feed(session: Session) -> None:
    """Let entries be seen in the order of their numbers.

    A reader goes on after the last number that it saw: one that became visible later with a lower
    number would never be read. SQLite has one writer at a time as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _FEED_LOCK})


def newest_entry(session: Session, organisation_id: int) -> int:
    """Give the number of the last entry for an organisation; 0 where there is none."""
    wanted = select(func.max(FeedEntry.id)).where(FeedEntry.organisation_id == organisation_id)
    return session.scalar(wanted) or 0


def lapsed_shares(session: Session, organisation_id: int, today: dt.date) -> Sequence[Share]:
    """Give shares with an organisation that stand no more, and that nobody has ended yet."""
    wanted = (
        select(Share)
        .where(
            Share.organisation_id == organisation_id,
            Share.ended_at.is_(None),
            ~share_stands(today),
        )
        .order_by(Share.id)
    )
    return session.scalars(wanted).all()


def open_shares(session: Session, record_id: int) -> Sequence[Share]:
    """Give the shares of a record that nobody has ended, whether they stand or not."""
    wanted = select(Share).where(Share.record_id == record_id, Share.ended_at.is_(None))
    return session.scalars(wanted.order_by(Share.id)).all()


def records_as_they_stand(
    session: Session, ids: Iterable[int]
) -> Sequence[tuple[PersonRecord, PersonVersion | None]]:
    """Give records with what stands of them; of one that was erased nothing stands."""
    wanted = (
        select(PersonRecord, PersonVersion)
        .outerjoin(
            PersonVersion,
            (PersonVersion.record_id == PersonRecord.id) & PersonVersion.recorded_to.is_(None),
        )
        .where(PersonRecord.id.in_([*ids]))
    )
    return [(record, version) for record, version in session.execute(wanted).all()]


def followed_servers(session: Session, organisation_id: int | None) -> Sequence[FollowedServer]:
    """Give the servers that are followed, by one organisation or by all."""
    wanted = select(FollowedServer).where(FollowedServer.ended_at.is_(None))
    if organisation_id is not None:
        wanted = wanted.where(FollowedServer.organisation_id == organisation_id)
    return session.scalars(wanted.order_by(FollowedServer.id)).all()


def followed_server(session: Session, number: int, *, alone: bool = False) -> FollowedServer | None:
    """Give a server that is followed; `alone`: nobody else takes in from it until the commit."""
    wanted = select(FollowedServer).where(
        FollowedServer.id == number, FollowedServer.ended_at.is_(None)
    )
    return session.scalars(wanted.with_for_update() if alone else wanted).first()


def copies_of(session: Session, server_id: int) -> Sequence[PersonRecord]:
    """Give the copies that are kept of a server's records."""
    wanted = select(PersonRecord).where(
        PersonRecord.server_id == server_id, PersonRecord.erased_at.is_(None)
    )
    return session.scalars(wanted.order_by(PersonRecord.id)).all()


def copy_of(session: Session, server_id: int, foreign_id: str) -> PersonRecord | None:
    """Give the copy of a server's record, also where it was erased."""
    wanted = select(PersonRecord).where(
        PersonRecord.server_id == server_id, PersonRecord.foreign_id == foreign_id
    )
    return session.scalars(wanted).first()


def count_copies(session: Session, server_ids: Iterable[int]) -> dict[int, int]:
    """Count the copies that are kept of each server's records."""
    wanted = (
        select(PersonRecord.server_id, func.count())
        .where(PersonRecord.server_id.in_([*server_ids]), PersonRecord.erased_at.is_(None))
        .group_by(PersonRecord.server_id)
    )
    return {server: count for server, count in session.execute(wanted).all() if server}


def lapsed_copies(session: Session, server_id: int, today: dt.date) -> Sequence[PersonRecord]:
    """Give the copies whose share has ended by its own date."""
    ended = select(Consent.record_id).where(
        Consent.purpose == Purpose.SHARE,
        Consent.withdrawn_at.is_(None),
        Consent.until < today,
    )
    wanted = select(PersonRecord).where(
        PersonRecord.server_id == server_id,
        PersonRecord.erased_at.is_(None),
        PersonRecord.id.in_(ended),
    )
    return session.scalars(wanted).all()


def who_shared(session: Session, record_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Give, for each copy, who shared it and through which server."""
    asked = [*record_ids]
    if not asked:
        return {}
    wanted = (
        select(PersonRecord.id, Consent.given_by, FollowedServer.name)
        .join(FollowedServer, FollowedServer.id == PersonRecord.server_id)
        .join(Consent, Consent.record_id == PersonRecord.id)
        .where(
            PersonRecord.id.in_(asked),
            Consent.purpose == Purpose.SHARE,
            Consent.withdrawn_at.is_(None),
        )
    )
    return {number: (by or "", through) for number, by, through in session.execute(wanted).all()}
