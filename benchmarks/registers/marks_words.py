"""Words for marks on the skin: what families say in Spanish, what examiners write in English.

A motif has wordings in both languages; `{name}` and `{initials}` are filled in for each person.
"""

from dataclasses import dataclass

from benchmarks.registers.chance import Table, ranked

PARTS = {
    "head": (("la cabeza", "el cuero cabelludo"), ("head", "scalp")),
    "face": (("la cara", "el rostro", "la ceja"), ("face", "cheek", "forehead")),
    "neck": (("el cuello", "la nuca"), ("neck", "nape")),
    "chest": (("el pecho",), ("chest", "thorax")),
    "back": (("la espalda",), ("back",)),
    "abdomen": (("el estómago", "el abdomen", "la barriga"), ("abdomen",)),
    "shoulder": (("el hombro",), ("shoulder", "deltoid region")),
    "upper_arm": (("el brazo",), ("upper arm", "arm")),
    "forearm": (("el antebrazo", "el brazo"), ("forearm", "lower arm")),
    "hand": (("la mano", "los dedos"), ("hand", "fingers")),
    "hip": (("la cadera", "la cintura"), ("hip",)),
    "thigh": (("el muslo", "la pierna"), ("thigh", "upper leg")),
    "calf": (("la pantorrilla", "la pierna"), ("calf", "lower leg")),
    "foot": (("el pie", "el tobillo"), ("foot", "ankle")),
}
NEIGHBOURS = {
    "head": ("face", "neck"), "face": ("head", "neck"), "neck": ("shoulder", "back", "chest"),
    "chest": ("shoulder", "neck", "abdomen"), "back": ("shoulder", "neck", "hip"),
    "abdomen": ("chest", "hip"), "shoulder": ("upper_arm", "chest", "back"),
    "upper_arm": ("forearm", "shoulder"), "forearm": ("upper_arm", "hand"),
    "hand": ("forearm",), "hip": ("thigh", "abdomen", "back"), "thigh": ("calf", "hip"),
    "calf": ("thigh", "foot"), "foot": ("calf",),
}  # fmt: skip
PAIRED = frozenset(
    ("shoulder", "upper_arm", "forearm", "hand", "hip", "thigh", "calf", "foot", "face")
)
SIDES = {
    "left": (("izquierdo", "del lado izquierdo"), ("left",)),
    "right": (("derecho", "del lado derecho"), ("right",)),
    "middle": (("al centro", "en medio"), ("midline",)),
}


@dataclass(frozen=True, slots=True)
class Motif:
    """Word one thing in Spanish and in English, with the letters inked or cut, if there are any."""

    spanish: tuple[str, ...]
    english: tuple[str, ...]
    text: str | None = None


def motifs(table: str) -> tuple[Motif, ...]:
    """Read motifs, one a line: Spanish wordings | English wordings | text."""
    found = []
    for line in table.strip().splitlines():
        spanish, english, text = (part.strip() for part in line.split("|"))
        ways = tuple(tuple(w.strip() for w in part.split(";")) for part in (spanish, english))
        found.append(Motif(ways[0], ways[1], text or None))
    return tuple(found)


