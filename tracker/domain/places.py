"""What a stretch of the earth is here."""

from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""West, south, east and north in degrees (EPSG:4326); west of east unless across the date line."""

AMERICAS: Box = (-118.0, -36.0, -34.0, 50.0)
"""What is shown where nothing else is asked for: nearly all routes, not the ends of the earth."""
