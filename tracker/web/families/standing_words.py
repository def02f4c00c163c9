"""How a case stands, what was done and what comes next, in sentences for its family."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from tracker.domain.consents import ConsentTold
from tracker.domain.families import OwnCase, StepTold
from tracker.http.language import day, gettext
from tracker.translations.family_words import (
    ENDS,
    PURPOSES,
    PURPOSES_TOWARDS,
    RELATIVE,
    SHARED,
    STANDING,
    STEPS,
    TO_COME,
)


@dataclass(frozen=True)
class AgreementInWords:
    """A consent in words; `number` is there as long as it can be taken back."""

    words: str
    ends: str
    given_on: str
    until: str
    taken_back_on: str
    number: int | None


def short_name(case: OwnCase) -> str:
    """Give the name by which sentences call the relative."""
    return str(case.facts.get("given_names") or case.name or gettext(RELATIVE))


def standing_words(case: OwnCase) -> tuple[str, str]:
    """Say how the search stands, and what that means."""
    short, meaning = STANDING[case.status]
    values = {
        "name": short_name(case),
        "organisation": case.organisation,
        "day": "" if case.notified_on is None else day(case.notified_on),
    }
    return gettext(short, **values), gettext(meaning, **values)


def steps_words(case: OwnCase) -> list[tuple[str, list[str]]]:
    """Say what was done, the newest day first: the day, and all of that day."""
    days = groupby(case.done, key=lambda step: step.on)
    return [
        ("" if on is None else day(on), [_step(case, step) for step in steps]) for on, steps in days
    ]


def next_words(case: OwnCase) -> list[tuple[str, str]]:
    """Say what comes next, the nearest first: what, and by which day."""
    return [
        (gettext(TO_COME[step.kind]), "" if step.on is None else day(step.on)) for step in case.next
    ]


def shares_words(case: OwnCase) -> list[tuple[str, str, str]]:
    """Say who sees the case: the organisation, how much of it, and until which day."""
    return [
        (
            share.organisation,
            gettext(SHARED[share.what], name=short_name(case)),
            "" if share.until is None else day(share.until),
        )
        for share in case.shares
    ]


def agreements_words(case: OwnCase) -> list[AgreementInWords]:
    """Say what the family agreed to; what stands goes first."""
    told = [_agreement(case, consent) for consent in case.consents]
    return sorted(told, key=lambda each: each.number is None)


def _step(case: OwnCase, step: StepTold) -> str:
    values = {"name": short_name(case), "organisation": step.organisation or case.organisation}
    return gettext(STEPS[step.kind], **values)


def _agreement(case: OwnCase, consent: ConsentTold) -> AgreementInWords:
    table: Mapping[str, str] = PURPOSES if consent.recipient is None else PURPOSES_TOWARDS
    words = table.get(consent.purpose, PURPOSES[consent.purpose])
    taken_back = consent.withdrawn_on
    return AgreementInWords(
        words=gettext(words, name=short_name(case), organisation=consent.recipient or ""),
        ends=gettext(ENDS[consent.purpose]),
        given_on=day(consent.given_on),
        until="" if consent.until is None else day(consent.until),
        taken_back_on="" if taken_back is None else day(taken_back),
        number=consent.number if taken_back is None else None,
    )
