"""Makes the report of a period: what is known, where, when, and what was learnt since."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from tracker.domain.errors import BadQuery
from tracker.domain.measures import Counts, Measure
from tracker.domain.permissions import ANYONE, Action, Actor, require
from tracker.domain.reports import ReportPeriod
from tracker.domain.tallies import Grouping, Tally, TallyQuery
from tracker.exchange.report_pdf import report_pdf
from tracker.maps.report_map import report_map
from tracker.services.maps import places_of_people
from tracker.services.tallies import period_tally, tally_difference
from tracker.translations import mark
from tracker.translations.words import Words

# Without a date of the last report: what was learnt in so many days.
SINCE = dt.timedelta(days=90)
_COLUMNS = (Measure.DEAD_AND_MISSING, Measure.DEAD, Measure.MISSING, Measure.INCIDENTS)
_TITLE = mark("Migrants who died or disappeared in the Americas")
_AT_LEAST = mark(
    "People who died or disappeared: at least %(people)s (died: %(dead)s; disappeared:"
    " %(missing)s). Recorded incidents: %(incidents)s."
)
_UNCOUNTED = mark(
    "Recorded incidents: %(incidents)s. How many people died or disappeared in them is not known."
)
_MONTHS = mark(
    "The last months are always incomplete: deaths are found and reported late. A month without a"
    " bar is one without a record, not one without deaths."
)
_NOBODY = mark(
    "No incident of this period is known to us. That does not mean that nothing happened."
)
_MINIMUM = mark("Minimum, as known on %(day)s. %(rule)s.")
_BETWEEN = mark("From %(first)s to %(last)s")
_LEGEND = mark("Dark: died. Light: disappeared. The table says the same in numbers.")
_ALT = mark("Bars of the people who died or disappeared in each row of the table below.")
_MAP = mark("Where")
_MAP_ALT = mark(
    "Map of the Americas with circles where people died or disappeared, as the public may see them."
)
_MAP_NOTE = mark(
    "People by cells of one degree; the area of a circle is people. Places that may not be shown"
    " are left out. Lines on maps are no opinion on the status of any territory."
)
_CHANGES = mark("What was learnt about this period")
_CHANGES_NOTE = mark(
    "What was known on %(after)s less what was known on %(before)s, by reason. It adds up exactly."
)
_NO_CHANGE = mark("Nothing changed between %(before)s and %(after)s.")
_METHOD = mark("How these figures are made")
_METHODS = (
    mark(
        "Every figure is a minimum: many deaths are never found, and many disappearances never"
        " reported. A dash means not known, and is never counted as zero."
    ),
    mark(
        "Who is counted: people in verified incidents during migration, by the rule named above."
        " The same figures can be asked for again as known on the same date, and are the same."
    ),
    mark("Subregions are those of the 2021 regional review. Boundaries, version %(version)s."),
    mark(
        "Sources: IOM's Missing Migrants Project (CC BY 4.0), changed: places repaired, subregions"
        " and corridors assigned; and records of organisations that a second person has checked."
    ),
)
_BY = (
    (Grouping.SUBREGION, mark("By subregion")),
    (Grouping.CORRIDOR, mark("By corridor")),
    (Grouping.MONTH, mark("By month")),
    (Grouping.CAUSE, mark("By cause")),
)


@dataclass(frozen=True)
class ReportRequest:
    """Which report: its period and language, as known when, and since when changes are told."""

    period: ReportPeriod
    language: str
    as_known_on: dt.date
    since: dt.date | None = None


def period_report(session: Session, actor: Actor, asked: ReportRequest) -> bytes:
    """Give the report of a period as a PDF, as anyone at all may see it."""
    require(actor, Action.SEE_TALLIES)
    since = asked.since or asked.as_known_on - SINCE
    if since > asked.as_known_on:
        raise BadQuery("known_dates_in_wrong_order")
    words = Words(asked.language)
    whole = period_tally(session, ANYONE, _query(asked))
    sections = [
        _section(words, words.say(title), period_tally(session, ANYONE, _query(asked, grouping)))
        for grouping, title in _BY
    ]
    told = {
        "lang": asked.language,
        **_head(words, asked, whole),
        "legend": words.say(_LEGEND),
        "sections": [*sections, _changes(session, words, asked, since=since)],
        "map": _map(session, words, _query(asked)),
        "method": {
            "title": words.say(_METHOD),
            "paragraphs": [
                words.say(text, version=whole.boundaries_version)
                if "%(" in text
                else words.say(text)
                for text in _METHODS
            ],
        },
    }
    return report_pdf(told, made_on=asked.as_known_on)


def _query(asked: ReportRequest, *by: Grouping) -> TallyQuery:
    return TallyQuery(
        as_known_on=asked.as_known_on,
        period_from=asked.period.first,
        period_to=asked.period.last,
        by=by,
    )


def _head(words: Words, asked: ReportRequest, whole: Tally) -> dict[str, Any]:
    title, total = words.say(_TITLE), whole.total
    first, last = words.day(asked.period.first), words.day(asked.period.last)
    rule = words.label("rule", whole.query.rule)
    minimum = words.say(_MINIMUM, day=words.day(asked.as_known_on), rule=rule)
    return {
        "title": title,
        "author": title,
        "keywords": [asked.period.name, str(asked.as_known_on)],
        "period": words.say(_BETWEEN, first=first, last=last),
        "headline": _headline(words, total),
        "rule": minimum,
        "footer": f"{title} · {asked.period.name} · {minimum}",
    }


def _headline(words: Words, total: Counts) -> str:
    """Say the figure in words; what is not known is said, and is no number."""
    if not total["incidents"]:
        return words.say(_NOBODY)
    incidents = words.number(total["incidents"])
    if total["dead_and_missing"] is None:
        return words.say(_UNCOUNTED, incidents=incidents)
    return words.say(
        _AT_LEAST,
        people=words.number(total["dead_and_missing"]),
        dead=words.count(total["dead"]),
        missing=words.count(total["missing"]),
        incidents=incidents,
    )


def _section(words: Words, title: str, tally: Tally) -> dict[str, Any]:
    """Tell a breakdown as a chart and a table; its rows sum to its total."""
    (grouping,) = tally.query.by
    field = tally.query.words_of(grouping)
    names = [words.label(field, row.codes[0]) for row in tally.rows]
    counted = [row.counts for row in tally.rows]
    return {
        "title": title,
        "alt": words.say(_ALT),
        "chart": [_bar(words, name, counts) for name, counts in zip(names, counted, strict=True)],
        "columns": [words.label("grouping", grouping), *_headers(words)],
        "rows": [[name, *_cells(words, of)] for name, of in zip(names, counted, strict=True)],
        "total": [words.say(mark("Total")), *_cells(words, tally.total)],
        "note": words.say(_MONTHS) if grouping is Grouping.MONTH else "",
    }


def _bar(words: Words, name: str, counts: Counts) -> dict[str, Any]:
    dead, missing = counts["dead"], counts["missing"]
    numbers = words.number(dead) + (f" + {words.number(missing)}" if missing else "")
    return {
        "name": name,
        "numbers": numbers,
        "dead_bar": max(dead or 0, 0),
        "missing_bar": max(missing or 0, 0),
    }


def _changes(
    session: Session, words: Words, asked: ReportRequest, *, since: dt.date
) -> dict[str, Any]:
    """Tell what became known of the period between two dates, by reason."""
    difference = tally_difference(
        session, ANYONE, _query(asked), known_before=since, known_after=asked.as_known_on
    )
    dates = {"before": words.day(since), "after": words.day(asked.as_known_on)}
    rows = [
        [words.label("reason", row.codes[0]), *_cells(words, row.counts)] for row in difference.rows
    ]
    return {
        "title": words.say(_CHANGES),
        "alt": "",
        "chart": [],
        "columns": [words.label("grouping", "reason"), *_headers(words)],
        "rows": rows,
        "total": [words.say(mark("Total")), *_cells(words, difference.total)] if rows else None,
        "note": words.say(_CHANGES_NOTE if rows else _NO_CHANGE, **dates),
    }


def _map(session: Session, words: Words, query: TallyQuery) -> dict[str, str]:
    return {
        "title": words.say(_MAP),
        "alt": words.say(_MAP_ALT),
        "caption": words.say(_MAP_NOTE),
        "svg": report_map(places_of_people(session, ANYONE, query)),
    }


def _headers(words: Words) -> list[str]:
    return [words.label("measure", measure) for measure in _COLUMNS]


def _cells(words: Words, counts: Counts) -> Sequence[str]:
    return [words.number(counts[measure]) for measure in _COLUMNS]
