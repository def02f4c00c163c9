"""Makes a picture of the map for reports: what is in view, with all that has to be said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from geodata.basemap import country_features, large_cities
from geodata.corridors import corridors
from geodata.ground import country_shapes
from tracker.domain.errors import BadQuery
from tracker.domain.maps import MapQuery, MapWindow
from tracker.domain.permissions import ANYONE, Action, Actor, require
from tracker.domain.places import AMERICAS
from tracker.exchange.map_picture import map_picture
from tracker.maps.basemap import cities_called
from tracker.maps.view_frame import (
    BESIDE,
    TILE,
    Frame,
    framed,
    grown_box,
    shape_of_box,
)
from tracker.maps.view_map import Sheets, corridors_for, draw_view
from tracker.maps.view_names import SMALLEST_CITY, NamedShapes, names_of_view
from tracker.maps.view_numbers import boxes_of_marks, numbers_of_view
from tracker.services.maps.picture_words import PictureFacts, picture_in_words
from tracker.services.maps.selections import select_incidents
from tracker.services.maps.views import list_map, view_map
from tracker.services.tallies import period_tally
from tracker.translations.words import Words

# Points of paper: the map beside its words, or as wide as the page above them.
WIDTH_BESIDE, HIGHEST_BESIDE, WIDTH_ABOVE = 462.0, 580.0, 728.0
# Points for a unit of the map, which is a pixel of the page's map.
_UNIT_BESIDE, _UNIT_ABOVE, _SMALLEST_UNIT, _LARGEST_UNIT = 0.55, 0.76, 0.5, 1.0
_LEAST_LETTERS = 0.7  # points for a unit, so that names can be read on paper
_NEAREST = 13


@dataclass(frozen=True)
class PictureRequest:
    """Which picture: the question, what of the map is shown, the language, the kind of file."""

    asked: MapQuery
    window: MapWindow
    language: str
    form: str


def picture_of_map(session: Session, actor: Actor, request: PictureRequest) -> bytes:
    """Give a picture of the map as a file, as anyone at all may see it: it will be passed on."""
    require(actor, Action.SEE_PUBLIC_INCIDENTS)
    frame, wide = _frame(request.window)
    view = view_map(session, ANYONE, request.asked, window=_window(request.window, frame))
    sheets = draw_view(frame, view.cells, fullest=view.fullest)
    facts = _facts(session, request, frame)
    words = Words(request.language)
    told = {
        "lang": request.language,
        "beside": wide < WIDTH_ABOVE,
        **picture_in_words(words, facts, sheets),
        "map": _drawn(frame, wide, sheets, words=words),
    }
    return map_picture(told, form=request.form, made_on=request.asked.query.as_known_on)


def _frame(window: MapWindow) -> tuple[Frame, float]:
    """Give the frame, and how wide it stands on paper (in points)."""
    box = window.box or AMERICAS
    if box[0] > box[2]:
        raise BadQuery("not_a_box", given=",".join(f"{degrees:g}" for degrees in box))
    box = grown_box(box)
    shape = shape_of_box(box)
    beside = shape < (BESIDE + 0.1)
    wide = min(WIDTH_BESIDE, HIGHEST_BESIDE * shape) if beside else WIDTH_ABOVE
    units = wide / (_UNIT_BESIDE if beside else _UNIT_ABOVE)
    if window.zoom:
        units = (box[2] - box[0]) / 360.0 * TILE * 2.0**window.zoom
        units = min(max(units, wide / _LARGEST_UNIT), wide / _SMALLEST_UNIT)
    return framed(box, units, lettering=max(1.0, _LEAST_LETTERS * units / wide)), wide


def _window(window: MapWindow, frame: Frame) -> MapWindow:
    """Ask for what the frame shows, at the zoom that was asked for or that it looks like."""
    looks = round(frame.zoom)
    zoom = min(window.zoom, looks + 1) if window.zoom else looks
    zoom = min(max(zoom, 1), _NEAREST)
    return MapWindow(box=frame.box, zoom=zoom)


def _facts(session: Session, request: PictureRequest, frame: Frame) -> PictureFacts:
    asked = request.asked
    selection = select_incidents(session, ANYONE, asked)
    tally = period_tally(session, ANYONE, asked.query)
    every = list_map(session, ANYONE, asked, window=MapWindow())
    shown = list_map(session, ANYONE, asked, window=MapWindow(box=frame.box))
    counts = tally.total
    if asked.new_since is not None:
        counts = {"dead": every.dead, "missing": every.missing, "incidents": every.number_in_all}
    return PictureFacts(
        asked=asked,
        counts=counts,
        shown={"dead": shown.dead, "missing": shown.missing, "incidents": shown.number_in_all},
        whole=request.window.box is None and shown.number_in_all == len(selection.placed),
        without_place=len(selection.incident) - len(selection.placed),
        frame=frame,
    )


def _areas(frame: Frame, language: str) -> tuple[NamedShapes, ...]:
    """Give what is named upon the land, what matters most first."""
    bands = [each.names for each in corridors() if each.geometry is not None]
    countries = [each["properties"]["names"] for each in country_features()["features"]]
    return (
        NamedShapes("country", country_shapes(), _called(countries, language)),
        NamedShapes("corridor", corridors_for(frame), _called(bands, language)),
    )


def _called(names: Iterable[Mapping[str, str]], language: str) -> tuple[str, ...]:
    """Give names in a language, else in English."""
    return tuple(str(each.get(language) or each.get("en") or "") for each in names)


def _drawn(frame: Frame, wide: float, sheets: Sheets, *, words: Words) -> dict[str, Any]:
    """Give the sheets of the map with what is written on them, in units of the frame."""
    numbers = numbers_of_view(frame, sheets.discs, words.number)
    names = names_of_view(
        frame,
        _areas(frame, words.language),
        cities_called(large_cities(SMALLEST_CITY), words.language),
        around=boxes_of_marks(frame, sheets.discs, numbers),
    )
    return {
        "ground": sheets.ground,
        "marks": sheets.marks,
        "width": wide,
        "unit": wide / frame.width,
        "lettering": frame.lettering,
        "height": wide * frame.height / frame.width,
        "names": [asdict(name) for name in names],
        "numbers": [asdict(number) for number in numbers],
    }
