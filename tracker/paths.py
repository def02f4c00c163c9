"""Finds the folders that stand beside the package in a checkout and inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _beside_or_inside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def templates_folder() -> Path:
    """Give the folder of the page templates."""
    return _beside_or_inside("templates")


def migrations_folder() -> Path:
    """Give the folder of the database migrations."""
    return _beside_or_inside("migrations")
