"""Pages for families who follow their own case, and for case workers who work with them."""

from tracker.web.families import care, held, notifications, own_case, standing_words
from tracker.web.families.blueprint import blueprint

__all__ = ["blueprint", "care", "held", "notifications", "own_case", "standing_words"]
