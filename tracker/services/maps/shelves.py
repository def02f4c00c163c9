"""Keeps in memory what was used last."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Keeps the things used last, by what they were made of."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[object, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: object) -> Kept | None:
        """Give what was kept under a key."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def keep(self, key: object, thing: Kept) -> Kept:
        """Keep a thing; what was not used for longest goes."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return thing
