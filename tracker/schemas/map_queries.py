"""Reads what a map is asked for from the parameters of its address."""

import datetime as dt

from tracker.domain.maps import MapQuery, MapSort, MapWindow
from tracker.domain.places import Box
from tracker.schemas.arguments import Arguments, read_box, single_value, whole_number
from tracker.schemas.tallies import load_query, read_code, read_known_day

OF_WINDOW = ("box", "zoom", "cells", "sort", "page", "kind")
OF_MAP = ("new_since",)
MOST_ZOOM = 13
_FINE, _PLAIN = "fine", "plain"


def load_map_query(args: Arguments, *, today: dt.date) -> MapQuery:
    """Turn parameters into the incidents that a map shows; those of the window are left alone.

    Raises `UnknownCode` or `BadQuery` for what nobody knows.
    """
    own = (*OF_MAP, *OF_WINDOW)
    query = load_query(
        {name: values for name, values in args.items() if name not in own}, today=today
    )
    since = read_known_day("new_since", single_value("new_since", args), today)
    return MapQuery(query, since)


def load_map_window(args: Arguments) -> MapWindow:
    """Turn parameters into what somebody looks at; a box may reach beyond the ends of the earth."""
    cells = read_code("cells", single_value("cells", args) or _PLAIN, (_PLAIN, _FINE))
    sort = read_code("sort", single_value("sort", args) or MapSort.NEWEST, tuple(MapSort))
    return MapWindow(
        box=_on_earth(read_box(single_value("box", args))),
        zoom=whole_number("zoom", args, most=MOST_ZOOM) or 0,
        fine=cells == _FINE,
        sort=MapSort(sort),
        page=whole_number("page", args) or 1,
    )


def _on_earth(box: Box | None) -> Box | None:
    if box is None:
        return None
    west, south, east, north = box
    return max(west, -180.0), south, min(east, 180.0), north
