"""Words are compared by how rare they are."""

import numpy as np
import pytest

from tracker.linkage.words import text_table, words_of

TEXTS = ["Pima County, Arizona", "PIMA county jurisdiction, Arizona", "Río Bravo, Reynosa", ""]
TABLE = text_table(TEXTS, np.array([50, 40, 9, 1]))


def compared(first: int, second: int) -> tuple[float, float]:
    part, rarest = TABLE.in_common(np.array([first]), np.array([second]))
    return float(part[0]), float(rarest[0])


def test_accents_case_and_punctuation_do_not_count():
    assert words_of("RÍO Bravo, Reynosa.") == words_of("rio bravo reynosa")


def test_a_shortened_text_is_held_whole_by_the_longer_one():
    assert compared(0, 1)[0] == pytest.approx(1.0)


def test_words_that_most_rows_hold_tell_little():
    assert compared(0, 1)[1] == pytest.approx(np.log(100 / 90))
    assert compared(2, 2)[1] == pytest.approx(np.log(100 / 9))


def test_texts_without_a_common_word_share_nothing():
    assert compared(0, 2) == (0.0, 0.0)


def test_an_empty_text_is_unknown():
    assert np.isnan(compared(0, 3)[0])
