"""Puts the application together: the only place where the parts meet."""

import datetime as dt
from collections.abc import Callable

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.api import features as features_api
from tracker.api import incidents as incidents_api
from tracker.api import openapi
from tracker.api import people as people_api
from tracker.api import tallies as tallies_api
from tracker.config import Settings
from tracker.db.encryption import find_key_ring
from tracker.db.sealed_files import SealedFiles
from tracker.db.session import Database, open_database
from tracker.domain.publication import PUBLIC_DELAY_DAYS, PublicationRule
from tracker.http.access import guard_routes
from tracker.http.account_menu import show_account_menu
from tracker.http.addresses import know_addresses
from tracker.http.bodies import take_bodies
from tracker.http.compression import compress_answers
from tracker.http.csrf import guard_forms
from tracker.http.errors import answer_errors
from tracker.http.files import keep_files
from tracker.http.headers import set_headers
from tracker.http.joined_files import serve_own_files
from tracker.http.language import speak_languages
from tracker.http.page_cache import keep_pages
from tracker.http.request import prepare_requests
from tracker.paths import templates_folder
from tracker.web import (
    about,
    accounts,
    demo,
    exports,
    families,
    figures,
    followed_servers,
    group_exports,
    health,
    home,
    incidents,
    map_embeds,
    map_pictures,
    maps,
    matches,
    offline,
    people,
    person_exports,
    person_imports,
    places,
    public_reports,
    record_imports,
    records,
    reports,
    reviews,
    schedules,
    searches,
    tallies,
)

BLUEPRINTS = (
    home,
    tallies,
    exports,
    figures,
    incidents,
    reviews,
    maps,
    map_embeds,
    map_pictures,
    about,
    health,
    accounts,
    followed_servers,
    offline,
    public_reports,
    record_imports,
    tallies_api,
    incidents_api,
    people_api,
    openapi,
    features_api,
    reports,
    schedules,
    places,
    records,
    families,
    matches,
    searches,
    person_imports,
    person_exports,
    group_exports,
    people,
)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    clock: Callable[[], dt.datetime] = _now,
) -> Flask:
    """Make the web application; tests bring their own database and clock."""
    app = Flask(
        "tracker",
        template_folder=templates_folder(),
        static_folder="web/static",
        static_url_path="/static",
    )
    app.secret_key = settings.secret_key
    app.config["TRUSTED_HOSTS"] = settings.hosts or None
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["demo"] = settings.demo
    know_addresses(app)
    for part in (*BLUEPRINTS, *((demo,) if settings.demo else ())):
        app.register_blueprint(part.blueprint)
    # Answers pass these from the last to the first: compressed before they get their headers.
    database = database or open_database(
        settings.database_url, find_key_ring(settings.keys, settings.keys_file)
    )
    _set_up(database, settings, clock)
    prepare_requests(app, database, clock)
    keep_files(app, SealedFiles(settings.attachments))
    keep_pages(app)
    set_headers(app, frames=settings.frames)
    serve_own_files(app)
    compress_answers(app)
    speak_languages(app)
    show_account_menu(app)
    answer_errors(app)
    take_bodies(app)
    guard_routes(app)
    guard_forms(app)
    if settings.proxies:
        # What they say of the visitor is believed, and nobody else.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies
        )
    return app


def _set_up(database: Database, settings: Settings, clock: Callable[[], dt.datetime]) -> None:
    """Give the database its clock and the rules of this installation."""
    database.tell_time(clock)
    database.list_removals(settings.removals)
    days = settings.public_delay_days
    database.publish_by(
        PublicationRule(PUBLIC_DELAY_DAYS if days is None else days, settings.public_grid)
    )
