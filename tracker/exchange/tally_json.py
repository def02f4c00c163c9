"""Writes a tally as JSON."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.domain.measures import MEASURES, Counts
from tracker.domain.tallies import Tally, TallyDifference, TallyQuery, TallyRow

NOTE = (
    "Every figure is a minimum estimate. null means not known; 0 was measured. "
    "Contains data of IOM's Missing Migrants Project (CC BY 4.0), changed: "
    "coordinates repaired, subregions and corridors assigned by this tracker."
)


def tally_json(tally: Tally) -> str:
    """Give a tally with its question, so that it can be asked again."""
    groupings = [grouping.value for grouping in tally.query.by]
    return _json(
        {
            "query": _query(tally.query),
            "rows": _rows(groupings, tally.rows),
            "total": _counts(tally.total),
            "as_known_on": tally.query.as_known_on,
            "rule": tally.query.rule,
            "boundaries_version": tally.boundaries_version,
            "note": NOTE,
        }
    )


def difference_json(difference: TallyDifference) -> str:
    """Give the difference of two dates by grouping and reason."""
    groupings = [*(grouping.value for grouping in difference.query.by), "reason"]
    query = {key: value for key, value in _query(difference.query).items() if key != "as_known_on"}
    return _json(
        {
            "query": {
                **query,
                "between": difference.known_before,
                "and": difference.known_after,
            },
            "rows": _rows(groupings, difference.rows),
            "total": _counts(difference.total),
            "rule": difference.query.rule,
            "boundaries_version": difference.boundaries_version,
            "note": NOTE,
        }
    )


def _query(query: TallyQuery) -> dict[str, Any]:
    return {
        "from": query.period_from,
        "to": query.period_to,
        "by": list(query.by),
        "scheme": query.scheme,
        "as_known_on": query.as_known_on,
        "rule": query.rule,
        "filters": {name: list(codes) for name, codes in query.filters.items()},
    }


def _rows(groupings: Sequence[str], rows: Sequence[TallyRow]) -> list[dict[str, Any]]:
    if not groupings:
        return []
    return [dict(zip(groupings, row.codes, strict=True)) | {**_counts(row.counts)} for row in rows]


def _counts(counts: Counts) -> Mapping[str, int | None]:
    return {measure: counts.get(measure) for measure in MEASURES}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=_date) + "\n"


def _date(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a tally")
