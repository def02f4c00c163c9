"""What the two sides of a match show: enough to compare, and nothing with which to call anybody."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from tracker.db.queries.people import names_of_organisations, public_ids_of_incidents
from tracker.db.session import keys_of_session
from tracker.domain.match_evidence import Explanation, FieldWeight, MatchField, Strength
from tracker.domain.matches import MatchSide
from tracker.domain.people import PersonKind, PersonSight, facts_within
from tracker.domain.permissions import Action, Actor, Role, may
from tracker.linkage.matches import (
    MATCHES_VERSION,
    PRIOR,
    explain_pair,
    prepare,
    score_pairs,
    verdict_of,
)
from tracker.services.matches.frames import written_numbers
from tracker.services.matches.pairs import Pair, Side, frame_of

# In place of a text that holds a number; pages say so in words.
NUMBER_KEPT_BACK = "number_kept_back"
# What is a number of an office, and may look like one that can be dialled.
_NUMBERS_OF_OFFICES = ("examiner_number",)
NOT_TOLD = "not_told"


def shown_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give what both organisations may read of a record: for identification, and no numbers."""
    within = facts_within(PersonSight.IDENTIFICATION, facts)
    if "belongings" in within:
        # Whoever judges a pair reads what is written on things, but for numbers.
        within["belongings"] = facts["belongings"]
    return {
        name: value if name in _NUMBERS_OF_OFFICES else _without_numbers(value)
        for name, value in within.items()
    }


def _without_numbers(value: Any) -> Any:  # noqa: ANN401 -- whatever JSON can hold
    if isinstance(value, str):
        return NUMBER_KEPT_BACK if written_numbers(value) else value
    if isinstance(value, Mapping):
        return {name: _without_numbers(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_without_numbers(each) for each in value)
    return value


def shown_sides(session: Session, actor: Actor, sides: Iterable[Side]) -> dict[int, MatchSide]:
    """Give sides as this actor may see them, by record; the number of questions does not grow."""
    rows = [*sides]
    names = names_of_organisations(session, [side.record.organisation_id for side in rows])
    linked = [side.record.incident_id for side in rows if side.record.incident_id is not None]
    incidents = public_ids_of_incidents(session, linked)
    return {
        side.record.id: MatchSide(
            public_id=side.record.public_id,
            kind=side.kind,
            status=side.version.status,
            organisation=names[side.record.organisation_id],
            own=side.record.organisation_id == actor.organisation_id,
            open_to=_opens(actor, side),
            invented=side.record.invented,
            facts=shown_facts(side.facts),
            incident=incidents.get(side.record.incident_id or 0),
        )
        for side in rows
    }


def _opens(actor: Actor, side: Side) -> bool:
    if not may(actor, Action.SEE_CASES):
        return False
    return actor.role is Role.OPERATOR or side.record.organisation_id == actor.organisation_id


def explained(session: Session, pair: Pair) -> Explanation:
    """Work out what speaks for and against a pair; what is told holds no number either."""
    explanation = explain_pair(frame_of(session, pair[0]), frame_of(session, pair[1]))
    fields = tuple(
        FieldWeight(told.field, told.verdict, told.weight, _shown(told.facts))
        for told in explanation.fields
    )
    return Explanation(
        probability=explanation.probability,
        log_odds=explanation.log_odds,
        prior=explanation.prior,
        strength=explanation.strength,
        fields=fields,
        version=explanation.version,
    )


def weighed(session: Session, side: Side, others: Iterable[Side]) -> dict[int, Explanation]:
    """Weigh a record with many at once, by their ids: weights and verdicts, without the facts."""
    told: dict[int, Explanation] = {}
    row, rows = prepare(frame_of(session, side)), [*others]
    for kind in PersonKind:
        of_kind = [other for other in rows if other.kind is kind]
        if not of_kind:
            continue
        frame = frame_of(session, *of_kind)
        pairs = pd.DataFrame({"one_id": str(side.record.id), "other_id": frame["id"]})
        for scored in score_pairs(row, frame, pairs).to_dict("records"):
            told[int(scored["other_id"])] = _explanation({str(k): v for k, v in scored.items()})
    return told


def _explanation(scored: Mapping[str, Any]) -> Explanation:
    weights = {field: float(scored[f"weight_{field}"]) for field in MatchField}
    return Explanation(
        probability=float(scored["probability"]),
        log_odds=round(float(scored["log_odds"]), 3),
        prior=round(PRIOR, 3),
        strength=Strength(scored["strength"]),
        fields=tuple(
            FieldWeight(field, verdict_of(weight), round(weight, 3), {})
            for field, weight in weights.items()
        ),
        version=MATCHES_VERSION,
    )


def _shown(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _without_numbers(value) for name, value in facts.items()}


# What of a record stands behind each field, so that one can say whether it changed.
_BEHIND: Mapping[MatchField, tuple[str, ...]] = {
    MatchField.NAMES: ("given_names", "first_surname", "second_surname", "nicknames"),
    MatchField.TELEPHONES: ("telephones",),
    **{
        field: (str(field),)
        for field in (
            *(MatchField.MARKS, MatchField.DENTAL, MatchField.MEDICAL, MatchField.BELONGINGS),
            *(MatchField.CLOTHING, MatchField.HAIR, MatchField.EYES),
        )
    },
    MatchField.SEX: ("sex", "sex_basis"),
    MatchField.AGE: ("age_from", "age_to", "age_basis"),
    MatchField.HEIGHT: ("height_from_cm", "height_to_cm"),
    MatchField.WEIGHT: ("weight_from_kg", "weight_to_kg"),
    MatchField.TIME: (
        *("contact_date", "found_date", "condition", "interval_days_from", "interval_days_to"),
    ),
    MatchField.PLACE: (
        *("contact_longitude", "contact_latitude", "contact_corridor"),
        *("found_longitude", "found_latitude", "found_corridor"),
    ),
    MatchField.ROUTE: ("planned_corridor", "found_corridor"),
    MatchField.ORIGIN: ("origin_country", "origin_place"),
}


def compared_digests(session: Session, pair: Pair, explanation: Explanation) -> dict[str, str]:
    """Give a keyed digest for each field that both sides tell of.

    Nobody learns from them what was told, but whether it changed.
    """
    keys = keys_of_session(session)
    # Always in one order, whichever side was asked for.
    ordered = sorted(pair, key=lambda side: side.record.id)
    rows = [frame_of(session, side).iloc[0] for side in ordered]
    digests = {}
    for told in explanation.fields:
        if told.facts["code"] == NOT_TOLD:
            continue
        values = [
            {name: row[name] for name in _BEHIND[told.field] if name in row.index} for row in rows
        ]
        text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
        digests[str(told.field)] = keys.digest("compared", text)[:32]
    return digests


def changed_fields(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[MatchField, ...]:
    """Name the fields that are compared otherwise than before, newly, or no more."""
    return tuple(field for field in MatchField if before.get(str(field)) != now.get(str(field)))
