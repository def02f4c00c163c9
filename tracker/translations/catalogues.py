"""Reads the catalogue of a language."""

import io
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("es", "en")
SOURCE_LANGUAGE = "en"
_FOLDER = Path(__file__).parent


def catalogue_file(language: str) -> Path:
    """Give the file that translators edit and pages use."""
    return _FOLDER / f"{language}.po"


@cache
def catalogue(language: str) -> NullTranslations:
    """Give the translations into a language; the source language needs none."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    with catalogue_file(language).open("rb") as file:
        texts = read_po(file, locale=language)
    binary = io.BytesIO()
    write_mo(binary, texts)
    binary.seek(0)
    return Translations(binary)


@cache
def locale(language: str) -> Locale:
    """Give the way in which numbers and dates are written; Spanish as in Latin America."""
    return Locale("es", "419") if language == "es" else Locale(language)
