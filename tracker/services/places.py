"""Decides where an incident may be shown, for whoever asks."""

import datetime as dt

from tracker.db.models import IncidentVersion
from tracker.domain.incidents import PublishedPlace
from tracker.domain.permissions import Action, Actor, may
from tracker.domain.publication import (
    PRECISION_RADIUS_M,
    grid_radius_m,
    place_is_delayed,
    place_on_grid,
)


def published_place(
    actor: Actor, version: IncidentVersion, *, dataset: str | None, today: dt.date
) -> PublishedPlace | None:
    """Give the place of an incident as this actor may see it, or None.

    A place that a dataset's publisher has made public is given as published, with its uncertainty.
    One that was logged here is given as the centre of a fixed grid cell, after a delay, and
    without its words, which could give away what the grid hides.
    """
    if version.longitude is None or version.latitude is None:
        return None
    radius = max(version.uncertainty_m or 0.0, PRECISION_RADIUS_M[version.location_precision])
    if dataset is not None or may(actor, Action.SEE_ALL_INCIDENTS):
        return PublishedPlace(
            longitude=round(version.longitude, 5),
            latitude=round(version.latitude, 5),
            uncertainty_m=radius,
            precision=version.location_precision,
            description=version.location_description,
        )
    if place_is_delayed(version.recorded_from.date(), today):
        return None
    longitude, latitude = place_on_grid(version.longitude, version.latitude)
    return PublishedPlace(
        longitude=longitude,
        latitude=latitude,
        uncertainty_m=max(radius, grid_radius_m()),
        precision=version.location_precision,
        description=None,
    )
