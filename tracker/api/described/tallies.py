"""Describes figures and their differences."""

from tracker.api.described.parts import ANYBODY, KEPT, OF_READING, Described, parameter
from tracker.domain.measures import MEASURES
from tracker.domain.statuses import Reason
from tracker.domain.tallies import (
    CHILDREN_FILTER,
    CHILDREN_ONLY,
    NOT_KNOWN,
    PERIOD_GROUPINGS,
    Grouping,
    Rule,
    Scheme,
)
from tracker.schemas.tallies import JOINED_CODES, PERIOD_SHAPES, known_codes
from tracker.translations.catalogues import LANGUAGES

_TAGS = ["tallies"]
_TEXT = {"type": "string"}
_DAY = {**_TEXT, "pattern": f"^({PERIOD_SHAPES[Grouping.DAY]})?$", "examples": ["2021-04-30"]}
_DATE_OR_NULL = {"type": ["string", "null"], "format": "date"}
_KNOWN_TAG = parameter("If-None-Match", "The `ETag` of what you know.", _TEXT, place="header")


def _one_of(codes: list[str]) -> Described:
    # An empty parameter counts as left out.
    return {**_TEXT, "enum": [*codes, ""]}


def _values(grouping: Grouping) -> Described:
    """Describe the values of a filter: codes, joined codes, periods, or any words."""
    if grouping in PERIOD_GROUPINGS:
        return {**_TEXT, "pattern": f"^(({PERIOD_SHAPES[grouping]})|{NOT_KNOWN})?$"}
    if grouping in JOINED_CODES:
        code = f"({'|'.join(JOINED_CODES[grouping])})"
        return {**_TEXT, "pattern": f"^({code}(;{code})*)?$"}
    if grouping is Grouping.SUBREGION:
        # By `iom_region` any label as received is a subregion.
        codes = {code: None for scheme in Scheme for code in known_codes(grouping, scheme) or ()}
        return {**_TEXT, "examples": [*codes]}
    known = known_codes(grouping, Scheme.REVIEW_2021)
    return {**_TEXT} if known is None else _one_of(list(known))


def _filters() -> list[Described]:
    listed = {str(grouping): _values(grouping) for grouping in Grouping}
    listed[CHILDREN_FILTER] = _one_of([CHILDREN_ONLY])
    return [
        parameter(name, "Only these; can be repeated.", {"type": "array", "items": values})
        for name, values in listed.items()
    ]


def _parameters() -> list[Described]:
    groupings = {"type": "array", "items": _one_of(list(Grouping))}
    return [
        parameter("from", "The first day of the period.", _DAY),
        parameter("to", "The last day of the period.", _DAY),
        parameter("by", "What to break down by, at most four; also with commas.", groupings),
        parameter("scheme", "Which subregions.", _one_of(list(Scheme))),
        parameter("rule", "Which incidents count.", _one_of(list(Rule))),
        *_filters(),
        parameter("format", "The form of the answer.", _one_of(["json", "csv"])),
        parameter("labels", "Words instead of codes in CSV.", _one_of(list(LANGUAGES))),
        _KNOWN_TAG,
    ]


def _answer(description: str, schema: str) -> Described:
    return {
        "description": description,
        "headers": KEPT,
        "content": {
            "application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}},
            "text/csv": {"schema": _TEXT},
        },
    }


def _object(properties: Described, optional: tuple[str, ...] = ()) -> Described:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def tally_shapes() -> dict[str, Described]:
    """Describe a tally and a difference as JSON has them."""
    counts: Described = {measure: {"type": ["integer", "null"]} for measure in MEASURES}
    codes = {str(grouping): _TEXT for grouping in Grouping}
    reason = {"reason": {**_TEXT, "enum": [str(reason) for reason in Reason]}}
    asked: Described = {
        "from": _DATE_OR_NULL,
        "to": _DATE_OR_NULL,
        "by": {"type": "array", "items": {**_TEXT, "enum": list(Grouping)}},
        "scheme": {"enum": list(Scheme)},
        "rule": {"enum": list(Rule)},
        "filters": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": _TEXT},
        },
    }
    date = {**_TEXT, "format": "date"}
    rest = {
        "total": _object(counts),
        "rule": {"enum": list(Rule)},
        "boundaries_version": _TEXT,
        "note": _TEXT,
    }
    rows = {"type": "array", "items": _object({**codes, **counts}, tuple(codes))}
    changes = {"type": "array", "items": _object({**codes, **reason, **counts}, tuple(codes))}
    of_tally = _object({**asked, "as_known_on": date})
    of_change = _object({**asked, "between": date, "and": date})
    return {
        "Tally": _object({"query": of_tally, "rows": rows, "as_known_on": date, **rest}),
        "TallyDifference": _object({"query": of_change, "rows": changes, **rest}),
    }


_ERRORS = {"400": "BadQuery", **OF_READING}
OPERATIONS: dict[str, Described] = {
    "tallies_api.get_tally": {
        "operationId": "getTally",
        "summary": "Figures, as known on a date",
        "tags": _TAGS,
        "security": ANYBODY,
        "parameters": [
            *_parameters(),
            parameter("as_known_on", "As known at the end of that day; today if left out.", _DAY),
        ],
        "responses": {"200": _answer("The tally.", "Tally"), **_ERRORS},
    },
    "tallies_api.get_tally_difference": {
        "operationId": "getTallyDifference",
        "summary": "What changed in figures between two dates, by reason",
        "tags": _TAGS,
        "security": ANYBODY,
        "parameters": [
            *(
                {**each, "required": True}
                for each in (
                    parameter("between", "The first date.", {**_DAY, "minLength": 10}),
                    parameter("and", "The second date.", {**_DAY, "minLength": 10}),
                )
            ),
            *_parameters(),
        ],
        "responses": {"200": _answer("The difference.", "TallyDifference"), **_ERRORS},
    },
}
