"""Words for what lists of people say and what becomes of their rows."""

from collections.abc import Mapping

from tracker.translations import mark

OUTCOMES: Mapping[str, str] = {
    "new": mark("new"),
    "changed": mark("says something new"),
    "unchanged": mark("known already"),
    "revised_here": mark("changed here since: stays as it is"),
    "erased": mark("erased here earlier: left out"),
    "repeated": mark("number stands twice: not taken in"),
    "wrong": mark("to be mended"),
}
DATE_ORDERS: Mapping[str, str] = {
    "as_written": mark("Clearly, such as 2026-05-31 or 31 May 2026"),
    "day_first": mark("Day first: 31/05/2026"),
    "month_first": mark("Month first: 05/31/2026"),
}
BASES: Mapping[str, str] = {
    "family": mark("The families"),
    "person": mark("The people themselves"),
    "third_party": mark("Somebody else"),
    "examiner": mark("A medical examiner"),
    "document": mark("Documents"),
}
KINDS: Mapping[str, str] = {
    "case": mark("People who are sought"),
    "remains": mark("People who were found dead and are not identified"),
}
# What is understood of a row is told in shorter words than the choice of a column.
SHOWN: Mapping[str, str] = {
    "given_names": mark("Name"),
    "age": mark("Age"),
    "date": mark("Day"),
    "place": mark("Place"),
    "condition": mark("Condition"),
    "notes": mark("Notes"),
}
CODES: Mapping[str, Mapping[str, str]] = {
    "sex": {"female": mark("Female"), "male": mark("Male"), "intersex": mark("Intersex")},
    "hair": {
        "black": mark("Black"),
        "brown": mark("Brown"),
        "fair": mark("Fair"),
        "grey": mark("Grey"),
        "red": mark("Red"),
        "bald": mark("Bald"),
    },
    "eyes": {
        "brown": mark("Brown"),
        "black": mark("Black"),
        "green": mark("Green"),
        "blue": mark("Blue"),
        "hazel": mark("Hazel"),
    },
    "condition": {
        "fresh": mark("Recent"),
        "decomposed": mark("Decomposed"),
        "mummified": mark("Mummified"),
        "skeletal": mark("Bones"),
    },
}
