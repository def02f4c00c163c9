"""Files of several cases: one person asks, a second one agrees, a password opens them.

Neither the file nor its password is kept. What the families agreed to is asked when somebody asks
for a file, and once more when it is made.
"""

import datetime as dt
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from tracker.db.models.people import (
    GroupExport,
    GroupExportRecord,
    PersonRecord,
    PersonVersion,
)
from tracker.db.queries.group_exports import (
    cases_agreed_to,
    find_group_export,
    group_exports_of,
    recipients_agreed_to,
    records_of_exports,
)
from tracker.db.queries.people import names_of_organisations
from tracker.db.queries.person_lists import records_with_versions
from tracker.db.session import keys_of_session, moment
from tracker.domain.errors import Conflict, InvalidRecord, NotAllowed, NotFound
from tracker.domain.group_exports import MOST_CASES, ExportPurpose, ExportState, ExportTimes
from tracker.domain.people import PersonKind, PersonSight, PersonTold
from tracker.domain.permissions import Action, Actor, require
from tracker.exchange.person_forms import write_form
from tracker.exchange.sealed_zip import new_password, write_sealed_zip
from tracker.schemas.authority_forms import authority_form
from tracker.schemas.person_pfif import Leaving
from tracker.services.acts import note_act
from tracker.services.people.outgoing import (
    ENDED,
    may_go_out,
    name_of_recipient,
    note_export,
    sound_reason,
)
from tracker.services.people.read import people_told
from tracker.services.people.standing import seen_person

_PASSWORD = "password of a file of several cases"  # noqa: S105 -- a purpose, no password
_SHOWN = 20
READ_ME = """\
Restricted. For search and identification alone: not to be passed on, never for migration control.
manifest.json says for whom this is, since when and until when. Destroy it by then, or when you hear
that a family has taken its consent back.

Reservado. Solo para búsqueda e identificación: no se comparte con nadie más, nunca para control
migratorio. manifest.json dice para quién es, desde cuándo y hasta cuándo. Destrúyalo entonces, o
cuando se le avise que una familia retiró su consentimiento.
"""


@dataclass(frozen=True)
class GroupExportTold:
    """A file of several cases as its own organisation sees it; `left` are cases that may not go."""

    number: int
    recipient: str
    purpose: str
    reason: str
    state: ExportState
    asked_on: dt.date
    cases: tuple[PersonTold, ...]
    left: int
    mine: bool
    given: bool


