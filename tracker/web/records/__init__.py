"""Records as those see them who log and complete them."""

from tracker.web.records import attachments, full_entry, quick_entry, reading
from tracker.web.records.blueprint import blueprint

__all__ = ["attachments", "blueprint", "full_entry", "quick_entry", "reading"]