TATTOOS = Table(
    ranked(
        motifs(
            """
el nombre {name}; un nombre, creo que {name}; letras | name "{name}"; script letters | {name}
una cruz; una crucita | cross; small cross | 
una rosa; una flor | rose; flower | 
la Virgen de Guadalupe; una virgen | Virgin of Guadalupe; religious female figure; Virgin Mary | 
un corazón con el nombre {name}; un corazón | heart with "{name}"; heart | {name}
iniciales {initials}; unas letras | initials "{initials}"; letters | {initials}
una calavera; un cráneo | skull; skull design | 
una estrella; estrellitas | star; stars; nautical star | 
un tribal; un dibujo tribal | tribal design; abstract black design | 
la Santa Muerte; la muerte | Santa Muerte; hooded skeleton figure; grim reaper | 
Jesucristo; la cara de Cristo | face of Christ; bearded male face; Jesus with thorns | 
un alacrán; un escorpión | scorpion | 
un águila; un ave | eagle; bird | 
una mariposa | butterfly | 
manos rezando; unas manitas orando | praying hands | 
tres puntos en la mano; puntitos | three dots; small dots | 
la frase Mi vida loca; unas letras | "Mi vida loca"; cursive writing | Mi vida loca
la frase Dios es amor; una frase de Dios | "Dios es amor"; words in Spanish | Dios es amor
la frase Amor eterno; unas letras bonitas | "Amor eterno"; lettering | Amor eterno
la frase Perdóname madre | "Perdoname madre"; several words | Perdóname madre
la palabra Madre; mamá | "Madre"; the word MADRE | Madre
una rosa con el nombre {name}; una rosa | rose with "{name}"; rose with banner | {name}
una corona; una coronita | crown | 
un dragón | dragon | 
un león; la cabeza de un león | lion; lion head | 
un lobo | wolf; canine head | 
un búho; una lechuza | owl | 
una serpiente; una culebra | snake; serpent | 
un payaso; dos caras, una que ríe y otra que llora | clown; two theatre masks | 
alas; unas alas de ángel | wings; angel wings | 
un ángel | angel; winged figure | 
un reloj con una rosa; un reloj | clock and rose; pocket watch | 
huellitas de bebé con el nombre {name}; piecitos | baby footprints and "{name}"; footprints | {name}
el símbolo de infinito; un ocho acostado | infinity sign; figure of eight | 
un ancla | anchor | 
un gallo | rooster | 
un caballo; una herradura | horse; horseshoe | 
un trébol | clover; shamrock | 
una hoja de marihuana; una hoja | leaf; cannabis leaf | 
alambre de púas; una pulsera de tinta | barbed wire; armband design | 
un símbolo chino; letras chinas | Asian characters; symbol | 
la palabra {place}; el nombre de su tierra | "{place}"; lettering | {place}
""",
        ),
        flat=4,
        steep=0.9,
    )
)
SCARS = Table(
    ranked(
        motifs(
            """
una cicatriz de una caída; una cicatriz vieja | linear scar; old scar | 
una cicatriz de machete; una cortada | linear scar, well healed; incised scar | 
una cicatriz de operación; lo operaron | surgical scar; healed surgical incision | 
una quemada; una cicatriz de quemadura | burn scar; irregular scar | 
una cicatriz de bala; un balazo viejo | round scar; healed gunshot scar | 
una cicatriz de mordida de perro | irregular scars; old bite scar | 
una cicatriz de vacuna | vaccination scar; small round scar | 
una cicatriz chiquita; una rayita | small scar | 
puntadas, una cicatriz con puntos | scar with suture marks | 
una cicatriz de varicela; hoyitos | pitted scars; pock marks | 
""",
        ),
        flat=2,
    )
)
MOLES = Table(
    ranked(
        motifs(
            """
un lunar; un lunarcito | mole; nevus | 
un lunar grande con pelo; un lunar café | raised pigmented lesion; large mole | 
varios lunares | multiple nevi; several moles | 
""",
        ),
        flat=1,
    )
)
BIRTHMARKS = Table(
    ranked(
        motifs(
            """
una mancha de nacimiento; una mancha café | birthmark; brown macule; discoloured area | 
un antojo rojo; una mancha roja | port-wine stain; red birthmark | 
una mancha blanca | hypopigmented patch | 
""",
        ),
        flat=1,
    )
)
PIERCINGS = Table(
    ranked(
        motifs(
            """
la oreja perforada; un arete | pierced ear lobe; ear piercing | 
las orejas perforadas | pierced ears, bilateral | 
un arete en la ceja | eyebrow piercing | 
un arete en la nariz | nostril piercing | 
un arete en el ombligo | navel piercing | 
""",
        ),
        flat=1,
    )
)

MOTIFS = {
    "tattoo": TATTOOS, "scar": SCARS, "mole": MOLES, "birthmark": BIRTHMARKS, "piercing": PIERCINGS,
}  # fmt: skip
WHERE = {
    "tattoo": Table({"upper_arm": 22, "forearm": 22, "chest": 13, "back": 10, "shoulder": 10,
                     "hand": 7, "neck": 5, "calf": 5, "abdomen": 3, "thigh": 2, "foot": 1}),
    "scar": Table({"face": 16, "abdomen": 15, "forearm": 12, "hand": 12, "calf": 11, "head": 10,
                   "thigh": 6, "upper_arm": 6, "chest": 4, "back": 4, "shoulder": 4}),
    "mole": Table({"face": 40, "neck": 15, "back": 12, "chest": 10, "forearm": 8, "shoulder": 8}),
    "birthmark": Table({"back": 20, "thigh": 16, "face": 14, "abdomen": 12, "hip": 8}),
    "piercing": Table({"face": 80, "abdomen": 20}),
}  # fmt: skip
