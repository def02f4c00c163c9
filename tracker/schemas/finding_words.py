"""Words of Spanish and English for what is particular of a body and of things, by our codes.

Folded: small letters, no accents. Plurals in -s are taken off before a word is looked up.
"""

import re
from collections.abc import Mapping

from geodata.spelling import folded


def _table(text: str) -> dict[str, str]:
    lines = (line.split() for line in text.strip().splitlines())
    return {word: line[0] for line in lines for word in line[1:]}


DENTAL = _table("""
    missing falta faltan faltante ausente ausencia perdido perdida extraido extraida extraccion
    missing missing absent extracted
    filled amalgama resina obturado obturada obturacion relleno empaste tapadura filling filled
    filled restoration amalgam composite
    caries carie caries cariado cariada picado picada cavity cavitie decay decayed carious
    crown corona funda crown capped
    gold oro gold golden
    prosthesis protesi protesis postizo postiza puente denture bridge prosthesi partial
    braces bracket freno ortodoncia brace braces orthodontic
    impacted impactado impactada retenido retenida impacted
""")
MEDICAL = _table("""
    fracture fractura fracturado fracturada quebrado quebrada quebradura fracture fractured broken
    implant placa tornillo clavo implante osteosintesi osteosintesis marcapaso plate screw rod pin
    implant implant hardware pacemaker
    prosthesis protesi protesis prosthesi prosthesis prosthetic artificial
    surgery cirugia operacion operado operada apendicectomia cesarea surgery surgical operated
    surgery appendectomy cesarean caesarean cholecystectomy colecistectomia
    amputation amputacion amputado amputada amputation amputated
    disease enfermedad diabete diabetes diabetico diabetica epilepsia asma artritis hipertension
    disease escoliosi escoliosis polio hernia disease diabetic epilepsy asthma arthritis scoliosis
""")
MARKS = _table("""
    tattoo tatuaje tatuado tatuada tattoo tattooed tat
    scar cicatriz cicatrice cicatrices scar quemadura burn keloid queloide
    mole lunar lunare lunares mole verruga wart
    birthmark mancha birthmark antojo
    piercing piercing perforacion pierced
""")
PARTS = _table("""
    head cabeza head oreja ear cuero scalp
    face cara rostro face mejilla cheek frente forehead menton chin nariz nose ceja eyebrow labio
    face lip pomulo parpado eyelid
    neck cuello nuca neck throat garganta
    chest pecho torax chest seno breast pectoral
    back espalda back
    abdomen abdomen vientre estomago ombligo stomach belly navel ingle groin
    shoulder hombro omoplato shoulder clavicula clavicle collarbone
    upper_arm brazo bicep arm
    forearm antebrazo forearm muneca wrist codo elbow
    hand mano dedo hand finger nudillo knuckle thumb pulgar
    hip cadera gluteo nalga hip buttock
    thigh muslo thigh
    calf pierna leg rodilla knee pantorrilla calf espinilla shin perone fibula
    foot pie foot feet tobillo ankle toe talon heel
    skull craneo craneal skull cranial
    jaw mandibula quijada jaw mandible
    spine columna vertebra vertebral spine spinal
    rib costilla rib
    humerus humero humerus
    radius radio radius
    ulna cubito ulna
    pelvis pelvis pelvi
    femur femur
    tibia tibia
""")
SIDES = _table("""
    left izquierdo izquierda izq izqdo izqda left lt
    right derecho derecha der dcho dcha right rt
    middle centro central medio media middle midline center centre
""")
CLOTHES = _table("""
    shirt camisa camiseta playera blusa polo shirt tshirt blouse
    jacket chamarra chaqueta sudadera sueter abrigo rompeviento coat
    jacket jacket hoodie sweater sweatshirt
    trousers pantalon pantalone pantalones jean mezclilla short bermuda pant trouser legging denim
    shoes zapato teni tenis bota sandalia huarache chancla shoe boot sneaker sandal
    cap gorra gorro sombrero cachucha cap hat beanie
    belt cinturon cinto belt
    dress vestido falda dress skirt
    underwear calzon calzone calzoncillo boxer brasier sosten trusa calcetin calcetine bra underwear
    underwear brief sock panty pantie
""")
COLOURS = _table("""
    black negro negra black
    white blanco blanca white
    grey gris grise gray grey plomo
    blue azul azule blue celeste marino navy turquesa turquoise
    red rojo roja red vino guinda tinto maroon burgundy
    green verde green oliva olive
    yellow amarillo amarilla yellow mostaza
    brown cafe marron brown chocolate
    pink rosa rosado rosada pink
    orange naranja anaranjado anaranjada orange
    purple morado morada purple violeta lila
    beige beige crema cream tan kaki khaki caqui arena
""")
BELONGINGS = _table("""
    telephone celular telefono phone cellphone cell movil sim
    paper papel papelito nota carta recado paper note letter
    document pasaporte cedula credencial identificacion acta dui dpi ine licencia passport id
    document license licence certificate documento document curp
    religious rosario biblia estampa escapulario cruz crucifijo rosary bible scapular cross crucifix
    religious virgen santo saint oracion prayer
    jewellery anillo collar cadena cadenita pulsera arete reloj medalla dije ring necklace chain
    jewellery bracelet earring watch medal jewelry jewellery
    photo foto fotografia photo photograph picture
    money dinero billete peso lempira quetzal quetzale dolar dolare money cash dollar currency
    money coin moneda
    bag mochila bolsa cartera billetera backpack bag wallet purse maleta
""")
_DENIALS = "sin no not without niega ninguno ninguna none nunca never denies"
# They say that something is not there: what stands beside them is no finding.
DENIALS = frozenset(_DENIALS.split())
_SPANISH = """
    falta faltan faltante ausente corona oro diente dientes pieza piezas muela muelas amalgama
    resina obturacion puente protesis organo superior inferior de con y el la
"""
_ENGLISH = """
    missing tooth teeth crown gold filling filled restoration amalgam bridge denture upper lower
    absent extracted with and the of on
"""
SPANISH, ENGLISH = frozenset(_SPANISH.split()), frozenset(_ENGLISH.split())
_JAWS = {"superior": 0, "arriba": 0, "upper": 0, "inferior": 1, "abajo": 1, "lower": 1}
_PLACES = (
    (re.compile(r"\b(juicio|wisdom|(tercer|third) (molar|muela))"), 8),
    (re.compile(r"\b(segundo|segunda|second) (molar|muela)"), 7),
    (re.compile(r"\b(primer|primera|first) (molar|muela)"), 6),
    (re.compile(r"\b(segundo|second) (premolar|bicuspid)"), 5),
    (re.compile(r"\b(primer|first) (premolar|bicuspid)"), 4),
    (re.compile(r"\b(canino|colmillo|canine|cuspid|eyetooth)"), 3),
    (re.compile(r"\b(incisivo lateral|lateral incisor)"), 2),
    (re.compile(r"\b(incisivo central|central incisor)"), 1),
)


