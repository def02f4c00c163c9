"""exports of several cases"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "group_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manifest_sha256", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_group_exports_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisations.id"], name=op.f("fk_group_exports_recipient_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_exports")),
    )
    op.create_index(op.f("ix_group_exports_organisation_id"), "group_exports", ["organisation_id"])
    op.create_table(
        "group_export_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("given_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["export_id"], ["group_exports.id"], name=op.f("fk_group_export_records_export_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_records.id"], name=op.f("fk_group_export_records_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_export_records")),
        sa.UniqueConstraint(
            "export_id", "record_id", name=op.f("uq_group_export_records_export_id_record_id")
        ),
    )
    op.create_index(
        op.f("ix_group_export_records_record_id"), "group_export_records", ["record_id"]
    )


def downgrade():
    op.drop_table("group_export_records")
    op.drop_table("group_exports")
