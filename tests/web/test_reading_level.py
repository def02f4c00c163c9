"""Families read plain Spanish: what stands on their pages is measured.

The measure is Szigriszt's of perspicuity: 206.835 - 62.3 S/W - W/F, with S syllables, W words and F
sentences. On the scale of INFLESZ above 65 is "fairly easy", above 80 "very easy".
"""

import re
import unicodedata
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from tracker.paths import templates_folder
from tracker.translations import family_words
from tracker.translations.catalogues import catalogue
from tracker.web.families import own_case

LEAST = 75
MOST_WORDS = 25
_STRONG, _WEAK = "aeoáéóíú", "iuü"
_OPTIONS = {"newstyle_gettext": "true"}
_PAGES = [
    *(("jinja2", templates_folder() / "families" / f"{name}.html") for name in ("ask", "closed")),
    *(
        ("jinja2", templates_folder() / "families" / f"{name}.html")
        for name in ("calm", "own_case")
    ),
    *(("python", Path(module.__file__)) for module in (family_words, own_case)),
]


def syllables(word: str) -> int:
    """Count the syllables of a Spanish word: strong vowels, and weak ones that stand alone."""
    plain = re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])", "", unicodedata.normalize("NFC", word.lower()))
    plain = re.sub(r"y\b", "i", plain)
    count = 0
    for group in re.findall(f"[{_STRONG}{_WEAK}]+", plain):
        count += max(1, sum(letter in _STRONG for letter in group))
    return max(1, count)


def sentences(text: str) -> list[list[str]]:
    """Give the words of each sentence; a colon ends one, as it does for whoever reads slowly."""
    named = re.sub(r"%\(\w+\)s", "Lucía", text)
    parts = [re.findall(r"[^\W\d_]+", part) for part in re.split(r"[.:;?!]+", named)]
    return [part for part in parts if part]


def perspicuity(texts: list[str]) -> float:
    said = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in said for word in sentence]
    spoken = sum(map(syllables, words))
    return 206.835 - 62.3 * spoken / len(words) - len(words) / len(said)


def texts_of_families() -> list[str]:
    """Give all that families read, in Spanish; what has no translation yet is left out."""
    keywords = {"_": None, "gettext": None, "mark": None}
    found = {
        message
        for method, path in _PAGES
        for _, message, _, _ in extract_from_file(method, path, keywords=keywords, options=_OPTIONS)
        if isinstance(message, str)
    }
    # Words for those who care for families, not for families.
    found -= {*family_words.CARE.values()}
    spanish = {message: catalogue("es").gettext(message) for message in found}
    return sorted(told for message, told in spanish.items() if told != message)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("búsqueda", 3), ("familia", 3), ("río", 2), ("aquí", 2), ("guerra", 2), ("león", 2)),
        *(("cuídese", 3), ("y", 1), ("muy", 1), ("organización", 5), ("averigüe", 4)),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_measure_tells_plain_words_from_those_of_an_office() -> None:
    plain = ["Alguien lo lee. La búsqueda sigue.", "Llame a la organización."]
    office = [
        "De conformidad con las disposiciones reglamentarias aplicables, la documentación"
        " correspondiente será incorporada oportunamente al expediente administrativo."
    ]
    assert perspicuity(plain) > 65
    assert perspicuity(office) < 40


def test_what_families_read_is_easy_to_read() -> None:
    texts = texts_of_families()
    assert len(texts) > 60
    assert perspicuity(texts) >= LEAST
    long = [each for text in texts for each in sentences(text) if len(each) > MOST_WORDS]
    assert long == []
