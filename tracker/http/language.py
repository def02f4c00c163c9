"""The language of a request, and how words, numbers and dates are written in it."""

import datetime as dt
from functools import lru_cache
from urllib.parse import urlencode

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, Response, g, request

from tracker.translations.catalogues import LANGUAGES, catalogue, locale
from tracker.translations.labels import labels_in

COOKIE = "language"
PARAMETER = "lang"
_YEAR_S = 365 * 24 * 3600
OWN_NAMES = {
    "es": "Español",
    "en": "English",
    "pt": "Português",
    "fr": "Français",
    "ht": "Kreyòl ayisyen",
}


def speak_languages(app: Flask) -> None:
    """Teach templates to translate, and remember the language that a visitor chose."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    app.jinja_env.filters.update(number=number, day=day, moment=moment, label=label)
    app.jinja_env.globals.update(language_links=language_links)
    app.context_processor(lambda: {"language": current_language()})
    app.after_request(_remember)


def current_language() -> str:
    """Give the language chosen now, chosen before, or asked for by the browser; else Spanish."""
    if "language" not in g:
        chosen = (request.args.get(PARAMETER), request.cookies.get(COOKIE))
        accepted = request.accept_languages.best_match(LANGUAGES)
        wanted = (*chosen, accepted, LANGUAGES[0])
        g.language = next(language for language in wanted if language in LANGUAGES)
    return str(g.language)


def speak(language: str) -> None:
    """Speak one language from here on in this request, whatever was asked for."""
    g.language = language


def speak_without_cookie() -> None:
    """Speak the language of the address, else that of the browser; no cookie is read or set."""
    g.language_by_cookie = False
    accepted = request.accept_languages.best_match(LANGUAGES)
    wanted = (request.args.get(PARAMETER), accepted, LANGUAGES[0])
    speak(next(language for language in wanted if language in LANGUAGES))


def gettext(message: str, **values: object) -> str:
    """Translate a text and fill in its values."""
    text = catalogue(current_language()).gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a text in the form that a number asks for."""
    return catalogue(current_language()).ngettext(singular, plural, number)


def number(value: int | None) -> str:
    """Write a number of people or incidents."""
    if value is None:
        return gettext("not known")
    return _number_in(current_language(), value)


@lru_cache(maxsize=50_000)
def _number_in(language: str, value: int) -> str:
    return str(format_decimal(value, locale=locale(language)))


def day(value: dt.date) -> str:
    """Write a date in words."""
    return str(format_date(value, "long", locale=locale(current_language())))


def moment(value: dt.datetime) -> str:
    """Write a moment in words, to the minute, UTC."""
    words = format_datetime(
        value.astimezone(dt.UTC), "d MMM y, HH:mm", locale=locale(current_language())
    )
    return f"{words} UTC"


def label(code: str, field: str) -> str:
    """Give the words for a code of a field."""
    return labels_in(current_language())(field, code)


def language_links() -> list[tuple[str, str, str]]:
    """Give code, own name and address of this page in each language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    return [
        (language, OWN_NAMES[language], "?" + urlencode([*kept, (PARAMETER, language)]))
        for language in LANGUAGES
    ]


def _remember(response: Response) -> Response:
    if response.mimetype != "text/html":
        return response
    response.vary.add("Accept-Language")
    if not g.get("language_by_cookie", True):
        return response
    response.vary.add("Cookie")
    chosen = request.args.get(PARAMETER)
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE, chosen, max_age=_YEAR_S, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    return response
