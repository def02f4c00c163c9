"""Invented people of the demonstration: cases, remains, what may belong together, and what not.

Nobody in it exists, and every page about them says so.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from tracker.cli.demo_searches import demo_searches
from tracker.domain.consents import Purpose
from tracker.domain.matches import MatchStatus, Method
from tracker.domain.people import PersonKind, ShareKind, TaskKind
from tracker.domain.permissions import Actor
from tracker.schemas.people import load_person
from tracker.services.accounts.demonstration import invented_actors
from tracker.services.families import make_access
from tracker.services.matches import Finding, decide_match, open_match
from tracker.services.people import (
    PersonFilter,
    add_task,
    list_people,
    open_person,
    record_consent,
    share_person,
)

INVENTED = "(inventada / invented)"
Facts = dict[str, Any]

_LUCIA: Facts = {
    "given_names": "Lucía Marisol",
    "first_surname": "Zelaya",
    "second_surname": "Quijada",
    "nicknames": ["Lucha"],
    "names_basis": "family",
    "sex": "female",
    "sex_basis": "family",
    "age_from": 24,
    "age_to": 24,
    "age_basis": "family",
    "height_from_cm": 155,
    "height_to_cm": 160,
    "height_basis": "family",
    "hair": "black",
    "hair_basis": "family",
    "marks": [
        {
            "kind": "tattoo",
            "part": "forearm",
            "side": "left",
            "text": "Mateo",
            "description": "Una mariposa con el nombre de su hijo",
            "basis": "family",
        }
    ],
    "belongings": [
        {"kind": "religious", "description": "Rosario de madera", "basis": "family"},
    ],
    "clothing": [{"kind": "jacket", "colour": "red", "basis": "third_party"}],
    "telephones": ["+504 0000 0042"],
    "origin_country": "HND",
    "origin_place": "Comayagua",
    "origin_basis": "family",
    "contact_place": "Altar, Sonora",
    "contact_date_precision": "day",
    "contact_longitude": -111.83,
    "contact_latitude": 30.71,
    "contact_corridor": "mexico_transit",
    "planned_corridor": "us_mexico_border",
    "circumstances": f"Llamó a su madre desde Altar; iban a cruzar de noche {INVENTED}",
    "inquirer_name": f"Rosa Quijada {INVENTED}",
    "inquirer_relation": "mother",
    "inquirer_telephones": ["+504 0000 0043"],
    "inquirer_language": "es",
    "inquirer_safe_contact": "Solo por la tarde, y solo con Rosa",
    "references": [{"kind": "dna", "holder": f"Cruz Roja {INVENTED}", "consent": True}],
}
_JUAN: Facts = {
    "given_names": "Juan Carlos",
    "first_surname": "López",
    "second_surname": "Pérez",
    "names_basis": "family",
    "sex": "male",
    "sex_basis": "family",
    "age_from": 31,
    "age_to": 31,
    "age_basis": "family",
    "height_from_cm": 165,
    "height_to_cm": 170,
    "height_basis": "family",
    "origin_country": "GTM",
    "origin_place": "Huehuetenango",
    "origin_basis": "family",
    "contact_place": "Sásabe, Sonora",
    "contact_date_precision": "day",
    "contact_longitude": -111.54,
    "contact_latitude": 31.48,
    "contact_corridor": "us_mexico_border",
    "planned_corridor": "us_mexico_border",
    "inquirer_name": f"Marta Pérez {INVENTED}",
    "inquirer_relation": "sibling",
    "inquirer_telephones": ["+502 0000 0051"],
}
_MARIE: Facts = {
    "given_names": "Marie Ange",
    "first_surname": "Joseph",
    "names_basis": "family",
    "sex": "female",
    "sex_basis": "family",
    "age_from": 17,
    "age_to": 17,
    "age_basis": "document",
    "origin_country": "HTI",
    "origin_place": "Jacmel",
    "origin_basis": "family",
    "contact_place": "Necoclí",
    "contact_date_precision": "day",
    "contact_longitude": -76.78,
    "contact_latitude": 8.42,
    "contact_corridor": "darien",
    "planned_corridor": "darien",
    "inquirer_name": f"Ti Jean Joseph {INVENTED}",
    "inquirer_relation": "sibling",
}
_BUTTERFLY: Facts = {
    "given_names": "Lucia",
    "names_basis": "document",
    "sex": "female",
    "sex_basis": "examiner",
    "age_from": 20,
    "age_to": 28,
    "age_basis": "examiner",
    "height_from_cm": 152,
    "height_to_cm": 162,
    "height_basis": "examiner",
    "hair": "black",
    "hair_basis": "examiner",
    "marks": [
        {
            "kind": "tattoo",
            "part": "forearm",
            "side": "left",
            "text": "MATEO",
            "description": "butterfly, name of a child",
            "basis": "examiner",
        }
    ],
    "belongings": [
        {"kind": "religious", "description": "wooden rosary", "basis": "examiner"},
    ],
    "clothing": [{"kind": "jacket", "colour": "red", "basis": "examiner"}],
    "found_place": f"Near Arivaca, Arizona {INVENTED}",
    "found_date_precision": "day",
    "found_longitude": -111.33,
    "found_latitude": 31.58,
    "found_corridor": "us_mexico_border",
    "condition": "decomposed",
    "interval_days_from": 7,
    "interval_days_to": 21,
    "examiner_number": "INV-0417",
    "custody": [{"holder_kind": "morgue", "holder": f"Morgue {INVENTED}", "place": "Tucson"}],
    "references": [{"kind": "dna", "holder": f"Laboratory {INVENTED}", "consent": True}],
}
_BONES: Facts = {
    "sex": "male",
    "sex_basis": "examiner",
    "age_from": 25,
    "age_to": 45,
    "age_basis": "examiner",
    "height_from_cm": 160,
    "height_to_cm": 174,
    "height_basis": "examiner",
    "found_place": f"West of Sasabe, Arizona {INVENTED}",
    "found_date_precision": "day",
    "found_longitude": -111.62,
    "found_latitude": 31.61,
    "found_corridor": "us_mexico_border",
    "condition": "skeletal",
    "interval_days_from": 120,
    "interval_days_to": 900,
    "examiner_number": "INV-0388",
    "custody": [{"holder_kind": "morgue", "holder": f"Morgue {INVENTED}", "place": "Tucson"}],
}
_OTHER_BONES: Facts = {
    **_BONES,
    "found_longitude": -111.51,
    "found_latitude": 31.72,
    "age_from": 28,
    "age_to": 40,
    "dental": [{"kind": "gold", "tooth": 11, "basis": "examiner"}],
    "examiner_number": "INV-0391",
}


def invent_sought_people(session: Session) -> bool:
    """Open the invented cases and remains; gives False where there are some already."""
    people = invented_actors(session)
    family_group, forensic = people["Dolores"], people["Gabriel"]
    cases = PersonFilter(PersonKind.CASE, limit=1)
    if list_people(session, family_group, cases)[0]:
        return False
    today = dt.date.today()  # noqa: DTZ011 -- days of the demonstration, not of a record's history
    lucia = _open(session, family_group, _LUCIA, contact_date=today - dt.timedelta(70))
    juan = _open(session, family_group, _JUAN, contact_date=today - dt.timedelta(400))
    _open(session, family_group, _MARIE, contact_date=today - dt.timedelta(25))
    found = [
        _open(session, forensic, facts, found_date=today - dt.timedelta(days_ago))
        for facts, days_ago in ((_BUTTERFLY, 52), (_BONES, 30), (_OTHER_BONES, 90))
    ]
    for case in (lucia, juan):
        _agree(session, family_group, case, purpose=Purpose.MATCH, given_on=today)
    _agree(session, family_group, lucia, purpose=Purpose.SHARE, given_on=today, recipient=forensic)
    share_person(
        session,
        family_group,
        lucia,
        organisation_id=forensic.organisation_id or 0,
        what=ShareKind.IDENTIFICATION,
        until=today + dt.timedelta(180),
    )
    _look_after(session, family_group, lucia, today=today)
    _compare(session, (lucia, juan), found, people=people)
    demo_searches(session, people["Ignacio"], today=today)
    return True


def _look_after(session: Session, worker: Actor, case: str, *, today: dt.date) -> None:
    """Note what is next for a case, and give its family a way in."""
    add_task(
        session,
        worker,
        case,
        kind=TaskKind.FOLLOW_UP,
        told=f"Pedir el expediente dental a la clínica de Comayagua {INVENTED}",
        due_on=today + dt.timedelta(7),
    )
    add_task(
        session,
        worker,
        case,
        kind=TaskKind.PSYCHOSOCIAL,
        told=f"Acompañamiento psicosocial: Clara, los martes en la casa {INVENTED}",
    )
    make_access(
        session,
        worker,
        case,
        reach=f"Dolores, Familias de Tegucigalpa, los jueves {INVENTED}",
        support=f"Clara, psicóloga, los martes en la casa {INVENTED}",
    )


def _compare(
    session: Session, cases: tuple[str, str], found: list[str], *, people: Mapping[str, Actor]
) -> None:
    """Open a strong pair and a weak one, and set a third aside by two voices."""
    family_group, forensic = people["Dolores"], people["Gabriel"]
    lucia, juan = cases
    butterfly, bones, other_bones = found
    for case, remains in ((lucia, butterfly), (juan, bones)):
        open_match(session, family_group, case, kind=PersonKind.CASE, with_record=remains)
    aside = open_match(session, family_group, juan, kind=PersonKind.CASE, with_record=other_bones)
    finding = Finding(
        method=Method.DENTAL,
        authority=f"Oficina forense {INVENTED}",
        identified_on=dt.date.today(),  # noqa: DTZ011 -- as above
        reason=f"Juan Carlos no tenía dientes de oro {INVENTED}",
    )
    for voice in (family_group, forensic):
        decide_match(session, voice, aside, decision=MatchStatus.EXCLUDED, finding=finding)


def _open(session: Session, actor: Actor, facts: Mapping[str, Any], **days: dt.date) -> str:
    kind = PersonKind.CASE if "contact_date" in days else PersonKind.REMAINS
    told = {name: day.isoformat() for name, day in days.items()}
    return open_person(
        session, actor, kind=kind, facts=load_person(kind, {**facts, **told}), invented=True
    )


def _agree(
    session: Session,
    actor: Actor,
    case: str,
    *,
    purpose: Purpose,
    given_on: dt.date,
    recipient: Actor | None = None,
) -> None:
    record_consent(
        session,
        actor,
        case,
        purpose=purpose,
        given_by=f"La familia {INVENTED}",
        given_on=given_on,
        recipient_id=None if recipient is None else recipient.organisation_id,
    )
