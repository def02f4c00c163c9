"""The tallies that are measured: three that everybody asks for, and others of all kinds."""

import datetime as dt
from dataclasses import dataclass, field

from tracker.domain.tallies import Grouping, Scheme, TallyQuery

PAST = dt.date(2021, 6, 17)
NOW = dt.date(2027, 1, 31)


@dataclass(frozen=True)
class Question:
    """A tally, and the same in SQL: its columns and its condition."""

    name: str
    by: tuple[Grouping, ...]
    where: str = "true"
    scheme: Scheme = Scheme.REVIEW_2021
    period: tuple[dt.date | None, dt.date | None] = (None, None)
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def query(self, known_on: dt.date) -> TallyQuery:
        """Ask the tracker."""
        return TallyQuery(
            as_known_on=known_on,
            period_from=self.period[0],
            period_to=self.period[1],
            by=self.by,
            scheme=self.scheme,
            filters=self.filters,
        )

    @property
    def columns(self) -> list[str]:
        """Name the peers' columns."""
        return [str(self.scheme) if name == Grouping.SUBREGION else str(name) for name in self.by]


NAMED = (
    Question("subregion, month", (Grouping.SUBREGION, Grouping.MONTH)),
    Question("corridor, cause, year", (Grouping.CORRIDOR, Grouping.CAUSE, Grouping.YEAR)),
    Question("segment, quarter", (Grouping.SEGMENT, Grouping.QUARTER)),
)

_FROM, _TO = dt.date(2018, 3, 12), dt.date(2024, 7, 20)
OTHERS = (
    Question("country, year", (Grouping.COUNTRY, Grouping.YEAR)),
    Question("sex", (Grouping.SEX,)),
    Question("origin, cause", (Grouping.ORIGIN, Grouping.CAUSE)),
    Question("day", (Grouping.DAY,)),
    Question(
        "month; corridor=darien",
        (Grouping.MONTH,),
        where="corridor = 'darien'",
        filters={"corridor": ("darien",)},
    ),
    Question(
        "subregion, month; from and to within months",
        (Grouping.SUBREGION, Grouping.MONTH),
        where=f"date_to >= '{_FROM}' and date_from <= '{_TO}'",
        period=(_FROM, _TO),
    ),
    Question(
        "subregion (UN M49), quarter", (Grouping.SUBREGION, Grouping.QUARTER), scheme=Scheme.UN_M49
    ),
    Question(
        "country, cause, sex, year", (Grouping.COUNTRY, Grouping.CAUSE, Grouping.SEX, Grouping.YEAR)
    ),
    Question(
        "corridor, year; children only",
        (Grouping.CORRIDOR, Grouping.YEAR),
        where="children > 0",
        filters={"children": ("only",)},
    ),
    Question("source quality", (Grouping.SOURCE_QUALITY,)),
)
