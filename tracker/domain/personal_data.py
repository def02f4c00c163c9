"""Finds what must not become public in free text: telephone numbers, e-mail, document numbers."""

import re
from enum import StrEnum


class PersonalData(StrEnum):
    """Kinds of personal data that a text may hold."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    DOCUMENT = "document"
    NAME = "name"


_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\barroba\b)\s?[\w-]+\s?(?:\.|\bpunto\b)\s?[\w.-]{2,}"
)
# A word that says what follows, then digits however they are grouped.
_SAID_TO_BE_TELEPHONE = re.compile(
    r"(?i)\b(?:tel(?:[ée]fono|\.|f|ephone)?|cel(?:ular|\.)?|m[óo]vil|whats?app|wsp|phone|call(?:ed)?"
    r"|llam(?:ar|e|en)(?: al?)?|contact[oe]?|cell|fone|t[ée]l[ée]phone|telef[òo]n)\b"
    r"[^\d\n+]{0,20}\+?\(?\d[\d\s().\-/]{5,}\d"
)
# With a country code, or grouped as people write numbers to be dialled.
_INTERNATIONAL = re.compile(
    r"(?<![\w.])(?:\+|00)\s?\d{1,3}[\s().\-]?(?:\d[\s().\-]?){7,11}\d?(?!\w)"
)
_GROUPED = re.compile(
    r"(?<![\w.,°-])(?:\(\d{2,3}\)\s?|\d{3}[\s.\-])\d{3}[\s.\-]\d{4}(?![\w°.,]\d|\w)"
    r"|(?<![\w.,°-])\(?\d{2}\)?[\s.\-]\d{4}[\s.\-]\d{4}(?!\w)"
    r"|(?<![\w.,°-])\d{4}[\s\-]\d{4}(?![\s\-]?\w)"
    r"|(?<![\w.,°-])3\d{2}[\s.\-]?\d{3}[\s.\-]?\d{4}(?!\w)"
)
_PLAIN = re.compile(r"(?<![\w.,°/-])[2-9]\d{9}(?![\w°.])")
_YEARS = re.compile(r"(?:19|20)\d{2}[\s\-](?:19|20)\d{2}")

_DOCUMENTS = (
    # Mexico: CURP, RFC of a person. Brazil: CPF. El Salvador: DUI. United States: SSN, A-number.
    re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE),
    re.compile(r"\b[A-ZÑ&]{4}\d{6}[A-Z0-9]{3}\b"),
    re.compile(r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b"),
    re.compile(r"(?<![\d-])\d{8}-\d(?![\d-])"),
    re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])"),
    re.compile(r"\bA-?#?\s?\d{3}[\s-]?\d{3}[\s-]?\d{3}\b"),
    # Guatemala: DPI. Honduras: DNI. Dominican Republic: cédula.
    re.compile(r"(?<!\d)\d{4}\s\d{5}\s\d{4}(?!\d)"),
    re.compile(r"(?<![\d-])\d{4}-\d{4}-\d{5}(?![\d-])"),
    re.compile(r"(?<![\d-])\d{3}-\d{7}-\d(?![\d-])"),
    # A word that says what follows.
    re.compile(
        r"(?i)\b(?:passport|pasaporte|passaporte|passeport|c[ée]dula|DNI|DUI|DPI|CURP|CPF|RUT|RUN|CI"
        r"|NIT|INE|SSN|documento de identidad|identity card|credencial(?: de elector)?"
        r"|acta de nacimiento)\b[^\d\n]{0,25}?[A-Z]{0,3}[\d][\d.\-\s]{4,}[\dA-Z]"
    ),
)
_CAPITAL = r"[A-ZÁÉÍÓÚÑÜ][a-záéíóúñüç'’-]+"
# Rivers, ranches and towns are called something too.
_GEOGRAPHY = (
    r"(?!(?:R[ií]o|Rivi[eè]re|Cerro|Puerto|Porto|Port|Punta|Villa|Rancho|Ranch|Ejido|Isla|Ilha|Mount"
    r"|Monte|Lake|Lago|Laguna|Playa|Colonia|Barrio|Parque|Park|Hacienda|Cayo|Canal)\b)"
)
_NAMED = re.compile(
    r"(?:\b(?:[Ss]e llamaba|[Ll]lamad[oa]|[Nn]amed|[Cc]alled|[Ii]dentificad[oa] como"
    r"|[Ii]dentified as|[Rr]esponde al nombre de|[Dd]e nombre|[Nn]ombre:|[Nn]ame:|[Nn]ome:)\s+)"
    rf"{_GEOGRAPHY}(?:{_CAPITAL}\s+(?:(?:de|del|la|los|da|dos)\s+)*){{1,3}}{_CAPITAL}"
)


def find_personal_data(text: str | None) -> tuple[PersonalData, ...]:
    """Say what kinds of personal data a text seems to hold, in the order of the enum.

    A guess by shape, in Spanish, English, Portuguese and French: whoever reads the text decides.
    Coordinates, years, sums and road numbers are not taken for telephone numbers.
    """
    if not text:
        return ()
    found = []
    if _holds_telephone(text):
        found.append(PersonalData.TELEPHONE)
    if _EMAIL.search(text):
        found.append(PersonalData.EMAIL)
    if any(shape.search(text) for shape in _DOCUMENTS):
        found.append(PersonalData.DOCUMENT)
    if _NAMED.search(text):
        found.append(PersonalData.NAME)
    return tuple(found)


def _holds_telephone(text: str) -> bool:
    if _SAID_TO_BE_TELEPHONE.search(text) or _INTERNATIONAL.search(text) or _PLAIN.search(text):
        return True
    return any(not _YEARS.fullmatch(hit.group().strip()) for hit in _GROUPED.finditer(text))
