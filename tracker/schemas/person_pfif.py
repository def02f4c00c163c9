"""A case as a record of the People Finder Interchange Format, and such a record as a case.

What goes out is named field by field: never who asks, no telephone, no photo, no exact place.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geodata.countries import find_country, iso3_by_iso2
from geodata.spelling import folded
from tracker.domain.people import Basis, PersonKind, PersonTold
from tracker.domain.pfif import STATUS_OUT, PfifNote, PfifPerson, read_moment, written_moment
from tracker.schemas.people import load_person
from tracker.schemas.person_measures import read_age

ADULT = 18
# A year of life for what nobody has renewed.
LASTS = dt.timedelta(days=180)
WITHHELD = "Name withheld"
INVENTED = "INVENTED, FOR DEMONSTRATION"
_OF_CHILDREN = re.compile(
    r"\b(child|children|boy|girl|baby|infant|toddler|teenager|minor|school|nino|nina|bebe|menor|"
    r"adolescente|crianca|menino|menina|enfant|fille|garcon|timoun)\b"
)
_CHILD_HEIGHT_CM = 150
_SHORT, _LONG = 200, 2_000


@dataclass(frozen=True)
class Leaving:
    """How a case goes out: from which domain, for whom (None: anybody), until when."""

    domain: str
    recipient: str | None
    now: dt.datetime
    until: dt.date | None = None

    @property
    def expires_at(self) -> dt.datetime:
        """Give the moment after which whoever holds the file forgets what is in it."""
        latest = self.now + LASTS
        if self.until is None:
            return latest
        end = dt.datetime.combine(self.until + dt.timedelta(days=1), dt.time(), dt.UTC)
        return min(latest, end)


def may_be_child(facts: Mapping[str, Any]) -> bool:
    """Say whether somebody is under 18 or may be; where no age is told, signs of it are enough."""
    low, high = facts.get("age_from"), facts.get("age_to")
    if low is not None:
        return bool(low < ADULT)
    if high is not None:
        return True
    height = facts.get("height_to_cm") or facts.get("height_from_cm")
    words = " ".join(str(facts.get(name, "")) for name in ("notes", "circumstances", "route"))
    return bool(height and height < _CHILD_HEIGHT_CM) or bool(_OF_CHILDREN.search(folded(words)))


def record_id(domain: str, public_id: str) -> str:
    """Give the id of a case in the format."""
    return f"{domain}/{public_id}"


def pfif_of_case(told: PersonTold, leaving: Leaving) -> PfifPerson:
    """Tell a case for one recipient, or for anybody: then less, and of children hardly anything."""
    public = leaving.recipient is None
    fields = {
        "person_record_id": record_id(leaving.domain, told.public_id),
        "entry_date": written_moment(leaving.now),
        "expiry_date": written_moment(leaving.expires_at),
        # Who speaks is the organisation: never who asks for the person.
        "author_name": told.organisation,
        "source_name": told.organisation,
        "source_date": written_moment(told.changed_at),
        **(_for_anybody(told.facts) if public else _for_recipient(told.facts)),
    }
    if told.invented:
        fields["description"] = f"{INVENTED}. {fields.get('description', '')}".strip()
    note = {
        "note_record_id": f"{fields['person_record_id']}.{told.version_number}",
        "person_record_id": fields["person_record_id"],
        "entry_date": fields["entry_date"],
        "author_name": told.organisation,
        "source_date": fields["source_date"],
        "status": STATUS_OUT[told.status],
    }
    known = {name: words for name, words in fields.items() if words}
    return PfifPerson(known, (PfifNote(note),))


def _for_anybody(facts: Mapping[str, Any]) -> dict[str, str]:
    """Name what anybody may read: marks, clothes and places would tell extortionists too much."""
    child = may_be_child(facts)
    month = str(facts.get("contact_date", ""))[:7]
    shown = {
        "full_name": WITHHELD if child else _full_name(facts) or WITHHELD,
        "sex": _sex(facts),
        "home_country": _iso2(facts),
        "description": f"Last contact: {month}." if month else "",
    }
    if child:
        # Neither the full name nor the age: that it is a child is enough.
        return {**shown, "age": f"0-{ADULT - 1}" if _told_age(facts) else ""}
    return {**shown, **_names(facts), "age": _age(facts)}


def _for_recipient(facts: Mapping[str, Any]) -> dict[str, str]:
    """Name what a recipient gets that the family agreed to: what serves identification."""
    contact = ", ".join(
        str(facts[name]) for name in ("contact_date", "contact_place") if facts.get(name)
    )
    marks = [_thing(mark) for mark in facts.get("marks", ())]
    clothes = [_thing(piece) for piece in facts.get("clothing", ())]
    parts = (
        f"Last contact: {contact}." if contact else "",
        f"Marks: {'; '.join(marks)}." if marks else "",
        f"Clothing: {'; '.join(clothes)}." if clothes else "",
    )
    return {
        "full_name": _full_name(facts) or WITHHELD,
        **_names(facts),
        "alternate_names": "\n".join(facts.get("nicknames", ())),
        "description": " ".join(part for part in parts if part),
        "sex": _sex(facts),
        "age": _age(facts),
        "home_city": str(facts.get("origin_place", "")),
        "home_country": _iso2(facts),
    }


def _names(facts: Mapping[str, Any]) -> dict[str, str]:
    surnames = (facts.get("first_surname"), facts.get("second_surname"))
    return {
        "given_name": str(facts.get("given_names", "")),
        "family_name": " ".join(str(name) for name in surnames if name),
    }


def _full_name(facts: Mapping[str, Any]) -> str:
    return " ".join(name for name in _names(facts).values() if name)


def _sex(facts: Mapping[str, Any]) -> str:
    sex = facts.get("sex")
    return "other" if sex == "intersex" else str(sex or "")


def _told_age(facts: Mapping[str, Any]) -> bool:
    return facts.get("age_from") is not None or facts.get("age_to") is not None


def _age(facts: Mapping[str, Any]) -> str:
    low, high = facts.get("age_from"), facts.get("age_to")
    if low is None or high is None:
        return str(low if high is None else high) if _told_age(facts) else ""
    return str(low) if low == high else f"{low}-{high}"


@cache
def _iso2_by_iso3() -> Mapping[str, str]:
    return {iso3: iso2 for iso2, iso3 in iso3_by_iso2().items()}


def _iso2(facts: Mapping[str, Any]) -> str:
    return _iso2_by_iso3().get(str(facts.get("origin_country", "")), "")


def _thing(thing: Mapping[str, Any]) -> str:
    names = ("kind", "side", "part", "colour", "brand", "text", "description")
    return " ".join(str(thing[name]) for name in names if thing.get(name))


def case_of_pfif(person: PfifPerson, *, today: dt.date) -> dict[str, Any]:
    """Read a record as facts of a case; photos and profiles are neither fetched nor kept."""
    told = person.fields
    facts: dict[str, Any] = {
        "given_names": told.get("given_name") or _given_of_full(told),
        "first_surname": told.get("family_name"),
        "nicknames": _lines(told.get("alternate_names", "")),
        "sex": {"female": "female", "male": "male"}.get(told.get("sex", "")),
        "origin_country": find_country(told.get("home_country", "")),
        "origin_place": ", ".join(
            told[name] for name in ("home_city", "home_state") if told.get(name)
        ),
        "circumstances": told.get("description", "")[:_LONG],
        # Who wrote the record is whom a case worker asks; nobody below sees it.
        "inquirer_name": told.get("author_name"),
        "inquirer_telephones": _lines(told.get("author_phone", "")),
        "inquirer_email": told.get("author_email"),
    }
    facts["age_from"], facts["age_to"] = _age_of(told)
    for name in ("names", "sex", "age", "origin"):
        facts[f"{name}_basis"] = str(Basis.THIRD_PARTY)
    expiry = read_moment(told.get("expiry_date", ""))
    if expiry is not None:
        facts["contacts_until"] = expiry.date().isoformat()
    cut = {name: each[:_SHORT] if _is_short(name, each) else each for name, each in facts.items()}
    return load_person(PersonKind.CASE, _with_bases(cut), today=today)


def _is_short(name: str, value: object) -> bool:
    return isinstance(value, str) and name != "circumstances"


def _with_bases(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Say how something is known only where something is told."""
    told = {
        "names_basis": ("given_names", "first_surname", "nicknames"),
        "sex_basis": ("sex",),
        "age_basis": ("age_from", "age_to"),
        "origin_basis": ("origin_country", "origin_place"),
    }
    idle = {
        basis
        for basis, names in told.items()
        if all(facts.get(name) in (None, "", []) for name in names)
    }
    return {name: value for name, value in facts.items() if name not in idle}


def _given_of_full(told: Mapping[str, str]) -> str | None:
    full = told.get("full_name", "")
    return None if full == WITHHELD or told.get("family_name") else full


def _age_of(told: Mapping[str, str]) -> tuple[int | None, int | None]:
    found = read_age(told["age"]) if told.get("age") else None
    if found is not None:
        return tuple(age if age is None or age <= 120 else None for age in found)  # type: ignore[return-value]
    born, at = told.get("date_of_birth", "")[:4], told.get("source_date", "")[:4]
    if not (born.isdigit() and at.isdigit()) or not 0 <= int(at) - int(born) <= 120:
        return (None, None)
    years = int(at) - int(born)
    return (max(0, years - 1), years)


def _lines(text: str) -> list[str]:
    return [line.strip()[:_SHORT] for line in text.splitlines() if line.strip()][:10]
