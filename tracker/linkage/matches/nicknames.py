"""What people are called in Spanish beside their given names: "Chepe" is José."""

from functools import lru_cache

_CALLED = """
jose: pepe chepe chepito pepito joseito cheo
josefa josefina: pepa chepa fina chepita pina
maria: mari mary marucha mariita maruja
juan: juancho juanito
juana: juanita
luis: lucho guicho luisito
jesus: chuy chucho chuyito
francisco: paco pancho chico panchito kiko paquito
francisca: paca pancha panchita paquita
guadalupe: lupe lupita pita
antonio: tono tonito toni
manuel: manolo meme manny manu
miguel: migue mike
pedro: perucho pedrito
alejandro: alex ale jano
alejandra: ale jandra sandra
alexander: alex
roberto: beto robert tito
alberto: beto
norberto gilberto heriberto humberto rigoberto adalberto: beto
eduardo: lalo eddy edu
gerardo: lalo gera
fernando: nando fer
fernanda: fer nanda
rafael: rafa fallo
ramon: moncho monchito
enrique: quique kike
ricardo: rica richi
jorge: coque jorgito
mario: mayito
victor: vitico vicho
javier: javi
concepcion: concha conchita
dolores: lola lolita
mercedes: meche merche
rosario: chayo charo
rosa: rosita
teresa: tere teresita
isabel: chabela chavela isa bela
margarita: mago rita margo
carmen: carmencita carmela
esperanza: lancha pera espe
gabriel: gabi gabo
gabriela: gabi gaby
graciela: chela
consuelo: chelo
soledad: chole
socorro: coco
ignacio: nacho
cristian: cris
cristina: cris tina
salvador: chava chamba
santiago: chago
sebastian: sebas chano
vicente: chente
gregorio: goyo
guillermo: memo guille
gustavo: tavo
octavio: tavo
arturo: turo
daniel: dani
daniela: dani
andres: andy
ana: anita
elena: nena elenita
beatriz: bety betty
patricia: paty pati
veronica: vero
valeria: vale
leticia: lety leti
refugio: cuca cuco
hermenegildo: gildo
jonathan: yoni jony
joaquin: quincho
domingo: mingo
lorenzo: lencho
florencio: lencho
feliciano: chano
maximiliano: max
nicolas: nico colas
tomas: tomasito
sergio: checo
cesar: checha
raul: rulo
"""


@lru_cache(maxsize=1)
def _names_of() -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for line in _CALLED.strip().splitlines():
        given, called = line.split(":")
        for word in called.split():
            names.setdefault(word, {word}).update(given.split())
    return {word: frozenset(given) for word, given in names.items()}


def given_names_of(word: str) -> frozenset[str]:
    """Return the given names that a folded word can stand for, itself included."""
    return _names_of().get(word, frozenset((word,)))
