"""Places while one types: names to coordinates, and what a record of a point will say of it."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, make_response, request

from geodata.basemap import country_features
from geodata.coordinates import parse_position
from geodata.gazetteer import find_places
from geodata.positions import PositionUnclear
from tracker.domain.errors import UnknownCode
from tracker.http.language import gettext, label
from tracker.http.language import number as written
from tracker.http.request import current_actor, current_session
from tracker.maps.basemap import prepared_land
from tracker.schemas.incidents import LOCATION_PRECISIONS
from tracker.services.places import PlacePreview, preview_place
from tracker.translations.problems import PROBLEMS

blueprint = Blueprint("places", __name__)

_MOST_FOUND = 6
_LONGEST = 200


@dataclass(frozen=True)
class FoundPlace:
    """A place of the gazetteer: its name, its country, and its coordinates as one types them."""

    words: str
    coordinates: str


def places_named(name: str) -> list[FoundPlace]:
    """Find places by name or its beginning, in the reader's language."""
    return [
        FoundPlace(
            f"{place.name}, {label(place.country, 'country')}",
            f"{place.latitude:.4f}, {place.longitude:.4f}",
        )
        for place in find_places(name[:_LONGEST], limit=_MOST_FOUND)
    ]


@blueprint.get("/places/find")
def find() -> Response:
    """Give places by name, for whoever looks for one."""
    found = places_named(request.args.get("name", ""))
    return _private([{"words": each.words, "coordinates": each.coordinates} for each in found])


@blueprint.get("/places/preview")
def preview() -> Response:
    """Say of a point where it lies and what the public will see of it."""
    try:
        position = parse_position(request.args.get("coordinates", ""))
    except PositionUnclear as unclear:
        return _private({"problem": gettext(PROBLEMS[f"position_{unclear.code}"])})
    precision = request.args.get("precision") or "exact"
    if precision not in LOCATION_PRECISIONS:
        raise UnknownCode("precision", precision, LOCATION_PRECISIONS)
    seen = preview_place(
        current_session(),
        current_actor(),
        (position.longitude, position.latitude),
        uncertainty_m=position.uncertainty_m,
        precision=precision,
    )
    return _private(
        {
            "point": [position.latitude, position.longitude],
            "radius_m": seen.radius_m,
            "square": square_of(seen),
            "lines": list(preview_in_words(seen)),
        }
    )


@blueprint.get("/places/land")
def give_land() -> Response:
    """Give land and borders as rings of steps of a hundredth of a degree, as the map draws them."""
    answer = make_response(prepared_land(country_features()).json)
    answer.mimetype = "application/json"
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def square_of(seen: PlacePreview) -> list[list[float]]:
    """Give south-west and north-east (latitude, longitude) of the square that the public sees."""
    half = seen.grid / 2
    x, y = seen.public.longitude, seen.public.latitude
    return [[y - half, x - half], [y + half, x + half]]


def preview_in_words(seen: PlacePreview) -> tuple[str, ...]:
    """Say where a point lies, and what the public will see of it, from when on."""
    place = seen.place
    where = [
        label(code, field)
        for code, field in (
            (place.country, "country"),
            (place.review_2021, "subregion"),
            (place.corridor, "corridor"),
            (place.segment, "segment"),
        )
        if code
    ]
    km = written(max(1, round(seen.grid * 111)))
    return (
        gettext("This place lies in: %(where)s.", where="; ".join(dict.fromkeys(where)))
        if where
        else gettext("This place lies in no country or corridor that we know."),
        gettext(
            "The public will see no point and no words of the place: only a square about %(km)s km"
            " wide, always the same one, and only %(days)s days after it was logged, once the"
            " record has been checked and made public.",
            km=km,
            days=seen.delay_days,
        ),
    )


def _private(value: object) -> Response:
    answer = jsonify(value)
    answer.headers["Cache-Control"] = "no-store"
    return answer
