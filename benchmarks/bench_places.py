"""Time the look-up of places side by side with geopandas.sjoin on the same points."""

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geodata.areas import DATA, layer
from geodata.places import look_up_places

POINTS = 1_000_000
SJOIN_POINTS = 200_000
RUNS = 5
# Where people die: longitude, latitude, spread in degrees, share of the points.
HOT_SPOTS = (
    (-111.5, 31.9, 1.2, 0.20),
    (-98.5, 26.8, 1.0, 0.14),
    (-100.6, 28.9, 0.7, 0.08),
    (-116.0, 32.6, 0.6, 0.06),
    (-77.4, 8.3, 0.5, 0.10),
    (-80.5, 24.2, 1.5, 0.10),
    (-73.5, 20.5, 2.0, 0.10),
    (-67.9, 18.4, 0.7, 0.06),
    (-61.8, 10.8, 0.6, 0.04),
    (-92.3, 15.2, 1.0, 0.08),
    (-72.4, 7.9, 0.8, 0.04),
)
UNCERTAINTIES_M = (10.0, 100.0, 1_000.0, 5_000.0, 25_000.0, 100_000.0, np.nan)


def synthetic_points(count: int) -> dict[str, npt.NDArray[Any]]:
    """Make points, two in three near the places where people die, one anywhere in the Americas."""
    random = np.random.default_rng(2021)
    spots = np.array(HOT_SPOTS)
    hot = count * 2 // 3
    chosen = spots[random.choice(len(spots), hot, p=spots[:, 3] / spots[:, 3].sum())]
    x = np.append(random.normal(chosen[:, 0], chosen[:, 2]), random.uniform(-125, -35, count - hot))
    y = np.append(random.normal(chosen[:, 1], chosen[:, 2]), random.uniform(-55, 50, count - hot))
    own = look_up_places(x, y).decoded("country")
    others = np.array([*layer("countries").ids, None], dtype=object)
    stray = random.choice(np.array(["MEX", "USA", "PAN", "COL", "HTI", None], dtype=object), count)
    anywhere = others[random.integers(0, len(others), count)]
    draw = random.random(count)
    named = np.where(draw < 0.8, own, np.where(draw < 0.95, stray, anywhere))
    return {"x": x, "y": y, "uncertainty": random.choice(UNCERTAINTIES_M, count), "named": named}


def _seconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return median(took)


def _ready_seconds() -> float:
    """Time a fresh process from the first import of geodata's places to its first answer."""
    program = (
        "import time, numpy, pandas, shapely; start = time.perf_counter();"
        "from geodata.places import look_up_place; look_up_place(-110.2, 31.5);"
        "print(time.perf_counter() - start)"
    )
    answers = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
        for _ in range(3)
    ]
    return median(float(answer.stdout) for answer in answers)


def run() -> dict[str, float]:
    """Measure points per second of both, their ratio, and the seconds until the first answer."""
    points = synthetic_points(POINTS)
    ours = _seconds(
        lambda: look_up_places(
            points["x"],
            points["y"],
            uncertainty_m=points["uncertainty"],
            named_countries=points["named"],
        )
    )
    few = np.random.default_rng(7).choice(POINTS, SJOIN_POINTS, replace=False)
    frame = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(points["x"][few], points["y"][few]), crs="EPSG:4326"
    )
    layers = {
        name: gpd.read_file(DATA / f"{name}.geojson").dropna(subset="geometry")[["geometry"]]
        for name in ("countries", "corridors", "segments")
    }
    # "within" is sjoin's fast way: it prepares the areas; "intersects" is a hundred times slower.
    joined = {
        name: _seconds(lambda areas=areas: gpd.sjoin(frame, areas, how="left", predicate="within"))
        for name, areas in layers.items()
    }
    all_layers = SJOIN_POINTS / sum(joined.values())
    return {
        "points_per_second": POINTS / ours,
        "sjoin_points_per_second": all_layers,
        "ratio": POINTS / ours / all_layers,
        "sjoin_countries_points_per_second": SJOIN_POINTS / joined["countries"],
        "ratio_to_countries_alone": POINTS / ours / (SJOIN_POINTS / joined["countries"]),
        "ready_seconds": _ready_seconds(),
    }


if __name__ == "__main__":
    for label, value in run().items():
        print(f"{label:36} {value:14,.2f}")
