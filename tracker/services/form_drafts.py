"""Keeps what somebody types before they save it, so that a crash takes nothing away."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from tracker.db.models import FormDraft
from tracker.db.rows import add_if_new
from tracker.db.session import moment
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.people import PersonKind, PersonSight
from tracker.domain.permissions import Action, Actor, require
from tracker.services.incidents.standing import seen_incident
from tracker.services.people.standing import seen_person

KEPT = dt.timedelta(days=30)
# What was told of a person waits for less long.
KEPT_OF_PEOPLE = dt.timedelta(days=7)
MOST_FORMS = 50
MOST_OFFERED = 3
NEW = "new"
NEW_OF_PEOPLE = {PersonKind.CASE: "new-case", PersonKind.REMAINS: "new-remains"}
_IDS_OF_PEOPLE = ("C-", "R-")
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True)
class BegunForm:
    """The fields of one showing of a form (`key`) as they were left, in order, and when."""

    key: str
    fields: tuple[tuple[str, str], ...]
    saved_at: dt.datetime


def save_form_draft(
    session: Session, actor: Actor, form: str, *, key: str, fields: Sequence[tuple[str, str]]
) -> bool:
    """Keep the fields of one showing of a form for its writer; gives False where it has ended.

    `form` is `new`, one of `NEW_OF_PEOPLE` or the public id of a record. What arrives late must not
    bring back what was saved.
    """
    account_id, form = _writer(session, actor, form)
    kept = _showing(session, account_id, form, key=key)
    if kept.fields is None:
        return False
    kept.fields = json.dumps(list(fields), ensure_ascii=False)
    kept.saved_at = moment(session)
    session.flush()
    _forget_old(session, account_id)
    return True


def list_form_drafts(session: Session, actor: Actor, form: str) -> tuple[BegunForm, ...]:
    """Give what this writer has left in showings of a form, the newest first."""
    account_id, form = _writer(session, actor, form)
    wanted = (
        select(FormDraft)
        .where(
            FormDraft.account_id == account_id,
            FormDraft.form == form,
            FormDraft.fields.is_not(None),
            ~_too_old(session),
        )
        .order_by(FormDraft.saved_at.desc(), FormDraft.id.desc())
        .limit(MOST_OFFERED)
    )
    return tuple(_told(kept) for kept in session.scalars(wanted))


def end_form_draft(session: Session, actor: Actor, form: str, *, key: str) -> None:
    """Forget what was typed in a showing of a form, and take no more of it."""
    account_id, form = _writer(session, actor, form)
    if not _KEY.fullmatch(key):
        return  # of no page of ours, so nothing was kept
    kept = _showing(session, account_id, form, key=key)
    kept.fields, kept.saved_at = None, moment(session)


def sweep_form_drafts(session: Session, actor: Actor) -> int:
    """Take away what nobody has come back to in time; gives how many."""
    require(actor, Action.MANAGE_INSTALLATION)
    return _sweep(session)


def _told(kept: FormDraft) -> BegunForm:
    fields = json.loads(kept.fields or "[]")
    return BegunForm(kept.key, tuple((name, value) for name, value in fields), kept.saved_at)


def _writer(session: Session, actor: Actor, form: str) -> tuple[int, str]:
    """Give the account of whoever may write in a form, and the name of the form."""
    of_people = form in NEW_OF_PEOPLE.values() or form.upper().startswith(_IDS_OF_PEOPLE)
    action = Action.RECORD_CASES if of_people else Action.LOG_INCIDENTS
    require(actor, action)
    if actor.account_id is None:
        raise NotAllowed(action)
    if form in (NEW, *NEW_OF_PEOPLE.values()):
        return actor.account_id, form
    if of_people:
        person, _ = seen_person(session, actor, form, at_least=PersonSight.KEEPER)
        return actor.account_id, person.public_id
    return actor.account_id, seen_incident(session, actor, form)[0].public_id


def _showing(session: Session, account_id: int, form: str, *, key: str) -> FormDraft:
    """Give what is kept of a showing of a form; others wait who keep the same one."""
    if not _KEY.fullmatch(key):
        raise NotFound("form")
    which = {"account_id": account_id, "form": form, "key": key}
    add_if_new(session, FormDraft, {**which, "fields": "[]", "saved_at": moment(session)})
    return session.scalars(select(FormDraft).filter_by(**which).with_for_update()).one()


def _forget_old(session: Session, account_id: int) -> None:
    """Leave only the newest forms of a writer, and of nobody what is too old."""
    _sweep(session)
    newest = (
        select(FormDraft.id)
        .where(FormDraft.account_id == account_id)
        .order_by(FormDraft.saved_at.desc(), FormDraft.id.desc())
        .limit(MOST_FORMS)
    )
    others = FormDraft.account_id == account_id, FormDraft.id.not_in(newest)
    session.execute(delete(FormDraft).where(*others))


def _sweep(session: Session) -> int:
    old = _too_old(session)
    count = len(session.scalars(select(FormDraft.id).where(old)).all())
    session.execute(delete(FormDraft).where(old))
    return count


def _too_old(session: Session) -> ColumnElement[bool]:
    now = moment(session)
    of_people = or_(
        FormDraft.form.in_(NEW_OF_PEOPLE.values()),
        *(FormDraft.form.startswith(letter) for letter in _IDS_OF_PEOPLE),
    )
    return or_(
        FormDraft.saved_at < now - KEPT,
        and_(of_people, FormDraft.saved_at < now - KEPT_OF_PEOPLE),
    )
