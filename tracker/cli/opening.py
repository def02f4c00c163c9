"""Opens the database for a command, and ends it with one clear sentence when it cannot go on."""

import contextlib
from collections.abc import Iterator

import click

from tracker.config import Settings, settings_from_environment
from tracker.db.migrations import database_is_current
from tracker.db.session import Database, open_database
from tracker.domain.errors import DomainError, UnknownCode

SENTENCES = {
    "not_a_date": "{given!r} is no date. Write it as 2021-04-30.",
    "not_a_period": "{given!r} is no {field}. Write it as 2021, 2021-Q1 or 2021-01.",
    "given_twice": "--{field} is given more than once.",
    "date_missing": "A date is missing: --{field}.",
    "date_in_the_future": "{given} has not come yet: nothing is known as on that date.",
    "not_revisable": "These fields cannot be revised: {fields}.",
    "not_found": "There is no such {kind}.",
    "period_ends_before_it_begins": "The period ends before it begins. Swap --from and --to.",
    "too_many_groupings": "At most {most} groupings can be combined.",
    "grouping_named_twice": "A grouping is named twice in --by.",
    "known_dates_in_wrong_order": "The first date of --between must not lie after the second.",
    "import_under_way": "Another import is under way. Wait until it has ended, then try again.",
    "recorded_in_future": "{recorded_on} lies in the future. Give the day on which the file was"
    " downloaded.",
    "recorded_before": "The dataset already holds what was recorded on {last}; a file as of"
    " {recorded_on} would change the past. Import the files in the order of their dates.",
    "would_shrink": "With this file the dataset would shrink from {before} incidents to {after},"
    " {withdrawn} of them withdrawn. If that is right, say --allow-withdrawals {withdrawn}.",
    "changed_meanwhile": "People revised incidents of this dataset while the file was taken in."
    " Nothing was changed. Try again.",
    "disk_too_full": "The disk has {free_bytes} bytes left and {needed_bytes} are needed. Nothing"
    " was changed.",
    "not_allowed": "This may not be done here.",
}


def sentence_of(error: DomainError) -> str:
    """Say in one sentence what happened and what to do."""
    if isinstance(error, UnknownCode):
        known = ", ".join(error.detail["known"])  # type: ignore[arg-type]
        return f"{error.detail['given']!r} is not known for {error.detail['field']}. Known: {known}"
    return SENTENCES.get(error.code, error.code).format(**error.detail)


@contextlib.contextmanager
def opened(*, must_be_current: bool = True) -> Iterator[tuple[Settings, Database]]:
    """Give the settings and the database of this installation."""
    settings = settings_from_environment()
    database = open_database(settings.database_url)
    try:
        if must_be_current and not database_is_current(database):
            raise click.ClickException(
                "The database is not ready. Run `tracker db upgrade`, then try again."
            )
        yield settings, database
    except DomainError as error:
        raise click.ClickException(sentence_of(error)) from None
    finally:
        database.close()
