"""What files of incidents hold: their columns, in order, and what each file says of itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.measures import Counts
from tracker.domain.tallies import TallyQuery


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "string"
    WHOLE = "integer"
    DECIMAL = "number"
    DAY = "date"
    MOMENT = "datetime"


class IncidentForm(StrEnum):
    """Files of incidents, by the end of their name; `iom` is CSV with IOM's own columns."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    NDJSON = "ndjson"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    FGB = "fgb"
    PARQUET = "parquet"
    IOM = "iom"
    ZIP = "zip"
    ABOUT = "about"


class TallyForm(StrEnum):
    """Files of a tally; `sdg` is the table of indicator 10.7.3, as CSV."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    SDG = "sdg"


@dataclass(frozen=True)
class ExportColumn:
    """A column of a file of incidents: name, kind, HXL tag, and what it holds."""

    name: str
    kind: Kind
    tag: str
    words: str


_TEXT, _WHOLE = Kind.TEXT, Kind.WHOLE
COLUMNS: tuple[ExportColumn, ...] = (
    ExportColumn("id", _TEXT, "#event+id", "The incident's id in this tracker; never reused"),
    ExportColumn("dataset", _TEXT, "#meta+dataset", "The dataset it came with; empty: logged here"),
    ExportColumn("external_ids", _TEXT, "#event+id+external", "Ids that its publisher gave it"),
    ExportColumn("incident_type", _TEXT, "#event+type", "One event, a part of one, or a total"),
    ExportColumn("date_from", Kind.DAY, "#date+start", "First day on which it can have happened"),
    ExportColumn("date_to", Kind.DAY, "#date+end", "Last day on which it can have happened"),
    ExportColumn("date_precision", _TEXT, "#date+precision", "How well the date is known"),
    ExportColumn("dead", _WHOLE, "#affected+killed", "People who died"),
    ExportColumn("missing", _WHOLE, "#affected+missing", "People who disappeared, at least"),
    ExportColumn("dead_and_missing", _WHOLE, "#affected+killed+missing", "The sum of both"),
    ExportColumn("survivors", _WHOLE, "#affected+survivors", "People who survived"),
    ExportColumn("females", _WHOLE, "#affected+f", "Women and girls who died or disappeared"),
    ExportColumn("males", _WHOLE, "#affected+m", "Men and boys who died or disappeared"),
    ExportColumn("other_gender", _WHOLE, "#affected+other", "People of another gender"),
    ExportColumn("children", _WHOLE, "#affected+children", "Children who died or disappeared"),
    ExportColumn("causes", _TEXT, "#cause+code", "Codes of the causes, joined with ;"),
    ExportColumn("cause_reported", _TEXT, "#cause+name", "The cause in the source's words"),
    ExportColumn("origins", _TEXT, "#country+origin+code", "Countries of origin, ISO 3166, with ;"),
    ExportColumn("country", _TEXT, "#country+code", "Country of the place, ISO 3166 alpha-3"),
    ExportColumn("un_m49", _TEXT, "#region+m49", "Subregion of the United Nations' M49"),
    ExportColumn("subregion", _TEXT, "#region+review", "Subregion of the review of 2021"),
    ExportColumn("corridor", _TEXT, "#loc+corridor", "Migration corridor"),
    ExportColumn("segment", _TEXT, "#loc+segment", "Segment of the corridor"),
    ExportColumn("corridor_relation", _TEXT, "#loc+relation", "Why it belongs to the corridor"),
    ExportColumn("route_reported", _TEXT, "#loc+route", "The route in the source's words"),
    ExportColumn("region_reported", _TEXT, "#region+name", "The region in the source's words"),
    ExportColumn("longitude", Kind.DECIMAL, "#geo+lon", "Degrees, EPSG:4326; empty: not shown"),
    ExportColumn("latitude", Kind.DECIMAL, "#geo+lat", "Degrees, EPSG:4326; empty: not shown"),
    ExportColumn("uncertainty_m", Kind.DECIMAL, "#geo+radius", "Radius around the point, metres"),
    ExportColumn("location_precision", _TEXT, "#geo+precision", "How precisely it is known"),
    ExportColumn("location_description", _TEXT, "#loc+name", "The place in words"),
    ExportColumn("source_quality", _WHOLE, "#meta+quality", "1 to 5; 5 is the best founded"),
    ExportColumn("information_source", _TEXT, "#meta+source", "Who told"),
    ExportColumn("url", _TEXT, "#meta+url", "Where it can be read"),
    ExportColumn("status", _TEXT, "#status", "Where the record stands in its review"),
    ExportColumn("version_number", _WHOLE, "#meta+version", "Version of the record"),
    ExportColumn("known_since", Kind.MOMENT, "#date+recorded", "When this version was recorded"),
)
NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)

NOTE = (
    "Every figure is a minimum: many deaths are never found and many disappearances never "
    "reported. An empty cell is not known; 0 was measured. Contains data of IOM's Missing "
    "Migrants Project (CC BY 4.0), changed: coordinates repaired, subregions and corridors "
    "assigned by this tracker."
)

# What a spreadsheet would run as a formula when it stands first in a cell of text. Marks that we
# put before are marked too, so that taking one away gives back what was there.
FORMULA_MARKS = "=+-@\t\r\n\x00＝＋－＠"
FORMULA = "('*[" + FORMULA_MARKS.replace("-", "\\-") + "])"
_GUARDED = re.compile("'" + FORMULA)
_TO_GUARD = re.compile(FORMULA)


def guarded(text: str) -> str:
    """Mark a text such that no spreadsheet runs it; `unguarded` takes the mark away."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """Give back the text that was guarded; one that was not guarded stays as it is."""
    return text[1:] if _GUARDED.match(text) else text


@dataclass(frozen=True)
class ExportFacts:
    """What a file says of itself: its question, how it can be asked again, and its sums.

    `people` sums the rows of the file. `not_shown` counts incidents that the tally counts and
    whose facts the asker may not see: they are no rows.
    """

    query: TallyQuery
    arguments: Mapping[str, str | list[str]]
    rows: int
    people: Counts
    not_shown: int
    boundaries_version: str
    made_on: str
    view: str

    def told(self) -> dict[str, object]:
        """Give all of it in plain values, in the order in which people read it."""
        return {
            "title": "Incidents of migrants who died or disappeared in the Americas",
            "query": dict(self.arguments),
            "as_known_on": self.query.as_known_on.isoformat(),
            "rule": str(self.query.rule),
            "boundaries_version": self.boundaries_version,
            "rows": self.rows,
            "people": {
                str(name): count for name, count in self.people.items() if name != "incidents"
            },
            "incidents_counted_but_not_shown": self.not_shown,
            "view": self.view,
            "made_on": self.made_on,
            "note": NOTE,
        }
