"""Parts that descriptions of operations share: errors, headers, who may ask."""

from typing import Any, TypeAlias

Described: TypeAlias = dict[str, Any]

PROBLEM = "application/problem+json"
# Without any right an operation is not there; whoever may ask without a key is said by `{}`.
WITH_KEY: list[Described] = [{"bearer": []}, {"session": [], "word": []}]
ANYBODY: list[Described] = [{}, {"bearer": []}, {"session": []}]

SECURITY_SCHEMES: dict[str, Described] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of the API, made on `/account`: `read` or `write`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "The session of a browser (`__Host-session` over TLS).",
    },
    "word": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "Beside the cookie: the word that stands in the forms of the pages.",
    },
}

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer"}
TAG = {"description": "Known by this tag.", "required": True, "schema": {**_TEXT, "minLength": 3}}
CACHE = {"description": "Who may keep it.", "required": True, "schema": _TEXT}
KEPT = {"ETag": TAG, "Cache-Control": CACHE}

PROBLEM_SCHEMA: Described = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `detail` is in the language that was asked for.",
    "properties": {
        "type": {"const": "about:blank"},
        "title": _TEXT,
        "status": {**_NUMBER, "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "code": {**_TEXT, "description": "Stays the same in every language."},
        "errors": {"$ref": "#/components/schemas/Errors"},
        "field": _TEXT,
        "known": {"type": "array", "items": _TEXT},
    },
    "required": ["type", "title", "status", "detail"],
}
ERRORS_SCHEMA: Described = {
    "type": "object",
    "description": "Codes of what is wrong, by path, such as `sources.0.url`.",
    "additionalProperties": {"type": "array", "items": _TEXT, "minItems": 1},
    "examples": [{"number_dead": ["negative"], "sources.0.url": ["not_an_address"]}],
}


def _problem(description: str, *codes: str, needs: tuple[str, ...] = ()) -> Described:
    schema: Described = {"$ref": "#/components/schemas/Problem"}
    asked: Described = {"required": list(needs)} if needs else {}
    if codes:
        asked["properties"] = {"code": {"enum": [*codes]}}
    whole = {"allOf": [schema, asked]} if asked else schema
    return {
        "description": description,
        "headers": {"Cache-Control": {**CACHE, "schema": {"const": "no-store"}}},
        "content": {PROBLEM: {"schema": whole}},
    }


_OF_QUERIES = (
    *("unknown_code", "not_a_date", "not_a_period", "given_twice", "date_missing"),
    *("date_in_the_future", "period_ends_before_it_begins", "known_dates_in_wrong_order"),
    *("too_many_groupings", "grouping_named_twice", "not_a_whole_number"),
)
_OF_BODIES = ("not_json", "key_not_valid", "form_not_ours")
_CONFLICTS = (
    *("key_used_otherwise", "status_does_not_follow", "record_is_closed", "under_review"),
    *("review_it_again_first", "place_of_dataset", "changed_meanwhile", "record_erased"),
)
RESPONSES: dict[str, Described] = {
    "NotModified": {
        "description": "It is as you know it.",
        "headers": {"ETag": TAG},
    },
    "BadQuery": _problem("A parameter is not right.", *_OF_QUERIES, needs=("code",)),
    "BadRequest": _problem("The request cannot be read.", *_OF_BODIES, needs=("code",)),
    "KeyNotValid": {
        **_problem("The key is not valid, or no longer.", "token_not_valid", needs=("code",)),
        "headers": {
            "WWW-Authenticate": {"required": True, "schema": {"const": "Bearer"}},
            "Cache-Control": {**CACHE, "schema": {"const": "no-store"}},
        },
    },
    "NotFound": _problem("There is no such thing, or not for you; both look the same."),
    "Conflict": _problem("It stands where this cannot be done.", *_CONFLICTS, needs=("code",)),
    "ChangedMeanwhile": _problem("Another version stands than the one that you have read."),
    "TooLarge": _problem("The body is too large."),
    "OtherKind": _problem("The body is of another kind than this operation takes."),
    "Invalid": _problem(
        "Facts break rules; `errors` says which.", "invalid_record", needs=("code", "errors")
    ),
    "TagNeeded": _problem("`If-Match` is missing."),
}
OF_READING = {"304": "NotModified", "401": "KeyNotValid"}
OF_WRITING = {
    "400": "BadRequest",
    "401": "KeyNotValid",
    "404": "NotFound",
    "413": "TooLarge",
}
OF_SENDING = {**OF_WRITING, "415": "OtherKind", "422": "Invalid"}


def answer(description: str, schema: str, **more: Described) -> Described:
    """Describe an answer in JSON that has a tag."""
    return {
        "description": description,
        "headers": {**KEPT, **more},
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def body(schema: str, *kinds: str, example: object) -> Described:
    """Describe a body of JSON."""
    told = {"schema": {"$ref": f"#/components/schemas/{schema}"}, "example": example}
    return {"required": True, "content": dict.fromkeys(kinds or ("application/json",), told)}


def parameter(name: str, description: str, schema: Described, *, place: str = "query") -> Described:
    """Describe a parameter that may be left out."""
    return {"name": name, "in": place, "description": description, "schema": schema}
