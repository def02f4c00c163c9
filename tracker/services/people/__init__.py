"""Records of people: cases of the missing, and remains that were found."""

from tracker.services.people.authority_exports import give_form
from tracker.services.people.consents import list_consents, record_consent, withdraw_consent
from tracker.services.people.desk import DeskEntry, list_desk
from tracker.services.people.erase import erase_person
from tracker.services.people.feed import feed_has_news, get_shared, read_feed
from tracker.services.people.follow import follow_once
from tracker.services.people.followed import follow_server, list_followed, stop_following
from tracker.services.people.group_exports import (
    GroupExportTold,
    agree_to_group_export,
    ask_for_group_export,
    cases_to_export,
    end_group_export,
    get_group_export,
    give_group_export,
    list_export_recipients,
    list_group_exports,
    open_group_export,
)
from tracker.services.people.imports import ListSource, preview_people, take_in_people
from tracker.services.people.mappings import keep_mapping, list_mappings
from tracker.services.people.open import open_person
from tracker.services.people.pfif_exports import (
    export_choices,
    export_pfif,
    export_withdrawals,
    list_destinations,
)
from tracker.services.people.pfif_imports import PfifTaken, take_in_pfif
from tracker.services.people.read import PersonFilter, get_person, list_people, list_person_versions
from tracker.services.people.recipients import Recipient, list_recipients, name_colleagues
from tracker.services.people.revise import (
    change_status,
    link_incident,
    revise_person,
    set_review_day,
)
from tracker.services.people.shares import end_share, list_shares, share_person
from tracker.services.people.tasks import add_task, finish_task, list_tasks

__all__ = [
    "DeskEntry",
    "GroupExportTold",
    "ListSource",
    "PersonFilter",
    "PfifTaken",
    "Recipient",
    "add_task",
    "agree_to_group_export",
    "ask_for_group_export",
    "cases_to_export",
    "change_status",
    "end_group_export",
    "end_share",
    "erase_person",
    "export_choices",
    "export_pfif",
    "export_withdrawals",
    "feed_has_news",
    "finish_task",
    "follow_once",
    "follow_server",
    "get_group_export",
    "get_person",
    "get_shared",
    "give_form",
    "give_group_export",
    "keep_mapping",
    "link_incident",
    "list_consents",
    "list_desk",
    "list_destinations",
    "list_export_recipients",
    "list_followed",
    "list_group_exports",
    "list_mappings",
    "list_people",
    "list_person_versions",
    "list_recipients",
    "list_shares",
    "list_tasks",
    "name_colleagues",
    "open_group_export",
    "open_person",
    "preview_people",
    "read_feed",
    "record_consent",
    "revise_person",
    "set_review_day",
    "share_person",
    "stop_following",
    "take_in_people",
    "take_in_pfif",
    "withdraw_consent",
]
