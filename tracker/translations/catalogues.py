"""Reads the catalogue of a language."""

import io
import re
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

# Complete at all times.
WHOLE = ("es", "en")
# Being translated: offered to readers once nearly all is there; what is missing then is read in
# the language beside each.
PREPARED = {"pt": "es", "fr": "en", "ht": "en"}
ENOUGH = 0.98
SOURCE_LANGUAGE = "en"
_FOLDER = Path(__file__).parent
_UNTRANSLATED = re.compile(r'^msgstr(?:\[0\])? ""\n(?!")', re.MULTILINE)


def catalogue_file(language: str) -> Path:
    """Give the file that translators edit and pages use."""
    return _FOLDER / f"{language}.po"


def share_translated(catalogue_text: str) -> float:
    """Give the share of the texts of a catalogue (as a file holds it) that are translated."""
    # The first text is the head of the file.
    texts = len(re.findall("^msgid ", catalogue_text, re.MULTILINE)) - 1
    missing = len(_UNTRANSLATED.findall(catalogue_text))
    return 1 - missing / texts if texts > 0 else 0.0


def _offered() -> tuple[str, ...]:
    files = {language: catalogue_file(language) for language in PREPARED}
    enough = [
        language
        for language, file in files.items()
        if share_translated(file.read_text(encoding="utf-8")) >= ENOUGH
    ]
    return (*WHOLE, *enough)


# What readers can choose, the first for whoever chooses none.
LANGUAGES = _offered()


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
    translations = Translations(binary)
    if language in PREPARED:
        translations.add_fallback(catalogue(PREPARED[language]))
    return translations


@cache
def locale(language: str) -> Locale:
    """Give the way in which numbers and dates are written; Spanish as in Latin America."""
    return Locale("es", "419") if language == "es" else Locale(language)
