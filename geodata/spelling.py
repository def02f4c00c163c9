"""Spellings of names made comparable: accents, case and punctuation are ignored."""

import re
import unicodedata

# Written short on maps and in reports, long in the name tables (or the other way round).
_LONG_FORMS = {
    "st": "saint",
    "ste": "sainte",
    "sta": "santa",
    "sto": "santo",
    "cd": "ciudad",
    "pto": "puerto",
    "gral": "general",
    "ft": "fort",
    "mt": "mount",
}
_SHORT = re.compile(rf"\b(?:{'|'.join(_LONG_FORMS)})\b")
# Letters that do not come apart into a plain one and an accent.
_PLAIN = {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
_WHOLE = re.compile("[øłæœı&]")
_SILENT = re.compile(r"[\u0300-\u036f’'‘ʻʼ`´.]+")
_GAP = re.compile(r"[^0-9a-z\n]+")


def folded(text: str) -> str:
    """Fold a name, or many joined by line feeds, to bare words: "Cd. Juárez" -> "ciudad juarez"."""
    # Before decomposition: NFKD takes the free-standing acute accent for a space.
    silent = _SILENT.sub("", text.casefold())
    plain = _SILENT.sub("", unicodedata.normalize("NFKD", silent))
    plain = _WHOLE.sub(lambda found: _PLAIN[found.group()], plain)
    plain = _GAP.sub(" ", plain)
    plain = _SHORT.sub(lambda found: _LONG_FORMS[found.group()], plain)
    return re.sub(r" ?\n ?", "\n", plain).strip(" ")
