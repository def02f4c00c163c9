"""The house stays small enough to live in."""

import ast

import pytest

from tests.architecture.sources import CODE, ROOT, functions, kept_files, python_files

FILE_LINES, FUNCTION_LINES, POSITIONAL = 400, 40, 3
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc", "lib"}
TOP_LEVEL = {
    "pyproject.toml", "tracker", "geodata", "migrations", "templates", "tests", "README.md",
    "README.es.md", "Makefile", "docs", ".ci", "benchmarks", "CHANGELOG.md", "CONTRIBUTING.md",
    "LICENSE", ".gitignore",
}  # fmt: skip
MOST_BYTES = 30_000_000


@pytest.mark.parametrize("path", python_files(*CODE, "tests", "benchmarks"), ids=str)
def test_no_file_is_longer_than_four_hundred_lines(path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_no_function_is_longer_than_forty_lines_or_takes_more_than_three_by_position() -> None:
    too_long, too_many = [], []
    for path in python_files(*CODE):
        for function in functions(path):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            positional = [
                argument.arg
                for argument in (*function.args.posonlyargs, *function.args.args)
                if argument.arg not in ("self", "cls")
            ]
            place = f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
            if lines > FUNCTION_LINES:
                too_long.append((place, lines))
            if len(positional) > POSITIONAL and "@click" not in path.read_text(encoding="utf-8"):
                too_many.append((place, len(positional)))
    assert too_long == []
    assert too_many == []


def test_most_files_are_short() -> None:
    lengths = sorted(
        len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*CODE)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 300


def test_every_module_is_named_after_what_it_holds() -> None:
    names = {part for path in python_files(*CODE) for part in path.relative_to(ROOT).parts}
    assert {name.removesuffix(".py") for name in names} & VAGUE == set()


def test_every_module_and_public_function_says_what_it_is_for() -> None:
    silent = []
    for path in python_files(*CODE):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and ast.get_docstring(tree) is None:
            silent.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and ast.get_docstring(node) is None:
                silent.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert silent == []


def test_nothing_stands_at_the_top_that_has_no_place_there() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in kept_files()}
    assert top <= TOP_LEVEL


def test_the_repository_stays_small() -> None:
    assert sum(path.stat().st_size for path in kept_files()) < MOST_BYTES