def words_of(text: str) -> list[str]:
    """Give the words of a text, folded."""
    return re.findall(r"[^\W\d_]+", folded(text))


def codes_in(table: Mapping[str, str], words: list[str]) -> tuple[str, ...]:
    """Give the codes that words say, in their order, each once."""
    found = (table.get(word) or table.get(word.removesuffix("s")) for word in words)
    return tuple(dict.fromkeys(code for code in found if code))


def part_in(words: list[str]) -> str | None:
    """Give the part of a body or the bone; None where there is none, or one of several."""
    found = codes_in(PARTS, words)
    if len(found) > 1 and ("of" in words or "de" in words or "del" in words):
        # The back of a hand is a hand, and the finger of a foot a foot.
        found = tuple(each for each in found if each != "back") or found
        found = ("foot",) if set(found) == {"hand", "foot"} else found
    return found[0] if len(found) == 1 else None


def side_in(words: list[str]) -> str | None:
    """Give the side; None for both."""
    found = codes_in(SIDES, words)
    return found[0] if len(found) == 1 else None


def named_tooth(text: str) -> int | None:
    """Give the FDI number of a tooth that is told in words: which, of which jaw and side."""
    words = words_of(text)
    place = next((place for shape, place in _PLACES if shape.search(folded(text))), None)
    jaws = {_JAWS[word] for word in words if word in _JAWS}
    side = side_in([word for word in words if word not in ("central", "medio")])
    if place is None or len(jaws) != 1 or side not in ("left", "right"):
        return None
    quarter = {(0, "right"): 1, (0, "left"): 2, (1, "left"): 3, (1, "right"): 4}[jaws.pop(), side]
    return quarter * 10 + place
