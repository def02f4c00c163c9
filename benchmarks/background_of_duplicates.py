"""Counts what stands near one another by chance: the background of the search for duplicates.

    python -m benchmarks.background_of_duplicates

Reads the newest full edition of the demonstration and writes the counts that
`tracker/linkage/duplicates/background.py` reads: on how many days of each quarter rows stand on
each spot, how many rows hold each word, which addresses are portals. No row can be told from them.
"""

import gzip
import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from tracker.cli.demo import DEMO_DATA
from tracker.exchange.mmp import read_mmp
from tracker.linkage.duplicates.background import BACKGROUND_FILE
from tracker.linkage.duplicates.wording import informative_words
from tracker.linkage.fields import addresses_of

EDITION = "mmp-2025-05-05.csv"
LEAST_ROWS_OF_WORD = 2
LEAST_ROWS_OF_PORTAL = 5


def read_edition(name: str = EDITION) -> pd.DataFrame:
    """Read the rows of an edition of the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(gzip.decompress((DEMO_DATA / f"{name}.gz").read_bytes()))
        return read_mmp(path).frame.reset_index(drop=True)


def counted_words(texts: "pd.Series[str]") -> dict[str, int]:
    """Count the rows that hold each informative word."""
    words = texts.fillna("").map(lambda text: sorted(informative_words(str(text)))).explode()
    counts = words.dropna().value_counts()
    return {str(word): int(n) for word, n in counts.items() if n >= LEAST_ROWS_OF_WORD}


def main() -> None:
    """Count and write."""
    frame = read_edition()
    placed = frame[frame["longitude"].notna() & frame["date_from"].notna()]
    spots = pd.DataFrame(
        {
            "x": np.round(placed["longitude"] * 1000).astype(int),
            "y": np.round(placed["latitude"] * 1000).astype(int),
            "quarter": placed["date_from"].dt.year * 4 + placed["date_from"].dt.quarter,
            "day": placed["date_from"],
        }
    )
    spots["quarter"] -= spots["quarter"].min()
    days = spots.groupby(["x", "y", "quarter"])["day"].nunique().reset_index()
    addresses = frame["url"].fillna("").map(addresses_of).explode().dropna().value_counts()
    span = int((placed["date_from"].max() - placed["date_from"].min()).days) + 1
    counted = {
        "edition": EDITION,
        "rows": len(frame),
        "days": span,
        "spots": days.to_numpy().tolist(),
        "place_words": counted_words(frame["location_description"]),
        "source_words": counted_words(frame["information_source"]),
        "portals": sorted(addresses[addresses >= LEAST_ROWS_OF_PORTAL].index),
    }
    text = json.dumps(counted, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    BACKGROUND_FILE.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{len(frame)} rows, {len(days)} spots, {span} days")


if __name__ == "__main__":
    main()
