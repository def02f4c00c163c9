"""seals of the log"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "act_seals",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_act_seals")),
        sa.UniqueConstraint("act_id", name=op.f("uq_act_seals_act_id")),
    )


def downgrade():
    op.drop_table("act_seals")
