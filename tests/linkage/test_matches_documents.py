"""The document of matches names every code that an explanation can hold."""

import re
from pathlib import Path

import pytest

from tests.linkage.invented_people import FOUND, MARVIN, case, remains
from tracker.domain.match_evidence import MatchField, Settling, Strength
from tracker.linkage.matches import PRIOR, explain_pair
from tracker.linkage.matches.scores import PAIRS_PER_MATCH, STRENGTHS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "matching.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", DOCUMENT))


@pytest.mark.parametrize("codes", [MatchField, Strength, Settling])
def test_every_code_is_explained(codes: type[MatchField]) -> None:
    assert {str(code) for code in codes} <= NAMED


def test_every_fact_is_named() -> None:
    pairs = [
        (case(**MARVIN), remains(**FOUND)), (case(), remains()), (case(**MARVIN), case(**MARVIN)),
        (remains(**FOUND), remains(**FOUND)), (case(**MARVIN), remains(sex="female", hair="red")),
    ]  # fmt: skip
    for one, other in pairs:
        for field in explain_pair(one, other).fields:
            assert {str(field.facts["code"]), *field.facts} <= NAMED, field


def test_the_prior_and_the_strengths_are_those_of_the_code() -> None:
    assert f"{PAIRS_PER_MATCH:,}" in DOCUMENT
    assert f"{PRIOR:.1f} nats" in DOCUMENT
    for strength, least in STRENGTHS:
        assert f"| `{strength}` | {least:.2f} or more" in DOCUMENT or least == 0
