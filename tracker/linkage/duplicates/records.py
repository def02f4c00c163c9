"""What is compared of incidents: rows of plain columns as arrays."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tracker.domain.publication import PRECISION_RADIUS_M
from tracker.linkage.duplicates.background import background
from tracker.linkage.fields import (
    addresses_of,
    days_of,
    numbers_of,
    people_of,
    plain_text,
    swapped_days,
)
from tracker.linkage.words import Floats, Ints, TextTable

UNTOLD_CAUSES = frozenset({"mixed_or_unknown", "mixed or unknown", "unknown", ""})
LEAST_RADIUS_KM = 0.15
# Where nobody says how uncertain a place is, the decimals of its degrees do (km).
RADIUS_OF_DECIMALS = (60.0, 20.0, 5.0, 2.0, 1.0)
_ARCHIVE = re.compile(r"^web\.archive\.org/web/\d+\w*/(?:https?:/+)?(?:www\.)?")


@dataclass(frozen=True)
class Records:
    """Incidents as arrays: days since 1970, degrees, km, people; nan = not known, -1 = no code."""

    first_day: Floats
    last_day: Floats
    swapped_day: Floats
    longitude: Floats
    latitude: Floats
    radius_km: Floats
    density: Floats
    dead: Floats
    missing: Floats
    missing_max: Floats
    total: Floats
    measures: dict[str, Floats]
    causes: list[frozenset[str]]
    origins: list[frozenset[str]]
    urls: list[frozenset[str]]
    country: list[str]
    place_text: Ints
    place_words: TextTable
    source_text: Ints
    source_words: TextTable
    dataset: Ints
    incident_type: list[str]
    texts: dict[str, list[str]]

    def __len__(self) -> int:
        return len(self.first_day)


def read_records(frame: pd.DataFrame) -> Records:
    """Turn rows of plain columns into comparable arrays; a column that is missing is unknown."""
    first_day, last_day = days_of(frame, "date_from"), days_of(frame, "date_to")
    longitude, latitude = numbers_of(frame, "longitude"), numbers_of(frame, "latitude")
    # Half a position is none.
    unplaced = np.isnan(longitude) | np.isnan(latitude)
    longitude, latitude = (np.where(unplaced, np.nan, value) for value in (longitude, latitude))
    radius = radii_km(frame, longitude, latitude)
    total, measures = people_of(frame)
    places, sources = _texts(frame, "location_description"), _sources(frame)
    place_text, place_texts = pd.factorize(np.array(places, dtype=object))
    source_text, source_texts = pd.factorize(np.array(sources, dtype=object))
    datasets = _texts(frame, "dataset")
    dataset, _ = pd.factorize(np.array([name or None for name in datasets], dtype=object))
    return Records(
        first_day=first_day,
        last_day=np.where(np.isnan(last_day), first_day, np.maximum(last_day, first_day)),
        swapped_day=swapped_days(first_day),
        longitude=longitude,
        latitude=latitude,
        radius_km=radius,
        density=background().density(longitude, latitude, radius),
        dead=numbers_of(frame, "number_dead"),
        missing=numbers_of(frame, "number_missing_min"),
        missing_max=numbers_of(frame, "number_missing_max"),
        total=total,
        measures=measures,
        causes=[names - UNTOLD_CAUSES for names in _listed(frame, "causes")],
        origins=_listed(frame, "origins"),
        urls=_urls(frame),
        country=_texts(frame, "country_of_incident"),
        place_text=place_text.astype(np.int64),
        place_words=background().text_table([str(one) for one in place_texts], "place"),
        source_text=source_text.astype(np.int64),
        source_words=background().text_table([str(one) for one in source_texts], "source"),
        dataset=dataset.astype(np.int64),
        incident_type=_texts(frame, "incident_type"),
        texts={"place": places, "source": sources, "dataset": datasets},
    )


def radii_km(frame: pd.DataFrame, longitude: Floats, latitude: Floats) -> Floats:
    """Give how far each place may be off, in km: as told, as its precision says, or by decimals."""
    told = numbers_of(frame, "uncertainty_m") / 1000
    named = [PRECISION_RADIUS_M.get(name, np.nan) for name in _texts(frame, "location_precision")]
    known = np.fmax(told, np.array(named, dtype=float) / 1000)
    guessed = np.full(len(frame), RADIUS_OF_DECIMALS[-1])
    for decimals, radius in reversed(list(enumerate(RADIUS_OF_DECIMALS[:-1]))):
        coarse = _no_finer(longitude, decimals) & _no_finer(latitude, decimals)
        guessed = np.where(coarse, radius, guessed)
    return np.maximum(np.where(np.isnan(known), guessed, known), LEAST_RADIUS_KM)


def _no_finer(degrees: Floats, decimals: int) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.abs(degrees - np.round(degrees, decimals)) < 1e-9


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return [""] * len(frame)
    return [plain_text(value) for value in frame[column].tolist()]


def _listed(frame: pd.DataFrame, column: str) -> list[frozenset[str]]:
    known: dict[str, frozenset[str]] = {}
    for text in (texts := _texts(frame, column)):
        if text not in known:
            parts = (part.strip() for part in re.split(r"[;,|]", text))
            known[text] = frozenset(part for part in parts if part)
    return [known[text] for text in texts]


def _sources(frame: pd.DataFrame) -> list[str]:
    """Give who told of each incident: its publishers, by whichever column names them."""
    named = [_texts(frame, name) for name in ("information_source", "publisher")]
    listed = [
        "; ".join(str(each.get("publisher") or "") for each in sources)
        for sources in _source_lists(frame)
    ]
    return [
        "; ".join(dict.fromkeys(part for part in parts if part))
        for parts in zip(*named, listed, strict=True)
    ]


def _urls(frame: pd.DataFrame) -> list[frozenset[str]]:
    """Give the addresses of each incident that lead to one report: portals say nothing."""
    portals = background().portals
    listed = [
        " ".join(str(each.get("url") or "") for each in sources) for sources in _source_lists(frame)
    ]
    found = []
    for told, more in zip(_texts(frame, "url"), listed, strict=True):
        addresses = (_ARCHIVE.sub("", address) for address in addresses_of(f"{told} {more}"))
        found.append(frozenset(one for one in addresses if "/" in one and one not in portals))
    return found


def _source_lists(frame: pd.DataFrame) -> list[list[dict[str, object]]]:
    if "sources" not in frame:
        return [[] for _ in range(len(frame))]
    return [
        [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        for value in frame["sources"]
    ]
