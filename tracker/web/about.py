"""The page that says how figures are made, where they come from and what they mean."""

from flask import Blueprint, render_template

from tracker.http.page_cache import cached_page

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
@cached_page
def show_about() -> str:
    """Show method, sources and licence."""
    return render_template("about/about.html")
