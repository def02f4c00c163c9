"""What columns of lists of people are called, in Spanish and English, by what they mean."""

from collections.abc import Mapping

HEADERS: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("id", "case number", "case no", "case #", "case", "me case number", "numero de caso"),
        *("no de caso", "num caso", "caso", "expediente", "no de expediente", "folio", "number"),
        *("numero", "no", "clave", "ml number", "fosa id", "namus number", "numero de expediente"),
        *("carpeta", "carpeta de investigacion", "codigo", "record id"),
    ),
    "given_names": (
        *("given names", "given name", "first name", "first names", "nombre", "nombres", "name"),
        *("full name", "nombre completo", "name if known", "nombre si se conoce"),
        *("presumed name", "nombre presunto", "middle name", "segundo nombre"),
    ),
    "first_surname": (
        *("last name", "surname", "family name", "apellido", "apellidos", "primer apellido"),
        *("apellido paterno", "paterno", "first surname"),
    ),
    "second_surname": (*("second surname", "segundo apellido", "apellido materno", "materno"),),
    "nicknames": ("nickname", "nicknames", "alias", "apodo", "apodos", "sobrenombre"),
    "sex": ("sex", "sexo", "gender", "genero", "biological sex", "sexo biologico"),
    "age": (
        *("age", "edad", "missing age", "age range", "rango de edad", "edad aproximada"),
        *("edad estimada", "estimated age", "current age", "age at disappearance"),
    ),
    "age_from": ("age from", "edad desde", "edad de", "age min", "minimum age", "edad minima"),
    "age_to": ("age to", "edad hasta", "edad a", "age max", "maximum age", "edad maxima"),
    "height": ("height", "estatura", "talla", "altura", "stature", "estatura aproximada"),
    "height_from": ("height from", "height min", "estatura desde", "estatura minima"),
    "height_to": ("height to", "height max", "estatura hasta", "estatura maxima"),
    "weight": ("weight", "peso", "peso aproximado"),
    "weight_from": ("weight from", "weight min", "peso desde", "peso minimo"),
    "weight_to": ("weight to", "weight max", "peso hasta", "peso maximo"),
    "hair": ("hair", "hair color", "hair colour", "cabello", "pelo", "color de cabello"),
    "eyes": ("eyes", "eye color", "eye colour", "ojos", "color de ojos"),
    "tattoos": ("tattoo", "tattoos", "tatuaje", "tatuajes"),
    "scars": (
        *("scars", "scars and marks", "marks", "cicatrices", "senas particulares", "lunares"),
        *("distinguishing marks", "scars marks", "distinctive physical features"),
    ),
    "dental": (
        *("dental", "teeth", "dientes", "dentadura", "odontologia", "dental information"),
        *("dental findings", "hallazgos dentales", "piezas dentales", "odontograma"),
    ),
    "medical": (
        *("medical", "fractures", "fracturas", "implants", "implantes", "medical conditions"),
        *("antecedentes medicos", "cirugias", "surgeries", "medical findings"),
        *("hallazgos medicos", "antropologia", "medical information"),
    ),
    "clothing": ("clothing", "clothes", "ropa", "vestimenta", "prendas"),
    "shoes": ("shoes", "footwear", "calzado", "zapatos"),
    "belongings": (
        *("property", "belongings", "personal effects", "effects", "pertenencias", "objetos"),
        *("efectos personales", "jewelry", "accessories", "accesorios", "joyas"),
    ),
    "origin_country": (
        *("country of origin", "origin", "nationality", "pais de origen", "nacionalidad"),
        *("pais", "country", "country of birth", "pais de nacimiento"),
    ),
    "origin_place": (
        *("place of origin", "hometown", "lugar de origen", "municipio de origen"),
        *("departamento de origen", "community of origin", "birthplace", "lugar de nacimiento"),
    ),
    "date": (
        *("date found", "found date", "date of discovery", "fecha de hallazgo", "reporting date"),
        *("fecha del hallazgo", "fecha de localizacion", "dbf", "date body found"),
        *("dlc", "date of last contact", "last contact", "last seen", "date last seen"),
        *("fecha de ultimo contacto", "ultimo contacto", "fecha de desaparicion", "date missing"),
        *("fecha del ultimo contacto", "fecha ultima comunicacion", "fecha", "date"),
    ),
    "place": (
        *("location", "place", "place found", "found at", "lugar", "lugar de hallazgo"),
        *("lugar del hallazgo", "ubicacion", "city", "county", "state", "municipio", "ciudad"),
        *("lugar de ultimo contacto", "lugar de desaparicion", "last seen at", "estado"),
        *("last known location", "corridor", "surface management", "departamento"),
    ),
    "latitude": ("latitude", "lat", "latitud", "y"),
    "longitude": ("longitude", "lon", "long", "lng", "longitud", "x"),
    "coordinates": ("coordinates", "coordenadas", "gps", "lat lon", "latlong"),
    "condition": (
        *("condition", "body condition", "condition of remains", "condicion", "estado del cuerpo"),
        *("condicion de los restos", "estado de conservacion", "decomposition"),
    ),
    "parts_found": ("parts found", "inventory of remains", "partes", "partes halladas"),
    "cause_official": (
        *("cause of death", "cause", "cod", "causa de muerte", "causa", "causa de la muerte"),
        *("omecod",),
    ),
    "burial_place": ("burial", "burial place", "cemetery", "cementerio", "panteon", "inhumacion"),
    "route": ("route", "ruta", "planned route", "ruta planeada"),
    "circumstances": ("circumstances", "circunstancias", "hechos", "narrative", "relato"),
    "inquirer_name": (
        *("contact name", "reported by", "familiar", "reportante", "nombre del familiar"),
        *("denunciante", "reporting party", "quien reporta"),
    ),
    "inquirer_telephones": (
        *("contact phone", "phone of family", "telefono", "telefono del familiar"),
        *("telefono de contacto", "telephone", "phone"),
    ),
    "match_consent": (
        *("consent to matching", "consentimiento para comparar", "matching consent"),
        *("consentimiento de cotejo", "acepta comparar", "consentimiento"),
    ),
    "match_consent_on": ("consent date", "fecha de consentimiento", "fecha del consentimiento"),
    "match_consent_by": (
        *("consent by", "consent given by", "quien dio consentimiento", "consentimiento de"),
        *("quien consintio",),
    ),
    "notes": ("notes", "note", "notas", "observaciones", "comments", "comentarios", "remarks"),
}
