"""The map as one file: opened from a disk, years later, it asks nobody for anything."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader

from tracker.domain.tallies import Tally
from tracker.maps.assets import script_text, style_text
from tracker.maps.incidents_map import draw_map, first_view
from tracker.maps.page_data import incident_columns, json_for_page, row_in_words
from tracker.maps.shapes import GeoJson
from tracker.paths import templates_folder
from tracker.translations.catalogues import catalogue, locale
from tracker.translations.labels import label

_FIRST_ROWS = 50
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
    number_in_all: int | None = None,
) -> str:
    """Draw the map of `draw_map` as HTML that holds all it needs.

    `incidents`: one row each, in the order of the list, with the columns public_id, longitude,
    latitude (EPSG:4326 as published, NaN = not placed), uncertainty_m, precision, date_from,
    date_to, date_precision, dead, missing, survivors (NaN = not known), causes (";" joined),
    country, corridor, segment, information_source, location_description, source_quality.
    `tally` gives the headline figures, `number_in_all` how many incidents there are, if not all
    of them are given. `site` is the address of the tracker that the records are
    linked to, such as `https://example.org`; without one they are named but not linked.
    """
    placed = incidents[["longitude", "latitude"]].dropna()
    parts = draw_map(
        first_view=first_view(*placed.to_numpy(dtype=float).T),
        corridors=corridors,
        basemap=basemap,
        language=language,
        cities=cities,
        alone=True,
    )
    columns = incident_columns(incidents, language)
    styles = [style_text(path) for path in (*PAGE_STYLES, *parts.styles)]
    scripts = [script_text(path) for path in parts.scripts] + [parts.script]
    return (
        _environment(language)
        .get_template("maps/map_file.html")
        .render(
            parts=replace(parts, data={**parts.data, "map-incidents": json_for_page(columns)}),
            rows=[
                row_in_words(columns, number) for number in range(min(_FIRST_ROWS, len(incidents)))
            ],
            number_of_rows=len(incidents),
            number_in_all=len(incidents) if number_in_all is None else number_in_all,
            number_without_place=len(incidents) - len(placed),
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
