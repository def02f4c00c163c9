"""Keeps out of files who was erased here: by keyed digests, which tell nothing to whoever reads."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from tracker.db.models.people import PersonExternalId, PersonRecord
from tracker.db.queries.people import versions_of_person
from tracker.db.queries.person_lists import external_ids, ids_of_person
from tracker.db.rows import add_if_new
from tracker.db.session import keys_of_session
from tracker.domain.erasures import Ground
from tracker.domain.people import PersonKind
from tracker.schemas.person_likeness import Likeness, likeness_of
from tracker.services.people.standing import facts_of

# What was written down by mistake may come in rightly.
KEPT_OUT = frozenset({Ground.PERSON_ASKED, Ground.DANGER, Ground.LAW})
_AT_ONCE = 5_000


def keep_likeness(session: Session, record: PersonRecord) -> None:
    """Keep by what a person is known again, before all that is told of them is taken away."""
    own_ids = [each.value for each in ids_of_person(session, record.id) if each.value]
    keys = keys_of_session(session)
    for version in versions_of_person(session, record.id):
        likeness = likeness_of(PersonKind(record.kind), facts_of(version), own_ids=own_ids)
        for digest in {keys.digest(_PURPOSE, told) for told in likeness.kept()}:
            values = {
                "record_id": record.id,
                "organisation_id": record.organisation_id,
                "digest": digest,
            }
            add_if_new(session, PersonExternalId, values)


def erased_here(
    session: Session, organisation_id: int, told: Mapping[int, Likeness]
) -> frozenset[int]:
    """Say which of these people, by their numbers, were erased at this organisation."""
    digest = _Digests(session)
    bases = {base for likeness in told.values() for base in likeness.bases}
    kept = _kept(session, organisation_id, map(digest, bases))
    if not kept:
        return frozenset()
    beside = {
        digest(asked)
        for likeness in told.values()
        for base in likeness.bases
        if digest(base) in kept
        for asked in likeness.asked(base)
    }
    kept |= _kept(session, organisation_id, beside)
    return frozenset(
        number
        for number, likeness in told.items()
        if likeness.is_one_of(lambda words: digest(words) in kept)
    )


_PURPOSE = "likeness of a person who was erased"


class _Digests(dict[str, str]):
    """Digests of words, each made once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._keys = keys_of_session(session)

    def __call__(self, words: str) -> str:
        if words not in self:
            self[words] = self._keys.digest(_PURPOSE, words)
        return self[words]


def _kept(session: Session, organisation_id: int, digests: Iterable[str]) -> set[str]:
    wanted = list(digests)
    return {
        digest
        for first in range(0, len(wanted), _AT_ONCE)
        for digest in external_ids(session, organisation_id, wanted[first : first + _AT_ONCE])
    }
