"""The database: every statement that the tracker sends to it."""
