"""Incidents that became one, and parts of one event: what others may know of them."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Merge:
    """One incident taken into another; `undone_at` is set when that was taken back."""

    merged: str
    kept: str
    merged_at: dt.datetime
    merged_by: str
    because: str
    undone_at: dt.datetime | None
    undone_by: str | None
    undone_because: str | None


@dataclass(frozen=True)
class MergedSource:
    """What a merged incident brings to the one that was kept: its names and its sources."""

    public_id: str
    dataset: str | None
    external_ids: tuple[str, ...]
    information_source: str | None
    url: str | None
    source_quality: int | None


@dataclass(frozen=True)
class PartLink:
    """A part and the event it belongs to, by public ids."""

    event: str
    part: str
    linked_at: dt.datetime
    linked_by: str
    because: str


@dataclass(frozen=True)
class DoubleCount:
    """An event whose row and whose parts are both counted: its people stand twice in the figures.

    `event_people` and `part_people` are dead and missing; `counted_twice` is the lesser of them.
    """

    event: str
    parts: tuple[str, ...]
    event_people: int
    part_people: int
    counted_twice: int


@dataclass(frozen=True)
class ToldApart:
    """An incident that looks like another one, and is not the same event."""

    other: str
    said_at: dt.datetime
    because: str
