"""incidents told apart"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "distinctions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["one_id"], ["incidents.id"], name=op.f("fk_distinctions_one_id_incidents")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["incidents.id"], name=op.f("fk_distinctions_other_id_incidents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinctions")),
    )
    op.create_index(op.f("ix_distinctions_one_id"), "distinctions", ["one_id"])
    op.create_index(op.f("ix_distinctions_other_id"), "distinctions", ["other_id"])


def downgrade():
    op.drop_index(op.f("ix_distinctions_other_id"), table_name="distinctions")
    op.drop_index(op.f("ix_distinctions_one_id"), table_name="distinctions")
    op.drop_table("distinctions")
