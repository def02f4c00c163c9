"""Files of the People Finder Interchange Format: XML of strangers in, our own out."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from tracker.domain.errors import InvalidRecord
from tracker.domain.pfif import NOTE_FIELDS, PERSON_FIELDS, PfifFile, PfifNote, PfifPerson

NAMESPACE = "http://zesty.ca/pfif/1.4"
XML = "application/xml"
MOST_BYTES = 5 << 20
MOST_RECORDS, MOST_LETTERS, MOST_DEPTH = 2_000, 10_000, 8
# Older versions tell the same fields; what they call otherwise is left out.
_OURS = re.compile(r"http://zesty\.ca/pfif/1\.[2-4] (\w+)")
_NONE: "AttributesImpl[str]" = AttributesImpl({})
_NOT_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_pfif(data: bytes) -> PfifFile:
    """Read a file; nothing in it is expanded or fetched.

    Raises `InvalidRecord` for `file`: `empty_file`, `too_large`, `doctype_refused`, `not_pfif`.
    """
    if not data.strip():
        _refuse("empty_file")
    if len(data) > MOST_BYTES:
        _refuse("too_large")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = lambda *_: _refuse("doctype_refused")
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.read
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        _refuse("not_pfif")
    return PfifFile(tuple(reader.people), tuple(reader.notes))


def write_pfif(people: Sequence[PfifPerson], *, mark: str) -> bytes:
    """Write people; `mark` says at the top of the file for whom it is and since when."""
    target = io.StringIO()
    out = XMLGenerator(target, encoding="utf-8", short_empty_elements=True)
    target.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    # Two hyphens would end the comment.
    target.write(f"<!-- {_sound(mark).replace('--', '- -').rstrip('-')} -->\n")
    out.startElement("pfif:pfif", AttributesImpl({"xmlns:pfif": NAMESPACE}))
    for person in people:
        out.ignorableWhitespace("\n")
        out.startElement("pfif:person", _NONE)
        _write_fields(out, PERSON_FIELDS, person.fields)
        for note in person.notes:
            out.ignorableWhitespace("\n")
            out.startElement("pfif:note", _NONE)
            _write_fields(out, NOTE_FIELDS, note.fields)
            out.endElement("pfif:note")
        out.endElement("pfif:person")
    out.ignorableWhitespace("\n")
    out.endElement("pfif:pfif")
    return (target.getvalue() + "\n").encode()


def _write_fields(out: XMLGenerator, names: Sequence[str], given: Mapping[str, str]) -> None:
    for name in names:
        if given.get(name):
            out.ignorableWhitespace("\n  ")
            out.startElement(f"pfif:{name}", _NONE)
            out.characters(_sound(given[name]))
            out.endElement(f"pfif:{name}")


def _sound(text: str) -> str:
    return _NOT_OF_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _refuse(code: str) -> NoReturn:
    raise InvalidRecord({"file": (code,)})


class _Reader:
    """Collects records while the parser walks through the file."""

    def __init__(self) -> None:
        self.people: list[PfifPerson] = []
        self.notes: list[PfifNote] = []
        self._path: list[str] = []
        self._person: dict[str, str] | None = None
        self._note: dict[str, str] | None = None
        self._notes_of_person: list[PfifNote] = []
        self._words: list[str] = []

    def begin(self, name: str, _attributes: object) -> None:
        """Enter an element."""
        found = _OURS.fullmatch(name)
        word = found[1] if found else ""
        if not self._path and word != "pfif":
            _refuse("not_pfif")
        self._path.append(word)
        if len(self._path) > MOST_DEPTH:
            _refuse("not_pfif")
        self._words = []
        if word == "person" and self._note is None:
            self._person, self._notes_of_person = {}, []
        elif word == "note":
            self._note = {}

    def read(self, words: str) -> None:
        """Collect the text of a field; what is too long for any field is cut."""
        if sum(map(len, self._words)) < MOST_LETTERS:
            self._words.append(words[:MOST_LETTERS])

    def end(self, _name: str) -> None:
        """Leave an element."""
        word = self._path.pop()
        text = "".join(self._words)[:MOST_LETTERS].strip()
        self._words = []
        if word == "person" and self._person is not None:
            notes = tuple(self._notes_of_person)
            self.people.append(PfifPerson(self._person, notes, len(self.people) + 1))
            self._person = None
        elif word == "note" and self._note is not None:
            note, self._note = PfifNote(self._note), None
            (self.notes if self._person is None else self._notes_of_person).append(note)
        elif self._note is not None and word in NOTE_FIELDS and text:
            self._note[word] = text
        elif self._note is None and self._person is not None and word in PERSON_FIELDS and text:
            self._person[word] = text
        if len(self.people) + len(self.notes) + len(self._notes_of_person) > MOST_RECORDS:
            _refuse("too_many_rows")
