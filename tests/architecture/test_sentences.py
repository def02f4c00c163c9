"""Whoever meets an error reads a sentence, not a code."""

import ast

from tests.architecture.sources import python_files
from tracker.cli.opening import SENTENCES as ON_THE_COMMAND_LINE
from tracker.http.errors import SENTENCES as ON_PAGES

RAISED = {"BadQuery", "Conflict", "ImportRefused", "DomainError"}
# Raised by acts that no page offers yet.
ONLY_ON_THE_COMMAND_LINE = {
    "import_under_way",
    "recorded_in_future",
    "recorded_before",
    "would_shrink",
    "disk_too_full",
    "not_revisable",
    "keys_not_readable",
}


def raised_codes() -> set[str]:
    codes = set()
    for path in python_files("tracker"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED
            if named and node.args and isinstance(node.args[0], ast.Constant):
                codes.add(node.args[0].value)
    return codes


def test_every_code_has_a_sentence_on_the_command_line() -> None:
    assert raised_codes() - set(ON_THE_COMMAND_LINE) == set()


def test_every_code_that_a_page_can_meet_has_a_sentence_there() -> None:
    assert raised_codes() - ONLY_ON_THE_COMMAND_LINE - set(ON_PAGES) == set()
