"""Words for findings of teeth and bones, and the bones that families call by a limb."""

from benchmarks.registers.chance import Table, ranked
from benchmarks.registers.marks_words import motifs

TEETH = Table({"missing": 42, "filled": 26, "caries": 16, "crown": 6, "gold": 4, "prosthesis": 3,
               "braces": 1, "impacted": 3})  # fmt: skip
FRONT = tuple(row * 10 + place for row in (1, 2, 3, 4) for place in (1, 2, 3))
BACK = tuple(row * 10 + place for row in (1, 2, 3, 4) for place in (4, 5, 6, 7))
WISDOM = (18, 28, 38, 48)
# What a family notices, and what only a chart holds.
SEEN_BY_FAMILY = {
    "missing": 0.5, "gold": 0.9, "crown": 0.55, "prosthesis": 0.8, "braces": 0.95, "filled": 0.2,
    "caries": 0.3, "impacted": 0.05,
}  # fmt: skip

# finding, part, and wordings; the first table heals into bone, the second shows on the skin.
FRACTURES = Table(ranked(tuple(zip(
    ("radius", "ulna", "humerus", "femur", "tibia", "rib", "skull", "jaw", "hand", "foot",
     "pelvis", "spine"),
    motifs("""
se quebró la muñeca de niño; fractura del brazo | healed distal radius; Colles fracture |
se quebró el brazo; fractura del antebrazo | healed fracture of ulna |
se fracturó el brazo cerca del hombro | healed fracture of humerus |
se quebró la pierna; accidente de moto | healed femoral fracture; remodelled fracture of femur |
se fracturó la pierna abajo de la rodilla | healed tibial fracture |
golpe en las costillas; costilla quebrada | healed rib fracture; multiple healed ribs |
un golpe en la cabeza; fractura en la cabeza | healed depressed skull fracture |
le quebraron la quijada | healed mandibular fracture |
se quebró un dedo; fractura de la mano | healed metacarpal fracture |
se torció y quebró el tobillo | healed ankle fracture |
se cayó y se lastimó la cadera | healed pelvic fracture |
se cayó de un árbol, la espalda | healed compression fracture of vertebra |
"""), strict=True)), flat=4))  # fmt: skip
OPERATIONS = Table(ranked((
    *(("surgery", "abdomen", motif) for motif in motifs("""
operado de apendicitis; le sacaron el apéndice | appendectomy scar; scar of lower abdomen |
cesárea; tuvo cesárea | Caesarean section scar; Pfannenstiel scar |
operado de hernia | hernia repair; inguinal scar |
operada de la vesícula | cholecystectomy; surgical scar of abdomen |
""")),
    *(("implant", "femur", motif) for motif in motifs("""
tiene un clavo en la pierna; le pusieron una varilla | intramedullary nail; orthopaedic hardware |
""")),
    *(("implant", "tibia", motif) for motif in motifs("""
una placa con tornillos en la pierna | plate and screws of tibia; surgical plate |
""")),
    *(("implant", "radius", motif) for motif in motifs("""
una placa en el brazo; tornillos en el brazo | plate and screws of radius; fixation plate |
""")),
    *(("surgery", "chest", motif) for motif in motifs("""
operado del corazón de niño | sternotomy scar; sternal wires |
""")),
    *(("amputation", "hand", motif) for motif in motifs("""
le falta un dedo; perdió la punta del dedo | amputated finger, healed; absent distal phalanx |
""")),
    *(("prosthesis", "face", motif) for motif in motifs("""
tiene un ojo de vidrio | prosthetic eye |
""")),
), flat=3))  # fmt: skip
DISEASES = Table(
    ranked(
        motifs("""
diabetes; padece de azúcar | diabetes; insulin found |
padece de la presión; presión alta | hypertension; enlarged heart |
asma; usaba inhalador | asthma; inhaler found |
epilepsia; le dan ataques | seizure medication found |
polio de niño, cojea | limb asymmetry; old poliomyelitis |
escoliosis; la espalda chueca | scoliosis |
problemas de los riñones; piedras | kidney stones; renal disease |
artritis en las rodillas | osteoarthritis of knee |
"""),
        flat=2,
    )
)
PART_OF_DISEASE = ("abdomen", "chest", "chest", "head", "femur", "spine", "abdomen", "tibia")
BONE_NEIGHBOURS = {
    "radius": ("ulna", "forearm", "hand", "humerus"), "ulna": ("radius", "forearm"),
    "humerus": ("upper_arm", "shoulder", "radius"), "femur": ("thigh", "tibia", "hip"),
    "tibia": ("calf", "femur"), "rib": ("chest",), "skull": ("head", "face"),
    "jaw": ("face", "skull"), "spine": ("back",), "pelvis": ("hip",), "hand": ("forearm",),
    "foot": ("calf", "tibia"), "abdomen": ("hip",), "chest": ("rib", "back"), "face": ("head",),
    "head": ("skull",),
}  # fmt: skip
UNPAIRED = frozenset(("abdomen", "chest", "skull", "jaw", "spine", "pelvis", "head"))
