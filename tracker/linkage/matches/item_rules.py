"""What agreements of marks, teeth, findings, belongings and clothes weigh, in nats.

Each number is log(m / u): how often the same thing of one person is told so, over how often two
people's things of one kind agree so. docs/matching.md gives m and u, and where they come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.match_evidence import MatchField


@dataclass(frozen=True)
class ItemRules:
    """Weights (nats) of one field; things of different kinds are never compared.

    `part`: same, near, other. `tag` (a tooth, a colour): near, other; the same weighs by how rare
    it is. `side`: same, opposite, other. `text` (inked or inscribed words, brands): same, short or
    common, alike, other. `words`: the most that words in common weigh, and where none are. `rest`:
    how much of its weight each further agreement keeps, and `doubt` each further disagreement.
    """

    field: MatchField
    kinds: Mapping[str, float]
    part: tuple[float, float, float] = (0.0, 0.0, 0.0)
    tag: tuple[float, float] = (0.0, 0.0)
    side: tuple[float, float, float] = (0.0, 0.0, 0.0)
    text: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    words: tuple[float, float] = (0.0, 0.0)
    rest: float = 0.7
    doubt: float = 0.4
    least: float = -1.5
    most: float = 8.0


RULES: Mapping[MatchField, ItemRules] = {
    MatchField.MARKS: ItemRules(
        field=MatchField.MARKS,
        kinds={"tattoo": 0.1, "scar": 0.1, "mole": -0.2, "birthmark": 0.6, "piercing": 0.0},
        part=(1.4, -0.1, -1.2),
        side=(0.5, -0.7, -0.2),
        text=(3.6, 2.2, 2.4, -0.6),
        words=(3.4, -0.6),
        most=9.0,
    ),
    MatchField.DENTAL: ItemRules(
        field=MatchField.DENTAL,
        kinds={
            "missing": -0.3, "filled": -0.3, "caries": -0.3, "crown": 0.8, "gold": 1.4,
            "prosthesis": 1.2, "braces": 2.5, "impacted": 0.5,
        },
        tag=(0.4, -0.6),
        least=-0.9,
        most=8.0,
    ),
    MatchField.MEDICAL: ItemRules(
        field=MatchField.MEDICAL,
        kinds={
            "fracture": 0.3, "implant": 1.4, "prosthesis": 1.6, "surgery": 0.2, "amputation": 2.2,
            "disease": 0.1,
        },
        part=(1.2, 0.4, -0.9),
        side=(0.4, -0.6, -0.2),
        words=(0.8, -0.4),
        least=-1.2,
        most=8.0,
    ),
    MatchField.BELONGINGS: ItemRules(
        field=MatchField.BELONGINGS,
        kinds={
            "telephone": 0.0, "paper": 0.0, "document": 0.0, "religious": 0.1, "jewellery": 0.0,
            "photo": 0.1, "money": 0.0, "bag": 0.0, "other": 0.0,
        },
        text=(4.0, 2.2, 2.8, -0.3),
        words=(1.0, -0.3),
        least=-0.6,
    ),
    MatchField.CLOTHING: ItemRules(
        field=MatchField.CLOTHING,
        kinds=dict.fromkeys(
            ("shirt", "trousers", "jacket", "shoes", "cap", "belt", "dress", "underwear", "other"),
            0.0,
        ),
        tag=(-0.2, -0.6),
        text=(1.4, 1.0, 1.0, -0.5),
        words=(0.4, -0.05),
        rest=0.6,
        least=-1.6,
        most=4.0,
    ),
}  # fmt: skip
# Inked words that thousands bear.
_COMMON_TEXTS = """
    madre|mama|padre|papa|dios|jesus|cristo|amor|maria|jose|juan|familia|mi vida|mexico|honduras
    guatemala|el salvador|mi madre|mom|love|amor de madre|perdoname madre|family|mother|god
"""
COMMON_TEXTS = frozenset(_COMMON_TEXTS.strip().replace("\n    ", "|").split("|"))
SAME_NUMBER = 9.0  # a telephone number in common
OTHER_NUMBERS = -0.2
