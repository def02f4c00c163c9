"""Says in words what a picture of the map shows: question, figures, legend, rule, sources."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tracker.domain.maps import MapQuery
from tracker.maps.view_frame import Frame
from tracker.maps.view_map import COLOURS, SMALLEST_RADIUS, Sheets
from tracker.translations import mark
from tracker.translations.words import Words

_TITLE = mark("Where people died or disappeared")
_SITE = mark("Migrants who died or disappeared in the Americas")
_FIGURES = (
    ("dead", mark("people who died")),
    ("missing", mark("people who disappeared")),
    ("incidents", mark("recorded incidents")),
)
_KNOWN = mark("minimum, as known on %(day)s")
_AS_KNOWN = mark("As known on %(day)s.")
_NEW = mark("Only incidents that became known after %(day)s")
_NOTHING = mark(
    "No incident that we know of answers this question. That does not mean that nothing happened."
)
_SHOWN = mark(
    "In the part that the map shows: died %(dead)s, disappeared %(missing)s, recorded incidents"
    " %(incidents)s."
)
_MINIMUM = mark(
    "Every figure is a minimum: many deaths are never found, and many disappearances never"
    " reported. A dash means not known, and is never counted as zero."
)
_PLACES = mark(
    "Places are shown no more exactly than may be public; recent ones are left out for a while."
)
_SOURCES = mark(
    "Sources: IOM's Missing Migrants Project (CC BY 4.0), changed: places repaired, subregions"
    " and corridors assigned; and records of organisations that a second person has checked."
)
_GROUND = mark("Boundaries: Natural Earth. Place names: GeoNames, CC BY 4.0.")
_LINES = mark("Lines on maps are no opinion on the status of any territory.")
_ALT = mark("Map with circles where people died or disappeared. %(question)s. %(figures)s.")
_MOST_OF_SCALE = 120.0  # units
_LEVEL_DEGREES = 8.0  # so little higher or lower, lengths are the same to some hundredths


@dataclass(frozen=True)
class PictureFacts:
    """What a picture tells: its question, the figures, and those of the part that is shown."""

    asked: MapQuery
    counts: Mapping[str, int | None]
    shown: Mapping[str, int | None]
    whole: bool
    without_place: int
    frame: Frame


def picture_in_words(words: Words, facts: PictureFacts, sheets: Sheets) -> dict[str, Any]:
    """Give all words of a picture but those upon the map."""
    query = facts.asked.query
    question = _question(words, facts.asked)
    figures = [
        {"number": words.number(facts.counts[name]), "words": words.say(text)}
        for name, text in _FIGURES
    ]
    return {
        "title": words.say(_TITLE),
        "site": words.say(_SITE),
        "question": question,
        "figures": figures if facts.counts["incidents"] else [],
        "nothing": "" if facts.counts["incidents"] else words.say(_NOTHING),
        "known": words.say(
            _KNOWN if facts.counts["incidents"] else _AS_KNOWN, day=words.day(query.as_known_on)
        ),
        "asides": _asides(words, facts, sheets),
        "legend": _legend(words, sheets),
        "scale": _scale(words, facts.frame),
        "colours": COLOURS,
        "alt": words.say(
            _ALT,
            question=question,
            figures="; ".join(f"{each['number']} {each['words']}" for each in figures)
            if facts.counts["incidents"]
            else words.say(_NOTHING).rstrip("."),
        ),
        "notes": [
            " ".join((f"{words.label('rule', query.rule)}.", words.say(_MINIMUM))),
            words.say(_PLACES),
            words.say(_SOURCES),
            " ".join((words.say(_GROUND), words.say(_LINES))),
        ],
    }


def _question(words: Words, asked: MapQuery) -> str:
    parts = [words.period(asked.query), words.filters(asked.query)]
    if asked.new_since is not None:
        parts.append(words.say(_NEW, day=words.day(asked.new_since)))
    return ". ".join(filter(None, parts))


def _asides(words: Words, facts: PictureFacts, sheets: Sheets) -> list[str]:
    """Say what the map does not show of the figures, or not exactly."""
    said = []
    if not facts.whole and facts.counts["incidents"]:
        shown = {name: words.count(number) for name, number in facts.shown.items()}
        said.append(words.say(_SHOWN, **shown))
    if facts.without_place:
        said.append(
            words.ngettext(
                "%(shown)s incident has no place that can be shown; the figures count it.",
                "%(shown)s incidents have no place that can be shown; the figures count them.",
                facts.without_place,
            )
        )
    if sheets.anywhere:
        said.append(
            words.ngettext(
                "Where %(shown)s incident happened is known no better than all of this map.",
                "Where %(shown)s incidents happened is known no better than all of this map.",
                sheets.anywhere,
            )
        )
    return said


def _legend(words: Words, sheets: Sheets) -> dict[str, Any]:
    fullest = max((disc.people or 0 for disc in sheets.discs), default=0)
    unknown = any(disc.people is None for disc in sheets.discs)
    return {
        "dead": words.say(mark("people who died")),
        "missing": words.say(mark("people who disappeared")),
        "sizes": _sizes(words, fullest, sheets.per_root),
        "size": words.say(mark("the area of a circle is people")) if fullest > 0 else "",
        "unknown": words.say(mark("number of people not known")) if unknown else "",
        "area": words.say(mark("the place is known no better than this area"))
        if sheets.has_areas
        else "",
        "corridor": words.say(mark("Migration corridors")) if sheets.has_corridors else "",
    }


def _sizes(words: Words, fullest: int, per_root: float) -> list[dict[str, Any]]:
    """Give circles for some round numbers of people; the smallest stands for all below it too."""
    if fullest < 1:
        return []
    least = max(math.floor((SMALLEST_RADIUS / per_root) ** 2), 1)
    sizes = [{"radius": SMALLEST_RADIUS, "words": _up_to(words, least)}]
    largest = _round_below(fullest)
    for number in (_round_below(largest / 5), largest):
        if number > 2 * least:
            radius = per_root * math.sqrt(number)
            sizes.append({"radius": radius, "words": words.number(number)})
    return sizes


def _up_to(words: Words, least: int) -> str:
    if least == 1:
        return words.ngettext("%(shown)s person", "%(shown)s people", least)
    return words.say(mark("up to %(number)s people"), number=words.number(least))


def _round_below(number: float) -> int:
    """Give the largest 1, 2 or 5 with zeros that is no more than a number."""
    if number < 1:
        return 0
    power = 10 ** math.floor(math.log10(number))
    return int(next(times for times in (5, 2, 1) if times * power <= number) * power)


def _scale(words: Words, frame: Frame) -> dict[str, Any]:
    """Give a bar of a round length, which holds at the middle of the map."""
    _, south, _, north = frame.box
    middle = (south + north) / 2
    metre = float(frame.units(np.array(1.0), np.array(middle)))
    metres = _round_below(_MOST_OF_SCALE / metre)
    far = metres >= 1000
    length = words.number(metres // 1000 if far else metres) + (" km" if far else " m")
    if north - south > _LEVEL_DEGREES:
        degrees = words.number(abs(round(middle)))
        north_of = middle >= 0
        place = (
            mark("%(length)s at %(degrees)s° north")
            if north_of
            else mark("%(length)s at %(degrees)s° south")
        )
        length = words.say(place, length=length, degrees=degrees)
    return {"units": metres * metre, "words": length}
