"""Local files in place of the addresses that folium and its plugins name."""

import base64
import re
from pathlib import Path

STATIC_FOLDER = Path(__file__).parent.parent / "web" / "static"

# The package in an address -> where `tracker.web.build_assets` puts its files.
_PACKAGES = {"leaflet": "vendor/leaflet"}
_PACKAGE_FILE = re.compile(
    r"https://[^/]+/(?:npm|ajax/libs)/(?P<package>[a-z.]+)[@/]\d[^/]*/(?:dist/)?(?P<file>[^/?#]+)"
)
_MEDIA_TYPES = {".woff2": "font/woff2", ".png": "image/png", ".svg": "image/svg+xml"}


class UnknownAsset(LookupError):
    """A map asks for a file of another host that we do not serve ourselves."""


def local_asset(address: str) -> str:
    """Give the path below static/ of a script or style that folium names.

    Our own files are already such paths. Raises UnknownAsset for everything that is not served
    from here, so that no page ever asks another host.
    """
    if not re.match(r"[a-z]+:|//", address):
        return address
    found = _PACKAGE_FILE.fullmatch(address)
    if found is None or found["package"] not in _PACKAGES:
        raise UnknownAsset(address)
    return f"{_PACKAGES[found['package']]}/{found['file']}"


def script_text(path: str) -> str:
    """Read a script below static/ so that it may stand inside a page."""
    text = re.sub(r"^//[#@] sourceMappingURL=.*$", "", _text(path), flags=re.MULTILINE)
    return text.replace("</script", "<\\/script")


def style_text(path: str) -> str:
    """Read a style below static/, fonts and pictures included, so that it may stand in a page."""
    folder = (STATIC_FOLDER / path).parent

    def inlined(found: re.Match[str]) -> str:
        file = (folder / found["path"]).resolve()
        if not file.is_file():
            return "none"
        encoded = base64.b64encode(file.read_bytes()).decode()
        return f"url(data:{_MEDIA_TYPES[file.suffix]};base64,{encoded})"

    return re.sub(r"""url\(["']?(?!data:)(?P<path>[^"')]+)["']?\)""", inlined, _text(path))


def _text(path: str) -> str:
    return (STATIC_FOLDER / path).read_text(encoding="utf-8")
