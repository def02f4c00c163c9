"""Words that make a second secret: plain things, easily said, heard and typed, none sad."""

_IN_SPANISH = """
abeja abrigo aceite agua aguja ajo alameda algodon almendra ancla anillo arbol arcilla arena
arpa arroyo arroz aurora avena avion azucar azul balcon balsa bambu banco barca barro bata
bebida boina bolsa bosque bote botella boton brisa bronce bufanda burro cabra cacao cafe caja
calle camello camino camisa campana canasta canela canto caracol carbon carreta carta casa
cebolla cedro cereza cesta cielo cinta ciruela clavel cobre cocina coco colina collar comal
cometa conejo copa coral corona cuaderno cuchara cuento cuerda danza dedal delfin dulce durazno
eco elote escalera escoba espejo espiga esquina estrella faro feria flauta flor fogata fresa
frijol fruta fuente gallina ganso garza gato girasol globo gorra grano granizo grillo guante
guitarra hamaca harina hierba higo hilo hoja horno huerta iguana iman incienso isla jabon jarra
jardin jazmin jilguero juego lago lampara lana laurel leche lechuga lenteja libro lima limon
linterna lirio llave lluvia loma loro luna maiz maleta manantial mango manzana mar maraca
margarita mariposa melon menta mercado mesa miel molino monte mora nido nieve nube nuez oliva
olla orilla oro oveja pajaro palma paloma pan pano papaya papel parque pasto pato pera perla
petate pez piedra pino pinta plata platano plato playa pluma pozo prado puente puerta puma queso
quinta rama rana rebozo regla reloj remo rio risa rocio romero rosa rueda sal sandia sauce
semilla sendero silla sol sopa tambor taza tejado tela tierra tigre tomate torre tortilla
tortuga trebol trigo trompo tuna uva vaca valle vela velero ventana verano verde viento violin
yegua yuca zafiro zapato zorro
"""
_IN_ENGLISH = """
acorn almond anchor apple apron arrow autumn badge banana barley basket beach bean bell berry
blanket blossom boat bottle bread breeze brick bridge bronze brush bucket butter button cabin
camel candle canoe canyon carpet carrot castle cedar chair cherry chest cinnamon circle clay
cliff cloud clover coast cocoa coffee copper coral corn cotton cousin cradle creek cricket crown
cup daisy dance desk dolphin donkey door dove dragonfly drum duck eagle earth echo elbow fabric
feather fern field fig finch flag flame flower flute forest fountain fox frog fruit garden
garlic ginger glove goat gold goose grape grass gravel guitar hammer hammock harbour harvest hat
hazel hill honey horse house island ivory jacket jar jasmine jelly juice kettle key kitchen kite
ladder lake lamp lantern lark laurel leaf lemon lettuce library lily lime linen lizard maple
marble market meadow melon milk mint mirror moon morning mountain muffin music napkin nest
noodle north nut oak oar ocean olive onion orange orchard otter oven owl paddle palm paper
parade parrot path peach pear pearl pebble pencil pepper piano pillow pine planet plate plum
pocket pond poppy pumpkin quilt rabbit radish rain raspberry ribbon rice ring river robin rocket
roof rope rose saddle sail salt sand scarf school seed shade sheep shell silver sky snow soap
song soup sparrow spice spoon spring squirrel star stone stream string sugar summer sun swallow
table tea thread tiger tomato tower trail train tree tulip turtle umbrella valley velvet village
violet violin wagon walnut water wheat wheel whistle willow wind window winter wool yarn yellow
zebra
"""
SPANISH, ENGLISH = tuple(_IN_SPANISH.split()), tuple(_IN_ENGLISH.split())
