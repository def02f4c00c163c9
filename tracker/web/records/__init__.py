"""Records as those see them who log and complete them."""

from tracker.web.records import full_entry, quick_entry, reading
from tracker.web.records.blueprint import blueprint

__all__ = ["blueprint", "full_entry", "quick_entry", "reading"]
