"""Collects the texts of templates and code into the catalogues: `make translations`.

What was translated stays; new texts come in without a translation, and a test asks for one.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

from tracker.paths import templates_folder
from tracker.translations.catalogues import PREPARED, SOURCE_LANGUAGE, WHOLE, catalogue_file

Message: TypeAlias = str | tuple[str, ...]
_KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}
_CODE = Path(__file__).parent.parent


def texts_of_pages() -> set[Message]:
    """Find every text that is marked for translation in templates and code."""
    return set(_texts())


def _texts() -> Iterator[Message]:
    sources = [("jinja2", path) for path in templates_folder().rglob("*.*ml")]
    sources += [("python", path) for path in _CODE.rglob("*.py")]
    options = {"newstyle_gettext": "true"}
    for method, path in sources:
        found = extract_from_file(method, path, keywords=_KEYWORDS, options=options)
        for _, message, _, _ in found:
            yield message


def collected(language: str) -> Catalog:
    """Give the catalogue of a language with the texts of today, in the order of the alphabet."""
    path = catalogue_file(language)
    with path.open("rb") as file:
        before = read_po(file, locale=language)
    catalog = Catalog(
        locale=language,
        project="migrant-tracker",
        version="-",
        header_comment="# Texts of the pages, maps and files.",
        creation_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        revision_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        last_translator="-",
        language_team="-",
        msgid_bugs_address="-",
        fuzzy=False,
    )
    for message in sorted(texts_of_pages(), key=str):
        known = before.get(message)
        catalog.add(message, known.string if known else "")
    return catalog


def main() -> int:
    """Write the catalogues anew."""
    for language in (*WHOLE, *PREPARED):
        if language == SOURCE_LANGUAGE:
            continue
        catalog = collected(language)
        with catalogue_file(language).open("wb") as file:
            write_po(file, catalog, width=100)
        empty = sum(not message.string for message in catalog if message.id)
        sys.stdout.write(f"{language}: {len(catalog)} texts, {empty} without a translation\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
