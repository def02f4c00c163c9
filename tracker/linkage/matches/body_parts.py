"""Parts of the body and bones, and which lie so near that people name one for the other."""

from functools import cache

import numpy as np
import numpy.typing as npt

from tracker.linkage.words import Ints

_PARTS = "head face neck chest back abdomen shoulder upper_arm forearm hand hip thigh calf foot"
# Bones, and the part that people see.
_BONES = {
    "femur": "thigh", "tibia": "calf", "humerus": "upper_arm", "radius": "forearm",
    "ulna": "forearm", "rib": "chest", "skull": "head", "jaw": "face", "spine": "back",
    "pelvis": "hip",
}  # fmt: skip
PARTS: tuple[str, ...] = (*_PARTS.split(), *_BONES)
NO_PART = len(PARTS)
_NEIGHBOURS = """
    head-face head-neck face-neck neck-chest neck-back neck-shoulder chest-abdomen chest-shoulder
    back-shoulder back-hip abdomen-hip shoulder-upper_arm upper_arm-forearm forearm-hand hip-thigh
    thigh-calf calf-foot
"""
SIDES = ("left", "right", "middle")
NO_SIDE = len(SIDES)


@cache
def near_parts() -> npt.NDArray[np.bool_]:
    """Say of each two parts (numbers) whether one may be named for the other."""
    near = np.zeros((NO_PART + 1, NO_PART + 1), dtype=bool)
    pairs = [tuple(pair.split("-")) for pair in _NEIGHBOURS.split()]
    seen = [_BONES.get(part, part) for part in PARTS]
    for one, mine in enumerate(seen):
        for other, its in enumerate(seen):
            near[one, other] = mine == its or (mine, its) in pairs or (its, mine) in pairs
    return near


def part_number(part: object) -> int:
    """Return the number of a part; an unknown one has the number after the last."""
    return PARTS.index(str(part)) if part in PARTS else NO_PART


def side_number(side: object) -> int:
    """Return the number of a side; an unknown one has the number after the last."""
    return SIDES.index(str(side)) if side in SIDES else NO_SIDE


def near_teeth(one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
    """Say of teeth (FDI numbers) whether they stand side by side in one quarter of the jaw."""
    near: npt.NDArray[np.bool_] = (one // 10 == other // 10) & (np.abs(one - other) == 1)
    return near
