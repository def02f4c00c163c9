"""Sets a picture of the map with its words around it: PNG, tagged PDF (PDF/UA-1) or SVG."""

import base64
import datetime as dt
import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, cast

import typst

_TEMPLATE = Path(__file__).with_name("map_picture.typ")
# The page is 800 points wide: 1,600 pixels.
_PIXELS_PER_INCH = 144
_SHEET = re.compile(
    rb'<image(?: transform="([^"<>]*)")? xlink:href="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)"'
    rb' width="([\d.]+)" height="([\d.]+)" preserveAspectRatio="\w+"/>'
)


def map_picture(told: Mapping[str, Any], *, form: str, made_on: dt.date) -> bytes:
    """Give what a picture tells (`tracker.services.maps.pictures`) as a file of a form.

    Whatever is told comes as data beside the template: words of strangers stay words. The same
    facts on the same day are the same bytes.
    """
    if form == "svg":
        return _plain_svg(_compiled(told, form, made_on), told)
    return _compiled(told, form, made_on)


def _compiled(told: Mapping[str, Any], form: str, made_on: dt.date) -> bytes:
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format=cast(Any, form),
        ppi=_PIXELS_PER_INCH,
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1" if form == "pdf" else [],
        timestamp=dt.datetime.combine(made_on, dt.time(), dt.UTC),
    )


def _plain_svg(drawn: bytes, told: Mapping[str, Any]) -> bytes:
    """Put the sheets of the map into the drawing itself, and say what it is to whoever hears it."""
    whole = _SHEET.sub(_unpacked, drawn)
    words = f"<title>{escape(told['title'])}</title><desc>{escape(told['alt'])}</desc>"
    head, end, rest = whole.partition(b">")
    named = f' role="img" xml:lang="{escape(told["lang"])}"'.encode()
    return head + named + end + words.encode() + rest


def _unpacked(found: re.Match[bytes]) -> bytes:
    moved, packed, wide, high = found.groups()
    drawing = base64.b64decode(packed).removeprefix(b"<svg ")
    sheet = b'<svg width="%b" height="%b" preserveAspectRatio="none" %b' % (wide, high, drawing)
    return b'<g transform="%b">%b</g>' % (moved, sheet) if moved else sheet
