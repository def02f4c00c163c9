"""Cases of people who are sought, and remains that were found, for those who work on them."""

from tracker.web.people import (
    agreements,
    erasure,
    files,
    full_entry,
    history,
    identification,
    lists,
    quick_entry,
    record,
    standing,
    tasks,
)
from tracker.web.people.blueprint import blueprint

__all__ = [
    "agreements",
    "blueprint",
    "erasure",
    "files",
    "full_entry",
    "history",
    "identification",
    "lists",
    "quick_entry",
    "record",
    "standing",
    "tasks",
]
