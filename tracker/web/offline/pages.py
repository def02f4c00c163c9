"""The page that works without network, the same for everybody, and what a phone installs it by."""

import json

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from geodata.countries import country_codes
from tracker.domain.errors import NotFound
from tracker.domain.publication import PRECISION_RADIUS_M
from tracker.http.headers import may_locate
from tracker.http.language import OWN_NAMES, current_language, gettext, label, speak
from tracker.schemas.incidents import (
    CAUSES,
    CODED,
    DATE_PRECISIONS,
    LOCATION_PRECISIONS,
    MOST_OF_A_LIST,
)
from tracker.translations.catalogues import LANGUAGES
from tracker.web.offline.blueprint import blueprint
from tracker.web.offline.data import NAMES, digest, packed
from tracker.web.offline.words import words_of_scripts

SCRIPTS = ("words", "store", "coordinates", "places", "checks", "form", "sending", "page")
SHEETS = ("tokens", "base", "layout", "parts", "accounts", "offline")
_FOR_GOOD = "public, max-age=31536000, immutable"


@blueprint.get("/offline")
def choose_language() -> AnyResponse:
    """Lead to the page in the reader's language."""
    response = redirect(url_for(".show_page", language=current_language()))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/offline/<language>")
def show_page(language: str) -> Response:
    """Show the page; it knows nobody, so that a phone may keep it."""
    if language not in LANGUAGES:
        raise NotFound("page")
    response = make_response(draw_page(language))
    may_locate(response)
    return _ask_again(response)


def draw_page(language: str) -> str:
    """Draw the page in a language."""
    speak(language)
    return render_template(
        "offline/offline.html",
        words=_told(),
        own_names=[(each, OWN_NAMES[each]) for each in LANGUAGES],
        scripts=SCRIPTS,
        sheets=SHEETS,
        causes=CAUSES,
        date_precisions=DATE_PRECISIONS,
        location_precisions=LOCATION_PRECISIONS,
        coded=CODED,
        countries=sorted((label(code, "country"), code) for code in country_codes()),
    )


def _told() -> dict[str, object]:
    return {
        "texts": words_of_scripts(),
        "countries": {code: label(code, "country") for code in country_codes()},
        "causes": {code: label(code, "cause") for code in CAUSES},
        "radius_m": PRECISION_RADIUS_M,
        "most_of_a_list": MOST_OF_A_LIST,
        "addresses": {
            "session": url_for(".show_session"),
            "entries": url_for(".take_entry"),
            "sign_in": url_for("accounts.show_sign_in", next=url_for(".choose_language")),
            "worker": url_for(".give_worker"),
            **{name: data_address(name) for name in NAMES},
        },
    }


def data_address(name: str) -> str:
    """Give the address of towns or areas; it changes with their content."""
    return url_for(".give_data", name=name, v=digest(name))


@blueprint.get("/offline/data/<name>")
def give_data(name: str) -> Response:
    """Give what the page looks places up in."""
    if name not in NAMES:
        raise NotFound("page")
    response = make_response(packed(name))
    response.mimetype = "application/json"
    if request.args.get("v"):
        response.headers["Cache-Control"] = _FOR_GOOD
    return response


@blueprint.get("/manifest.webmanifest")
def give_manifest() -> Response:
    """Say by what name, icon and address a phone installs the page; `lang` chooses the words."""
    response = make_response(draw_manifest(current_language()))
    response.mimetype = "application/manifest+json"
    response.vary.update(("Accept-Language", "Cookie"))
    return _ask_again(response)


def draw_manifest(language: str) -> str:
    """Write the manifest in a language."""
    speak(language)
    start = url_for(".show_page", language=language)
    icons = [("192", "any"), ("512", "any"), ("512", "maskable")]
    manifest = {
        "id": url_for(".choose_language"),
        "name": gettext("Log an incident without network"),
        "short_name": gettext("Incidents"),
        "description": gettext("Write down what happened; it is sent when the network is back."),
        "lang": language,
        "dir": "ltr",
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf8f3",
        "theme_color": "#1b5a63",
        "icons": [
            {
                "src": url_for("static", filename=icon_file(size, purpose)),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in icons
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1)


def icon_file(size: str, purpose: str) -> str:
    """Name the file of an icon; a maskable one has room around it."""
    return f"offline/icon-{size}{'-maskable' if purpose == 'maskable' else ''}.png"


def _ask_again(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
