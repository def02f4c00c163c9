"""One clear sentence for each reason why a file cannot be read, and for each finding."""

from collections.abc import Mapping

from tracker.exchange.mmp import UnreadableFile

# code: (English, Spanish). Braces name facts of the refusal's detail; {file} is the file's name.
UNREADABLE: dict[str, tuple[str, str]] = {
    "not_a_file": (
        "{file} is not a file that can be read.",
        "{file} no es un archivo que se pueda leer.",
    ),
    "empty_file": ("{file} is empty.", "{file} está vacío."),
    "too_large": (
        "{file} holds {bytes} bytes; no more than {limit} are read.",
        "{file} tiene {bytes} bytes; no se leen más de {limit}.",
    ),
    "not_utf8": (
        "{file} is not in UTF-8 (line {line}, byte {byte}; it may be {guess}): "
        "save it as CSV UTF-8 and try again.",
        "{file} no está en UTF-8 (línea {line}, byte {byte}; puede ser {guess}): "
        "guárdelo como CSV UTF-8 e inténtelo de nuevo.",
    ),
    "nul_bytes": (
        "{file} holds NUL bytes (line {line}), so it is damaged or no text.",
        "{file} contiene bytes NUL (línea {line}): está dañado o no es texto.",
    ),
    "html_not_csv": (
        "{file} is a web page or XML, not a table: download the data file itself.",
        "{file} es una página web o XML, no una tabla: descargue el archivo de datos.",
    ),
    "binary_file": (
        "{file} is no CSV, XLSX or JSON file.",
        "{file} no es un archivo CSV, XLSX ni JSON.",
    ),
    "truncated": (
        "{file} breaks off in the middle of a record (line {line}): download it again.",
        "{file} se interrumpe en medio de un registro (línea {line}): descárguelo de nuevo.",
    ),
    "ragged_row": (
        "{file}: record {row} has {found} fields where the header has {expected}.",
        "{file}: el registro {row} tiene {found} campos y el encabezado {expected}.",
    ),
    "not_a_table": (
        "{file} is no table with a header and columns.",
        "{file} no es una tabla con encabezado y columnas.",
    ),
    "duplicate_header": (
        "{file} has two columns of the same meaning: {other} and {header}.",
        "{file} tiene dos columnas con el mismo significado: {other} y {header}.",
    ),
    "unknown_layout": (
        "{file} is no known layout of the Missing Migrants Project; it lacks: {missing}.",
        "{file} no tiene un formato conocido del Missing Migrants Project; le falta: {missing}.",
    ),
    "no_rows": (
        "{file} has a header but no rows.",
        "{file} tiene encabezado pero ninguna fila.",
    ),
    "not_json": (
        "{file} begins like JSON but is none (line {line}).",
        "{file} empieza como JSON pero no lo es (línea {line}).",
    ),
    "not_records": (
        "{file} is JSON, but no list of records.",
        "{file} es JSON, pero no una lista de registros.",
    ),
    "damaged_workbook": (
        "{file} is a damaged workbook: download or save it again.",
        "{file} es un libro de cálculo dañado: descárguelo o guárdelo de nuevo.",
    ),
    "zip_bomb": (
        "{file} would unpack to {bytes} bytes; no more than {limit} are read.",
        "{file} ocuparía {bytes} bytes al descomprimirse; no se leen más de {limit}.",
    ),
    "doctype_refused": (
        "{file} declares a document type in {part}, which no spreadsheet does: not opened.",
        "{file} declara un tipo de documento en {part}, cosa que ninguna hoja hace: no se abre.",
    ),
    "not_a_workbook": (
        "{file} is a zip archive but no XLSX workbook.",
        "{file} es un archivo zip pero no un libro XLSX.",
    ),
    "encrypted_workbook": (
        "{file} is locked with a password: save it without one.",
        "{file} está protegido con contraseña: guárdelo sin ella.",
    ),
    "old_workbook": (
        "{file} is a workbook of the old XLS kind: save it as XLSX or CSV.",
        "{file} es un libro antiguo XLS: guárdelo como XLSX o CSV.",
    ),
    "workbook_beyond_limits": (
        "{file} asks for more memory or time than a workbook may take: save it as CSV.",
        "{file} exige más memoria o tiempo de lo permitido a un libro: guárdelo como CSV.",
    ),
}


class _Facts(dict[str, object]):
    """The facts of a refusal; one that is not there is shown as a question mark."""

    def __missing__(self, name: str) -> str:
        return "?"


def sentence_of_unreadable(error: UnreadableFile, file_name: str, language: str = "en") -> str:
    """Say in one sentence why a file cannot be read, in English or Spanish (`es`)."""
    english, spanish = UNREADABLE[error.code]
    sentence = spanish if language == "es" else english
    return sentence.format_map(_Facts(file=file_name, **_shown(error.detail)))


def _shown(detail: Mapping[str, object]) -> dict[str, object]:
    """Write lists as words and large numbers with marks."""
    return {
        name: ", ".join(map(str, fact))
        if isinstance(fact, list)
        else f"{fact:,}"
        if name in {"bytes", "limit"} and isinstance(fact, int)
        else fact
        for name, fact in detail.items()
    }
