"""Why a file cannot be read at all."""

from typing import NoReturn

from tracker.domain.errors import DomainError

REFUSAL_CODES = (
    "not_a_file",
    "empty_file",
    "too_large",
    "not_utf8",
    "nul_bytes",
    "html_not_csv",
    "binary_file",
    "truncated",
    "ragged_row",
    "not_a_table",
    "duplicate_header",
    "unknown_layout",
    "no_rows",
    "not_json",
    "not_records",
    "damaged_workbook",
    "zip_bomb",
    "doctype_refused",
    "not_a_workbook",
    "encrypted_workbook",
    "old_workbook",
    "workbook_beyond_limits",
)


class UnreadableFile(DomainError):
    """A file cannot be read: `code` is one of REFUSAL_CODES, `detail` has the facts about it."""


def refuse(code: str, **detail: object) -> NoReturn:
    """Raise UnreadableFile with a code of REFUSAL_CODES."""
    raise UnreadableFile(code, **detail)
