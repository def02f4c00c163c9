"""Turns what a person logs into the columns of a version, and back."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.db.models import IncidentVersion
from tracker.domain.errors import InvalidRecord
from tracker.domain.groups import numbers_of_groups
from tracker.domain.publication import PRECISION_RADIUS_M
from tracker.domain.statuses import Scope

_PLAIN = (
    "incident_type",
    "date_from",
    "date_to",
    "date_precision",
    "date_basis",
    "number_dead",
    "number_dead_max",
    "number_missing_min",
    "number_missing_max",
    "number_survivors",
    "number_females",
    "number_males",
    "number_other_gender",
    "number_children",
    "cause_reported",
    "cause_official",
    "manner",
    "scope",
    "longitude",
    "latitude",
    "location_precision",
    "uncertainty_m",
    "location_basis",
    "location_description",
    "country_of_incident",
    "source_quality",
    "information_source",
    "url",
    "notes",
)
_LISTED = ("causes", "origins")
_NESTED = ("groups", "sources")
# What a person can tell of an incident; the names are those of the shape of an incident.
LOGGED_FACTS = (*_PLAIN, *_LISTED, *_NESTED)


def columns_of_facts(facts: Mapping[str, Any]) -> dict[str, object]:
    """Give the columns of a version that holds these facts (as `load_incident` gives them)."""
    columns: dict[str, object] = {name: facts.get(name) for name in _PLAIN}
    columns |= {name: ";".join(facts.get(name) or ()) or None for name in _LISTED}
    columns |= {name: _packed(facts.get(name) or ()) for name in _NESTED}
    columns["scope"] = columns["scope"] or str(Scope.TRANSIT)
    for name, number in numbers_of_groups(facts.get("groups") or ()).items():
        columns[name] = number
    if columns["longitude"] is not None and columns["uncertainty_m"] is None:
        columns["uncertainty_m"] = PRECISION_RADIUS_M[str(columns["location_precision"])]
    if facts.get("sources"):
        columns |= told_by_sources(facts["sources"])
    return columns


def refuse_future(facts: Mapping[str, Any], today: dt.date) -> None:
    """Raise `InvalidRecord` for what begins on a day that has not come."""
    begins: dt.date | None = facts.get("date_from")
    if begins is not None and begins > today:
        raise InvalidRecord({"date_from": ("in_the_future",)})


def facts_of_version(version: IncidentVersion) -> dict[str, object]:
    """Give the facts of a version under the names of the shape of an incident."""
    facts: dict[str, object] = {name: getattr(version, name) for name in _PLAIN}
    for name in _LISTED:
        joined: str | None = getattr(version, name)
        facts[name] = joined.split(";") if joined else []
    for name in _NESTED:
        packed: str | None = getattr(version, name)
        facts[name] = [_unpacked(each) for each in json.loads(packed)] if packed else []
    return facts


def told_by_sources(sources: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Sum up the sources in the three columns that figures and pages read."""
    qualities = [source["quality"] for source in sources if source.get("quality")]
    publishers = [source["publisher"] for source in sources if source.get("publisher")]
    addresses = [source["url"] for source in sources if source.get("url")]
    return {
        "source_quality": max(qualities, default=None),
        "information_source": "; ".join(dict.fromkeys(publishers)) or None,
        "url": " ".join(dict.fromkeys(addresses)) or None,
    }


def _packed(things: Sequence[Mapping[str, Any]]) -> str | None:
    # The same things are the same text, so that a version tells whether they changed.
    packed = json.dumps(things, ensure_ascii=False, sort_keys=True, default=dt.date.isoformat)
    return packed if things else None


def _unpacked(thing: dict[str, Any]) -> dict[str, Any]:
    if thing.get("accessed_on"):
        thing["accessed_on"] = dt.date.fromisoformat(thing["accessed_on"])
    return thing
