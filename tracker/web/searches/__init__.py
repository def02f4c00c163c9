"""Searches on the ground, as those see them who take part."""

from tracker.web.searches import erasure, files, pages, planning, reports
from tracker.web.searches.blueprint import blueprint

__all__ = ["blueprint", "erasure", "files", "pages", "planning", "reports"]
