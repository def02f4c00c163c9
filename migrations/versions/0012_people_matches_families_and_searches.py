"""people matches families and searches"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "followed_servers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("read_up_to", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_followed_servers_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed_servers")),
    )
    op.create_index(
        op.f("ix_followed_servers_organisation_id"),
        "followed_servers",
        ["organisation_id"],
        unique=False,
    )

    op.create_table(
        "searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_searches_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_searches_public_id")),
    )
    op.create_index(
        op.f("ix_searches_organisation_id"), "searches", ["organisation_id"], unique=False
    )

    op.create_table(
        "person_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("server_id", sa.Integer(), nullable=True),
        sa.Column("foreign_id", sa.String(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_by", sa.String(), nullable=True),
        sa.Column("erasure_ground", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_person_records_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_person_records_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["server_id"], ["followed_servers.id"], name=op.f("fk_person_records_server_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_records")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_records_public_id")),
        sa.UniqueConstraint(
            "server_id", "foreign_id", name=op.f("uq_person_records_server_id_foreign_id")
        ),
    )
    op.create_index(
        op.f("ix_person_records_incident_id"), "person_records", ["incident_id"], unique=False
    )
    op.create_index(
        op.f("ix_person_records_organisation_id"),
        "person_records",
        ["organisation_id"],
        unique=False,
    )

    op.create_table(
        "search_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_search_groups_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name=op.f("fk_search_groups_search_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_groups")),
        sa.UniqueConstraint(
            "search_id", "organisation_id", name=op.f("uq_search_groups_search_id_organisation_id")
        ),
    )
    op.create_index(
        op.f("ix_search_groups_organisation_id"), "search_groups", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_search_groups_search_id"), "search_groups", ["search_id"], unique=False
    )

    op.create_table(
        "search_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_search_reports_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["search_id"], ["searches.id"], name=op.f("fk_search_reports_search_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_reports")),
    )
    op.create_index(
        op.f("ix_search_reports_organisation_id"),
        "search_reports",
        ["organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_search_reports_search_id"), "search_reports", ["search_id"], unique=False
    )

    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.LargeBinary(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisations.id"], name=op.f("fk_consents_recipient_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_consents_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_record_id"), "consents", ["record_id"], unique=False)

    op.create_table(
        "family_accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("reach", sa.LargeBinary(), nullable=False),
        sa.Column("support", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("wrong_secrets", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_family_accesses_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_accesses")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_family_accesses_code_digest")),
    )
    op.create_index(
        op.f("ix_family_accesses_record_id"), "family_accesses", ["record_id"], unique=False
    )

    op.create_table(
        "family_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_up_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_family_words_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_words")),
    )
    op.create_index(op.f("ix_family_words_record_id"), "family_words", ["record_id"], unique=False)

    op.create_table(
        "feed_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_feed_entries_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_feed_entries_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_entries")),
    )
    op.create_index(
        op.f("ix_feed_entries_organisation_id"), "feed_entries", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_feed_entries_record_id"), "feed_entries", ["record_id"], unique=False)

    op.create_table(
        "matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("scoring", sa.String(), nullable=False),
        sa.Column("log_odds", sa.Double(), nullable=False),
        sa.Column("strength", sa.String(), nullable=False),
        sa.Column("compared", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["person_records.id"], name=op.f("fk_matches_one_id")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person_records.id"], name=op.f("fk_matches_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_matches_one_id_other_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_matches_public_id")),
    )
    op.create_index(op.f("ix_matches_other_id"), "matches", ["other_id"], unique=False)

    op.create_table(
        "person_external_ids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.Column("read_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_person_external_ids_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_person_external_ids_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_external_ids")),
        sa.UniqueConstraint(
            "organisation_id", "digest", name=op.f("uq_person_external_ids_organisation_id_digest")
        ),
    )
    op.create_index(
        op.f("ix_person_external_ids_record_id"), "person_external_ids", ["record_id"], unique=False
    )

    op.create_table(
        "person_mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mapping", sa.LargeBinary(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_person_mappings_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_mappings")),
        sa.UniqueConstraint(
            *("organisation_id", "kind", "name"),
            name=op.f("uq_person_mappings_organisation_id_kind_name"),
        ),
    )

    op.create_table(
        "person_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exported_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisations.id"], name=op.f("fk_person_exports_recipient_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_person_exports_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_exports")),
    )
    op.create_index(
        op.f("ix_person_exports_record_id"), "person_exports", ["record_id"], unique=False
    )

    op.create_table(
        "person_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("graphic", sa.Boolean(), nullable=False),
        sa.Column("description", sa.LargeBinary(), nullable=True),
        sa.Column("file_key", sa.LargeBinary(), nullable=False),
        sa.Column("original_file", sa.String(), nullable=False),
        sa.Column("shown_file", sa.String(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_person_files_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_files")),
    )
    op.create_index(op.f("ix_person_files_record_id"), "person_files", ["record_id"], unique=False)

    op.create_table(
        "person_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_person_tasks_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_tasks")),
    )
    op.create_index(op.f("ix_person_tasks_record_id"), "person_tasks", ["record_id"], unique=False)

    op.create_table(
        "person_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("recorded_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_person_versions_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_versions")),
        sa.UniqueConstraint(
            "record_id", "version_number", name=op.f("uq_person_versions_record_id_version_number")
        ),
    )
    op.create_index(
        "ix_person_versions_standing",
        "person_versions",
        ["record_id"],
        unique=True,
        sqlite_where=sa.text("recorded_to IS NULL"),
        postgresql_where=sa.text("recorded_to IS NULL"),
    )

    op.create_table(
        "shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_shares_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_shares_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
    )
    op.create_index(op.f("ix_shares_organisation_id"), "shares", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_shares_record_id"), "shares", ["record_id"], unique=False)

    op.create_table(
        "family_notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_family_notifications_match_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_family_notifications_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_notifications")),
    )
    op.create_index(
        op.f("ix_family_notifications_match_id"), "family_notifications", ["match_id"], unique=False
    )
    op.create_index(
        op.f("ix_family_notifications_record_id"),
        "family_notifications",
        ["record_id"],
        unique=False,
    )

    op.create_table(
        "match_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("authority", sa.LargeBinary(), nullable=True),
        sa.Column("identified_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("compared", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_match_decisions_match_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_decisions")),
    )
    op.create_index(
        op.f("ix_match_decisions_match_id"), "match_decisions", ["match_id"], unique=False
    )

    op.create_index(
        "ix_incidents_not_public",
        "incidents",
        ["id"],
        unique=False,
        sqlite_where=sa.text("visibility != 'public'"),
        postgresql_where=sa.text("visibility != 'public'"),
    )


def downgrade():
    op.drop_index("ix_incidents_not_public", "incidents")
    for table in (
        "match_decisions",
        "family_notifications",
        "shares",
        "person_versions",
        "person_tasks",
        "person_files",
        "person_external_ids",
        "person_exports",
        "person_mappings",
        "matches",
        "feed_entries",
        "family_words",
        "family_accesses",
        "consents",
        "search_reports",
        "search_groups",
        "person_records",
        "searches",
        "followed_servers",
    ):
        op.drop_table(table)
