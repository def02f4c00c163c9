"""Find rows that may tell of one event twice."""

import numpy as np
import pandas as pd

from tracker.exchange.mmp.findings import Findings
from tracker.exchange.mmp.positions import Positions


def report_duplicates(frame: pd.DataFrame, positions: Positions, findings: Findings) -> None:
    """Report every row that shares day and point with an earlier one, and name that one.

    Placeholders are compared too, so a report is a question to a reader and no more.
    """
    real = (frame["date_precision"] == "day").to_numpy(dtype=bool)
    real = real & ~np.isnan(positions.longitude)
    keys = frame.loc[real, ["date_from", "longitude", "latitude"]]
    keys = keys.assign(identity=frame.loc[real, "identity"].astype(object))
    groups = keys.groupby(["date_from", "longitude", "latitude"], sort=False)["identity"]
    mask = np.zeros(len(frame), dtype=bool)
    mask[np.flatnonzero(real)] = groups.cumcount().to_numpy() > 0
    first = groups.transform("first").reindex(frame.index)
    findings.add(
        "duplicate_of",
        mask,
        column="identity",
        action="kept",
        original=frame["identity"],
        value=first,
    )
