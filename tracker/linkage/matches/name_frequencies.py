"""How frequent names are: fixed tables, so that a score never depends on who else is listed.

Rounded by hand from what is publicly known of the most frequent names of Mexico, Guatemala,
Honduras, El Salvador, Nicaragua, Colombia, Venezuela, Ecuador, Peru, Cuba, the Dominican Republic
and Haiti, weighed roughly by how many people on the move come from there. No list was copied. They
are orders of magnitude: a name that is off by a half moves a score by 0.4 nats.
"""

from tracker.linkage.matches.phonetics import sound_of

# Number of mentions among 10,000 surnames, and after it the names of that number.
_SURNAMES = """
340: hernandez
300: garcia lopez martinez
230: rodriguez gonzalez perez
160: ramirez sanchez
110: flores cruz rivera gomez morales
80: reyes torres diaz vasquez ramos mejia gutierrez castillo
60: ortiz mendoza romero ruiz aguilar jimenez alvarez chavez castro moreno alvarado
45: juarez medina vargas herrera fernandez guzman munoz contreras rojas silva orellana zelaya
35: velasquez salazar guerrero soto delgado pineda lara leon estrada figueroa campos cabrera
28: mendez vega rios santos ayala maldonado escobar avila guerra molina espinoza padilla
28: rosales navarro acosta suarez marquez solis santiago valdez fuentes nunez sandoval cardenas
20: calderon miranda cortez montoya serrano barrera carrillo lozano trejo bautista paz ortega
20: duarte pena peralta ochoa zamora zavala montes bonilla portillo franco luna cordova palacios
20: interiano funez caceres menjivar jean pierre joseph charles louis coto erazo banegas amaya
14: rosario marte polanco valencia osorio quispe mamani ospina zapata giraldo restrepo cano
14: baez santana velazco villalobos villanueva galvez barrios monzon cifuentes xol caal choc tzoc
14: chub tum ixcoy chavajay sacalxot pop coc cuc tzul bolanos arias arevalo aguirre beltran
14: benitez blanco camacho cervantes corona dominguez esquivel galindo gallegos guevara
14: henriquez ibarra izaguirre lemus linares macias marin melendez mata monroy murillo nava
14: ocampo olivares pacheco ponce quintero quintanilla rangel robles rosas rubio salinas sierra
14: tapia tejada tovar trujillo turcios umana uribe urbina vallejo velez vera villa villegas zuniga
10: etienne baptiste francois desir dorvil cadet michel paul augustin
10: andrade angeles arce arroyo bermudez bravo bustamante canales cantu carranza carrasco cerda
10: cisneros colindres correa escalante escobedo euceda gamez godoy granados hidalgo huerta leiva
10: madrid matute mercado meza mora najera nieto norales olvera oviedo palma paredes parra
10: pastor perdomo quezada quiroz recinos rico rivas rosa saavedra salgado salvador sevilla sosa
10: tellez toro valdes valenzuela valle valladares varela ventura villatoro yanez zepeda
"""
# The same among 15,000 given names.
_GIVEN_NAMES = """
420: jose
380: maria
280: juan
220: luis carlos
170: jesus ana miguel
130: francisco antonio manuel pedro jorge
95: angel rosa alejandro guadalupe david daniel fernando
70: marvin roberto mario oscar carmen victor marco rafael javier ramon cesar eduardo elena
70: jean alberto luz martha margarita andres julio
50: gloria sandra santos claudia karla ricardo edwin wilmer jonathan kevin hector sergio ruben
50: alexander ernesto enrique jaime gabriel diego cristian elmer rene patricia isabel rosario
35: bryan josue milton walter franklin nelson omar armando arturo raul pablo felipe adrian ivan
35: joel jairo denis darwin selvin melvin erick edgar hugo ismael samuel elias moises cristina
35: teresa juana josefa francisca silvia blanca irma norma lidia reina dora gladys yolanda mirna
25: sofia andrea daniela gabriela valeria fernanda alejandra karen jennifer jessica wendy yesenia
25: vilma elsa olga marta alicia leticia veronica lourdes esperanza dolores mercedes concepcion
25: emmanuel pierre joseph michel frantz wilson john henry william anthony steven allan rolando
25: guillermo gerardo gustavo ignacio domingo tomas nicolas lorenzo agustin alfredo orlando
18: esteban mateo sebastian santiago leonardo rodolfo rigoberto reynaldo osman olvin mauricio
18: lucas isaac ezequiel eliseo delmer cruz bernardo benjamin baltazar abel adan alonso aurelio
18: camila lucia natalia paola diana monica susana sara ruth raquel rebeca ingrid iris heidi
18: marie nadege rose islande guerline widline yusbel yoandri yuniel osmany yaneth yamileth
12: abraham alexis alvaro ariel arnulfo bayron carolina catarina celia cecilia cindy clara delia
12: dayana denia digna doris ena ericka estela esther eva evelyn fatima fausto favio fidel
12: florentino fredy genaro geovany gilberto gregorio heriberto hilda hipolito humberto ileana
12: imelda jackeline jacinto joaquin josefina julia justo karina keily kenia laura leonel lilian
12: marcela marcos maritza maura maximiliano maynor mayra melissa merlin nancy nelly nestor nohemi
12: noe norman obed pamela paulina petrona porfirio ramiro rosalinda rosmery roxana rudy salvador
12: saul simon sonia suyapa tania vicente virginia wilfredo xiomara ximena yeferson yeni zoila
"""
UNLISTED_SURNAME, UNLISTED_GIVEN = 2e-4, 3e-4
# Nicknames that many bear, as a share of all nicknames.
_BYNAMES = "flaco flaca gordo gorda negro negra chino china guero guera moreno morena chaparro"
COMMON_BYNAMES, BYNAME_SHARE = frozenset(_BYNAMES.split()), 0.02


def _by_sound(table: str, mentioned: int) -> dict[str, float]:
    shares: dict[str, float] = {}
    for line in table.strip().splitlines():
        mentions, names = line.split(":")
        for name in names.split():
            sound = sound_of(name)
            shares[sound] = shares.get(sound, 0.0) + int(mentions) / mentioned
    return shares


_SURNAME_SHARES, _GIVEN_SHARES = _by_sound(_SURNAMES, 10_000), _by_sound(_GIVEN_NAMES, 15_000)


def surname_share(word: str) -> float:
    """Return which share of surnames sounds like this one, from 0 to 1."""
    return _SURNAME_SHARES.get(sound_of(word), UNLISTED_SURNAME)


def given_share(word: str) -> float:
    """Return which share of given names (or nicknames) sounds like this one, from 0 to 1."""
    if word in COMMON_BYNAMES:
        return BYNAME_SHARE
    return _GIVEN_SHARES.get(sound_of(word), UNLISTED_GIVEN)
