"""Parts of addresses: what cannot be one is an address that does not exist."""

from flask import Flask
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
