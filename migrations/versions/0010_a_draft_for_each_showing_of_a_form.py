"""a draft for each showing of a form"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# What was kept before showings had keys stays on offer, as one showing of its own.
KEY_OF_WHAT_IS_KEPT = "kept-before"


def upgrade():
    with op.batch_alter_table("form_drafts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("key", sa.String(), nullable=False, server_default=KEY_OF_WHAT_IS_KEPT)
        )
        batch_op.alter_column("fields", existing_type=sa.LargeBinary(), nullable=True)
        batch_op.drop_constraint(op.f("uq_form_drafts_account_id_form"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_form_drafts_account_id_form_key"), ["account_id", "form", "key"]
        )
    with op.batch_alter_table("form_drafts", schema=None) as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(), server_default=None)


def downgrade():
    # Two showings of one form cannot both stay where there is room for one.
    op.execute("DELETE FROM form_drafts")
    with op.batch_alter_table("form_drafts", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_form_drafts_account_id_form_key"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_form_drafts_account_id_form"), ["account_id", "form"]
        )
        batch_op.alter_column("fields", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.drop_column("key")
