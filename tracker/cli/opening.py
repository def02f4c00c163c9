"""Opens the database for a command, and ends it with one clear sentence when it cannot go on."""

import contextlib
from collections.abc import Iterator

import click

from tracker.config import Settings, WrongSetting, settings_from_environment
from tracker.db.encryption import KeysMissing, find_key_ring, new_key_ring, write_key_file
from tracker.db.migrations import database_is_current
from tracker.db.session import Database, open_database
from tracker.domain.errors import DomainError, UnknownCode
from tracker.domain.permissions import OPERATOR
from tracker.services.accounts.organisations import accounts_exist
from tracker.services.removals import count_removals_undone

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
    "too_many_rows": "A workbook holds at most {most} rows. Ask for a shorter period, or take the"
    " CSV.",
    "grouping_named_twice": "A grouping is named twice in --by.",
    "known_dates_in_wrong_order": "The first date of --between must not lie after the second.",
    "import_under_way": "Another import is under way. Wait until it has ended, then try again.",
    "recorded_in_future": "{recorded_on} lies in the future. Give the day on which the file was"
    " downloaded.",
    "recorded_before": "The dataset already holds what was recorded on {last}; a file as of"
    " {recorded_on} would change the past. Import the files in the order of their dates.",
    "would_shrink": "With this file the dataset would shrink from {before} incidents to {after},"
    " {withdrawn} of them withdrawn. If that is right, say --allow-withdrawals {withdrawn}.",
    "changed_meanwhile": "People revised these meanwhile. Nothing was changed. Try again.",
    "disk_too_full": "The disk has {free_bytes} bytes left and {needed_bytes} are needed. Nothing"
    " was changed.",
    "not_allowed": "This may not be done here.",
    "keys_missing": "The key file is missing. Put it back, or name it in TRACKER_KEYS_FILE.",
    "wrong_keys": "These keys are not those that sealed what is stored here.",
    "keys_not_readable": "The keys cannot be read. A key file has a line `encrypt KEY` for each"
    " key, the newest first, and one line `lookup KEY`.",
    "form_not_ours": "This form was not ours.",
    "token_not_valid": "This key is not valid, or no longer.",
    "own_account": "This cannot be done to one's own account.",
    "must_wait": "Too many tries. Wait {seconds} seconds.",
    "wrong_password": "Address and password do not go together.",
    "wrong_own_password": "This is not the password.",
    "wrong_code": "This code is not right.",
    "passkey_refused": "This passkey could not be checked.",
    "last_factor": "The role needs a second factor.",
    "name_missing": "A name is missing.",
    "email_not_usable": "This address cannot be used.",
    "password_too_short": "A password has at least {least} characters.",
    "password_too_long": "A password has at most {most} characters.",
    "password_easy": "This password is easily guessed.",
    "too_many_days": "A key lasts at most {most} days.",
    "not_a_report_period": "{given!r} is no period. Write it as 2026, 2026-Q1, 2026-03 or"
    " 2026-01-01..2026-03-31.",
    "not_a_box": "{given!r} is no box: west, south, east and north in degrees.",
    "not_a_time": "{given!r} is no time: a day such as 2021-04-30, or two with / between them.",
    "not_a_whole_number": "{given!r} is not a whole number from 1 to {most}.",
    "not_json": "This is not JSON: UTF-8, finite numbers, no name twice in one object.",
    "key_not_valid": "An idempotency key has 1 to 200 letters, digits and signs of ASCII.",
    "invalid_record": "The record breaks rules: {fields}.",
    "key_used_otherwise": "This key was used before, for another record.",
    "status_does_not_follow": "A record that is {before} cannot become {after}.",
    "own_record": "Whoever wrote a record cannot verify it.",
    "check_missing": "Not everything has been looked at: {missing}.",
    "personal_data_in_public_text": "Public texts seem to hold personal data: {fields}.",
    "answered_already": "The question has been answered already.",
    "review_it_again_first": "A verified record is reviewed again before it is changed.",
    "place_of_dataset": "The place of a dataset's record is its publisher's.",
    "record_is_closed": "The record is {status} and takes no changes.",
    "under_review": "The record is under review.",
    "needs_confirmed_match": "That somebody died, or who somebody is, only a confirmed match says.",
    "second_person_needed": "The same person said this already. A second one is needed.",
    "case_worker_needed": "One of the two people who decide has to be a case worker.",
    "comparison_not_ready": "The comparison of all records is being prepared.",
    "voices_differ": "The first person named another method, authority or day.",
    "remains_only": "Only remains belong to an incident.",
    "cases_only": "Only a case goes out in this format: it is made for people who are sought.",
    "case_has_ended": "The case is withdrawn or was closed by the family: nothing goes out.",
    "death_not_published": "A death is told to the family by a person, never in a public file.",
    "own_organisation": "It belongs to that organisation already.",
    "search_called_off": "This search was called off.",
    "search_changed_meanwhile": "Somebody else has changed this search meanwhile.",
    "search_status_does_not_follow": "The search does not stand where this can be said of it.",
    "no_finding_of_remains": "Only findings of remains or of a grave become such a record.",
    "remains_opened_already": "Another organisation has opened a record for this finding already.",
    "report_taken_back": "This report was taken back.",
    "no_consent": "The family has not agreed to this.",
    "file_empty": "The file is empty.",
    "file_too_large": "A file has at most {megabytes} MB.",
    "too_many_files": "A record holds at most {most} files.",
    "file_kind_not_taken": "This is neither a photo (JPEG, PNG, WebP) nor a PDF.",
    "picture_of_apple": "Photos in HEIC cannot be read.",
    "picture_too_large": "A picture has at most {megapixels} million pixels.",
    "picture_not_readable": "The picture is damaged.",
    "record_stands": "The record was checked and takes no files from its writer.",
    "record_erased": "This record was erased here. It is not taken in again.",
    "merged_record_of_others": "A record that is not yours to erase was merged into this one. Undo"
    " that merge first.",
    "merge_with_itself": "A record cannot be merged or linked with itself.",
    "merge_into_unverified": "Verify the record that is to be kept first: otherwise its people"
    " would no longer count.",
    "not_merged": "This record is not merged into another one.",
    "part_of_another_event": "One of these is already linked to another event. Take it out"
    " there first.",
    "not_a_part": "This record is not linked to an event.",
}


