"""Names: sounds, orders, nicknames, misspellings; frequent names weigh less; unknown is neutral."""

import numpy as np
import pytest

from tests.linkage.invented_people import case, register, remains
from tracker.domain.duplicates import Verdict
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches import explain_pair, score_pairs
from tracker.linkage.matches.name_frequencies import given_share, surname_share
from tracker.linkage.matches.phonetics import sound_of, surname_words

Name = tuple[str | None, str | None, str | None]


def named(name: Name, *nicknames: str) -> dict[str, object]:
    given, first, second = name
    return {
        "given_names": given, "first_surname": first, "second_surname": second,
        "nicknames": list(nicknames),
    }  # fmt: skip


def weight(one: Name, other: Name, *, called: tuple[str, ...] = ()) -> float:
    told = explain_pair(case(**named(one, *called)), remains(**named(other)))
    return {field.field: field.weight for field in told.fields}[MatchField.NAMES]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jimenez", "ximenez"), ("gimenez", "jimenez"), ("vasquez", "basques"),
        ("vazquez", "vasques"), ("gonzalez", "gonsales"), ("huaman", "guaman"),
        ("yesica", "jessica"), ("hernandez", "ernandes"), ("cevallos", "zeballos"),
        ("quispe", "kispe"), ("chavez", "chaves"), ("llanos", "yanos"),
    ],
)  # fmt: skip
def test_names_that_sound_alike_in_spanish_have_one_key(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("lopez", "lozano"), ("ruiz", "rios"), ("choc", "coc"), ("mejia", "media")]
)
def test_names_that_sound_otherwise_have_another_key(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_particles_and_joined_surnames_are_taken_apart() -> None:
    assert surname_words("de la Cruz", "viuda de López") == ("cruz", "lopez")
    assert surname_words("López García", None) == ("lopez", "garcia")
    assert surname_words("Ponce de León", None) == ("ponceleon",)


MARVIN: Name = ("Marvin Josué", "Funez", "Mejía")


@pytest.mark.parametrize(
    ("other", "claim"),
    [
        (("Marvin", "Funes", "Mejia"), "accents and s for z"),
        (("MARVIN JOSUE", "Mejía", "Funez"), "surnames the other way round"),
        (("Marbin", "Fúnez", None), "b for v, one surname only"),
        (("Marvin", "Mejia", None), "the second surname alone"),
        (("Marvin", "Funez Mejia", None), "both surnames in one field"),
        (("Marvni", "Funez", "Mejja"), "misspelt"),
    ],
)
def test_a_name_told_another_way_still_supports(other: Name, claim: str) -> None:
    assert weight(MARVIN, other) > 3, claim


def test_the_same_name_weighs_most() -> None:
    same = weight(MARVIN, MARVIN)
    crossed = weight(MARVIN, ("Marvin", "Mejía", "Funez"))
    assert same >= crossed > weight(MARVIN, ("Marvin", None, None))
    assert same > weight(MARVIN, ("Marbin", "Funes", "Mejia")) > 5


def test_frequent_names_weigh_less_than_rare_ones() -> None:
    frequent, rare = ("José", "Hernández", "López"), ("Eliseo", "Xol", "Tzul")
    assert 0 < weight(frequent, frequent) < weight(rare, rare)
    assert surname_share("hernandez") > surname_share("xol") > surname_share("wojcik")
    assert given_share("jose") > given_share("eliseo")


def test_a_nickname_stands_for_the_given_name() -> None:
    assert weight(("Chepe", "Funez", None), ("José", "Funez", None)) > weight(
        ("Saúl", "Funez", None), ("José", "Funez", None)
    )
    pancho = weight((None, "Funez", None), ("Francisco", "Funez", None), called=("Pancho",))
    assert pancho > weight((None, "Funez", None), ("Francisco", "Funez", None))


def test_a_nickname_that_fits_no_given_name_says_nothing_against() -> None:
    called = weight((None, "Funez", None), ("Saúl", "Funez", None), called=("El Flaco",))
    assert called == weight((None, "Funez", None), ("Saúl", "Funez", None))


def test_a_married_name_beside_the_own_one_supports() -> None:
    own, married = ("Rosa Elena", "Zelaya", "Banegas"), ("Rosa", "Zelaya", "de Orellana")
    assert weight(own, married) > 3


def test_another_name_speaks_against_within_bounds() -> None:
    other = weight(MARVIN, ("Pedro", "Quispe", "Mamani"))
    assert -3.5 < other < -1


@pytest.mark.parametrize("other", [(None, None, None), ("", " ", None)])
def test_no_name_says_nothing_at_all(other: Name) -> None:
    told = explain_pair(case(**named(MARVIN)), remains(**named(other)))
    assert told.fields[0].weight == 0.0
    assert told.fields[0].verdict == Verdict.UNKNOWN
    assert told.fields[0].facts["code"] == "not_told"


def test_many_names_score_as_each_does_alone() -> None:
    names: list[Name] = [MARVIN, ("José", "García", None), (None, "López", "García"), (None,) * 3]
    cases = register(*(case(**named(name)) for name in names))
    found = register(*(remains(**named(name)) for name in reversed(names)))
    pairs = (
        cases[["id"]]
        .rename(columns={"id": "one_id"})
        .merge(found[["id"]].rename(columns={"id": "other_id"}), how="cross")
    )
    together = score_pairs(cases, found, pairs)["weight_names"].to_numpy()
    alone = [weight(one, other) for one in names for other in reversed(names)]
    assert np.allclose(together, alone, atol=6e-4)
