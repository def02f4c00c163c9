"""Words by which registers tell codes, and those by which they tell that nothing is known."""

from collections.abc import Mapping


def _codes(lines: str) -> dict[str, str]:
    """Read lines of a code and its words, folded; `_` stands for a space within one."""
    told = (line.split() for line in lines.strip().splitlines())
    return {word.replace("_", " "): code for code, *words in told for word in (code, *words)}


# "M" is a man in one register and a woman (mujer) in the next: it is not clear.
SEXES: Mapping[str, str] = _codes("""
female f femenino femenina mujer woman fem hembra femme fanm
male h masculino masculina hombre man masc varon homme gason
intersex intersexual
""")
BASES: Mapping[str, str] = _codes("""
family familia familiar
person persona
third_party tercero terceros
examiner perito medico forense forensic
document documento pasaporte passport
""")
CONDITIONS: Mapping[str, str] = _codes("""
fresh fresco reciente recent completo
decomposed descompuesto descomposicion decomposition putrefaccion advanced_decomposition
mummified momificado mummy
skeletal esqueletizado esqueleto osamenta skeletonized skeleton skeletonised bones huesos
""")
HAIR: Mapping[str, str] = _codes("""
black negro negra
brown castano castana cafe marron chestnut moreno brunette
fair rubio rubia blond blonde guero guera
grey gray canoso canosa gris cano blanco white
red pelirrojo pelirroja rojo
bald calvo calva rapado
""")
EYES: Mapping[str, str] = _codes("""
brown cafe cafes marron marrones castano castanos
black negro negros
green verde verdes
blue azul azules
hazel miel avellana
""")
_UNKNOWN = """
    john doe|jane doe|n a|s d|s n|n d|n n|n i|no sabe|no se sabe|se desconoce|no aplica|sin datos
    sin dato|sin informacion|sd|sn|nd|na|nan|null|none|ninguno|ninguna|not known|no data|ignorado
    ignorada
"""
UNKNOWN_PHRASES = frozenset(_UNKNOWN.strip().replace("\n    ", "|").split("|"))
# A text of these words alone names nobody and nothing.
_UNKNOWN_WORDS = """
    nn x xx xxx xxxx desconocido desconocida desconocidos identificado identificada identificar
    sin no por nombre nombres apellido apellidos masculino femenino masculina femenina cadaver
    osamenta unknown unidentified name female male persona individuo hombre mujer person of
"""
UNKNOWN_WORDS = frozenset(_UNKNOWN_WORDS.split())