def list_export_recipients(session: Session, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Give the organisations, by number and name, to which families here agree today."""
    numbers = recipients_agreed_to(session, _own(actor), today=moment(session).date())
    names = names_of_organisations(session, numbers)
    return tuple(sorted(names.items(), key=lambda each: each[1]))


def cases_to_export(session: Session, actor: Actor, *, recipient_id: int) -> tuple[PersonTold, ...]:
    """Give the cases of this organisation that may go to another one today."""
    own_id = _own(actor)
    name_of_recipient(session, recipient_id, own_id=own_id)
    today = moment(session).date()
    rows = cases_agreed_to(session, own_id, recipient_id, today=today, ended=ENDED)
    return people_told(session, actor, rows)


def ask_for_group_export(
    session: Session,
    actor: Actor,
    *,
    recipient_id: int,
    purpose: str,
    reason: str,
    public_ids: Sequence[str],
) -> int:
    """Ask for a file of several cases; gives its number. A second person has to agree.

    Raises `Conflict` (`no_consent`, `case_has_ended`, `cases_only`, `own_organisation`).
    """
    own_id = _own(actor)
    wanted = tuple(dict.fromkeys(each for each in public_ids if each.strip()))
    if not 0 < len(wanted) <= MOST_CASES:
        raise InvalidRecord({"cases": ("too_many" if wanted else "required",)})
    if purpose not in tuple(ExportPurpose):
        raise InvalidRecord({"purpose": ("required",)})
    name_of_recipient(session, recipient_id, own_id=own_id)
    export = GroupExport(
        organisation_id=own_id,
        recipient_id=recipient_id,
        purpose=purpose,
        reason=sound_reason(reason),
        asked_at=moment(session),
        asked_by=actor.handle,
    )
    session.add(export)
    session.flush()
    for public_id in wanted:
        record, version = seen_person(session, actor, public_id, at_least=PersonSight.KEEPER)
        if record.kind != PersonKind.CASE:
            raise Conflict("cases_only")
        may_go_out(session, record, version, recipient_id=recipient_id)
        session.add(GroupExportRecord(export_id=export.id, record_id=record.id))
    session.flush()
    note_act(session, actor, action="ask_for_export", thing=f"group export {export.id}")
    return export.id


def list_group_exports(session: Session, actor: Actor) -> tuple[GroupExportTold, ...]:
    """Give the files of several cases of this organisation, the newest first."""
    exports = group_exports_of(session, _own(actor), limit=_SHOWN)
    return tuple(_told(session, actor, export) for export in exports)


def get_group_export(session: Session, actor: Actor, number: int) -> GroupExportTold:
    """Give one file of several cases, as far as it has come."""
    return _told(session, actor, _found(session, actor, number))


def agree_to_group_export(session: Session, actor: Actor, number: int) -> None:
    """Agree as the second person; raises `Conflict` (`second_person_needed`)."""
    export = _found(session, actor, number, in_state=ExportState.ASKED)
    if actor.account_id is None or export.asked_by == actor.handle:
        raise Conflict("second_person_needed")
    export.agreed_at, export.agreed_by = moment(session), actor.handle
    session.flush()
    note_act(session, actor, action="agree_to_export", thing=f"group export {export.id}")


def end_group_export(session: Session, actor: Actor, number: int) -> None:
    """Call a file off that has not been given, as whoever asked for it or as somebody else."""
    export = _found(session, actor, number)
    if _times(export).state(moment(session)) in (ExportState.GIVEN, ExportState.ENDED):
        raise Conflict("status_does_not_follow")
    export.ended_at, export.ended_by = moment(session), actor.handle
    session.flush()
    note_act(session, actor, action="end_export", thing=f"group export {export.id}")


def open_group_export(session: Session, actor: Actor, number: int) -> tuple[str, str]:
    """Make the password, once; gives it, and a seal that says it is ours.

    For whoever asked. The file has to be fetched within an hour; later it is asked for anew.
    """
    export = _found(session, actor, number, in_state=ExportState.AGREED)
    if export.asked_by != actor.handle:
        raise NotFound("group export")
    export.opened_at = moment(session)
    session.flush()
    note_act(session, actor, action="open_export", thing=f"group export {export.id}")
    password = new_password()
    return password, _seal(session, export, password)


def give_group_export(
    session: Session, actor: Actor, number: int, *, password: str, seal: str, domain: str
) -> bytes:
    """Give the file, sealed with the password that was shown; every case in it is noted.

    Cases whose families have taken their consent back stay out; raises `Conflict` (`no_consent`)
    where none is left.
    """
    export = _found(session, actor, number, in_state=ExportState.OPENED)
    known = _seal(session, export, password)
    if export.asked_by != actor.handle or not hmac.compare_digest(known.encode(), seal.encode()):
        raise NotFound("group export")
    forms = _forms(session, actor, export, domain=domain)
    if not forms:
        raise Conflict("no_consent")
    manifest = _manifest(export, forms)
    export.given_at = moment(session)
    export.manifest_sha256 = sha256(manifest).hexdigest()
    session.flush()
    note_act(session, actor, action="give_export", thing=f"group export {export.id}")
    files = {
        "READ-ME.txt": READ_ME.encode(),
        "manifest.json": manifest,
        "people.json": write_form({"people": forms}),
    }
    return write_sealed_zip(files, password)


def _forms(
    session: Session, actor: Actor, export: GroupExport, *, domain: str
) -> list[dict[str, object]]:
    """Write what may go out now, and note of each that it did."""
    name = name_of_recipient(session, export.recipient_id, own_id=export.organisation_id)
    listed = {row.record_id: row for row in records_of_exports(session, [export.id])}
    forms = []
    for record, version in _going(session, export):
        until = may_go_out(session, record, version, recipient_id=export.recipient_id)
        [told] = people_told(session, actor, [(record, version)])
        forms.append(authority_form(told, Leaving(domain, name, moment(session), until)))
        if listed[record.id].given_version is None:
            note_export(
                session,
                actor,
                record.id,
                recipient_id=export.recipient_id,
                reason=export.reason or "",
            )
        listed[record.id].given_version = version.version_number
    return forms


def _manifest(export: GroupExport, forms: Sequence[dict[str, object]]) -> bytes:
    """List what a file holds: ids, versions and digests, for whom and how long."""
    return write_form(
        {
            "number": export.id,
            "purpose": export.purpose,
            **{name: forms[0][name] for name in ("from", "for", "use", "given_on")},
            "invented": any(form.get("invented") for form in forms),
            "records": [
                {
                    "record": form["record"],
                    "version": form["version"],
                    "forget_after": form["forget_after"],
                    "sha256": sha256(json.dumps(form, sort_keys=True).encode()).hexdigest(),
                }
                for form in forms
            ],
        }
    )


def _own(actor: Actor) -> int:
    require(actor, Action.SHARE_CASES)
    if actor.organisation_id is None:
        raise NotAllowed(Action.SHARE_CASES)
    return actor.organisation_id


def _found(
    session: Session, actor: Actor, number: int, *, in_state: ExportState | None = None
) -> GroupExport:
    own_id = _own(actor)
    export = find_group_export(session, own_id, number, to_write=in_state is not None)
    if export is None:
        raise NotFound("group export")
    if in_state is not None and _times(export).state(moment(session)) is not in_state:
        raise Conflict("status_does_not_follow")
    return export


def _times(export: GroupExport) -> ExportTimes:
    return ExportTimes(
        asked_at=export.asked_at,
        agreed_at=export.agreed_at,
        opened_at=export.opened_at,
        given_at=export.given_at,
        ended_at=export.ended_at,
    )


def _seal(session: Session, export: GroupExport, password: str) -> str:
    return keys_of_session(session).digest(_PASSWORD, f"{export.id}.{password}")


def _going(session: Session, export: GroupExport) -> list[tuple[PersonRecord, PersonVersion]]:
    """Give the cases of a file that may go out at this moment."""
    listed = [row.record_id for row in records_of_exports(session, [export.id])]
    found = records_with_versions(session, listed)
    going = []
    for record, version in map(found.__getitem__, listed):
        if version is None or record.erased_at is not None:
            continue
        try:
            may_go_out(session, record, version, recipient_id=export.recipient_id)
        except Conflict:
            continue
        going.append((record, version))
    return going


def _told(session: Session, actor: Actor, export: GroupExport) -> GroupExportTold:
    times = _times(export)
    state = times.state(moment(session))
    names = names_of_organisations(session, [export.recipient_id])
    going = _going(session, export)
    asked_for = len(records_of_exports(session, [export.id]))
    return GroupExportTold(
        number=export.id,
        recipient=names[export.recipient_id],
        purpose=export.purpose,
        reason=export.reason or "",
        state=state,
        asked_on=export.asked_at.date(),
        cases=people_told(session, actor, going),
        left=asked_for - len(going),
        mine=export.asked_by == actor.handle,
        given=export.given_at is not None,
    )
