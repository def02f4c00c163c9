"""Finds what stands though it was removed: a backup was put back."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.db.models import Erasure, Incident
from tracker.db.models.people import Consent, PersonRecord
from tracker.db.models.searches import Search
from tracker.db.removals import Removal, Removed
from tracker.domain.searches import ERASED

_ASKED_AT_ONCE = 500


def standing_incidents(session: Session, listed: Iterable[Removal]) -> list[Incident]:
    """Give the incidents that were erased once and are here."""
    erased = select(Erasure.incident_id)
    return [
        incident
        for names in _names(listed, Removed.INCIDENT)
        for incident in session.scalars(
            select(Incident).where(Incident.public_id.in_(names), Incident.id.not_in(erased))
        )
    ]


def standing_people(session: Session, listed: Iterable[Removal]) -> list[PersonRecord]:
    """Give the records of people that were erased once and are here."""
    return [
        record
        for names in _names(listed, Removed.PERSON)
        for record in session.scalars(
            select(PersonRecord).where(
                PersonRecord.public_id.in_(names), PersonRecord.erased_at.is_(None)
            )
        )
    ]


def standing_searches(session: Session, listed: Iterable[Removal]) -> list[Search]:
    """Give the searches that were erased once and are here."""
    return [
        search
        for names in _names(listed, Removed.SEARCH)
        for search in session.scalars(
            select(Search).where(Search.public_id.in_(names), Search.status != ERASED)
        )
    ]


def standing_consents(session: Session, listed: Iterable[Removal]) -> list[Consent]:
    """Give the consents that were taken back and hold here.

    A number may have been given anew since: only what was recorded before counts.
    """
    listed = tuple(listed)
    taken_back = {
        removal.name: removal.removed_at for removal in listed if removal.removed is Removed.CONSENT
    }
    return [
        consent
        for names in _names(listed, Removed.CONSENT)
        for consent in session.scalars(
            select(Consent).where(
                Consent.id.in_([int(name) for name in names]), Consent.withdrawn_at.is_(None)
            )
        )
        if consent.recorded_at <= taken_back[str(consent.id)]
    ]


def _names(listed: Iterable[Removal], removed: Removed) -> Iterator[list[str]]:
    names = sorted({removal.name for removal in listed if removal.removed is removed})
    for start in range(0, len(names), _ASKED_AT_ONCE):
        yield names[start : start + _ASKED_AT_ONCE]
