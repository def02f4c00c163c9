"""Logging an incident on a phone without network, and sending it when there is one."""

from tracker.web.offline import entries, pages, worker
from tracker.web.offline.blueprint import blueprint

__all__ = ["blueprint", "entries", "pages", "worker"]
