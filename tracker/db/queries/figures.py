"""Reads published figures."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.db.models import Import, PublishedFigure
from tracker.domain.statuses import ImportState


def find_figure(session: Session, public_id: str) -> PublishedFigure | None:
    """Find a published figure by its public id."""
    statement = select(PublishedFigure).where(PublishedFigure.public_id == public_id)
    return session.scalars(statement).first()


def published_figures(session: Session) -> list[PublishedFigure]:
    """Give all published figures, the newest first."""
    return list(session.scalars(select(PublishedFigure).order_by(PublishedFigure.id.desc())))


def figures_of_year(session: Session, year: int) -> int:
    """Count the figures that were published in a year."""
    named = PublishedFigure.public_id.like(f"{year}-%")
    return session.scalar(select(func.count()).select_from(PublishedFigure).where(named)) or 0


def days_of_imports(session: Session, after: dt.date) -> list[dt.date]:
    """Give the days after this one as of which files were taken in, in their order."""
    statement = (
        select(Import.recorded_on)
        .where(Import.state == ImportState.PUBLISHED, Import.recorded_on > after)
        .distinct()
        .order_by(Import.recorded_on)
    )
    return list(session.scalars(statement))
