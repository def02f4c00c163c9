"""Teeth, findings, marks and things of a list become what matching compares; doubts stay words."""

from collections.abc import Callable

import pytest

from tests.schemas.test_person_rows import only
from tracker.schemas.person_findings import (
    Findings,
    read_belongings,
    read_clothes,
    read_marks,
    read_medical,
    read_teeth,
)


def teeth(cell: str) -> list[tuple[str, int | None]]:
    return [(each["kind"], each.get("tooth")) for each in read_teeth(cell).things]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("falta 46; corona 11 oro", [("missing", 46), ("gold", 11)]),
        ("missing #30; gold crown #8", [("missing", 46), ("gold", 11)]),
        ("Missing teeth 1, 16, 17 and 32", [("missing", n) for n in (18, 28, 38, 48)]),
        ("crowns on #9 and #24; #25 filled", [("crown", 21), ("crown", 31), ("filled", 41)]),
        ("faltan 36, 37 y 4.6. Amalgama en 16", [*(("missing", n) for n in (36, 37, 46)), ("filled", 16)]),
        ("colmillo izquierdo de arriba de oro", [("gold", 23)]),
        ("upper right central incisor missing", [("missing", 11)]),
        ("1 diente de oro; brackets", [("gold", None), ("braces", None)]),
    ],
)  # fmt: skip
def test_teeth_are_read_in_both_ways_to_count_them(cell, told) -> None:
    assert teeth(cell) == told
    assert read_teeth(cell).unclear == []


@pytest.mark.parametrize(
    ("cell", "told", "unclear"),
    [
        # Eleven is another tooth in each way to count, and nothing says which this is.
        ("falta #11", [("missing", None)], ["falta #11"]),
        ("missing 8; falta 46", [("missing", None), ("missing", None)], ["missing 8", "falta 46"]),
        ("missing 1-4", [], ["missing 1-4"]),
        ("sin caries", [], ["sin caries"]),
        ("buena higiene", [], ["buena higiene"]),
        ("corona 99", [("crown", None)], ["corona 99"]),
        ("missing crown", [], ["missing crown"]),
    ],
)
def test_what_is_not_clear_of_teeth_stays_words(cell, told, unclear) -> None:
    assert teeth(cell) == told
    assert read_teeth(cell).unclear == unclear


def plain(found: Findings) -> list[tuple[object, ...]]:
    names = ("kind", "part", "side", "colour", "text", "brand", "size")
    return [tuple(each[name] for name in names if name in each) for each in found.things]


def read_tattoos(cell: str) -> Findings:
    return read_marks(cell, otherwise="tattoo")


def read_scars(cell: str) -> Findings:
    return read_marks(cell, otherwise="scar")


def read_pieces(cell: str) -> Findings:
    return read_clothes(cell, otherwise="other")


@pytest.mark.parametrize(
    ("read", "cell", "told"),
    [
        (read_medical, "fractura consolidada de tibia derecha", [("fracture", "tibia", "right")]),
        (
            read_medical,
            "healed fracture of left femur with plate and screws; diabetes",
            [("fracture", "femur", "left"), ("implant", "femur", "left"), ("disease",)],
        ),
        (read_medical, "sin fracturas", []),
        (read_scars, "cicatriz rodilla izq.", [("scar", "calf", "left")]),
        (read_scars, "lunar en mejilla derecha", [("mole", "face", "right")]),
        (read_tattoos, "tatuaje antebrazo izquierdo 'MARIA'", [("tattoo", "forearm", "left", "MARIA")]),
        (read_tattoos, "Left forearm: MATEO", [("tattoo", "forearm", "left", "MATEO")]),
        (read_tattoos, "con el nombre Ana Luz en la espalda", [("tattoo", "back", "Ana Luz")]),
        (read_tattoos, "con el nombre de su hijo, brazo der.", [("tattoo", "upper_arm", "right")]),
        (read_tattoos, "back of left hand: cross", [("tattoo", "hand", "left")]),
        (read_tattoos, "both forearms, left and right", [("tattoo", "forearm")]),
        (read_tattoos, "from chest to neck", [("tattoo",)]),
        (
            read_pieces,
            "pantalón azul marca Levi's talla 32 y playera negra",
            [("trousers", "blue", "Levi's", "32"), ("shirt", "black")],
        ),
        (read_pieces, "camisa de cuadros blanco y negro", [("shirt",)]),
        (read_belongings, "cartera y celular negro", [("bag",), ("telephone",)]),
        (read_belongings, "anillo grabado 'J y M'", [("jewellery", "J y M")]),
    ],
)  # fmt: skip
def test_things_are_told_with_place_side_colour_and_words(
    read: Callable[[str], Findings], cell: str, told: list[tuple[str, ...]]
) -> None:
    assert plain(read(cell)) == told


def test_what_is_written_on_things_stands_apart_from_their_words() -> None:
    [paper] = read_belongings("papel con número 504 9911 0042").things
    assert paper == {
        "kind": "paper",
        "text": "504 9911 0042",
        "description": "papel con número …",
    }
    [medal] = read_belongings("medalla que dice Rosa").things
    assert (medal["text"], medal["description"]) == ("Rosa", "medalla que dice …")


def test_the_words_stand_beside_and_what_is_not_clear_becomes_a_note() -> None:
    headers = ["Dientes", "Fracturas"]
    row = only(headers, ["falta 46; buena higiene", "fractura de radio izquierdo; sin implantes"])
    assert row.facts == {
        "dental": [
            {"kind": "missing", "tooth": 46, "description": "falta 46", "basis": "third_party"}
        ],
        "medical": [
            {
                "kind": "fracture",
                "part": "radius",
                "side": "left",
                "description": "fractura de radio izquierdo",
                "basis": "third_party",
            }
        ],
        "notes": "Dientes: buena higiene\nFracturas: sin implantes",
    }


def test_more_things_than_a_record_holds_become_notes() -> None:
    row = only(["Dientes"], ["; ".join(f"falta {n}" for n in (*range(11, 19), *range(21, 29), *range(31, 39), *range(41, 49)))])  # fmt: skip
    assert row.facts is not None
    assert len(row.facts["dental"]) == 30
    assert row.facts["notes"] == "Dientes: falta 47\nDientes: falta 48"
