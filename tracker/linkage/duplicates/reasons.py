"""Says of a pair what each field tells: the verdict, its weight, and the facts compared."""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from tracker.domain.duplicates import ComparedField, FieldEvidence, Likeness, Reading, Verdict
from tracker.linkage.duplicates.records import Records
from tracker.linkage.duplicates.scores import DUPLICATES_VERSION, Scores
from tracker.linkage.duplicates.wording import informative_words
from tracker.linkage.words import Floats

# Below this a field says next to nothing, and is told as such.
NOTHING = 0.05
_EPOCH = dt.date(1970, 1, 1)

Facts = dict[str, object]


def likeness_of(records: Records, scores: Scores, nth: int) -> Likeness:
    """Tell how likely the nth pair is one event, field by field."""
    reading = Reading.PARTS if scores.is_parts[nth] else Reading.SAME_PEOPLE
    weights = scores.weights[reading]
    facts = _facts(records, scores, nth)
    fields = []
    for field in ComparedField:
        weight = float(weights[field][nth]) if field in weights else 0.0
        fields.append(FieldEvidence(field, _verdict(weight), round(weight, 3), facts[field]))
    return Likeness(
        score=round(float(scores.score[nth]), 4),
        log_odds=round(float(scores.log_odds[nth]), 3),
        reading=reading,
        fields=tuple(fields),
        version=DUPLICATES_VERSION,
    )


def _verdict(weight: float) -> Verdict:
    if weight >= NOTHING:
        return Verdict.SUPPORTS
    return Verdict.AGAINST if weight <= -NOTHING else Verdict.UNKNOWN


def _facts(records: Records, scores: Scores, nth: int) -> dict[ComparedField, Facts]:
    near = scores.nearness
    sides = (int(scores.one[nth]), int(scores.other[nth]))
    return {
        ComparedField.DATE: {
            "days_apart": _whole(near.days_apart[nth]),
            "from": tuple(_day(records.first_day[side]) for side in sides),
            "to": tuple(_day(records.last_day[side]) for side in sides),
        },
        ComparedField.PLACE: _place_facts(records, sides, km=float(near.km_apart[nth])),
        **_people_facts(records, sides),
        ComparedField.CAUSE: {"causes": _codes(records.causes, sides)},
        ComparedField.ORIGIN: {"origins": _codes(records.origins, sides)},
        ComparedField.COUNTRY: {"countries": _named(records.country, sides)},
        ComparedField.WORDS: _words_facts(records.texts["place"], sides),
        ComparedField.SOURCE: {
            **_words_facts(records.texts["source"], sides),
            "same_urls": tuple(sorted(records.urls[sides[0]] & records.urls[sides[1]])),
        },
        ComparedField.DATASET: {"datasets": _named(records.texts["dataset"], sides)},
        ComparedField.INCIDENT_TYPE: {"types": _named(records.incident_type, sides)},
    }


def _people_facts(records: Records, sides: tuple[int, int]) -> dict[ComparedField, Facts]:
    def both(values: Floats) -> tuple[int | None, ...]:
        return tuple(_whole(values[side]) for side in sides)

    measures = records.measures
    return {
        ComparedField.PEOPLE: {
            "dead": both(records.dead),
            "missing": both(records.missing),
            "missing_max": both(records.missing_max),
            "dead_and_missing": both(records.total),
        },
        ComparedField.SEX_AND_AGE: {
            "females": both(measures["number_females"]),
            "males": both(measures["number_males"]),
            "children": both(measures["number_children"]),
        },
        ComparedField.SURVIVORS: {"survivors": both(measures["number_survivors"])},
    }


def _named(names: Sequence[str], sides: tuple[int, int]) -> tuple[str | None, ...]:
    return tuple(names[side] or None for side in sides)


def _place_facts(records: Records, sides: tuple[int, int], *, km: float) -> Facts:
    unplaced = [bool(np.isnan(records.longitude[side])) for side in sides]
    radii = [float(records.radius_km[side]) for side in sides]
    known = not any(unplaced)
    return {
        "km_apart": round(km, 2) if known else None,
        "uncertainty_km": tuple(
            None if missing else round(radius, 2)
            for missing, radius in zip(unplaced, radii, strict=True)
        ),
        "within_uncertainty": km <= sum(radii) if known else None,
    }


def _words_facts(texts: Sequence[str], sides: tuple[int, int]) -> Facts:
    """Give both texts as they were told, and the words that both hold, folded."""
    bags = [informative_words(texts[side]) for side in sides]
    return {
        "texts": tuple(texts[side] or None for side in sides),
        "in_common": tuple(sorted(bags[0] & bags[1])),
    }


def _codes(sets: Sequence[frozenset[str]], sides: tuple[int, int]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(sets[side])) for side in sides)


def _whole(number: float) -> int | None:
    return None if np.isnan(number) else int(number)


def _day(days: float) -> dt.date | None:
    return None if np.isnan(days) else _EPOCH + dt.timedelta(days=int(days))
