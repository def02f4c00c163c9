"""Recognise a layout of the Missing Migrants Project by its headers, never by the file's name."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.exchange.refusals import refuse

# Our field: headers of every date and publisher, as letters and digits alone (see `plain_header`).
# A later layout is read by adding its words here.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "incident_id": ("incidentid",),
    "main_id": ("mainid",),
    "web_id": ("webid",),
    "incident_type": ("incidenttype", "typeofincident"),
    "region": ("region", "regionofincident", "regionname"),
    "date": (
        *("reporteddate", "websitedate", "incidentdate", "date", "datereported"),
        *("dateofincident", "fechadelincidente"),
    ),
    "year": ("reportedyear", "incidentyear", "year", "yearofincident"),
    "month": ("reportedmonth", "month", "incidentmonth", "monthofincident"),
    "dead": ("numberdead", "numberofdead", "dead", "numberofdeaths"),
    "missing": (
        *("minimumestimatednumberofmissing", "numbermissing", "numberofmissing", "missing"),
        "minimumestimatednumberofmissingpeople",
    ),
    "total": (
        *("totaldeadandmissing", "totalnumberofdeadandmissing", "totalnumberdeadandmissing"),
        "totaldeadmissing",
    ),
    "survivors": ("numberofsurvivors", "numbersurvivors", "survivors"),
    "females": ("numberoffemales", "numberoffemale", "numberfemales", "females"),
    "males": ("numberofmales", "numberofmale", "numbermales", "males"),
    "children": ("numberofchildren", "numberchildren", "children"),
    "origin": ("countryoforigin", "countryorigin"),
    "region_origin": ("regionoforigin", "regionorigin"),
    "cause": ("causeofdeath", "causedeath", "cause"),
    "country": ("countryofincident", "country", "incidentcountry"),
    "location": (
        *("locationdescription", "locationofincident", "locationofdeath", "location"),
        "descriptionoflocation",
    ),
    "coordinates": (
        *("coordinates", "locationcoordinates", "locationcoodinates"),
        "coordinatesoflocation",
    ),
    "longitude": ("longitude", "lon", "lng"),
    "latitude": ("latitude", "lat"),
    "route": ("migrationroute", "migrantionroute", "route"),
    "unsd": ("unsdgeographicalgrouping", "unsdgeographicgrouping", "ungrouping"),
    "source": ("informationsource", "source", "sources"),
    "url": ("url", "link", "urls"),
    "quality": ("sourcequality", "qualityofsource"),
}
_FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words}
_IDS = ("incident_id", "main_id", "web_id")


@dataclass(frozen=True)
class Layout:
    """Which header stands for which field; `name` is the leading id, `date_header` the date's."""

    name: str
    header_of: dict[str, str]
    date_header: str


def plain_header(header: str) -> str:
    """Return the letters and digits of a header, lower case, without accents or marks."""
    decomposed = unicodedata.normalize("NFKD", header.casefold())
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalnum())


def recognise_layout(headers: Sequence[str]) -> Layout:
    """Return the layout of these headers, or raise UnreadableFile."""
    header_of: dict[str, str] = {}
    for header in headers:
        field = _FIELD_OF.get(plain_header(header))
        if field is None:
            continue
        if field in header_of:
            refuse("duplicate_header", header=header, other=header_of[field])
        header_of[field] = header
    _require(header_of, headers)
    name = next(field for field in _IDS if field in header_of)
    return Layout(name, header_of, plain_header(header_of.get("date", "")))


def _require(header_of: dict[str, str], headers: Sequence[str]) -> None:
    """Refuse what lacks an id, a place or a number of people."""
    placed = "coordinates" in header_of or {"longitude", "latitude"} <= set(header_of)
    missing = [
        what
        for what, there in (
            ("id", any(field in header_of for field in _IDS)),
            ("region_or_coordinates", "region" in header_of or placed),
            ("dead_or_missing", "dead" in header_of or "missing" in header_of),
            ("date_or_year", "date" in header_of or "year" in header_of),
        )
        if not there
    ]
    if missing:
        seen = [str(header)[:40] for header in headers[:8]]
        refuse("unknown_layout", missing=missing, headers=seen)
