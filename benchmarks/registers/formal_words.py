"""Words of examiners who write in Spanish: what a family calls by everyday words, put formally."""

import re

FORMAL = {
    # Tattoos.
    "una cruz": ("cruz latina", "figura de cruz"), "una rosa": ("flor", "rosa con tallo"),
    "la Virgen de Guadalupe": ("imagen religiosa femenina", "imagen de la Virgen"),
    "una calavera": ("cráneo", "figura de calavera"), "una estrella": ("estrella de cinco puntas",),
    "un tribal": ("figura abstracta", "trazos de tipo tribal"),
    "la Santa Muerte": ("figura esquelética con túnica", "imagen de la Santa Muerte"),
    "Jesucristo": ("rostro masculino con barba", "imagen de Cristo"),
    "un alacrán": ("arácnido", "escorpión"), "un águila": ("ave con alas extendidas",),
    "manos rezando": ("manos en oración",), "tres puntos en la mano": ("tres puntos",),
    "un búho": ("ave nocturna",), "una serpiente": ("ofidio", "serpiente"),
    "un payaso": ("máscaras de teatro", "rostro de payaso"), "alas": ("par de alas",),
    "un ángel": ("figura alada",), "el símbolo de infinito": ("símbolo en forma de ocho",),
    "una hoja de marihuana": ("hoja de cannabis",), "alambre de púas": ("brazalete lineal",),
    "un símbolo chino": ("caracteres orientales",), "un reloj con una rosa": ("reloj y flor",),
    # Scars, moles and the like.
    "una cicatriz de una caída": ("cicatriz lineal antigua", "cicatriz hipocrómica"),
    "una cicatriz de machete": ("cicatriz lineal", "cicatriz por objeto cortante"),
    "una cicatriz de operación": ("cicatriz quirúrgica",),
    "una quemada": ("cicatriz retráctil", "cicatriz por quemadura"),
    "una cicatriz de bala": ("cicatriz circular", "cicatriz por proyectil"),
    "una cicatriz de mordida de perro": ("cicatrices irregulares",),
    "una cicatriz de vacuna": ("cicatriz vacunal",), "una cicatriz chiquita": ("cicatriz menor",),
    "puntadas, una cicatriz con puntos": ("cicatriz con huellas de sutura",),
    "una cicatriz de varicela": ("cicatrices puntiformes",),
    "un lunar": ("nevo", "nevo pigmentado"), "un lunar grande con pelo": ("nevo piloso",),
    "varios lunares": ("nevos múltiples",),
    "una mancha de nacimiento": ("mácula hipercrómica",), "un antojo rojo": ("mácula rojiza",),
    "una mancha blanca": ("mácula hipocrómica",),
    "la oreja perforada": ("perforación en lóbulo",),
    "las orejas perforadas": ("perforación en ambos lóbulos",),
    # Belongings.
    "una mochila negra": ("mochila color negro", "bolso dorsal"),
    "un celular": ("teléfono móvil", "teléfono celular marca Samsung"),
    "un rosario": ("rosario", "objeto religioso tipo rosario"),
    "dinero escondido": ("papel moneda", "dólares americanos"),
    "un papelito con teléfonos": ("papel con números manuscritos", "nota manuscrita"),
    "una estampita de San Judas": ("estampa religiosa",), "un escapulario": ("escapulario",),
    "una cadena": ("cadena de metal blanco",), "un anillo con letras": ("anillo de metal grabado",),
    "una foto de sus hijos": ("fotografía de menores", "fotografías"),
    "billetes de su país": ("moneda extranjera", "billetes y monedas"),
    "una foto de su mamá con dedicatoria": ("fotografía con texto al reverso",),
    "una pulsera tejida": ("pulsera de hilo",), "una Biblia chiquita": ("libro religioso",),
    "una bolsa de plástico": ("bolsa plástica",),
    "un galón de agua negro": ("recipiente para agua",),
    "un reloj": ("reloj de pulsera", "reloj digital marca Casio"),
    "una carta": ("carta manuscrita",),
    "una medalla de la Virgen": ("medalla religiosa", "dije"),
    "una gorra guardada": ("prendas de vestir adicionales",),
    "una dirección apuntada": ("papel con domicilio",),
    "medicina para la presión": ("medicamento", "blíster de tabletas"),
    "aretes": ("par de aretes",),
    "unos lentes": ("anteojos", "lentes graduados"), "un encendedor": ("encendedor", "cigarrillos"),
    "un celular chiquito": ("teléfono básico",), "una cangurera": ("bolso de cintura",),
    "una cadena con crucifijo": ("dije en forma de cruz", "cadena con dije"),
    "un llavero con nombre": ("llavero", "juego de llaves"),
    "una oración doblada": ("impreso religioso",),
    "un boleto de autobús": ("boleto de transporte",),
    "su documento de identidad": ("documento de identidad", "documento a nombre"),
    # What has healed.
    "se quebró la muñeca de niño": ("fractura consolidada de radio distal",),
    "se quebró el brazo": ("fractura consolidada de cúbito",),
    "se fracturó el brazo cerca del hombro": ("callo óseo en húmero",),
    "se quebró la pierna": ("fractura consolidada de fémur", "callo óseo en fémur"),
    "se fracturó la pierna abajo de la rodilla": ("fractura consolidada de tibia",),
    "golpe en las costillas": ("fracturas costales consolidadas",),
    "un golpe en la cabeza": ("hundimiento craneal antiguo",),
    "le quebraron la quijada": ("fractura mandibular consolidada",),
    "se quebró un dedo": ("fractura consolidada de metacarpo",),
    "se torció y quebró el tobillo": ("fractura consolidada de tobillo",),
    "se cayó y se lastimó la cadera": ("fractura consolidada de pelvis",),
    "se cayó de un árbol, la espalda": ("aplastamiento vertebral antiguo",),
    "operado de apendicitis": ("cicatriz de apendicectomía",),
    "cesárea": ("cicatriz tipo Pfannenstiel",), "operado de hernia": ("cicatriz inguinal",),
    "operada de la vesícula": ("cicatriz subcostal",),
    "tiene un clavo en la pierna": ("clavo intramedular", "material de osteosíntesis"),
    "una placa con tornillos en la pierna": ("material de osteosíntesis en tibia",),
    "una placa en el brazo": ("placa y tornillos en radio",),
    "operado del corazón de niño": ("alambres esternales",),
    "le falta un dedo": ("amputación antigua de falange",),
    "tiene un ojo de vidrio": ("prótesis ocular",),
}  # fmt: skip
ARTICLE = re.compile(r"^(un|una|unos|unas|el|la|los|las|su|sus) ")

FEMININE = frozenset(("camisa", "playera", "chamarra", "sudadera", "gorra", "cachucha", "botas",
                      "falda", "ropa", "pañoleta", "camiseta"))  # fmt: skip
PLURAL = frozenset(("tenis", "zapatos", "botas", "jeans", "calcetines", "guantes"))


def formally(wordings: tuple[str, ...]) -> tuple[str, ...]:
    """Put wordings of families as an examiner would: a term, or the same without its article."""
    plain = tuple(ARTICLE.sub("", way) for way in wordings)
    return FORMAL.get(wordings[0], plain)


def agreeing(colour: str, noun: str) -> str:
    """Let the first word of a Spanish colour agree with the noun."""
    head = noun.removeprefix("una ").split(" ")[0]
    first, blank, rest = colour.partition(" ")
    if head in FEMININE and first.endswith("o"):
        first = f"{first[:-1]}a"
    if head in PLURAL and not rest:
        first += "s" if first[-1] in "aeiouáéé" else "es"
    return first + blank + rest
