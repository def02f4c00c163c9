"""The blueprint that the parts of logging without network share."""

from flask import Blueprint

blueprint = Blueprint("offline", __name__)
