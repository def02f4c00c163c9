"""Every text that people read is there in every language."""

import re

import pytest

from tracker.domain.causes import Cause
from tracker.domain.statuses import IncidentType, Reason, Status
from tracker.domain.tallies import Grouping, Rule, Scheme
from tracker.http.language import OWN_NAMES
from tracker.translations.catalogues import (
    ENOUGH,
    LANGUAGES,
    PREPARED,
    SOURCE_LANGUAGE,
    WHOLE,
    catalogue,
    catalogue_file,
    locale,
    share_translated,
)
from tracker.translations.collect import collected, texts_of_pages
from tracker.translations.labels import WORDS, label

OTHERS = [language for language in WHOLE if language != SOURCE_LANGUAGE]
PLACEHOLDER = re.compile(r"%\(\w+\)s|{\w+}|</?\w+")


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    missing = [
        message.id
        for message in collected(language)
        if message.id
        and not all(message.string if isinstance(message.string, tuple) else [message.string])
    ]
    assert missing == []
    assert len(texts_of_pages()) > 250


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_what_is_filled_in_and_every_link(language: str) -> None:
    for message in collected(language):
        if not message.id:
            continue
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        expected = sorted(PLACEHOLDER.findall(sources[-1]))
        for text in texts:
            assert sorted(PLACEHOLDER.findall(text)) == expected, message.id
            links = re.findall(r'href="([^"]+)"', text)
            assert links == re.findall(r'href="([^"]+)"', sources[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_calls_anyone_illegal(language: str) -> None:
    told = " ".join(
        catalogue(language).gettext(text) for text in texts_of_pages() if isinstance(text, str)
    )
    assert not re.search(r"(?i)illegal|ilegal|clandestin", told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "codes"),
    [
        ("cause", Cause),
        ("status", Status),
        ("reason", Reason),
        ("incident_type", IncidentType),
        ("grouping", Grouping),
        ("rule", Rule),
        ("scheme", Scheme),
    ],
)
def test_every_code_has_words(language: str, field: str, codes: type) -> None:
    assert set(WORDS[field]) >= set(codes)
    for code in codes:
        assert label(language, field, code) != code


def test_places_are_named_in_the_language_of_the_reader() -> None:
    assert label("es", "country", "HTI") == "Haití"
    assert label("es", "corridor", "darien") == "Darién"
    assert label("en", "segment", "sonoran_desert") == "Sonoran Desert"
    assert label("es", "un_m49", "caribbean") == "Caribe"


def test_what_has_no_words_stands_for_itself() -> None:
    assert label("es", "route_reported", "Darien Gap") == "Darien Gap"
    assert label("es", "month", "not a month") == "not a month"
    assert label("es", "country", "JJJ") == "JJJ"


def test_several_codes_are_told_one_by_one() -> None:
    assert label("es", "cause", "drowning;violence") == "Ahogamiento; Violencia"
    assert label("en", "origin", "HTI;CUB") == "Haiti; Cuba"


def test_the_unknown_is_named_by_what_is_unknown() -> None:
    assert label("es", "month", "not_known") == "Mes desconocido"
    assert label("es", "cause", "not_known") == "Desconocido"


def test_months_are_written_in_words() -> None:
    assert label("es", "month", "2021-04") == "abril de 2021"
    assert label("en", "month", "2021-04") == "April 2021"
    assert str(locale("es")) == "es_419"


@pytest.mark.parametrize("language", PREPARED)
def test_a_catalogue_that_is_prepared_holds_the_texts_and_is_not_offered_before_its_time(
    language: str,
) -> None:
    text = catalogue_file(language).read_text(encoding="utf-8")
    assert text.count("\nmsgid ") > 250
    assert (language in LANGUAGES) == (share_translated(text) >= ENOUGH)
    assert language in OWN_NAMES
    # What is not translated is read in another language, never left empty.
    own, other = catalogue(language), catalogue(PREPARED[language])
    for message in collected(language):
        if message.id and not message.string:
            assert own.gettext(message.id) == other.gettext(message.id)


def test_the_share_that_is_translated_is_counted_text_by_text() -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: pt\\n"\n\n'
    texts = [
        'msgid "One"\nmsgstr "Um"\n',
        'msgid "Two"\nmsgstr ""\n',
        'msgid ""\n"A long"\n" text"\nmsgstr ""\n"Um texto"\n" longo"\n',
        'msgid "a person"\nmsgid_plural "people"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    ]
    assert share_translated(head + "\n".join(texts)) == 0.5
    assert share_translated(head) == 0.0
    spanish = catalogue_file("es").read_text(encoding="utf-8")
    assert share_translated(spanish) == 1.0


def test_whole_languages_are_always_offered_and_spanish_comes_first() -> None:
    assert LANGUAGES[: len(WHOLE)] == WHOLE == ("es", "en")
