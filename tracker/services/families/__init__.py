"""How families follow their own cases, what they say, and how they are told of a death."""

from tracker.services.families.access import end_access, get_access, make_access
from tracker.services.families.cases import get_case_of_family
from tracker.services.families.disputes import is_disputed
from tracker.services.families.entering import count_try, enter, secret_is_right
from tracker.services.families.notifications import (
    family_notified,
    get_notification,
    may_notify,
    record_notification,
    undo_notification,
)
from tracker.services.families.own_case import get_own_case
from tracker.services.families.own_words import (
    withdraw_every_own_consent,
    withdraw_own_consent,
    write_word,
)
from tracker.services.families.visits import begin_invented_visit, begin_visit, continue_visit
from tracker.services.families.words import list_open_words, list_words, take_up_word

__all__ = [
    "begin_invented_visit",
    "begin_visit",
    "continue_visit",
    "count_try",
    "end_access",
    "enter",
    "family_notified",
    "get_access",
    "get_case_of_family",
    "get_notification",
    "get_own_case",
    "is_disputed",
    "list_open_words",
    "list_words",
    "make_access",
    "may_notify",
    "record_notification",
    "secret_is_right",
    "take_up_word",
    "undo_notification",
    "withdraw_every_own_consent",
    "withdraw_own_consent",
    "write_word",
]
