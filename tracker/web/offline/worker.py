"""The script that keeps the page on the phone: exactly these files, nothing of what people see."""

import hashlib
import json
from pathlib import Path

from flask import Response, current_app, make_response, request, url_for

from tracker.translations.catalogues import LANGUAGES
from tracker.web.offline.blueprint import blueprint
from tracker.web.offline.data import NAMES
from tracker.web.offline.pages import (
    SCRIPTS,
    SHEETS,
    data_address,
    draw_manifest,
    draw_page,
    icon_file,
)

# Asked for by the style sheets, without a digest.
_SANS = "vendor/fonts/atkinson-hyperlegible-next"
_SERIF = "vendor/fonts/source-serif-4"
FONTS = (
    *(f"{_SANS}-latin-{weight}-normal.woff2" for weight in (400, 600)),
    f"{_SANS}-latin-ext-400-normal.woff2",
    *(f"{_SERIF}-latin-{weight}-normal.woff2" for weight in (400, 600)),
)
FILES = (
    "icon.svg",
    *(icon_file(size, "any") for size in ("192", "512")),
    icon_file("512", "maskable"),
    *(f"css/{sheet}.css" for sheet in SHEETS),
    *(f"offline/{script}.js" for script in SCRIPTS),
)


@blueprint.get("/service-worker.js")
def give_worker() -> Response:
    """Give the script with the list of what it keeps; a new list is a new version."""
    told = json.dumps({**kept(), "languages": LANGUAGES}, indent=1)
    body = f"const KEPT = {told};\n{_static('offline/worker.js').decode()}"
    response = make_response(body)
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def kept() -> dict[str, object]:
    """Give the addresses of everything that is kept, and one word for all their content."""
    pages = {url_for(".show_page", language=each): draw_page(each) for each in LANGUAGES}
    manifests = {url_for(".give_manifest", lang=each): draw_manifest(each) for each in LANGUAGES}
    fonts = {f"/static/{name}": _static(name).hex() for name in FONTS}
    # These say in their address what they hold.
    addresses = [url_for("static", filename=name) for name in FILES]
    addresses += [data_address(name) for name in NAMES]
    told = json.dumps([pages, manifests, fonts, addresses], sort_keys=True)
    return {
        "version": hashlib.sha256(told.encode()).hexdigest()[:16],
        "addresses": [*pages, *manifests, *fonts, *addresses],
    }


def _static(name: str) -> bytes:
    return (Path(current_app.static_folder or "") / name).read_bytes()
