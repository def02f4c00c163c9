"""Writes the report of a period as a tagged PDF (PDF/UA-1)."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import typst

_TEMPLATE = Path(__file__).with_name("report.typ")


def report_pdf(told: Mapping[str, object], *, made_on: dt.date) -> bytes:
    """Give the PDF of what a report tells (`tracker.services.reports`).

    Whatever is told comes as data beside the template: words of strangers stay words. The same
    facts on the same day are the same bytes.
    """
    return cast(bytes, _compiled(told, made_on))


def _compiled(told: Mapping[str, object], made_on: dt.date) -> object:
    return typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=dt.datetime.combine(made_on, dt.time(), dt.UTC),
    )
