"""The seven causes of death, and how words of other times and publishers map to them.

The rules for older words follow what the Missing Migrants Project itself made of them when it
went from free text (2021-09-05) to seven labels (2022-05-15): suicide is filed under violence,
suffocation and crushing under hazardous transport, asphyxiation under accidents.
"""

import re
from enum import StrEnum


class Cause(StrEnum):
    """A cause of death, in the order in which several are written."""

    DROWNING = "drowning"
    HARSH_ENVIRONMENT = "harsh_environment"
    HAZARDOUS_TRANSPORT = "hazardous_transport"
    VIOLENCE = "violence"
    SICKNESS_NO_HEALTHCARE = "sickness_no_healthcare"
    ACCIDENTAL_DEATH = "accidental_death"
    MIXED_OR_UNKNOWN = "mixed_or_unknown"


# Labels hold commas and are joined by commas, so whole labels are taken out first.
LABELS: dict[str, Cause] = {
    "drowning": Cause.DROWNING,
    "harsh environmental conditions / lack of adequate shelter, food, water": (
        Cause.HARSH_ENVIRONMENT
    ),
    "vehicle accident / death linked to hazardous transport": Cause.HAZARDOUS_TRANSPORT,
    "violence": Cause.VIOLENCE,
    "sickness / lack of access to adequate healthcare": Cause.SICKNESS_NO_HEALTHCARE,
    "accidental death": Cause.ACCIDENTAL_DEATH,
    "mixed or unknown": Cause.MIXED_OR_UNKNOWN,
}
_LABEL = re.compile(
    r"(?:^|,)\s*(" + "|".join(re.escape(label) for label in LABELS) + r")\s*(?=,|$)"
)

_VEHICLE = (
    r"(?:trains?|vehicle|cars?|trucks?|bus|airplane|plane|boat|wagons?|moto\w*|ferry|railway)"
)
# Each rule takes the words that it knows out of the text, so that a later one cannot read them
# a second time ("killed by car" is no killing). What says least comes last.
_RULES: tuple[tuple[Cause, tuple[str, ...]], ...] = (
    (
        Cause.HAZARDOUS_TRANSPORT,
        (
            r"(?:fell|fall|falling|jump\w*|thrown)\b[^,;]*?\b" + _VEHICLE,
            r"(?:hit|struck|run over|killed|crushed)\b[^,;]*?\b" + _VEHICLE,
            r"electrocut\w*\b[^,;]*\b" + _VEHICLE,
            r"(?:vehicle|train|car|traffic|motor)\s+accident",
            _VEHICLE + r" fire",
            r"collision|stowaway|train tracks|in back of truck|boat motor",
        ),
    ),
    (Cause.ACCIDENTAL_DEATH, (r"crushed by the collapse",)),
    (Cause.DROWNING, (r"drown\w*|drowin\w*|ahogad\w*|ahogamiento",)),
    (Cause.HAZARDOUS_TRANSPORT, (r"crush\w*|suffocat\w*|gassed|fuel burns|trampled",)),
    (
        Cause.HARSH_ENVIRONMENT,
        (
            r"dehydrat\w*|h[iy]perthermi\w*|h[iy]pothermi\w*|deshidrata\w*|hipotermia",
            r"exposure|sun\s?stroke|suntroke|heat[\s-]?(?:stroke|related)\w*|heatstroke",
            r"harsh|lack of (?:adequate )?(?:shelter|access to food)|starvation|thirst",
            r"hunger|exhaust\w*|malnutrition|lightning|lost in forest",
        ),
    ),
    (
        Cause.VIOLENCE,
        (
            r"shot|stab\w*|murder\w*|homicid\w*|violen\w*|rape\w*|tortur\w*|strangl\w*",
            r"abuse\w*|beaten|fight|femicid\w*|hanging|suicide|cold weapon|asesina\w*",
            r"bomb|air ?strike|land ?mine|shell\w*|helicopter|explosion|thrown from bridge",
            r"killed(?! by)",
        ),
    ),
    (
        Cause.SICKNESS_NO_HEALTHCARE,
        (
            r"sick\w*|illness\w*|disease|covid|pneumon\w*|infect\w*|tubercul\w*|cancer",
            r"heart|cardiac|coronary|pulmonary|thrombo\w*|respiratory|organ failure",
            r"hypoglyc\w*|seizure|renal|bleeding|bee stings|envenom\w*|neurolog\w*",
            r"child ?birth|post-?partum|medicine|healthcare|enfermedad",
        ),
    ),
    (
        Cause.ACCIDENTAL_DEATH,
        (
            r"asphyxia\w*|electrocut\w*|fell|fall\w*|fire|burn\w*|poison\w*",
            r"rockslide|crocodile|hippop\w*|collapse|non-vehicle",
        ),
    ),
)
_COMPILED = tuple((re.compile(r"\b(?:" + "|".join(words) + r")"), cause) for cause, words in _RULES)
_SAYS_UNKNOWN = re.compile(r"\bu(?:n)?known|undefined|\bmixed|pending|desconocid|injur|trauma")


def causes_of(words: str | None) -> tuple[tuple[Cause, ...], bool]:
    """Return the causes that the words tell, in fixed order, and whether the words were understood.

    Where nothing more is told the cause is mixed_or_unknown; blank or strange words are not
    understood, while words that say themselves that the cause is unknown are.
    """
    text = re.sub(r"\s+", " ", words or "").strip().casefold()
    labels = [LABELS[label] for label in _LABEL.findall(text)]
    rest = _LABEL.sub("", text).strip(" ,") if labels else text
    found = set(labels)
    for pattern, cause in _COMPILED:
        if not rest:
            break
        rest, hits = pattern.subn(" ", rest)
        if hits:
            found.add(cause)
    if not found and "accident" in rest:
        found.add(Cause.ACCIDENTAL_DEATH)
    understood = bool(found) or bool(_SAYS_UNKNOWN.search(rest))
    if not found:
        found = {Cause.MIXED_OR_UNKNOWN}
    return tuple(cause for cause in Cause if cause in found), understood
