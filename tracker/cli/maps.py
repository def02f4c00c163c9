"""`tracker map`: the map as one file."""

import datetime as dt
from pathlib import Path

import click

from tracker.cli.opening import opened
from tracker.domain.permissions import ANYONE
from tracker.schemas.tallies import load_query
from tracker.services.maps import draw_incidents_file


@click.command("map")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--from", "from_", metavar="DATE", help="First day of the period.")
@click.option("--to", metavar="DATE", help="Last day of the period, included.")
@click.option("--corridor", multiple=True, help="Only this corridor.")
@click.option("--cause", multiple=True, help="Only this cause.")
@click.option("--as-known-on", metavar="DATE", help="The map as it would have been drawn then.")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True)
@click.option("--site", metavar="URL", help="Address of your tracker, to link the records to.")
def map_file(
    out: Path, lang: str, site: str | None, **options: str | tuple[str, ...] | None
) -> None:
    """Write the map as one file that works without any network.

    It holds what the public may see, whoever draws it: it is made to be passed on.
    """
    given = {
        name.rstrip("_"): value if isinstance(value, tuple) else (value,)
        for name, value in options.items()
        if value
    }
    with opened() as (_, database), database.reading() as session:
        query = load_query(given, today=dt.datetime.now(dt.UTC).date())
        page = draw_incidents_file(session, ANYONE, query, language=lang, site=site)
    out.write_text(page, encoding="utf-8")
    click.echo(f"Written to {out} ({len(page.encode()):,} bytes).")
