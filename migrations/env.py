"""Runs the migrations on the connection that `tracker.db.migrations` hands over."""

from alembic import context

from tracker.db.encryption import SealedBytes, SealedText
from tracker.db.metadata import METADATA
from tracker.db.models.base import UtcDateTime


def plain_type(kind, item, _context):
    """Write the tracker's own types as those of the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SealedBytes | SealedText):
        return "sa.LargeBinary()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
