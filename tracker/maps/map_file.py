"""The map as one file: opened from a disk, years later, it asks nobody for anything."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader

from tracker.domain.tallies import Tally
from tracker.maps.assets import script_text, style_text
from tracker.maps.incidents_map import draw_map
from tracker.maps.shapes import GeoJson
from tracker.paths import templates_folder
from tracker.translations.catalogues import catalogue, locale
from tracker.translations.labels import label

_SHEETS = ("tokens", "base", "layout", "parts", "tables", "charts", "print")
PAGE_STYLES = tuple(f"css/{sheet}.css" for sheet in _SHEETS)


def draw_map_file(
    incidents: pd.DataFrame,
    *,
    tally: Tally,
    corridors: GeoJson,
    basemap: GeoJson,
    language: str,
    cities: pd.DataFrame | None = None,
    site: str | None = None,
) -> str:
    """Draw the map of `draw_map` as HTML that holds all it needs.

    `tally` gives the headline figures. `site` is the address of the tracker that the records are
    linked to, such as `https://example.org`; without one they are named but not linked.
    """
    parts = draw_map(
        incidents, corridors=corridors, basemap=basemap, language=language, cities=cities
    )
    styles = [style_text(path) for path in (*PAGE_STYLES, *parts.styles)]
    scripts = [script_text(path) for path in parts.scripts] + [parts.script]
    return (
        _environment(language)
        .get_template("maps/map_file.html")
        .render(
            parts=parts,
            tally=tally,
            language=language,
            records=f"{site.rstrip('/')}/incidents/" if site else None,
            styles=styles,
            scripts=scripts,
            policy=_policy(styles, scripts),
        )
    )


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Allow the parts that stand in the file, by their hashes, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data:",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _environment(language: str) -> Environment:
    texts = catalogue(language)
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        texts.gettext, texts.ngettext, newstyle=True
    )

    def number(value: int | None) -> str:
        if value is None:
            return texts.gettext("not known")
        return str(format_decimal(value, locale=locale(language)))

    def day(value: dt.date) -> str:
        return str(format_date(value, "long", locale=locale(language)))

    environment.filters.update(
        number=number, day=day, label=lambda code, field: label(language, field, code)
    )
    return environment
