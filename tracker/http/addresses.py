"""Parts of addresses: what cannot be one is an address that does not exist."""

from collections.abc import Sequence

from flask import Flask, current_app, request
from werkzeug.routing import BaseConverter


class IncidentId(BaseConverter):
    """The public id of an incident, such as `4TX-09M`."""

    regex = "[0-9A-Za-z]{3}-[0-9A-Za-z]{3}"


class Register(BaseConverter):
    """One of the two registers of people: those who are sought, and those who were found."""

    regex = "cases|remains"


def know_addresses(app: Flask) -> None:
    """Let routes name parts of addresses by what they are."""
    app.url_map.converters["incident_id"] = IncidentId
    app.url_map.converters["register"] = Register


def own_domain() -> str:
    """Give the domain in which the ids of our records have their home, whoever asks under which.

    The first name that this installation answers under; where none is set, the one asked for.
    """
    named: Sequence[str] = current_app.config["TRUSTED_HOSTS"] or (request.host,)
    return named[0].removeprefix(".").partition(":")[0]
