"""Writes the table of SDG indicator 10.7.3: who died or disappeared while migrating, by year."""

import csv
import io

from tracker.domain.tallies import NOT_KNOWN, TOTAL, Tally

INDICATOR = "10.7.3"
# Numbers of the United Nations' standard M49; the sea has none.
M49 = {
    TOTAL: "019",
    "northern_america": "021",
    "central_america": "013",
    "caribbean": "029",
    "south_america": "005",
}
HEADERS = (
    *("indicator", "year", "geo_area", "m49", "dead_and_missing", "dead", "missing", "incidents"),
    *("estimate", "as_known_on"),
)


def tally_sdg(tally: Tally) -> str:
    """Write a tally by year and subregion as the indicator's table, the Americas first.

    Every figure is a minimum. A row of the Americas sums its year; what lies in no subregion that
    is known counts there, and stands as `not_known`.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADERS)
    years: dict[str, list[tuple[str, dict[str, int | None]]]] = {}
    for row in tally.rows:
        year, area = row.codes
        years.setdefault(year, []).append((area, dict(row.counts)))
    for year, areas in sorted(years.items(), key=lambda item: (item[0] == NOT_KNOWN, item[0])):
        for area, counts in [(TOTAL, _summed([each for _, each in areas])), *areas]:
            cells = (counts[name] for name in ("dead_and_missing", "dead", "missing", "incidents"))
            known_on = tally.query.as_known_on.isoformat()
            name = "americas" if area == TOTAL else area
            row_of_area = (INDICATOR, year, name, M49.get(area), *cells, "minimum", known_on)
            writer.writerow(row_of_area)
    return text.getvalue()


def _summed(counts: list[dict[str, int | None]]) -> dict[str, int | None]:
    sums: dict[str, int | None] = {}
    for name in counts[0]:
        known = [count for each in counts if (count := each[name]) is not None]
        sums[name] = sum(known) if known else None
    return sums
