"""What the fields of a filter form offer and hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from geodata.corridors import CORRIDOR_CODES
from geodata.schemes import REVIEW_2021
from tracker.domain.causes import Cause
from tracker.domain.tallies import CHILDREN_ONLY, NOT_KNOWN, Grouping, Rule, Scheme
from tracker.schemas.tallies import JOINED_CODES, SOURCE_QUALITIES

Arguments = dict[str, list[str]]


@dataclass(frozen=True)
class Choices:
    """The codes that a form offers; the page gives them their words."""

    groupings: Sequence[str] = tuple(grouping.value for grouping in Grouping)
    schemes: Sequence[str] = tuple(scheme.value for scheme in Scheme)
    rules: Sequence[str] = tuple(rule.value for rule in Rule)
    corridors: Sequence[str] = (*CORRIDOR_CODES, NOT_KNOWN)
    causes: Sequence[str] = (*Cause, NOT_KNOWN)
    sexes: Sequence[str] = (*JOINED_CODES[Grouping.SEX][:3], NOT_KNOWN)
    children: Sequence[str] = (CHILDREN_ONLY,)
    source_qualities: Sequence[str] = (*SOURCE_QUALITIES, NOT_KNOWN)
    subregions: Sequence[str] = (*REVIEW_2021.codes, NOT_KNOWN)


CHOICES = Choices()


def given_arguments(*own: str) -> Arguments:
    """Give the parameters of this request without those that a page reads itself."""
    left_out = {"lang", *own}
    return {name: values for name, values in request.args.lists() if name not in left_out}


def first_values(arguments: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give the first value of each parameter, to fill the form again."""
    return {name: values[0] for name, values in arguments.items() if values}
