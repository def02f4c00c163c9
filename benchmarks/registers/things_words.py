"""Words for belongings and clothing in Spanish and in English."""

from benchmarks.registers.chance import Table, ranked, words
from benchmarks.registers.marks_words import Motif, motifs


def _kinds(table: str) -> tuple[tuple[str, Motif], ...]:
    """Read lines of: kind | Spanish | English | text."""
    lines = [line.partition("|") for line in table.strip().splitlines()]
    read = motifs("\n".join(rest for _, _, rest in lines))
    return tuple((kind.strip(), motif) for (kind, _, _), motif in zip(lines, read, strict=True))


BELONGINGS = Table(ranked(_kinds("""
bag | una mochila negra; mochila | black backpack; backpack; daypack |
telephone | un celular; su teléfono Samsung | cell phone; Samsung cell phone, no SIM |
religious | un rosario; un rosario de madera | rosary; wooden rosary beads |
money | dinero escondido; unos dólares | US currency; paper currency |
paper | un papelito con teléfonos; números apuntados | paper with numbers; handwritten note |
religious | una estampita de San Judas; una estampa | prayer card; St Jude card | San Judas Tadeo
jewellery | una cadena; una cadenita de plata | necklace; white metal chain |
jewellery | un anillo con letras; un anillo | ring, engraved; yellow metal ring | {initials}
photo | una foto de sus hijos; fotos de la familia | photograph of children; family photo |
religious | un escapulario | scapular; cloth pendant |
money | billetes de su país; unos pesos | foreign currency; Mexican pesos; coins |
photo | una foto de su mamá con dedicatoria | photograph with writing on back | Para {name}
jewellery | una pulsera tejida; una pulsera | woven bracelet; string bracelet |
religious | una Biblia chiquita; un Nuevo Testamento | pocket Bible; New Testament |
bag | una bolsa de plástico; una bolsa | plastic bag; grocery bag |
other | un galón de agua negro; botella de agua | black water jug; water bottle |
jewellery | un reloj; un reloj Casio | wristwatch; Casio digital watch |
paper | una carta; una cartita de la niña | letter; child's handwriting | Te quiero papá
religious | una medalla de la Virgen; una medallita | medal; medallion | Virgen de Guadalupe
other | una gorra guardada; ropa de cambio | change of clothes; extra clothing |
paper | una dirección apuntada; la dirección de la tía | note with address; scrap of paper | {place}
other | medicina para la presión; unas pastillas | pill bottle; tablets |
jewellery | aretes; unas argollas | earrings; hoop earrings |
other | unos lentes; anteojos | eyeglasses |
other | un encendedor; cigarros | lighter; cigarettes |
other | un peine; un espejito | comb; small mirror |
telephone | un celular chiquito; un frijolito | small flip phone; basic phone |
bag | una cangurera; una riñonera | waist pack; fanny pack |
jewellery | una cadena con crucifijo; un crucifijo | chain with crucifix; crucifix pendant |
other | un llavero con nombre; llaves | keys; key ring | {name}
religious | una oración doblada; una oración | folded prayer; printed prayer | Oración del migrante
paper | un boleto de autobús; un boleto | bus ticket; ticket stub |
"""), flat=6, steep=0.8))  # fmt: skip
DOCUMENT = Motif(
    ("su documento de identidad", "la cédula", "la partida de nacimiento", "una credencial"),
    ("identity card", "birth certificate, folded", "consular card", "voter card"),
    None,
)

GARMENTS = Table({"shirt": 30, "trousers": 28, "shoes": 24, "jacket": 16, "cap": 11, "belt": 12,
                  "underwear": 8, "dress": 0.5, "other": 3})  # fmt: skip
GARMENT_WORDS = {
    "shirt": (("camisa", "playera", "camisa manga larga", "camisa a cuadros"),
              ("shirt", "t-shirt", "long sleeved shirt", "plaid shirt")),
    "trousers": (("pantalón", "pantalón de mezclilla", "jeans"),
                 ("pants", "jeans", "denim trousers")),
    "shoes": (("tenis", "zapatos", "botas"), ("sneakers", "shoes", "boots")),
    "jacket": (("chamarra", "sudadera", "suéter"), ("jacket", "hooded sweatshirt", "sweater")),
    "cap": (("gorra", "cachucha"), ("baseball cap", "cap")),
    "belt": (("cinturón", "cincho"), ("belt", "leather belt")),
    "underwear": (("bóxer", "ropa interior"), ("boxer shorts", "underwear")),
    "dress": (("vestido", "falda"), ("dress", "skirt")),
    "other": (("calcetines", "guantes", "una pañoleta"), ("socks", "gloves", "bandana")),
}  # fmt: skip
COLOURS = {
    "black": (("negro",), ("black",), ("dark blue", "grey")),
    "blue": (("azul", "azul marino"), ("blue", "navy blue"), ("light blue", "black", "grey")),
    "white": (("blanco",), ("white",), ("grey", "beige")),
    "grey": (("gris",), ("gray", "grey"), ("light blue", "white")),
    "red": (("rojo", "colorado"), ("red",), ("maroon", "pink")),
    "brown": (("café", "marrón"), ("brown",), ("beige", "grey")),
    "green": (("verde",), ("green",), ("olive", "grey")),
    "olive": (("verde militar", "camuflaje"), ("olive green", "camouflage"), ("brown", "green")),
    "beige": (("beige", "crema", "kaki"), ("tan", "khaki"), ("white", "brown")),
    "maroon": (("vino", "corinto"), ("maroon", "burgundy"), ("red", "brown")),
    "yellow": (("amarillo",), ("yellow",), ("beige", "white")),
    "pink": (("rosado", "rosa"), ("pink",), ("white", "red")),
    "purple": (("morado",), ("purple",), ("blue", "maroon")),
    "orange": (("anaranjado", "naranja"), ("orange",), ("yellow", "red")),
    "light blue": (("celeste", "azul cielo"), ("light blue",), ("grey", "white")),
    "dark blue": (("azul oscuro", "azul marino"), ("dark blue", "navy"), ("black", "blue")),
}
COLOUR_OF = Table(ranked(tuple(COLOURS), flat=1))
DENIM = Table({"blue": 60, "black": 20, "dark blue": 12, "grey": 4, "beige": 3, "brown": 1})
BRANDS = {
    "shirt": Table(
        ranked(words("Nike Adidas Polo Hollister Aéropostale Puma Gildan Old_Navy"), flat=2)
    ),
    "trousers": Table(
        ranked(words("Levi's Wrangler Lee Furor Oggi Old_Navy Rustler Hollister"), flat=2)
    ),
    "shoes": Table(
        ranked(words("Nike Adidas Converse Puma Jordan Vans Caterpillar Reebok Fila"), flat=2)
    ),
    "jacket": Table(ranked(words("Nike Adidas Columbia Champion Puma Hollister"), flat=2)),
    "cap": Table(ranked(words("Nike New_Era Yankees Dodgers Jordan"), flat=2)),
    "underwear": Table(ranked(words("Hanes Calvin_Klein Fruit_of_the_Loom Rinbros"), flat=2)),
}
BRAND_SLIPS = {
    "Nike": "Naik", "Adidas": "Adiddas", "Levi's": "Levis", "Hollister": "Holister",
    "Converse": "Convers", "Wrangler": "Rangler", "Aéropostale": "Aeropostal", "Reebok": "Ribok",
}  # fmt: skip
