"""People who are sought and remains that were found. Reachable from no public figure or map."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db.encryption import SealedBytes, SealedText
from tracker.db.models.base import Base


class PersonRecord(Base):
    """The record of one person; what is known of them is in its versions, sealed.

    What was erased keeps this row, without anything told: its ids let nothing come back.
    `foreign_id` is the public id on the server that is followed.
    """

    __tablename__ = "person_records"
    __table_args__ = (UniqueConstraint("server_id", "foreign_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    opened_by: Mapped[str]
    opened_on: Mapped[dt.date]
    review_on: Mapped[dt.date | None]
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    invented: Mapped[bool]
    server_id: Mapped[int | None] = mapped_column(ForeignKey("followed_servers.id"))
    foreign_id: Mapped[str | None]
    erased_at: Mapped[dt.datetime | None]
    erased_by: Mapped[str | None]
    erasure_ground: Mapped[str | None]


class PersonVersion(Base):
    """What was known of a person from `recorded_from` until `recorded_to`; rows are added."""

    __tablename__ = "person_versions"
    __table_args__ = (
        UniqueConstraint("record_id", "version_number"),
        Index(
            "ix_person_versions_standing",
            "record_id",
            unique=True,
            sqlite_where=text("recorded_to IS NULL"),
            postgresql_where=text("recorded_to IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"))
    version_number: Mapped[int]
    recorded_from: Mapped[dt.datetime]
    recorded_to: Mapped[dt.datetime | None]
    recorded_by: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str | None] = mapped_column(SealedText)
    facts: Mapped[str] = mapped_column(SealedText)


class PersonExternalId(Base):
    """An id by which a file calls a person: a keyed digest, which stays after an erasure.

    Of who was erased there are more, of what they are known by again; none of them can be read.
    `read_version` is the version that holds what the file said last.
    """

    __tablename__ = "person_external_ids"
    __table_args__ = (UniqueConstraint("organisation_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    digest: Mapped[str]
    value: Mapped[str | None] = mapped_column(SealedText)
    read_version: Mapped[int | None]


class KeptMapping(Base):
    """What columns of lists of people mean: names of columns, nothing told."""

    __tablename__ = "person_mappings"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    name: Mapped[str]
    mapping: Mapped[str] = mapped_column(SealedText)
    shared: Mapped[bool]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]


class PersonExport(Base):
    """That a case left in a file: for whom (NULL: anybody), why, when; it outlives an erasure."""

    __tablename__ = "person_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    reason: Mapped[str | None] = mapped_column(SealedText)
    exported_at: Mapped[dt.datetime]
    exported_by: Mapped[str]


class GroupExport(Base):
    """How far a file of several cases for one recipient has come; neither it nor its password.

    `manifest_sha256` is the digest of the list of what went out, which lies in the file.
    """

    __tablename__ = "group_exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    purpose: Mapped[str]
    reason: Mapped[str | None] = mapped_column(SealedText)
    asked_at: Mapped[dt.datetime]
    asked_by: Mapped[str]
    agreed_at: Mapped[dt.datetime | None]
    agreed_by: Mapped[str | None]
    opened_at: Mapped[dt.datetime | None]
    given_at: Mapped[dt.datetime | None]
    manifest_sha256: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]


class GroupExportRecord(Base):
    """A record that somebody asked to give, and in which version it went out."""

    __tablename__ = "group_export_records"
    __table_args__ = (UniqueConstraint("export_id", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("group_exports.id"))
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    given_version: Mapped[int | None]


class Consent(Base):
    """What a family agreed to, and when it took that back."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    purpose: Mapped[str]
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    given_by: Mapped[str | None] = mapped_column(SealedText)
    given_on: Mapped[dt.date]
    until: Mapped[dt.date | None]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[str]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str | None]


class Share(Base):
    """That a record is shared with an organisation: how much of it, and until when."""

    __tablename__ = "shares"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    what: Mapped[str]
    until: Mapped[dt.date | None]
    shared_at: Mapped[dt.datetime]
    shared_by: Mapped[str]
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[str | None]


class FeedEntry(Base):
    """Tells an organisation that a record shared with it changed, or is not shared any more."""

    __tablename__ = "feed_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    change: Mapped[str]
    made_at: Mapped[dt.datetime]


class FollowedServer(Base):
    """A server whose shared records an organisation follows, with the key that it was given."""

    __tablename__ = "followed_servers"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    address: Mapped[str]
    key: Mapped[str] = mapped_column(SealedText)
    read_up_to: Mapped[int]
    asked_at: Mapped[dt.datetime | None]
    problem: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]


class PersonTask(Base):
    """Something to do for a person: a step of the search, or a referral, with its day."""

    __tablename__ = "person_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    kind: Mapped[str]
    told: Mapped[str] = mapped_column(SealedText)
    due_on: Mapped[dt.date | None]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[str | None]
    outcome: Mapped[str | None] = mapped_column(SealedText)


class PersonFile(Base):
    """A photo or document about a person; it opens only with its key, which goes with the row."""

    __tablename__ = "person_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("person_records.id"), index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    graphic: Mapped[bool]
    description: Mapped[str | None] = mapped_column(SealedText)
    file_key: Mapped[bytes] = mapped_column(SealedBytes)
    original_file: Mapped[str]
    shown_file: Mapped[str | None]
    added_by: Mapped[int | None]
    added_at: Mapped[dt.datetime]
