"""Searches on the ground: planned, done, mapped; seen by those who take part and nobody else."""

from tracker.services.searches.erase import erase_search
from tracker.services.searches.ground import (
    SearchGround,
    SearchSheet,
    draw_sheet,
    export_search,
    ground_of_search,
)
from tracker.services.searches.near import list_people_near
from tracker.services.searches.plan import (
    change_search_status,
    list_search_groups,
    plan_search,
    revise_search,
)
from tracker.services.searches.read import (
    SearchFilter,
    get_search,
    list_reports,
    list_searches,
    note_search_seen,
)
from tracker.services.searches.report import (
    open_remains_of_finding,
    report_search,
    take_back_report,
)

__all__ = [
    "SearchFilter",
    "SearchGround",
    "SearchSheet",
    "change_search_status",
    "draw_sheet",
    "erase_search",
    "export_search",
    "get_search",
    "ground_of_search",
    "list_people_near",
    "list_reports",
    "list_search_groups",
    "list_searches",
    "note_search_seen",
    "open_remains_of_finding",
    "plan_search",
    "report_search",
    "revise_search",
    "take_back_report",
]
