"""The one table of routes: who may reach each. A route that does not stand here is refused."""

from collections.abc import Iterable

from flask import Flask, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action, may, require
from tracker.http.request import current_actor

# None: anyone at all, whatever their role.
ROUTES: dict[str, Action | None] = {
    "static": None,
    "joined": None,
    "health.show_health": None,
    "about.show_about": None,
    "home.show_home": Action.SEE_TALLIES,
    "tallies.show_tally": Action.SEE_TALLIES,
    "incidents.list_incidents": Action.SEE_PUBLIC_INCIDENTS,
    "incidents.show_incident": Action.SEE_PUBLIC_INCIDENTS,
    "places.find": Action.LOG_INCIDENTS,
    "places.preview": Action.LOG_INCIDENTS,
    "places.give_land": Action.LOG_INCIDENTS,
    "records.show_new": Action.LOG_INCIDENTS,
    "records.log_new": Action.LOG_INCIDENTS,
    "records.show_edit": Action.LOG_INCIDENTS,
    "records.edit": Action.LOG_INCIDENTS,
    "records.submit": Action.LOG_INCIDENTS,
    "records.keep_draft": Action.LOG_INCIDENTS,
    "records.drop_draft": Action.LOG_INCIDENTS,
    "records.hint_at_new": Action.LOG_INCIDENTS,
    "records.hint_at": Action.LOG_INCIDENTS,
    "records.list_own": Action.LOG_INCIDENTS,
    # Whoever sees all of a record; the service looks at each.
    "records.show_record": Action.USE_OWN_ACCOUNT,
    "records.show_erasure": Action.ERASE_INCIDENTS,
    "records.erase": Action.ERASE_INCIDENTS,
    "records.open_file": Action.USE_OWN_ACCOUNT,
    "records.attach": Action.LOG_INCIDENTS,
    "records.take_away": Action.LOG_INCIDENTS,
    "people.list_people": Action.SEE_CASES,
    "people.show_new": Action.RECORD_CASES,
    "people.open_new": Action.RECORD_CASES,
    "people.show_person": Action.SEE_CASES,
    "people.show_edit": Action.RECORD_CASES,
    "people.edit": Action.RECORD_CASES,
    "people.show_history": Action.SEE_CASES,
    "people.set_status": Action.RECORD_CASES,
    "people.undo_identified": Action.DECIDE_MATCHES,
    "people.set_review": Action.RECORD_CASES,
    "people.set_incident": Action.RECORD_CASES,
    "people.agree": Action.RECORD_CASES,
    "people.take_back": Action.RECORD_CASES,
    "people.share": Action.SHARE_CASES,
    "people.stop_sharing": Action.SHARE_CASES,
    "people.add_step": Action.RECORD_CASES,
    "people.finish_step": Action.RECORD_CASES,
    "people.attach": Action.RECORD_CASES,
    "people.open_file": Action.SEE_CASES,
    "people.take_away": Action.RECORD_CASES,
    "people.show_erasure": Action.ERASE_CASES,
    "people.erase": Action.ERASE_CASES,
    "exports.give_incidents": Action.SEE_PUBLIC_INCIDENTS,
    "exports.give_tally": Action.SEE_TALLIES,
    "features.show_landing": Action.SEE_PUBLIC_INCIDENTS,
    "features.show_conformance": Action.SEE_PUBLIC_INCIDENTS,
    "features.describe": Action.SEE_PUBLIC_INCIDENTS,
    "features.list_collections": Action.SEE_PUBLIC_INCIDENTS,
    "features.show_collection": Action.SEE_PUBLIC_INCIDENTS,
    "features.show_queryables": Action.SEE_PUBLIC_INCIDENTS,
    "features.list_items": Action.SEE_PUBLIC_INCIDENTS,
    "features.get_item": Action.SEE_PUBLIC_INCIDENTS,
    "reports.give_report": Action.SEE_TALLIES,
    "maps.show_map": Action.SEE_PUBLIC_INCIDENTS,
    "maps.give_cells": Action.SEE_PUBLIC_INCIDENTS,
    "maps.give_incidents": Action.SEE_PUBLIC_INCIDENTS,
    "maps.give_hexagons": Action.SEE_PUBLIC_INCIDENTS,
    "maps.give_areas": Action.SEE_TALLIES,
    "maps.find_place": None,
    "maps.give_base_map": None,
    "maps.give_land": None,
    # Anyone's view in a frame of another site: not even asked who is signed in.
    "map_embeds.show_embed": None,
    "map_embeds.give_layer": None,
    # Anyone's view, whoever asks: it is made to be passed on.
    "map_pictures.give_picture": Action.SEE_PUBLIC_INCIDENTS,
    "figures.list_published": Action.SEE_TALLIES,
    "figures.show_figure": Action.SEE_TALLIES,
    "figures.give_figure": Action.SEE_TALLIES,
    "figures.give_feed": Action.SEE_TALLIES,
    "schedules.give_feed_of_question": Action.SEE_TALLIES,
    "schedules.give_feed_of_figure": Action.SEE_TALLIES,
    "figures.publish": Action.PUBLISH_FIGURES,
    "record_imports.show_import": Action.LOG_INCIDENTS,
    "record_imports.give_template": Action.LOG_INCIDENTS,
    "record_imports.give_form": Action.LOG_INCIDENTS,
    "record_imports.preview": Action.LOG_INCIDENTS,
    "record_imports.take_in": Action.LOG_INCIDENTS,
    "record_imports.give_wrong_rows": Action.LOG_INCIDENTS,
    "person_imports.show_import": Action.RECORD_CASES,
    "person_imports.preview": Action.RECORD_CASES,
    "person_imports.take_in": Action.RECORD_CASES,
    "person_imports.give_wrong_rows": Action.RECORD_CASES,
    "person_imports.take_in_file": Action.RECORD_CASES,
    # The service looks at each record: whose it is, and what its family agreed to.
    "person_exports.show_export": Action.SHARE_CASES,
    "person_exports.give_case": Action.SHARE_CASES,
    "person_exports.show_withdrawals": Action.SHARE_CASES,
    "person_exports.give_withdrawals": Action.SHARE_CASES,
    "group_exports.show_all": Action.SHARE_CASES,
    "group_exports.show_new": Action.SHARE_CASES,
    "group_exports.ask": Action.SHARE_CASES,
    "group_exports.show_one": Action.SHARE_CASES,
    "group_exports.agree": Action.SHARE_CASES,
    "group_exports.end": Action.SHARE_CASES,
    "group_exports.open_once": Action.SHARE_CASES,
    "group_exports.give": Action.SHARE_CASES,
    "public_reports.show_report": Action.REPORT_INCIDENTS,
    "public_reports.send_report": Action.REPORT_INCIDENTS,
    "public_reports.ask_for_code": Action.REPORT_INCIDENTS,
    "public_reports.show_status": Action.REPORT_INCIDENTS,
    "public_reports.send_answer": Action.REPORT_INCIDENTS,
    "public_reports.send_addition": Action.REPORT_INCIDENTS,
    "public_reports.take_back": Action.REPORT_INCIDENTS,
    # Whoever is on the way in: each of these looks at the half-begun session itself.
    "accounts.show_sign_in": None,
    "accounts.sign_in": None,
    "accounts.show_second_factor": None,
    "accounts.give_code": None,
    "accounts.show_set_up": None,
    "accounts.set_up": None,
    "accounts.show_first_codes": None,
    "accounts.finish_set_up": None,
    "accounts.leave": None,
    "accounts.ask_for_new": None,
    "accounts.make_passkey": None,
    "accounts.ask_for_one": None,
    "accounts.show_passkey": None,
    "accounts.show_invitation": None,
    "accounts.accept": None,
    "accounts.show_account": Action.USE_OWN_ACCOUNT,
    "accounts.choose_password": Action.USE_OWN_ACCOUNT,
    "accounts.begin_new_app": Action.USE_OWN_ACCOUNT,
    "accounts.show_new_app": Action.USE_OWN_ACCOUNT,
    "accounts.confirm_new_app": Action.USE_OWN_ACCOUNT,
    "accounts.drop_factor": Action.USE_OWN_ACCOUNT,
    "accounts.make_codes": Action.USE_OWN_ACCOUNT,
    "accounts.end_one": Action.USE_OWN_ACCOUNT,
    "accounts.end_others": Action.USE_OWN_ACCOUNT,
    "accounts.make_token": Action.USE_OWN_ACCOUNT,
    "accounts.drop_token": Action.USE_OWN_ACCOUNT,
    "accounts.show_organisation": Action.MANAGE_ORGANISATION,
    "accounts.make_invitation": Action.MANAGE_ORGANISATION,
    "accounts.drop_invitation": Action.MANAGE_ORGANISATION,
    "accounts.set_role": Action.MANAGE_ORGANISATION,
    "accounts.deactivate": Action.MANAGE_ORGANISATION,
    "accounts.reactivate": Action.MANAGE_ORGANISATION,
    "accounts.make_link_back": Action.MANAGE_ORGANISATION,
    # The same for everybody, so that a telephone may keep it.
    "offline.choose_language": None,
    "offline.show_page": None,
    "offline.give_data": None,
    "offline.give_manifest": None,
    "offline.give_worker": None,
    # Says only whether whoever asks may send.
    "offline.show_session": None,
    "offline.take_entry": Action.LOG_INCIDENTS,
    "reviews.show_queue": Action.REVIEW_INCIDENTS,
    "reviews.show_review": Action.REVIEW_INCIDENTS,
    "reviews.take_up": Action.REVIEW_INCIDENTS,
    "reviews.verify": Action.REVIEW_INCIDENTS,
    "reviews.give_back": Action.REVIEW_INCIDENTS,
    "reviews.ask": Action.REVIEW_INCIDENTS,
    "reviews.dispute": Action.DISPUTE_INCIDENTS,
    "reviews.reopen": Action.REVIEW_INCIDENTS,
    "reviews.withdraw": Action.REVISE_INCIDENTS,
    "reviews.revert": Action.REVISE_INCIDENTS,
    "reviews.merge": Action.MERGE_INCIDENTS,
    "reviews.unmerge": Action.MERGE_INCIDENTS,
    "reviews.tell_them_apart": Action.MERGE_INCIDENTS,
    "reviews.propose_again": Action.MERGE_INCIDENTS,
    "reviews.answer": Action.LOG_INCIDENTS,
    # With a code and a second secret; the page looks at both.
    "families.show_own": Action.FOLLOW_OWN_CASE,
    "families.follow": Action.FOLLOW_OWN_CASE,
    "families.show_desk": Action.RECORD_CASES,
    "families.show_access": Action.RECORD_CASES,
    "families.give_access": Action.RECORD_CASES,
    "families.take_access_away": Action.RECORD_CASES,
    "families.take_up": Action.RECORD_CASES,
    "families.show_notification": Action.RECORD_CASES,
    "families.notify": Action.RECORD_CASES,
    "families.undo": Action.RECORD_CASES,
    # The service looks at whose records they are.
    "matches.show_matches": Action.SEE_MATCHES,
    "matches.show_match": Action.SEE_MATCHES,
    "matches.decide": Action.DECIDE_MATCHES,
    "matches.take_back": Action.DECIDE_MATCHES,
    "matches.show_case_matches": Action.SEE_CASES,
    "matches.show_remains_matches": Action.SEE_CASES,
    "matches.open_of_case": Action.DECIDE_MATCHES,
    "matches.open_of_remains": Action.DECIDE_MATCHES,
    # Who takes part in a search; the service looks at each.
    "searches.list_own": Action.SEE_SEARCHES,
    "searches.show_search": Action.SEE_SEARCHES,
    "searches.show_sheet": Action.SEE_SEARCHES,
    "searches.give_file": Action.SEE_SEARCHES,
    "searches.show_new": Action.RECORD_SEARCHES,
    "searches.plan": Action.RECORD_SEARCHES,
    "searches.show_edit": Action.RECORD_SEARCHES,
    "searches.edit": Action.RECORD_SEARCHES,
    "searches.set_status": Action.RECORD_SEARCHES,
    "searches.show_effort": Action.RECORD_SEARCHES,
    "searches.report_effort": Action.RECORD_SEARCHES,
    "searches.show_finding": Action.RECORD_SEARCHES,
    "searches.report_finding": Action.RECORD_SEARCHES,
    "searches.take_back": Action.RECORD_SEARCHES,
    "searches.open_remains": Action.RECORD_CASES,
    "searches.show_erasure": Action.ERASE_CASES,
    "searches.erase": Action.ERASE_CASES,
    "tallies_api.get_tally": Action.SEE_TALLIES,
    "tallies_api.get_tally_difference": Action.SEE_TALLIES,
    "openapi.describe": None,
    "incidents_api.list_incidents": Action.SEE_PUBLIC_INCIDENTS,
    "incidents_api.get_incident": Action.SEE_PUBLIC_INCIDENTS,
    "incidents_api.log": Action.LOG_INCIDENTS,
    "incidents_api.log_many": Action.LOG_INCIDENTS,
    "incidents_api.change_incident": Action.LOG_INCIDENTS,
    "incidents_api.submit": Action.LOG_INCIDENTS,
    "people_api.list_shared": Action.SEE_CASES,
    "people_api.get_shared_record": Action.SEE_CASES,
    "followed_servers.show_servers": Action.FOLLOW_SERVERS,
    "followed_servers.add": Action.FOLLOW_SERVERS,
    "followed_servers.remove": Action.FOLLOW_SERVERS,
}

