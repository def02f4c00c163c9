"""How likely a case and remains (or two of a kind) are of one person, and why; no database."""

from tracker.linkage.matches.explanations import explain_pair, verdict_of, what_would_settle
from tracker.linkage.matches.rough import Prepared
from tracker.linkage.matches.scores import MATCHES_VERSION, PRIOR
from tracker.linkage.matches.search import all_candidates, candidates_for, prepare, score_pairs

__all__ = [
    "MATCHES_VERSION",
    "PRIOR",
    "Prepared",
    "all_candidates",
    "candidates_for",
    "explain_pair",
    "prepare",
    "score_pairs",
    "verdict_of",
    "what_would_settle",
]
