"""A file of PFIF is read without trusting it, and what is written is read back the same."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import InvalidRecord
from tracker.domain.pfif import (
    LEFT_OF_EXPIRED,
    NOTE_FIELDS,
    PERSON_FIELDS,
    STATUS_IN,
    STATUS_OUT,
    STATUSES,
    PfifFile,
    PfifNote,
    PfifPerson,
    parts_of_file,
    placeholder,
    read_moment,
)
from tracker.exchange.pfif import MOST_RECORDS, read_pfif, write_pfif

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
WHOLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">
  <pfif:person>
    <pfif:person_record_id>registry.example/p.1</pfif:person_record_id>
    <pfif:entry_date>2026-05-01T10:00:00Z</pfif:entry_date>
    <pfif:expiry_date>2026-12-01T00:00:00Z</pfif:expiry_date>
    <pfif:author_name>Rosa (invented)</pfif:author_name>
    <pfif:source_date>2026-05-01T10:00:00Z</pfif:source_date>
    <pfif:full_name>Luc\xc3\xada Invented Zelaya</pfif:full_name>
    <pfif:given_name>Luc\xc3\xada Invented</pfif:given_name>
    <pfif:family_name>Zelaya</pfif:family_name>
    <pfif:sex>female</pfif:sex>
    <pfif:age>20-28</pfif:age>
    <pfif:home_country>HN</pfif:home_country>
    <other:thing xmlns:other="http://other.example/">left out</other:thing>
    <pfif:note>
      <pfif:note_record_id>registry.example/n.1</pfif:note_record_id>
      <pfif:status>believed_alive</pfif:status>
      <pfif:text>Seen &amp; well in &lt;Nogales&gt;</pfif:text>
    </pfif:note>
  </pfif:person>
  <pfif:note>
    <pfif:note_record_id>registry.example/n.2</pfif:note_record_id>
    <pfif:person_record_id>registry.example/p.1</pfif:person_record_id>
    <pfif:text>Beside it</pfif:text>
  </pfif:note>
</pfif:pfif>
"""


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidRecord) as refused:
        read_pfif(data)
    return refused.value.fields["file"][0]


def test_people_and_notes_are_read() -> None:
    read = read_pfif(WHOLE)
    [person] = read.people
    assert person.record_id == "registry.example/p.1"
    assert person.fields["given_name"] == "Lucía Invented"
    assert "thing" not in person.fields
    assert person.notes[0].fields["text"] == "Seen & well in <Nogales>"
    assert read.notes[0].fields["person_record_id"] == "registry.example/p.1"
    assert not person.has_ended(NOW)
    assert person.has_ended(NOW + dt.timedelta(days=365))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"not xml", "not_pfif"),
        (b"<html></html>", "not_pfif"),
        (WHOLE[:-20], "not_pfif"),
        (b"\xff\xfe\x00broken", "not_pfif"),
        (b"<pfif:pfif xmlns:pfif='http://zesty.ca/pfif/1.4'>" + b"<a>" * 50, "not_pfif"),
        (b" " * (6 << 20) + WHOLE, "too_large"),
        (
            b'<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
            b'<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">&b;</pfif:pfif>',
            "doctype_refused",
        ),
        (
            b'<!DOCTYPE p SYSTEM "http://outside.example/x.dtd">'
            b'<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4"/>',
            "doctype_refused",
        ),
        (
            b'<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">'
            + b"<pfif:person/>" * (MOST_RECORDS + 1)
            + b"</pfif:pfif>",
            "too_many_rows",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_file_of_ours_or_a_bomb_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_file_is_parted_without_losing_anybody() -> None:
    ids = ["a", "b", "a", "c"]
    people = tuple(PfifPerson({"person_record_id": each}) for each in ids)
    notes = tuple(PfifNote({"person_record_id": each}) for each in ("c", "x", "a"))
    first, second, rest = parts_of_file(PfifFile(people, notes), 2)
    assert [person.record_id for person in first.people] == ["a", "a", "b"]
    assert ([person.record_id for person in second.people], second.notes) == (["c"], notes[:1])
    assert (first.notes, rest) == (notes[2:], PfifFile((), notes[1:2]))


def test_a_mark_cannot_end_its_comment() -> None:
    written = write_pfif([], mark="A -- B --> <script/> -")
    assert read_pfif(written).people == ()
    assert written.count(b"-->") == 1


def test_what_has_ended_tells_nothing() -> None:
    left = placeholder("here.example/C1", NOW)
    assert set(left.fields) <= set(LEFT_OF_EXPIRED)
    assert left.has_ended(NOW)


def test_states_are_mapped_both_ways() -> None:
    assert set(STATUS_OUT.values()) <= set(STATUSES)
    assert set(STATUS_IN) == set(STATUSES)
    for ours, theirs in STATUS_OUT.items():
        if ours != "disappeared":
            assert STATUS_IN[theirs] == ours


def test_moments_without_a_zone_are_utc() -> None:
    assert read_moment("2026-06-01T12:00:00") == NOW
    assert read_moment("soon") is None


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n<>&"),
    min_size=1,
    max_size=60,
).map(str.strip).filter(bool)  # fmt: skip


def fields(names: tuple[str, ...]):
    return st.dictionaries(st.sampled_from(names), WORDS, max_size=8)


PEOPLE = st.lists(
    st.builds(
        PfifPerson,
        fields(PERSON_FIELDS),
        st.lists(st.builds(PfifNote, fields(NOTE_FIELDS)), max_size=3).map(tuple),
    ),
    max_size=4,
)


@given(PEOPLE, st.text(max_size=40))
def test_what_is_written_is_read_back_the_same(people: list[PfifPerson], mark: str) -> None:
    assert read_pfif(write_pfif(people, mark=mark)).people == tuple(people)
