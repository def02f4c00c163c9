"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_out_of_scope", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.Column("reclassified", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("continued", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imports_recorded_on"), ["recorded_on"], unique=False)

    op.create_table(
        "strata",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("un_m49", sa.String(), nullable=True),
        sa.Column("review_2021", sa.String(), nullable=True),
        sa.Column("iom_region", sa.String(), nullable=True),
        sa.Column("corridor", sa.String(), nullable=True),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("route_reported", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("age_group", sa.String(), nullable=True),
        sa.Column("source_quality", sa.String(), nullable=True),
        sa.Column("dataset", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("boundaries_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strata")),
        sa.UniqueConstraint("digest", name=op.f("uq_strata_digest")),
    )
    op.create_table(
        "import_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("identity", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=True),
        sa.Column("original", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_findings_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_findings")),
    )
    with op.batch_alter_table("import_findings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_findings_import_id"), ["import_id"], unique=False
        )

    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=True),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_incidents_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_incidents_public_id")),
    )
    op.create_table(
        "ledger_blocks",
        sa.Column("import_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_ledger_blocks_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_ledger_blocks")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stratum_id", sa.Integer(), nullable=False),
        sa.Column("recorded_day", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sign", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("dead", sa.Integer(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=True),
        sa.Column("survivors", sa.Integer(), nullable=True),
        sa.Column("females", sa.Integer(), nullable=True),
        sa.Column("males", sa.Integer(), nullable=True),
        sa.Column("other_gender", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_ledger_entries_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["stratum_id"], ["strata.id"], name=op.f("fk_ledger_entries_stratum_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledger_entries_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ledger_entries_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "external_ids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_external_ids_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_external_ids_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_ids")),
    )
    with op.batch_alter_table("external_ids", schema=None) as batch_op:
        batch_op.create_index("ix_external_ids_dataset_value", ["dataset", "value"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_external_ids_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "incident_versions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("recorded_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_note", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("incident_type", sa.String(), nullable=False),
        sa.Column("date_from", sa.Date(), nullable=True),
        sa.Column("date_to", sa.Date(), nullable=True),
        sa.Column("date_precision", sa.String(), nullable=False),
        sa.Column("date_basis", sa.String(), nullable=True),
        sa.Column("number_dead", sa.Integer(), nullable=True),
        sa.Column("number_missing_min", sa.Integer(), nullable=True),
        sa.Column("number_missing_max", sa.Integer(), nullable=True),
        sa.Column("number_survivors", sa.Integer(), nullable=True),
        sa.Column("number_females", sa.Integer(), nullable=True),
        sa.Column("number_males", sa.Integer(), nullable=True),
        sa.Column("number_other_gender", sa.Integer(), nullable=True),
        sa.Column("number_children", sa.Integer(), nullable=True),
        sa.Column("causes", sa.String(), nullable=True),
        sa.Column("cause_reported", sa.String(), nullable=True),
        sa.Column("origins", sa.String(), nullable=True),
        sa.Column("origin_reported", sa.String(), nullable=True),
        sa.Column("region_origin_reported", sa.String(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("location_precision", sa.String(), nullable=False),
        sa.Column("uncertainty_m", sa.Double(), nullable=True),
        sa.Column("location_basis", sa.String(), nullable=True),
        sa.Column("location_description", sa.String(), nullable=True),
        sa.Column("position_reported", sa.String(), nullable=True),
        sa.Column("country_of_incident", sa.String(), nullable=True),
        sa.Column("country_reported", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("un_m49", sa.String(), nullable=True),
        sa.Column("review_2021", sa.String(), nullable=True),
        sa.Column("corridor", sa.String(), nullable=True),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("corridor_relation", sa.String(), nullable=True),
        sa.Column("boundaries_version", sa.String(), nullable=False),
        sa.Column("route_reported", sa.String(), nullable=True),
        sa.Column("region_reported", sa.String(), nullable=True),
        sa.Column("unsd_reported", sa.String(), nullable=True),
        sa.Column("source_quality", sa.Integer(), nullable=True),
        sa.Column("information_source", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("import_codes", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_incident_versions_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_versions_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_versions")),
    )
    with op.batch_alter_table("incident_versions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incident_versions_incident_id_version_number",
            ["incident_id", "version_number"],
            unique=False,
        )


def downgrade():
    with op.batch_alter_table("incident_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_versions_incident_id_version_number")

    op.drop_table("incident_versions")
    with op.batch_alter_table("external_ids", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_external_ids_incident_id"))
        batch_op.drop_index("ix_external_ids_dataset_value")

    op.drop_table("external_ids")
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_entries_incident_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_entries_import_id"))

    op.drop_table("ledger_entries")
    op.drop_table("ledger_blocks")
    op.drop_table("incidents")
    with op.batch_alter_table("import_findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_findings_import_id"))

    op.drop_table("import_findings")
    op.drop_table("strata")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imports_recorded_on"))

    op.drop_table("imports")
    op.drop_table("counters")
    op.drop_table("acts")
