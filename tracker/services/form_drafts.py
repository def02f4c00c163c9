"""Keeps what somebody types before they save it, so that a crash takes nothing away."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.db.models import FormDraft
from tracker.db.session import moment
from tracker.domain.errors import NotAllowed
from tracker.domain.permissions import Action, Actor, require
from tracker.services.incidents.standing import seen_incident

KEPT = dt.timedelta(days=30)
MOST_FORMS = 50
NEW = "new"


@dataclass(frozen=True)
class BegunForm:
    """The fields of a form as they were left, in order, and when."""

    fields: tuple[tuple[str, str], ...]
    saved_at: dt.datetime


def save_form_draft(
    session: Session, actor: Actor, form: str, *, fields: Sequence[tuple[str, str]]
) -> None:
    """Keep the fields of a form for its writer; those that nobody came back to go.

    `form` is `new` or the public id of a record. Only the newest forms of each writer are kept.
    """
    account_id = _writer(actor)
    if form != NEW:
        seen_incident(session, actor, form)
    now = moment(session)
    session.execute(delete(FormDraft).where(FormDraft.saved_at < now - KEPT))
    kept = _find(session, account_id, form)
    if kept is None:
        kept = FormDraft(account_id=account_id, form=form)
        session.add(kept)
    kept.fields = json.dumps(list(fields), ensure_ascii=False)
    kept.saved_at = now
    session.flush()
    newest = (
        select(FormDraft.id)
        .where(FormDraft.account_id == account_id)
        .order_by(FormDraft.saved_at.desc(), FormDraft.id.desc())
        .limit(MOST_FORMS)
    )
    others = FormDraft.account_id == account_id, FormDraft.id.not_in(newest)
    session.execute(delete(FormDraft).where(*others))


def find_form_draft(session: Session, actor: Actor, form: str) -> BegunForm | None:
    """Give what this writer has left in a form, if it is not too long ago."""
    kept = _find(session, _writer(actor), form)
    if kept is None or kept.saved_at < moment(session) - KEPT:
        return None
    return BegunForm(tuple((name, value) for name, value in json.loads(kept.fields)), kept.saved_at)


def drop_form_draft(session: Session, actor: Actor, form: str) -> None:
    """Forget what this writer has left in a form."""
    kept = _find(session, _writer(actor), form)
    if kept is not None:
        session.delete(kept)


def _writer(actor: Actor) -> int:
    require(actor, Action.LOG_INCIDENTS)
    if actor.account_id is None:
        raise NotAllowed(Action.LOG_INCIDENTS)
    return actor.account_id


def _find(session: Session, account_id: int, form: str) -> FormDraft | None:
    which = FormDraft.account_id == account_id, FormDraft.form == form
    return session.scalars(select(FormDraft).where(*which)).one_or_none()
