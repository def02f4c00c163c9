"""Records as those see them who log and complete them."""

from tracker.web.records import (
    attachments,
    erasure,
    form_drafts,
    full_entry,
    hints,
    quick_entry,
    reading,
)
from tracker.web.records.blueprint import blueprint

__all__ = [
    "attachments",
    "blueprint",
    "erasure",
    "form_drafts",
    "full_entry",
    "hints",
    "quick_entry",
    "reading",
]
