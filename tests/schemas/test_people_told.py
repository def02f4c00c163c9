"""What may be told of a person, and what never."""

import pytest

from tests.services.people_records import LUCIA, REMAINS
from tracker.domain.errors import InvalidRecord
from tracker.domain.people import PersonKind
from tracker.schemas.people import load_person

TOLD = {PersonKind.CASE: LUCIA, PersonKind.REMAINS: REMAINS}


@pytest.mark.parametrize(
    "field", ["dna_profile", "genotype", "fingerprint", "face_template", "migration_status", "race"]
)
def test_no_profile_of_a_body_is_taken_in(field: str) -> None:
    """That there is a sample, and who holds it, can be told; what it says has no place here."""
    for kind in PersonKind:
        with pytest.raises(InvalidRecord) as refused:
            load_person(kind, {**TOLD[kind], field: "D3S1358 15,16"})
        assert field in refused.value.fields


def test_a_reference_tells_who_holds_a_sample_and_nothing_of_it() -> None:
    reference = {"kind": "dna", "holder": "A laboratory (invented)", "taken_on": "2026-03-01"}
    load_person(PersonKind.CASE, {**LUCIA, "references": [reference]})
    with pytest.raises(InvalidRecord):
        load_person(PersonKind.CASE, {**LUCIA, "references": [{**reference, "profile": "15"}]})
