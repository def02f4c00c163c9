"""What somebody has typed into the fields of an incident, kept as it was typed.

A field's name is the path of its fact, such as `sources.0.url`; that of a list counts its rows.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LISTS = ("origins", "groups", "sources")
MOST_ROWS = 50
_ROW = re.compile(r"(\w+)\.(\d{1,3})(?:\.(\w+))?")


@dataclass(frozen=True)
class Entries:
    """The texts of a form by field; of a field that can be ticked more than once, several."""

    values: Mapping[str, tuple[str, ...]]
    more: Mapping[str, int] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Give what stands in a field; nothing for one that was left out."""
        return next(iter(self.values.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Give everything that was ticked in a field."""
        return tuple(value for value in self.values.get(name, ()) if value)

    def rows(self, listed: str) -> list[dict[str, str]]:
        """Give the filled rows of a list, each as texts by their short names."""
        found: dict[int, dict[str, str]] = {}
        for name in self.values:
            part = _ROW.fullmatch(name)
            if part and part[1] == listed and self.get(name):
                found.setdefault(int(part[2]), {})[part[3] or ""] = self.get(name)
        return [found[number] for number in sorted(found)][:MOST_ROWS]

    def shown(self, listed: str) -> int:
        """Say how many rows of a list the page offers: those that are filled, and new ones."""
        return min(MOST_ROWS, max(1, len(self.rows(listed)) + self.more.get(listed, 0)))

    def changed(self, **values: str) -> "Entries":
        """Give the same entries with some fields filled otherwise."""
        told = {name: (value,) for name, value in values.items()}
        return Entries({**self.values, **told}, self.more)

    def with_row(self, listed: str) -> "Entries":
        """Offer one more row of a list."""
        return Entries(self.values, {**self.more, listed: self.more.get(listed, 0) + 1})

    def without_row(self, listed: str, number: int) -> "Entries":
        """Take one row of a list out; those after it close up."""
        gone = f"{listed}.{number}."
        left = {name: given for name, given in self.values.items() if not name.startswith(gone)}
        return entries_of_form(left.items(), (listed,))


def entries_of_form(
    form: Iterable[tuple[str, Iterable[str]]], lists: Iterable[str] = LISTS
) -> Entries:
    """Take the fields of a form; rows of these lists that were left empty close up."""
    lists = tuple(lists)
    values = {name: tuple(value.strip() for value in given) for name, given in form}
    plain = {name: given for name, given in values.items() if _listed(name) not in lists}
    typed = Entries(values)
    for listed in lists:
        for number, row in enumerate(typed.rows(listed)):
            for name, value in row.items():
                plain[f"{listed}.{number}.{name}".rstrip(".")] = (value,)
    return Entries(plain)


def _listed(name: str) -> str:
    """Give the list that a field is a row of; nothing for a field of its own."""
    row = _ROW.fullmatch(name)
    return row[1] if row else ""
