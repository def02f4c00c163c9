"""Rules that imports cannot show."""

import ast
import re

import pytest

from tests.architecture.sources import CODE, ROOT, functions, kept_files, python_files

TEXTS = {".py", ".md", ".toml", ".html", ".js", ".css", ".txt", ".json", ".yml", ".po", ".ini", ""}
# Written in pieces, so that this file does not hold what it looks for.
OPEN_ENDS = re.compile(
    r"\b(TO" r"DO|FIX" r"ME|NotImplemented" r"Error|pytest\.sk" r"ip|xf" r"ail)\b"
)
ADDRESSES = re.compile(
    r'"resolved": ?"ht'
    r"tp|--(extra-)?index-u"
    r'rl|registry = "ht'
    r"tp|file:/"
    r"//|"
    r"/wor"
    r"k/|/ro"
    r"ot/|/ho"
    r"me/"
)


def texts() -> list[tuple[str, str]]:
    found = []
    for path in kept_files():
        if path.suffix in TEXTS and path.stat().st_size < 2_000_000:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
    return found


def test_nothing_is_left_open_in_the_code() -> None:
    left = [
        (name, found.group())
        for name, text in texts()
        if name.endswith((".py", ".html", ".js")) and (found := OPEN_ENDS.search(text))
    ]
    assert left == []


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_kept() -> None:
    found = [(name, hit.group()) for name, text in texts() if (hit := ADDRESSES.search(text))]
    assert found == []


def test_no_browser_code_of_others_is_kept() -> None:
    names = [str(path.relative_to(ROOT)) for path in kept_files()]
    assert [name for name in names if "node_modules" in name or "/vendor/" in name] == []
    assert [name for name in names if name.endswith(".min.js")] == []


def test_every_act_of_a_service_says_who_asks_and_asks_whether_they_may() -> None:
    """Public functions of services take (session or database, actor, ...), or are pure."""
    wrong = []
    for path in python_files("tracker/services"):
        text = path.read_text(encoding="utf-8")
        for function in ast.parse(text).body:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
                continue
            names = [argument.arg for argument in function.args.args]
            if "actor" not in names:
                continue
            asks = "require(" in ast.get_source_segment(text, function)
            passes_on = "actor" in re.sub(r"^.*?\n", "", ast.get_source_segment(text, function))
            if names.index("actor") > 1 or not (asks or passes_on):
                wrong.append(f"{path.name}:{function.name}")
    assert wrong == []


@pytest.mark.parametrize("folder", ["tracker/services", "tracker/db/queries"])
def test_services_and_queries_never_commit(folder: str) -> None:
    for path in python_files(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr != "commit", path


def test_nothing_imports_inside_a_function_to_hide_a_cycle() -> None:
    hidden = []
    for path in python_files(*CODE):
        for function in functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    hidden.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert hidden == []


def test_no_log_line_or_message_prints_from_the_code() -> None:
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files("tracker/services", "tracker/db", "tracker/web", "tracker/http")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing in ([], [entry for entry in printing if "build_assets" in entry])
