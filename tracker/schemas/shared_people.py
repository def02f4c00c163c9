"""Shared records as they travel between servers: what is asked, told, and believed of it."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.consents import Purpose
from tracker.domain.errors import BadQuery, InvalidRecord
from tracker.domain.people import STATUSES, PersonKind, ShareKind
from tracker.domain.shared_people import (
    MOST_ENTRIES,
    MOST_WAIT_S,
    FeedChange,
    FeedPage,
    SharedEntry,
    SharedPerson,
)
from tracker.schemas.arguments import GREATEST_NUMBER, refuse_unknown, single_value
from tracker.schemas.people import load_person

FEED_PARAMETERS = ("after", "wait")
# Our own ids and those of partners' registers; they are compared, never shown as addresses.
_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_ROUNDS = 4


@dataclass(frozen=True)
class FeedQuery:
    """After which entry somebody goes on, and how many seconds they wait for one."""

    after: int
    wait: int


def load_feed_query(args: Mapping[str, Sequence[str]]) -> FeedQuery:
    """Read what a follower asks for; raises `BadQuery`, or `UnknownCode` for other parameters."""
    refuse_unknown(args, FEED_PARAMETERS)
    return FeedQuery(
        after=_number_of("after", args, GREATEST_NUMBER),
        wait=_number_of("wait", args, MOST_WAIT_S),
    )


def _number_of(name: str, given: Mapping[str, Sequence[str]], most: int) -> int:
    value = (single_value(name, given) or "") if given.get(name) else "0"
    if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > most:
        raise BadQuery("not_a_whole_number", field=name, given=value, most=most)
    return int(value)


def dump_page(page: FeedPage) -> dict[str, object]:
    """Write a page of a feed."""
    return {
        "entries": [dump_entry(entry) for entry in page.entries],
        "last": page.last,
        "more": page.more,
        "started_over": page.started_over,
    }


def dump_entry(entry: SharedEntry) -> dict[str, object]:
    """Write one entry: what it tells and of whom, and the record as far as it is shared."""
    told: dict[str, object] = {
        "number": entry.number,
        "change": str(entry.change),
        "public_id": entry.public_id,
    }
    return told if entry.record is None else {**told, **dump_shared(entry.record)}


def dump_shared(record: SharedPerson) -> dict[str, object]:
    """Write a shared record, and what may be done with it. Each field is named."""
    return {
        "kind": str(record.kind),
        "status": record.status,
        "version_number": record.version_number,
        "invented": record.invented,
        "organisation": record.organisation,
        "what": str(record.what),
        "until": _day(record.until),
        "match": record.match,
        "consents": [
            {"purpose": purpose, "until": _day(until)} for purpose, until in record.consents
        ],
        "facts": dict(record.facts),
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def load_page(given: object) -> FeedPage:
    """Read a page that another server gave. It is believed no more than a stranger's form.

    Entries that cannot be read, and facts that we do not know, are left out and counted. Raises
    `ValueError` where it is no page at all.
    """
    page = _mapping(given)
    rows, last = page.get("entries"), page.get("last")
    if not isinstance(rows, list) or len(rows) > 5 * MOST_ENTRIES or not _is_number(last):
        raise ValueError("no page of a feed")
    read = [_entry_or_none(row) for row in rows]
    entries = [entry for entry, _ in filter(None, read)]
    dropped = sum(each is None or each[1] > 0 for each in read)
    return FeedPage(
        tuple(entries),
        last=int(str(last)),
        more=page.get("more") is True,
        started_over=page.get("started_over") is True,
        dropped=dropped,
        unread=read.count(None),
    )


def _entry_or_none(row: object) -> tuple[SharedEntry, int] | None:
    try:
        return _entry(_mapping(row))
    except (ValueError, InvalidRecord):
        return None


def _entry(row: Mapping[str, Any]) -> tuple[SharedEntry, int]:
    number, public_id = row.get("number"), row.get("public_id")
    if not _is_number(number) or not isinstance(public_id, str) or not _ID.fullmatch(public_id):
        raise ValueError("no entry")
    if FeedChange(str(row.get("change"))) is FeedChange.WITHDRAWN:
        return SharedEntry(int(str(number)), public_id), 0
    kind = PersonKind(str(row.get("kind")))
    if row.get("status") not in STATUSES[kind]:
        raise ValueError("no status of its kind")
    facts, dropped = _readable_facts(kind, _mapping(row.get("facts")))
    consents = _consents(row.get("consents"))
    # Both have to say so: where they differ, it is not agreed.
    match = row.get("match") is True and (kind is PersonKind.REMAINS or Purpose.MATCH in consents)
    record = SharedPerson(
        kind=kind,
        status=str(row["status"]),
        version_number=int(row["version_number"]) if _is_number(row.get("version_number")) else 1,
        # Who does not say that people are real is taken at their word; the mark is never lost.
        invented=row.get("invented") is not False,
        organisation=_words(row.get("organisation")),
        what=ShareKind(str(row.get("what"))),
        facts=facts,
        until=_read_day(row.get("until")),
        match=match,
        match_until=consents.get(Purpose.MATCH),
        consents=tuple(consents.items()),
    )
    return SharedEntry(int(str(number)), public_id, record), dropped


def _readable_facts(kind: PersonKind, given: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """Give the facts that fit our shapes, and how many were left out.

    What is wrong goes first; a thing of a list goes whole where what is left of it does not fit.
    """
    facts, dropped = _copied(given), 0
    for _ in range(_ROUNDS):
        try:
            return load_person(kind, facts), dropped
        except InvalidRecord as error:
            paths = [tuple(path.split(".")) for path in error.fields]
        # The last of a list goes first, so that the places of those before stay as they are.
        for path in sorted(paths, key=_place, reverse=True):
            _take_out(facts, path)
            dropped += 1
    return load_person(kind, facts), dropped


def _place(path: tuple[str, ...]) -> tuple[tuple[bool, int, str], ...]:
    return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in path)


def _take_out(facts: Any, path: tuple[str, ...]) -> None:  # noqa: ANN401 -- whatever JSON can hold
    holder: Any = facts
    for at, part in enumerate(path):
        key: Any = int(part) if isinstance(holder, list) and part.isdigit() else part
        there = key < len(holder) if isinstance(holder, list) else key in holder
        if not there:
            # It is missing although it is needed: the thing that lacks it goes.
            _take_out(facts, path[:at]) if at else None
            return
        if at == len(path) - 1:
            del holder[key]
            return
        if not isinstance(holder[key], dict | list):
            del holder[key]
            return
        holder = holder[key]


def _copied(value: Any) -> Any:  # noqa: ANN401 -- whatever JSON can hold
    if isinstance(value, Mapping):
        return {str(name): _copied(each) for name, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _consents(given: object) -> dict[Purpose, dt.date | None]:
    rows = given if isinstance(given, list) else []
    return {
        Purpose(str(row["purpose"])): _read_day(row.get("until"))
        for row in rows[:20]
        if isinstance(row, dict) and row.get("purpose") in tuple(Purpose)
    }


def _read_day(given: object) -> dt.date | None:
    return None if given is None else dt.date.fromisoformat(str(given)[:10])


def _words(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("no words")
    return " ".join(given.replace("\x00", "").split())[:200]


def _mapping(given: object) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise ValueError("no object")
    return given


def _is_number(given: object) -> bool:
    return type(given) is int and 0 <= given <= GREATEST_NUMBER
