"""What a stretch of the earth is here."""

from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""West, south, east and north in degrees (EPSG:4326); west of east unless across the date line."""
