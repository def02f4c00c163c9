"""Countries of origin with their regions, and invented villages with their families."""

from dataclasses import dataclass
from functools import cache
from random import Random

from benchmarks.registers import other_names, spanish_names
from benchmarks.registers.chance import Table, added, happens, ranked, words

HAITIAN, WEST_AFRICAN = ("HTI",), ("SEN", "MLI", "GMB", "MRT")
VILLAGES = {"GTM": 160, "HND": 160, "MEX": 300, "SLV": 110, "HTI": 130, "VEN": 120, "CUB": 110}
FEWEST_VILLAGES = 60
SUFFIXES = 5  # The first landmarks only follow another name.

NAMES = {
    "GTM": "Guatemala", "HND": "Honduras", "SLV": "El Salvador", "NIC": "Nicaragua",
    "MEX": "México", "ECU": "Ecuador", "VEN": "Venezuela", "CUB": "Cuba", "HTI": "Haití",
    "DOM": "República Dominicana", "COL": "Colombia", "PER": "Perú", "BOL": "Bolivia",
    "SEN": "Senegal", "MLI": "Malí", "GMB": "Gambia", "MRT": "Mauritania",
}  # fmt: skip
REGIONS = {
    "GTM": words("""Huehuetenango San_Marcos Quiché Quetzaltenango Totonicapán Alta_Verapaz
    Baja_Verapaz Chiquimula Jutiapa Izabal Petén Sololá Chimaltenango Guatemala Escuintla"""),
    "HND": words("""Yoro Cortés Olancho Francisco_Morazán Comayagua Atlántida Choluteca Copán Colón
    Santa_Bárbara Lempira Intibucá La_Paz Valle El_Paraíso Ocotepeque"""),
    "SLV": words("""Usulután San_Miguel La_Unión Morazán Chalatenango Cabañas San_Vicente La_Paz
    Sonsonate Santa_Ana Ahuachapán Cuscatlán La_Libertad San_Salvador"""),
    "NIC": words("Chinandega León Estelí Matagalpa Jinotega Madriz Nueva_Segovia Managua Masaya"),
    "MEX": words("""Oaxaca Chiapas Guerrero Veracruz Puebla Michoacán Guanajuato Hidalgo Sinaloa
    Sonora Zacatecas San_Luis_Potosí Jalisco Estado_de_México Tabasco Durango Tlaxcala Morelos"""),
    "ECU": words("Cañar Azuay Chimborazo Guayas Manabí Loja Tungurahua Cotopaxi Esmeraldas El_Oro"),
    "VEN": words("Zulia Táchira Lara Carabobo Falcón Portuguesa Trujillo Mérida Barinas Sucre"),
    "CUB": words("Granma Holguín Santiago Camagüey Las_Tunas Villa_Clara Matanzas Pinar_del_Río"),
    "HTI": words("Artibonite Nord Nord-Ouest Nord-Est Centre Ouest Sud Sud-Est Nippes Grande-Anse"),
    "DOM": words("Nagua Samaná Miches Azua Barahona San_Juan Duarte Santiago El_Seibo Higüey"),
    "COL": words("Chocó Antioquia Nariño Valle_del_Cauca Cauca Córdoba Norte_de_Santander"),
    "PER": words("Puno Cusco Lima Piura Cajamarca"),
    "BOL": words("La_Paz Oruro Potosí Cochabamba Santa_Cruz"),
    "SEN": words("Thiès Saint-Louis Ziguinchor Dakar Kaolack"),
    "MLI": words("Kayes Koulikoro Sikasso"), "GMB": words("Banjul Brikama Basse"),
    "MRT": words("Nouadhibou Rosso Kaédi"),
}  # fmt: skip
KINDS = ("", "", "", "Aldea ", "Caserío ", "Cantón ", "Barrio ", "Colonia ", "Ejido ")
SAINTS = words("""San_José San_Juan San_Antonio Santa_Rosa San_Francisco San_Pedro Santa_María
San_Miguel San_Isidro Santa_Cruz San_Marcos San_Rafael Santa_Ana San_Luis San_Jerónimo San_Lucas
Concepción Candelaria Guadalupe San_Mateo San_Andrés Santo_Domingo San_Nicolás Santa_Lucía""")
LANDMARKS = words("""Arriba Abajo Grande Chiquito del_Monte Las_Flores El_Naranjo Los_Amates
La_Ceiba Los_Encuentros El_Rosario Las_Delicias Buena_Vista El_Porvenir La_Esperanza El_Carrizal
Las_Mesas Agua_Caliente Quebrada_Seca El_Zapote Los_Pinos El_Progreso Las_Palmas""")
FRENCH_PLACES = words("""Bassin Morne-Rouge Grande-Rivière Petite-Anse Savane Croix-Fer Bois-Blanc
Trou-Caïman La-Source Terre-Neuve Gros-Morne Fond-Bleu L'Étang Ravine-Sèche La-Hatte""")


@dataclass(frozen=True, slots=True)
class Village:
    """Name a village with the surnames that its families share."""

    country: str
    region: str
    name: str
    surnames: Table[str]


def _place_name(country: str, rng: Random) -> str:
    if country in HAITIAN:
        return (
            f"{rng.choice(FRENCH_PLACES)} {rng.choice(('', 'Haut', 'Bas', '1re section'))}".strip()
        )
    if country in WEST_AFRICAN:
        return rng.choice(("Keur ", "Sinthiou ", "Darou ")) + rng.choice(
            ("Mbaye", "Samba", "Salam")
        )
    saint, landmark = rng.choice(SAINTS), rng.choice(LANDMARKS)
    if happens(rng, 0.35):
        return rng.choice(LANDMARKS[SUFFIXES:])
    return rng.choice(KINDS) + (f"{saint} {landmark}" if happens(rng, 0.4) else saint)


@cache
def surnames_of(country: str) -> Table[str]:
    """Give the surnames of a country with their weights."""
    if country in HAITIAN:
        return Table(ranked(other_names.HAITIAN_SURNAMES, flat=4, steep=0.9))
    if country in WEST_AFRICAN:
        return Table(ranked(other_names.WEST_AFRICAN_SURNAMES, flat=4, steep=0.8))
    local = ranked(spanish_names.LOCAL_SURNAMES[country], 0.45, flat=8)
    return Table(added(local, ranked(spanish_names.SURNAMES, 0.55, flat=6)))


def villages_of(country: str, rng: Random) -> Table[Village]:
    """Invent the villages of a country, a few of them large."""
    known = surnames_of(country)
    villages = []
    for _ in range(VILLAGES.get(country, FEWEST_VILLAGES)):
        families = {known.draw(rng): 1.0 for _ in range(rng.randint(5, 14))}
        village = Village(
            country=country,
            region=rng.choice(REGIONS[country]),
            name=_place_name(country, rng),
            surnames=Table(ranked(list(families), flat=1)),
        )
        villages.append(village)
    return Table(ranked(villages, flat=8, steep=0.9))
