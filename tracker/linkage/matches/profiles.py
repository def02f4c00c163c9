"""A register made ready for comparing: read once, and blind to the other register."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.bodies import body_reports
from tracker.linkage.matches.item_rules import OTHER_NUMBERS, RULES, SAME_NUMBER
from tracker.linkage.matches.items import Items, items_of
from tracker.linkage.matches.journeys import Journeys, journeys_of
from tracker.linkage.matches.keys import Keys, keys_of
from tracker.linkage.matches.latent import Reports
from tracker.linkage.matches.names import Names, names_of
from tracker.linkage.matches.origins import Origins, origins_of
from tracker.linkage.matches.readings import readable
from tracker.linkage.words import Floats, Ints

MOST_NUMBERS = 4
_PLAIN_NUMBER = re.compile(r"\+?[\d\s().\-/]{7,24}")


@dataclass(frozen=True)
class Register:
    """One register (cases or remains) as columns, made by `read_register`, in the frame's order.

    `telephones` (rows x 4) numbers the digests, 0 none.
    """

    ids: tuple[str, ...]
    bodies: Mapping[MatchField, Reports]
    names: Names
    journeys: Journeys
    items: Mapping[MatchField, Items]
    origins: Origins
    telephones: Ints
    keys: Keys

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.ids)


def read_register(frame: pd.DataFrame) -> Register:
    """Read a frame of cases or of remains (docs/matching.md names the columns)."""
    return register_of(readable(frame))


def register_of(frame: pd.DataFrame) -> Register:
    """Lay out a frame that is readable."""
    items = {field: items_of(frame[str(field)], field) for field in RULES}
    telephones = _telephones(list(frame["telephones"]))
    return Register(
        ids=tuple(frame["id"].astype(str)),
        bodies=body_reports(frame),
        names=names_of(frame),
        journeys=journeys_of(frame),
        items=items,
        origins=origins_of(frame),
        telephones=telephones,
        keys=keys_of(items, telephones),
    )


def _telephones(column: Sequence[object]) -> Ints:
    numbers = np.zeros((len(column), MOST_NUMBERS), dtype=np.int64)
    for row, digests in enumerate(column):
        if isinstance(digests, list | tuple | np.ndarray):
            told = dict.fromkeys(_dialled(str(digest)) for digest in digests)
            for slot, digest in enumerate(list(told)[:MOST_NUMBERS]):
                numbers[row, slot] = _number(digest)
    return numbers


def _dialled(told: str) -> str:
    """Give the last eight digits of a number that is no digest, however it is written."""
    if not _PLAIN_NUMBER.fullmatch(told):
        return told
    return "".join(sign for sign in told if sign.isdigit())[-8:]


def _number(digest: str) -> int:
    """Return 62 bits of a digest, never 0."""
    return (int.from_bytes(hashlib.blake2b(digest.encode(), digest_size=8).digest()) >> 2) + 1


def telephone_weight(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> Floats:
    """Weigh telephone numbers (rows x 4, and the rows of pairs): one in common is enough."""
    ours, theirs = one[0][one[1]], other[0][other[1]]
    met = np.zeros(len(ours), dtype=bool)
    for slot in range(MOST_NUMBERS):
        met |= ((ours == theirs[:, [slot]]) & (ours != 0)).any(axis=1)
    both = (ours[:, 0] != 0) & (theirs[:, 0] != 0)
    return np.where(met, SAME_NUMBER, np.where(both, OTHER_NUMBERS, 0.0))
