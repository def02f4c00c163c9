"""File formats, each alone: what comes in and what goes out, without a database."""
