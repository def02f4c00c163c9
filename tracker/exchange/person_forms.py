"""Writes forms of people as JSON."""

import json
from collections.abc import Mapping

JSON = "application/json"


def write_form(form: Mapping[str, object]) -> bytes:
    """Write a form such that people can read it too."""
    return (json.dumps(form, ensure_ascii=False, indent=2) + "\n").encode()