# Routes that only a demonstration has.
DEMO_ROUTES: dict[str, Action | None] = {
    "demo.show_people": None,
    "demo.be_somebody": None,
    "demo.be_a_family": None,
}


class UndeclaredRoute(Exception):
    """A route was registered that the table does not know."""


def guard_routes(app: Flask) -> None:
    """Refuse to start with an undeclared route, and ask for the right before every answer."""
    undeclared = set(app.view_functions) - set(ROUTES) - set(DEMO_ROUTES)
    if undeclared:
        raise UndeclaredRoute(", ".join(sorted(undeclared)))
    # An address with double slashes is unknown: a redirect would repeat the Host that was sent.
    app.url_map.merge_slashes = False
    app.before_request(_require_right)


def _require_right() -> None:
    if isinstance(request.routing_exception, MethodNotAllowed):
        _require_any_of(request.routing_exception.valid_methods or ())
    elif request.endpoint is not None:
        action = _action_of(request.endpoint)
        if action is not None:
            require(current_actor(), action)


def _require_any_of(methods: Iterable[str]) -> None:
    """Tell of the right methods only to those who may use one of them."""
    routes = current_app.create_url_adapter(request)
    endpoints = {routes.match(method=method)[0] for method in methods} if routes else set()
    actions = [_action_of(endpoint) for endpoint in endpoints]
    if not any(action is None or may(current_actor(), action) for action in actions):
        raise NotFound("route")


def _action_of(endpoint: str) -> Action | None:
    return (ROUTES if endpoint in ROUTES else DEMO_ROUTES)[endpoint]
