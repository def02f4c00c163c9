"""Words of marks, clothes and belongings, the same in Spanish and in English, and how rare."""

import re
import zlib
from functools import lru_cache

from geodata.spelling import folded

# One idea a line: words of both languages, as they are folded, plurals taken off.
_IDEAS = """
cruz cross crucifijo crucifix
rosa rose
corazon heart
virgen virgin guadalupana
santo saint
jesu jesus cristo christ jesucristo
calavera craneo skull calaca
muerte death
aguila eagle
paloma dove
golondrina swallow
pajaro ave bird
escorpion scorpion alacran
arana spider
serpiente culebra snake vibora cobra
dragon dragone
leon lion
tigre tiger
lobo wolf
gato cat
perro dog
caballo horse
pez fish
tiburon shark
delfin dolphin
mariposa butterfly
abeja bee
toro bull
gallo rooster
calaverita catrina
ancla anchor
estrella star
sol sun
luna moon
corona crown
angel
ala wing
diablo demonio devil demon
flor flower
loto lotus
arbol tree
hoja leaf
palmera palm
trebol clover
llama flame fuego fire
rayo lightning
ola wave
barco ship boat
pistola gun arma revolver
cuchillo knife navaja
espada sword
daga dagger
alambre wire pua barbed
cadena chain
reloj watch clock
dado dice
carta card
mano hand
ojo eye
labio lip
lagrima tear
huella footprint print
infinito infinity
letra letter
nombre name
inicial initial
fecha date
numero number
tribal
maya mayan
azteca aztec
mapa map
bandera flag
rosario rosary
payaso clown
mascara mask
pluma feather
atrapasueno dreamcatcher
nota musical music
guitarra guitar
pelota balon ball futbol soccer football
quemadura quemado burn burned burnt
apendicitis apendice appendix appendectomy appendicitis apendicectomia
cesarea cesarean caesarean
hernia
vesicula gallbladder colecistectomia cholecystectomy
operacion cirugia surgery surgical quirurgica operado operated
bala balazo gunshot bullet
machete machetazo
pierced perforado perforacion piercing
oreja ear
nariz nose
ceja eyebrow
labial
menton barbilla chin
mejilla cachete cheek
frente forehead
ombligo navel
lunar mole
verruga wart
vertical
horizontal
diagonal
circular redondo redonda round
grande large big
pequeno pequena small chico chica
largo larga long
irregular
placa plate
tornillo screw
clavo nail rod
perno pin
rodilla knee
tobillo ankle
muneca wrist
codo elbow
dedo finger
clavicula collarbone clavicle
cadera hip
diabete diabetic diabetico diabetica
epilepsia epilepsy epileptic
asma asthma
artritis arthritis
polio
escoliosis scoliosis
marcapaso pacemaker
negro negra black
blanco blanca white
azul blue
rojo roja red
verde green
gris gray grey
cafe marron brown
amarillo amarilla yellow
morado morada purple violeta
rosado rosada pink
naranja anaranjado orange
beige crema cream
celeste turquesa turquoise
mezclilla jean denim vaquero
cuadro checked plaid
raya striped stripe
camuflaje camouflage camuflado
deportivo deportiva sport
bota boot
tenis sneaker trainer zapatilla
sandalia sandal huarache
sudadera hoodie sweatshirt
playera camiseta tshirt
chamarra chaqueta jacket
gorra cap
cinturon cinto belt
hebilla buckle
anillo sortija ring
collar necklace cadenita
pulsera brazalete bracelet manilla
arete earring pendiente
medalla medal dije medallita
escapulario scapular
estampa estampita
biblia bible
oracion prayer
billetera cartera wallet
mochila backpack
bolsa bag
llave key
foto fotografia photo photograph picture
nino nina child
bebe baby
hijo hija son daughter
familia family
esposa esposo wife husband
madre mama mother mom
padre papa father dad
abuela abuelo grandmother grandfather
celular telefono phone cellphone mobile
papel paper
pasaporte passport
cedula
acta birth nacimiento
dinero money billete cash
lempira quetzal
peso
dolar dollar
plata silver
oro gold dorado dorada golden
"""
_EMPTY = """
    a al con de del e el en la las lo los o para por que se sin su un una unos y
    an and at by for from has he her his in is it of on or she the to with
    tatuaje tattoo tatuado tattooed cicatriz scar marca mark color lado side izquierda izquierdo
    derecha derecho left right brazo arm pierna leg antebrazo forearm espalda back pecho chest
    cuello neck hombro shoulder pie foot muslo thigh pantorrilla calf aprox cm
    camisa shirt pantalon trouser pant zapato shoe vestido dress ropa diente tooth fractura
    fracture antigua antiguo old vieja viejo healed protesis prosthesi implante implant
"""
EMPTY = frozenset(_EMPTY.split())
MOST_WORDS = 6
# Nats that a word weighs where both tell it: an idea of the list, one that is very common, a
# word that is not on the list (it may be filling, or the very thing).
IDEA, COMMON_IDEA, OTHER_WORD = 1.8, 0.9, 1.2
_COMMON = "cruz rosa corazon letra nombre virgen negro azul blanco operacion grande pequeno foto"
COMMON = frozenset(
    (*_COMMON.split(), "largo", "vertical", "estrella", "papel", "celular", "tribal")
)


def _ideas() -> dict[str, str]:
    lines = (line.split() for line in _IDEAS.strip().splitlines())
    return {word: words[0] for words in lines for word in words}


_IDEA_OF = _ideas()


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("es") and word[:-2] in _IDEA_OF:
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


@lru_cache(maxsize=100_000)
def ideas_of(text: str) -> frozenset[str]:
    """Return the ideas and other telling words of a description in Spanish or English."""
    words = (re.sub(r"\W", "", word) for word in folded(text).split())
    plain = (word if word in _IDEA_OF else _singular(word) for word in words)
    kept = (word for word in plain if len(word) > 2 and word not in EMPTY)
    return frozenset(_IDEA_OF.get(word, word) for word in kept)


def word_nats(word: str) -> float:
    """Return how many nats an idea or word weighs where both sides tell it."""
    if word in COMMON:
        return COMMON_IDEA
    return IDEA if word in _IDEA_OF else OTHER_WORD


@lru_cache(maxsize=200_000)
def number_of(word: str) -> int:
    """Return a number of a word that is the same in every register; never 0."""
    return zlib.crc32(word.encode()) + 1


def rarest(words: frozenset[str]) -> list[str]:
    """Return at most six words, the weightiest first."""
    return sorted(words, key=lambda word: (-word_nats(word), word))[:MOST_WORDS]
