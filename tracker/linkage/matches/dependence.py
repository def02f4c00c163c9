"""How much of its weight each field keeps beside the others, since they are not independent.

Relatives and friends travel together: they share surnames, home, telephone numbers, and so do two
rows that are not one person. Set with registers in view, as docs/matching.md tells.
"""

from collections.abc import Mapping

from tracker.domain.match_evidence import MatchField

SHARED = {MatchField.NAMES: 0.55, MatchField.TELEPHONES: 0.5, MatchField.ORIGIN: 0.4}
ALONE = 0.95
KEPT: Mapping[MatchField, float] = {field: SHARED.get(field, ALONE) for field in MatchField}
