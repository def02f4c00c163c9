"""Decides where an incident may be shown, for whoever asks."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from geodata.places import Place, look_up_place
from tracker.db.queries.incidents import KnownVersion
from tracker.db.session import moment, publication_rule
from tracker.domain.incidents import PublishedPlace
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.publication import (
    PRECISION_RADIUS_M,
    grid_radius_m,
    place_is_delayed,
    place_on_grid,
)
from tracker.domain.visibility import Sight, sight_of


def published_place(session: Session, actor: Actor, known: KnownVersion) -> PublishedPlace | None:
    """Give the place of an incident as this actor may see it, or None.

    A place that a dataset's publisher has made public is given as published, with its uncertainty.
    One that was logged here is given as the centre of a fixed grid cell, after a delay, and
    without its words, which could give away what the grid hides.
    """
    version = known.version
    if version.longitude is None or version.latitude is None:
        return None
    radius = max(version.uncertainty_m or 0.0, PRECISION_RADIUS_M[version.location_precision])
    if shows_exact_place(actor, known):
        return PublishedPlace(
            longitude=round(version.longitude, 5),
            latitude=round(version.latitude, 5),
            uncertainty_m=radius,
            precision=version.location_precision,
            description=version.location_description,
        )
    rule = publication_rule(session)
    logged_on = known.logged_on or version.recorded_from.date()
    if place_is_delayed(logged_on, moment(session).date(), rule.delay_days):
        return None
    return _public_place(
        version.longitude,
        version.latitude,
        radius_m=radius,
        precision=version.location_precision,
        grid=rule.grid(version.corridor),
    )


def shows_exact_place(actor: Actor, known: KnownVersion) -> bool:
    """Say whether this actor is given the place as it stands, once it is given at all."""
    return known.dataset is not None or sight_of(actor, known.standing) == Sight.FULL


def _public_place(
    longitude: float, latitude: float, *, radius_m: float, precision: str, grid: float
) -> PublishedPlace:
    x, y = place_on_grid(longitude, latitude, grid)
    return PublishedPlace(
        longitude=x,
        latitude=y,
        uncertainty_m=max(radius_m, grid_radius_m(grid)),
        precision=precision,
        description=None,
    )


@dataclass(frozen=True)
class PlacePreview:
    """Where a place lies, and what the public will see of it, from when on.

    `radius_m` is how far the place itself is uncertain; `grid` the width in degrees of the cell.
    """

    place: Place
    public: PublishedPlace
    delay_days: int
    radius_m: float
    grid: float


def preview_place(
    session: Session,
    actor: Actor,
    position: tuple[float, float],
    *,
    uncertainty_m: float | None = None,
    precision: str = "exact",
    named_country: str | None = None,
) -> PlacePreview:
    """Tell of a position (longitude, latitude in degrees) what the record of it will say.

    This is what the form shows beside the place before anything is saved.
    """
    require(actor, Action.SEE_TALLIES)
    longitude, latitude = position
    radius = max(uncertainty_m or 0.0, PRECISION_RADIUS_M[precision])
    place = look_up_place(longitude, latitude, uncertainty_m=radius, named_country=named_country)
    rule = publication_rule(session)
    grid = rule.grid(place.corridor)
    public = _public_place(longitude, latitude, radius_m=radius, precision=precision, grid=grid)
    return PlacePreview(place, public, rule.delay_days, radius, grid)
