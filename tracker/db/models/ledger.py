"""The ledger: signed rows that any tally, as known on any date, is the sum of."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.models.base import Base


class Stratum(Base):
    """One combination of everything that a tally can be broken down by, but for dates."""

    __tablename__ = "strata"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(unique=True)
    un_m49: Mapped[str | None]
    review_2021: Mapped[str | None]
    iom_region: Mapped[str | None]
    corridor: Mapped[str | None]
    segment: Mapped[str | None]
    country: Mapped[str | None]
    route_reported: Mapped[str | None]
    origin: Mapped[str | None]
    cause: Mapped[str | None]
    sex: Mapped[str | None]
    age_group: Mapped[str | None]
    source_quality: Mapped[str | None]
    dataset: Mapped[str | None]
    scope: Mapped[str]
    boundaries_version: Mapped[str]


class LedgerEntry(Base):
    """New facts (sign 1) or facts no longer held (sign -1), from a day on.

    Days count from 1970-01-01 (UTC). People are signed; NULL is not known.
    Rows are added, never changed.
    """

    __tablename__ = "ledger_entries"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)
    incident_id: Mapped[int] = mapped_column(index=True)
    version_id: Mapped[int]
    stratum_id: Mapped[int] = mapped_column(ForeignKey("strata.id"))
    recorded_day: Mapped[int]
    reason: Mapped[str]
    sign: Mapped[int]
    first_day: Mapped[int | None]
    last_day: Mapped[int | None]
    dead: Mapped[int | None]
    missing: Mapped[int | None]
    survivors: Mapped[int | None]
    females: Mapped[int | None]
    males: Mapped[int | None]
    other_gender: Mapped[int | None]
    children: Mapped[int | None]


class LedgerBlock(Base):
    """The entries of one import again, as columns, so that a million are read at once.

    A copy made for speed: `tracker db check` compares it with the entries, and it can be remade.
    """

    __tablename__ = "ledger_blocks"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("imports.id"), primary_key=True, autoincrement=False
    )
    columns: Mapped[bytes] = mapped_column(LargeBinary)
