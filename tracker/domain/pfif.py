"""Records of the People Finder Interchange Format 1.4, and what our states are called in it."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracker.domain.people import CaseStatus

# In the order in which the specification names them.
PERSON_FIELDS = (
    *("person_record_id", "entry_date", "expiry_date", "author_name", "author_email"),
    *("author_phone", "source_name", "source_date", "source_url", "full_name", "given_name"),
    *("family_name", "alternate_names", "description", "sex", "date_of_birth", "age"),
    *("home_street", "home_neighborhood", "home_city", "home_state", "home_postal_code"),
    *("home_country", "photo_url", "profile_urls"),
)
NOTE_FIELDS = (
    *("note_record_id", "person_record_id", "linked_person_record_id", "entry_date"),
    *("author_name", "author_email", "author_phone", "source_date", "author_made_contact"),
    *("status", "email_of_found_person", "phone_of_found_person", "last_known_location"),
    *("text", "photo_url"),
)
# All that is left of a record once it has expired: nothing told.
LEFT_OF_EXPIRED = ("person_record_id", "entry_date", "expiry_date", "source_date")
STATUSES = (
    *("information_sought", "is_note_author", "believed_alive", "believed_missing"),
    "believed_dead",
)

STATUS_OUT: Mapping[str, str] = {
    CaseStatus.REPORTED: "information_sought",
    CaseStatus.MISSING_UNLOCATED: "believed_missing",
    CaseStatus.DISAPPEARED: "believed_missing",
    CaseStatus.LOCATED_ALIVE: "believed_alive",
    CaseStatus.LOCATED_DECEASED: "believed_dead",
}
# What a note would mean here, if a person with a stated basis came to the same conclusion.
STATUS_IN: Mapping[str, CaseStatus] = {
    "information_sought": CaseStatus.REPORTED,
    "believed_missing": CaseStatus.MISSING_UNLOCATED,
    "is_note_author": CaseStatus.LOCATED_ALIVE,
    "believed_alive": CaseStatus.LOCATED_ALIVE,
    "believed_dead": CaseStatus.LOCATED_DECEASED,
}


@dataclass(frozen=True)
class PfifNote:
    """A note about a person, its fields by name; what is empty has no entry."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class PfifPerson:
    """A record of a person with its notes, its fields by name; what is empty has no entry."""

    fields: Mapping[str, str]
    notes: tuple[PfifNote, ...] = field(default=())
    # Where it stands in its file, from 1.
    number: int = field(default=0, compare=False)

    @property
    def record_id(self) -> str:
        """Give the id: the domain of its home, a slash, and what it is called there."""
        return self.fields.get("person_record_id", "")

    def has_ended(self, now: dt.datetime) -> bool:
        """Say whether it has expired, or nothing is told in it any more."""
        expiry = read_moment(self.fields.get("expiry_date", ""))
        if expiry is not None and expiry <= now:
            return True
        return not set(self.fields) - set(LEFT_OF_EXPIRED)


@dataclass(frozen=True)
class PfifFile:
    """All that a file holds: people, and notes that stand beside them."""

    people: tuple[PfifPerson, ...]
    notes: tuple[PfifNote, ...] = ()


def parts_of_file(file: PfifFile, size: int) -> Iterator[PfifFile]:
    """Part a file such that it can be taken in some people at a time, each with their notes.

    Those who stand in it twice stay together.
    """
    groups: dict[str, list[PfifPerson]] = {}
    for person in file.people:
        groups.setdefault(person.record_id, []).append(person)
    ids = list(groups)
    for first in range(0, len(ids), size):
        part = {each: groups[each] for each in ids[first : first + size]}
        notes = [note for note in file.notes if note.fields.get("person_record_id") in part]
        yield PfifFile(tuple(person for each in part.values() for person in each), tuple(notes))
    others = [note for note in file.notes if note.fields.get("person_record_id") not in groups]
    if others:
        yield PfifFile((), tuple(others))


def placeholder(record_id: str, ended_at: dt.datetime) -> PfifPerson:
    """Give what tells everybody to forget a record: its id and the moment, nothing else."""
    at = written_moment(ended_at)
    return PfifPerson(
        {
            "person_record_id": record_id,
            "entry_date": at,
            "expiry_date": at,
            "source_date": at,
        }
    )


def read_moment(text: str) -> dt.datetime | None:
    """Read a moment such as 2026-05-31T12:00:00Z; None where it is none."""
    try:
        read = dt.datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


def written_moment(moment: dt.datetime) -> str:
    """Write a moment as the format has it."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
