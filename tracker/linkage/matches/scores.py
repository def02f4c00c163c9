"""Adds up what the fields of a pair say: a score that no third row changes.

After Fellegi and Sunter 1969, "A theory for record linkage": each field adds log(m / u), how often
it is so for one person over how often for two. Everything is fixed in the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tracker.domain.match_evidence import MatchField, Strength
from tracker.linkage.matches.bodies import TRUTHS
from tracker.linkage.matches.dependence import KEPT
from tracker.linkage.matches.item_rules import RULES
from tracker.linkage.matches.items import item_weight
from tracker.linkage.matches.journeys import journey_weights
from tracker.linkage.matches.names import NameLinks, link_names, name_weight
from tracker.linkage.matches.origins import origin_weight
from tracker.linkage.matches.profiles import Register, telephone_weight
from tracker.linkage.words import Floats, Ints

MATCHES_VERSION = "3"
# Of any two rows of two registers one pair in so many is of one person: about what two of three
# remains have that are listed among 20,000 people sought.
PAIRS_PER_MATCH = 30_000
PRIOR = float(-np.log(PAIRS_PER_MATCH - 1))
# The least probability of each strength at that prior.
STRENGTHS = ((Strength.STRONG, 0.98), (Strength.MODERATE, 0.20), (Strength.WEAK, 0.0))


@dataclass(frozen=True)
class Scores:
    """Pairs of rows, their log odds at the prior, and the weights of their fields (nats)."""

    one: Ints
    other: Ints
    log_odds: Floats
    weights: Mapping[MatchField, Floats]

    @property
    def probability(self) -> Floats:
        """Give the probability that both rows are of one person, from 0 to 1."""
        return probability_of(self.log_odds)


def probability_of(log_odds: Floats) -> Floats:
    """Turn log odds (nats) into probabilities."""
    chances: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -50, 50)))
    return chances


def strength_of(probability: float) -> Strength:
    """Return the word for a probability."""
    return next(strength for strength, least in STRENGTHS if probability >= least)


def score_rows(
    one: tuple[Register, Ints], other: tuple[Register, Ints], *, links: NameLinks | None = None
) -> Scores:
    """Weigh pairs of rows, the nth of one side with the nth of the other.

    `links` are the words of names compared beforehand, for these rows at least.
    """
    (ours, rows), (theirs, others) = one, other
    names = ((ours.names, rows), (theirs.names, others))
    weights: dict[MatchField, Floats] = {
        MatchField.NAMES: name_weight(*names, links or link_names(names[0], theirs.names)),
        MatchField.TELEPHONES: telephone_weight(
            (ours.telephones, rows), (theirs.telephones, others)
        ),
    }
    for field in RULES:
        weights[field] = item_weight(
            (ours.items[field], rows), (theirs.items[field], others), field=field
        )
    for field, truths in TRUTHS.items():
        weights[field] = truths.weigh((ours.bodies[field], rows), (theirs.bodies[field], others))
    weights |= journey_weights((ours.journeys, rows), (theirs.journeys, others))
    weights[MatchField.ORIGIN] = origin_weight((ours.origins, rows), (theirs.origins, others))
    # Always added up in one order, so that both sides of a pair come to the same sum.
    log_odds = np.full(len(rows), PRIOR)
    for field in MatchField:
        weights[field] = KEPT[field] * weights[field]
        log_odds = log_odds + weights[field]
    return Scores(rows, others, log_odds, weights)
