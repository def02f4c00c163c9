"""Names as families give them and as they stand on what is found with remains."""

from random import Random

from benchmarks.registers.chance import Table, happens
from benchmarks.registers.columns import Row
from benchmarks.registers.lands import HAITIAN, WEST_AFRICAN
from benchmarks.registers.people import Person
from benchmarks.registers.spelling import as_written, by_ear, in_english, without_accents

# Where a hypothesis of a name comes from.
SOURCES = Table({"document": 62, "writing": 20, "third_party": 18})
FAMILY_ERROR, DOCUMENT_ERROR, HEARD_ERROR = 0.05, 0.06, 0.2


def _is_creole(person: Person) -> bool:
    return person.village.country in HAITIAN + WEST_AFRICAN


def _row(given: list[str], first: str | None, second: str | None, *, called: list[str]) -> Row:
    return {
        "given_names": " ".join(given) or None, "first_surname": first or None,
        "second_surname": second or None, "nicknames": called,
    }  # fmt: skip


def _styled(row: Row, rng: Random, *, plain: float, capitals: float) -> Row:
    """Drop the accents of all names of a row, or set them in capitals."""
    drop, capital = happens(rng, plain), happens(rng, capitals)
    for name in ("given_names", "first_surname", "second_surname"):
        if row[name] and drop:
            row[name] = without_accents(row[name])
        if row[name] and capital:
            row[name] = row[name].upper()
    return row


def _shortened(given: list[str], rng: Random) -> list[str]:
    """Leave out given names, or reduce the later ones to a letter."""
    if len(given) < 2 or happens(rng, 0.68):
        return list(given)
    kind = rng.random()
    if kind < 0.7:
        return given[:1]
    return given[1:] if kind < 0.85 else [given[0], *(f"{name[0]}." for name in given[1:])]


def _spelled(name: str | None, rng: Random, error: float, *, creole: bool) -> str | None:
    return name and as_written(name, rng, error=error, creole=creole)


def told_by_family(person: Person, rng: Random) -> Row:
    """Give the name that a family reports, as a clerk writes it down."""
    name, creole = person.name, _is_creole(person)
    given = [as_written(one, rng, error=FAMILY_ERROR, creole=creole) for one in name.given]
    first = _spelled(name.first, rng, FAMILY_ERROR, creole=creole)
    second = _spelled(name.second, rng, FAMILY_ERROR, creole=creole)
    kind = rng.random()
    if second and kind < 0.14:
        second = None
    elif second and kind < 0.16:
        first, second = second, first
    elif name.husband and kind < 0.4:
        second = f"de {name.husband}"
    elif creole and kind < 0.04 and first:
        given, first = [first], given[0]
    if happens(rng, 0.006):
        first, second = None, None
    called = [one for one in name.nicknames if happens(rng, 0.75)]
    row = _row(_shortened(given, rng), first, second, called=called)
    return _styled(row, rng, plain=0.4, capitals=0.22)


def on_a_document(person: Person, rng: Random) -> Row:
    """Give the name of a document: nearly whole, copied by somebody in a hurry."""
    name, creole = person.name, _is_creole(person)
    given = [as_written(one, rng, error=DOCUMENT_ERROR, creole=creole) for one in name.given]
    first = _spelled(name.first, rng, DOCUMENT_ERROR, creole=creole)
    second = _spelled(name.second, rng, DOCUMENT_ERROR, creole=creole)
    kind = rng.random()
    if first and second and kind < 0.07:
        given, first, second = [*given, first], second, None
    elif first and second and kind < 0.12:
        first, second = f"{first}-{second}", None
    elif first and second and kind < 0.15:
        first, second = second, first
    elif kind < 0.25:
        second = None
    elif name.husband and kind < 0.4:
        second = f"de {name.husband}"
    elif creole and kind < 0.33 and first:
        given, first = [first], given[0]
    if happens(rng, 0.05):
        given = given[:1]
    return _row(given, first, second, called=[])


def as_heard(person: Person, rng: Random) -> Row:
    """Give a name from a note, a telephone or a companion: short, by ear, at times a nickname."""
    name, creole = person.name, _is_creole(person)
    given = [rng.choice(name.given) if happens(rng, 0.25) else name.given[0]]
    called = name.nicknames[:1] if happens(rng, 0.4) else []
    first: str | None = name.first if happens(rng, 0.62) else None
    second = name.second if first and happens(rng, 0.2) else None
    if called and first is None and happens(rng, 0.6):
        given = []
    given = [as_written(one, rng, error=HEARD_ERROR, creole=creole) for one in given]
    called = [by_ear(one, rng) if happens(rng, 0.2) else one for one in called]
    first, second = (_spelled(one, rng, HEARD_ERROR, creole=creole) for one in (first, second))
    return _row(given, first, second, called=called)


def hypothesis(person: Person, source: str, rng: Random, *, english: bool) -> Row:
    """Give the name that an examiner notes, from a document or from what was written or heard."""
    row = on_a_document(person, rng) if source == "document" else as_heard(person, rng)
    if english and row["given_names"] and source != "document" and happens(rng, 0.1):
        told = row["given_names"].split(" ")
        row["given_names"] = " ".join(in_english(one, rng) for one in told)
    return _styled(row, rng, plain=0.9 if english else 0.5, capitals=0.35)
