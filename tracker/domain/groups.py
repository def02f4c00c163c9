"""Groups of people among the dead and missing of an incident, and how each number is known."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class GroupKind(StrEnum):
    """What the people of a group have in common."""

    SEX = "sex"
    GENDER = "gender"
    AGE_GROUP = "age_group"
    ORIGIN = "origin"
    INDIGENOUS = "indigenous"
    DISABILITY = "disability"


class Basis(StrEnum):
    """Who says so."""

    FAMILY = "family"
    THIRD_PARTY = "third_party"
    EXAMINER = "examiner"


SEXES = ("female", "male", "intersex")
GENDERS = ("woman", "man", "trans_woman", "trans_man", "non_binary", "another")
CHILD_AGES = ("0_4", "5_11", "12_17", "child")
ADULT_AGES = ("18_29", "30_44", "45_59", "60_over", "adult")
AGES = (*CHILD_AGES, *ADULT_AGES)
# Origins are countries; indigenous people and disability are told in words.
CODES_OF_KIND: dict[GroupKind, tuple[str, ...]] = {
    GroupKind.SEX: SEXES,
    GroupKind.GENDER: GENDERS,
    GroupKind.AGE_GROUP: AGES,
}
# Which groups add up to which number of an incident.
_SUMS: dict[str, tuple[GroupKind, tuple[str, ...]]] = {
    "number_females": (GroupKind.SEX, ("female",)),
    "number_males": (GroupKind.SEX, ("male",)),
    "number_other_gender": (
        GroupKind.GENDER,
        ("trans_woman", "trans_man", "non_binary", "another"),
    ),
    "number_children": (GroupKind.AGE_GROUP, CHILD_AGES),
}


def numbers_of_groups(groups: Sequence[Mapping[str, object]]) -> dict[str, int]:
    """Give the numbers of an incident that its groups tell: lowest estimates, only known ones."""
    numbers: dict[str, int] = {}
    for name, (kind, codes) in _SUMS.items():
        known = [
            int(str(group["number_from"]))
            for group in groups
            if group["kind"] == kind and group["code"] in codes and group["number_from"] is not None
        ]
        if known:
            numbers[name] = sum(known)
    return numbers
