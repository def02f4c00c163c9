"""Words, numbers, dates and questions in one language, for files that no template writes."""

import datetime as dt
from collections.abc import Callable

from babel.dates import format_date
from babel.numbers import format_decimal

from tracker.domain.tallies import CHILDREN_FILTER, TallyQuery
from tracker.translations import mark
from tracker.translations.catalogues import catalogue, locale
from tracker.translations.labels import labels_in

NOT_KNOWN = "–"


class Words:
    """Words, numbers and dates in a language."""

    def __init__(self, language: str) -> None:
        """Take the catalogue of a language."""
        self.language = language
        texts = catalogue(language)
        self._translate: Callable[[str], str] = texts.gettext
        self._plural: Callable[[str, str, int], str] = texts.ngettext
        self._locale = locale(language)
        self.label = labels_in(language)

    def say(self, text: str, **values: object) -> str:
        """Say a text that was marked for translation, with its values."""
        words = self._translate(text)
        return words % values if values else words

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Say a text in the form that a number asks for; the number stands in it as `shown`."""
        return self._plural(one, many, count) % {"shown": self.number(count)}

    def number(self, value: int | None) -> str:
        """Write a number for a table, a dash where it is not known."""
        if value is None:
            return NOT_KNOWN
        return str(format_decimal(value, locale=self._locale)).replace("-", "−")

    def count(self, value: int | None) -> str:
        """Write a number within a sentence."""
        return self.say(mark("not known")) if value is None else self.number(value)

    def day(self, value: dt.date) -> str:
        """Write a date."""
        return str(format_date(value, "long", locale=self._locale))

    def period(self, query: TallyQuery) -> str:
        """Say of which time a question asks."""
        first = self.day(query.period_from) if query.period_from else ""
        last = self.day(query.period_to) if query.period_to else ""
        if first and last:
            return self.say(mark("Between %(first)s and %(last)s"), first=first, last=last)
        if first:
            return self.say(mark("Since %(first)s"), first=first)
        if last:
            return self.say(mark("Until %(last)s"), last=last)
        return self.say(mark("In all the years recorded"))

    def filters(self, query: TallyQuery) -> str:
        """Say what a question leaves out; nothing where it leaves nothing out."""
        return "; ".join(self._filter(query, name) for name in query.filters)

    def _filter(self, query: TallyQuery, name: str) -> str:
        if name == CHILDREN_FILTER:
            return self.say(mark("incidents with children only"))
        field = query.words_of(name)
        codes = ", ".join(self.label(field, code) for code in query.filters[name])
        return f"{self.label('grouping', name)}: {codes}"
