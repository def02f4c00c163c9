"""Matches: records that may be of one person. The program proposes, two people decide."""

from tracker.services.matches.decide import Finding, decide_match, take_back_decision
from tracker.services.matches.find import find_matches, open_match
from tracker.services.matches.identified import list_identified, undo_identification
from tracker.services.matches.listed import MatchFilter, list_matches
from tracker.services.matches.read import get_match, note_match_seen
from tracker.services.matches.rounds import (
    ProposalRound,
    end_reading_ahead,
    propose_all,
    propose_changed,
    read_ahead,
)

__all__ = [
    "Finding",
    "MatchFilter",
    "ProposalRound",
    "decide_match",
    "end_reading_ahead",
    "find_matches",
    "get_match",
    "list_identified",
    "list_matches",
    "note_match_seen",
    "open_match",
    "propose_all",
    "propose_changed",
    "read_ahead",
    "take_back_decision",
    "undo_identification",
]
