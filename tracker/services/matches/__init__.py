"""Matches: records that may be of one person. The program proposes, two people decide."""

from tracker.services.matches.decide import Finding, decide_match, take_back_decision
from tracker.services.matches.find import find_matches, open_match
from tracker.services.matches.identified import list_identified, undo_identification
from tracker.services.matches.propose import find_proposals, keep_proposals
from tracker.services.matches.read import get_match, list_matches, note_match_seen

__all__ = [
    "Finding",
    "decide_match",
    "find_matches",
    "find_proposals",
    "get_match",
    "keep_proposals",
    "list_identified",
    "list_matches",
    "note_match_seen",
    "open_match",
    "take_back_decision",
    "undo_identification",
]
