"""What kind a thing is, and where on the body, where only words tell it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from geodata.spelling import folded
from tracker.domain.match_evidence import MatchField
from tracker.linkage.matches.body_parts import PARTS, SIDES

# Codes of the library, and the words for them in Spanish and English, folded.
_PARTS = """
head cabeza cabello craneo ceja oreja
face cara rostro mejilla frente menton barbilla pomulo cheek chin forehead
neck cuello nuca throat
chest pecho torax pectoral breast
back espalda lumbar omoplato
abdomen estomago vientre barriga ombligo stomach belly
shoulder hombro
forearm antebrazo muneca wrist
upper_arm brazo bicep biceps arm
hand mano dedo dedos finger fingers nudillos knuckles
hip cadera cintura gluteo pelvis waist
thigh muslo
calf pantorrilla pierna leg shin espinilla rodilla knee
foot pie tobillo ankle
femur
tibia
humerus humero
radius radio
ulna cubito
rib costilla costillas ribs
skull
jaw mandibula maxilar
spine columna vertebra
pelvis
"""
_SIDES = """
left izquierdo izquierda izq izqdo izqda
right derecho derecha der dcho dcha
middle centro medio central
"""
_KINDS: Mapping[MatchField, str] = {
    MatchField.MARKS: """
        tattoo tatuaje tatuajes tatuado tatuada tattoos tattooed tatto
        scar cicatriz cicatrices scars cesarea apendicectomia
        mole lunar lunares
        birthmark nacimiento antojo
        piercing perforacion perforado pierced
    """,
    MatchField.DENTAL: """
        missing falta ausente ausencia perdido perdida extraido extraccion
        filled amalgama resina obturacion empaste relleno filling
        caries picado carie decay
        crown corona
        gold oro
        prosthesis protesis puente placa denture
        braces brackets frenos frenillos
        impacted impactado retenido
    """,
    MatchField.MEDICAL: """
        fracture fractura fracturado fractured quebradura
        implant implante clavo placa platina tornillo tornillos plate pin
        prosthesis protesis
        surgery cirugia operacion operado operada hernia surgical
        amputation amputacion amputado amputada amputated
        disease enfermedad diabetes epilepsia
    """,
    MatchField.BELONGINGS: """
        telephone telefono celular phone cellphone
        paper papel papelito nota note
        document documento identificacion pasaporte passport dpi cedula carnet carne licencia
        religious religioso rosario escapulario rosary scapular biblia bible virgen estampita
        jewellery joya joyeria anillo ring cadena collar necklace reloj watch pulsera arete aretes
        photo foto fotografia photograph
        money dinero billete billetes moneda monedas cash
        bag mochila bolsa bolso backpack maleta
        other otro otra
    """,
    MatchField.CLOTHING: """
        shirt camisa camiseta playera blusa tshirt blouse polo
        trousers pantalon jeans jean pants mezclilla short shorts pantalones
        jacket chamarra chaqueta chumpa sueter sudadera sweater hoodie coat
        shoes zapatos zapato tenis botas bota sandalias sneakers boots shoe
        cap gorra sombrero hat
        belt cinturon cincho faja
        dress vestido falda skirt
        underwear calzoncillo boxer ropa_interior brasier bra
        other otro otra
    """,
}


def _read(lines: str) -> dict[str, str]:
    told = (line.split() for line in lines.strip().splitlines())
    return {word: code for code, *words in told for word in (*words, code)}


_PART_OF, _SIDE_OF = _read(_PARTS), _read(_SIDES)
_KIND_OF = {field: _read(lines) for field, lines in _KINDS.items()}
_CODES = {field: frozenset(words.values()) for field, words in _KIND_OF.items()}


@lru_cache(maxsize=100_000)
def _first(told: str, field: MatchField | None, table: str = "kind") -> str | None:
    """Give the code of the first word of a text that has one."""
    words = {"kind": _KIND_OF.get(field, {}) if field else {}, "part": _PART_OF, "side": _SIDE_OF}
    return next((words[table][each] for each in folded(told).split() if each in words[table]), None)


def kind_told(told: object, description: str, field: MatchField) -> str | None:
    """Return the kind of a thing: its code, or what its words say first."""
    if isinstance(told, str) and told.strip():
        return told if told in _CODES[field] else _first(re.sub("_", " ", told), field)
    return _first(description, field) if description else None


def part_told(told: object, description: str) -> str | None:
    """Return the part of the body: its code, or what the words say; none where two are said."""
    if isinstance(told, str) and told.strip():
        return told if told in PARTS else _first(told, None, "part")
    return _only(description, "part")


def side_told(told: object, description: str) -> str | None:
    """Return the side: its code, or what the words say; none where both are said."""
    if isinstance(told, str) and told.strip():
        return told if told in SIDES else _first(told, None, "side")
    return _only(description, "side")


@lru_cache(maxsize=100_000)
def _only(description: str, table: str) -> str | None:
    words = _PART_OF if table == "part" else _SIDE_OF
    # "Unas manos rezando en el brazo": what follows "en" says where it is.
    said = re.split(r"\b(?:en|on)\b", folded(description))
    for told in (said[-1], " ".join(said)):
        found = {words[each] for each in told.split() if each in words}
        if found:
            return found.pop() if len(found) == 1 else None
    return None
