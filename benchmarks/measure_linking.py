"""Measure the linking of an older file's rows to a newer one's.

    python benchmarks/measure_linking.py OLD NEW              share, chance, agreement with urls
    python benchmarks/measure_linking.py OLD NEW --hide-ids   precision and recall, where ids tell

With --hide-ids both files must use the same ids; they are taken away before linking and looked
at afterwards. Rows are halved by a hash of their identity: weights were chosen on one half, the
other half reports.
"""

import argparse
import hashlib
import time
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.distances import distance_m
from tracker.exchange.mmp import read_mmp
from tracker.linkage.incident_rows import LINKING_VERSION, link_rows

SHIFTS_DAYS = (364, -364, 200)
DAY_AND_NUMBERS = (
    *("date_from", "number_dead", "number_missing_min", "number_survivors"),
    *("number_females", "number_males", "number_children"),
)


def main() -> None:
    """Print the figures for two files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--hide-ids", action="store_true")
    parser.add_argument("--all-regions", action="store_true")
    asked = parser.parse_args()
    old, new = (
        read_mmp(path, asked.all_regions).frame.reset_index(drop=True)
        for path in (asked.old, asked.new)
    )
    print(f"linking version {LINKING_VERSION}: {len(old)} old rows, {len(new)} new rows")
    started = time.perf_counter()
    links = link_rows(old.drop(columns="identity"), new.drop(columns="identity"))
    seconds = time.perf_counter() - started
    print(f"{len(links)} links, share of old rows {len(links) / len(old):.4f}, {seconds:.2f} s")
    ambiguous = links["reasons"].str.contains("one_of_").mean()
    print(f"share of links where another row would do as well: {ambiguous:.4f}")
    if asked.hide_ids:
        print_truth(old, new, links)
    else:
        print_baseline(old, new)
        print_urls(old, new)
        print_chance(old, new)


def print_truth(old: pd.DataFrame, new: pd.DataFrame, links: pd.DataFrame) -> None:
    """Print precision and recall against shared external ids (any of a row's ids will do).

    "Same figures" also takes a link as right when it leads to a row with the same day and numbers
    as the true one: no tally can tell them apart.
    """
    truth = shared(ids_of(old), ids_of(new))
    partner = dict(sorted(truth))
    figures = [tuple(map(str, row)) for row in new[[*DAY_AND_NUMBERS]].itertuples(index=False)]
    pairs = list(zip(links["old"], links["new"], strict=True))
    right = np.array([pair in truth for pair in pairs])
    alike = right | [i in partner and figures[partner[i]] == figures[j] for i, j in pairs]
    reports = old["identity"].map(is_reported).to_numpy(dtype=bool)
    known = np.array(sorted(partner))
    for name, half in (("half that set the weights", ~reports), ("half that reports", reports)):
        mine = half[links["old"]]
        continuing = int(half[known].sum())
        print(
            f"{name}: {continuing} rows continue, precision {right[mine].mean():.4f} "
            f"(same figures {alike[mine].mean():.4f}), recall {right[mine].sum() / continuing:.4f}"
        )
    print(f"both: precision {right.mean():.4f} ({alike.mean():.4f}), ", end="")
    print(f"recall {right.sum() / len(known):.4f}")


def is_reported(identity: str) -> bool:
    """Tell the half of the rows that was not looked at when the weights were set."""
    return hashlib.sha256(f"7{identity}".encode()).digest()[-1] % 2 == 1


def ids_of(frame: pd.DataFrame) -> pd.Series:
    """Return (row, id) for every external id."""
    return frame["external_ids"].str.split("|").explode().dropna()


def urls_of(frame: pd.DataFrame) -> pd.Series:
    """Return (row, url) for urls that one row alone names."""
    urls = frame["url"].fillna("").str.findall(r"https?://[^\s,;]+").explode().dropna()
    return urls[~urls.duplicated(keep=False)]


def shared(old: pd.Series, new: pd.Series) -> set[tuple[int, int]]:
    """Return pairs of rows that share a value."""
    left = pd.DataFrame({"value": old.to_numpy(), "old": old.index})
    right = pd.DataFrame({"value": new.to_numpy(), "new": new.index})
    met = left.merge(right, on="value")
    return set(zip(met["old"], met["new"], strict=True))


def print_baseline(old: pd.DataFrame, new: pd.DataFrame) -> None:
    """Print the share that plain equality of date and total within a distance would link."""
    left, right = (
        frame[["date_from", "longitude", "latitude"]]
        .assign(
            total=frame["number_dead"].fillna(0) + frame["number_missing_min"].fillna(0),
            row=frame.index,
        )
        .dropna()
        for frame in (old, new)
    )
    met = left.merge(right, on=["date_from", "total"], suffixes=("", "_new"))
    metres = distance_m(
        (met["longitude"], met["latitude"]), (met["longitude_new"], met["latitude_new"])
    )
    for reach in (1, 10, 100):
        near = met[metres <= reach * 1000].assign(m=metres[metres <= reach * 1000]).sort_values("m")
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        for i, j in zip(near["row"], near["row_new"], strict=True):
            if i not in taken_old and j not in taken_new:
                taken_old.add(i)
                taken_new.add(j)
        print(f"plain rule (date, total, {reach} km): share {len(taken_old) / len(old):.4f}")


def print_urls(old: pd.DataFrame, new: pd.DataFrame) -> None:
    """Print how links made without urls agree with rows that alone name the same url."""
    truth = shared(urls_of(old), urls_of(new))
    blind = link_rows(old.drop(columns=["url", "identity"]), new.drop(columns=["url", "identity"]))
    partners = dict(zip(blind["old"], blind["new"], strict=True))
    known = {i for i, _ in truth}
    linked = [i for i in known if i in partners]
    right = sum((i, partners[i]) in truth for i in linked)
    print(
        f"urls hidden, then compared on {len(known)} rows: "
        f"precision {right / len(linked):.4f}, recall {right / len(known):.4f}"
    )


def print_chance(old: pd.DataFrame, new: pd.DataFrame) -> None:
    """Print what links by chance: the rows of vague points, their dates moved away."""
    days = old.groupby(["longitude", "latitude"])["date_from"].transform("nunique")
    vague = old.index[days >= 5]
    for shift in (0, *SHIFTS_DAYS):
        days_moved = np.where(old.index.isin(vague), shift, 0)
        moved = old["date_from"] + pd.to_timedelta(days_moved, unit="D")
        links = link_rows(old.assign(date_from=moved, date_to=moved), new)
        linked = links["old"].isin(vague) & links["reasons"].str.startswith("same_date")
        print(
            f"{len(vague)} rows on vague points, dates moved by {shift} days: "
            f"{linked.sum() / max(len(vague), 1):.3f} link on the day"
        )


if __name__ == "__main__":
    main()