def sentence_of(error: DomainError) -> str:
    """Say in one sentence what happened and what to do."""
    if isinstance(error, UnknownCode):
        known = ", ".join(error.detail["known"])  # type: ignore[arg-type]
        return f"{error.detail['given']!r} is not known for {error.detail['field']}. Known: {known}"
    return SENTENCES.get(error.code, error.code).format(**error.detail)


def make_keys(settings: Settings, database: Database) -> bool:
    """Make the key file of a new installation; gives False when there are keys already.

    Raises `KeysMissing` where something is sealed with keys that are not there: new ones would
    not open it.
    """
    if find_key_ring(settings.keys, settings.keys_file) is not None:
        return False
    with database.reading() as session:
        if accounts_exist(session):
            raise KeysMissing
    ring = new_key_ring()
    write_key_file(ring, settings.keys_file)
    database.use_keys(ring)
    return True


@contextlib.contextmanager
def opened(*, must_be_current: bool = True) -> Iterator[tuple[Settings, Database]]:
    """Give the settings and the database of this installation."""
    try:
        settings = settings_from_environment()
    except WrongSetting as error:
        raise click.ClickException(str(error)) from None
    database = open_database(
        settings.database_url, find_key_ring(settings.keys, settings.keys_file)
    )
    database.list_removals(settings.removals)
    try:
        if must_be_current:
            _refuse_what_is_not_ready(database)
        yield settings, database
    except DomainError as error:
        raise click.ClickException(sentence_of(error)) from None
    finally:
        database.close()


def _refuse_what_is_not_ready(database: Database) -> None:
    if not database_is_current(database):
        raise click.ClickException(
            "The database is not ready. Run `tracker db upgrade`, then try again."
        )
    with database.reading() as session:
        undone = count_removals_undone(session, OPERATOR)
    if undone:
        raise click.ClickException(
            f"{undone:,} records or consents that were removed stand here again: a backup was put"
            " back. Run `tracker db upgrade`: it removes them again. Then try again."
        )
