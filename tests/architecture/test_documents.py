"""The documents name what there is: a command, column or code without its words fails here."""

import re
import shlex
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest

from geodata.corridors import CORRIDOR_CODES, SEGMENT_CODES
from geodata.places import RELATIONS
from geodata.schemes import SCHEMES
from tracker import config
from tracker.app import create_app
from tracker.cli import main
from tracker.config import Settings
from tracker.db.metadata import METADATA
from tracker.domain import people, strata
from tracker.domain.accounts import (
    FactorKind,
    InvitationPurpose,
    OrganisationKind,
    SessionStage,
)
from tracker.domain.causes import Cause
from tracker.domain.consents import Purpose
from tracker.domain.duplicates import ComparedField, Reading, Verdict
from tracker.domain.families import NotificationCheck, WordKind
from tracker.domain.figures import StepKind
from tracker.domain.group_exports import ExportPurpose, ExportState
from tracker.domain.groups import AGES, GENDERS, SEXES, Basis, GroupKind
from tracker.domain.match_evidence import MatchField, Settling, Strength
from tracker.domain.matches import MatchStatus, Method
from tracker.domain.measures import Measure
from tracker.domain.people import (
    CaseStatus,
    Condition,
    PersonKind,
    RemainsStatus,
    ShareKind,
    TaskKind,
)
from tracker.domain.periods import DatePrecision
from tracker.domain.permissions import Action, Role, TokenScope
from tracker.domain.personal_data import PersonalData
from tracker.domain.public_reports import Witnessed
from tracker.domain.reviews import Check
from tracker.domain.searches import (
    FindingKind,
    Handling,
    ReportKind,
    SearchMethod,
    SearchStatus,
    SearchView,
)
from tracker.domain.shared_people import FeedChange, ServerProblem
from tracker.domain.statuses import (
    ImportState,
    IncidentType,
    LoggedThrough,
    Manner,
    Reason,
    Scope,
    Status,
    Visibility,
)
from tracker.domain.tallies import (
    CHILDREN_FILTER,
    NOT_KNOWN,
    NOT_SHOWN,
    TOTAL,
    Grouping,
    Rule,
    Scheme,
)
from tracker.exchange.mmp import FINDING_CODES, REFUSAL_CODES
from tracker.exchange.mmp.findings import ACTIONS
from tracker.http.errors import SENTENCES
from tracker.schemas.incidents import CODED
from tracker.schemas.tallies import PARAMETERS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *DOCS.rglob("*.md")], key=lambda path: path.relative_to(ROOT)
)
ENUMS: tuple[type[StrEnum], ...] = (
    *(Action, Cause, DatePrecision, Grouping, ImportState, IncidentType, Measure, Reason),
    *(Basis, Check, GroupKind, LoggedThrough, Manner, PersonalData, StepKind),
    *(ComparedField, Reading, Verdict),
    *(Role, Rule, Scheme, Scope, Status, Visibility),
    *(FactorKind, InvitationPurpose, OrganisationKind, SessionStage, TokenScope),
    *(Witnessed, WordKind, NotificationCheck, FeedChange, ServerProblem),
    *(MatchField, MatchStatus, Method, Settling, Strength),
    *(FindingKind, Handling, ReportKind, SearchMethod, SearchStatus, SearchView),
    *(ExportPurpose, ExportState),
    *(CaseStatus, Condition, PersonKind, Purpose, RemainsStatus, ShareKind, TaskKind, people.Basis),
)
OUR_FOLDERS = "tracker|geodata|migrations|templates|tests|benchmarks|docs"


def document(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Give what stands under each heading that is a name in code marks, to the next heading."""
    parts = re.split(r"^#{2,4} (.+)$", text, flags=re.MULTILINE)
    return {
        title.strip("`"): body
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
        if title.startswith("`")
    }


def unnamed(codes: Iterator[str] | list[str], text: str) -> list[str]:
    """Give the codes that do not stand in code marks in a text."""
    named = set(re.findall(r"`([^`\n]+)`", text))
    return [code for code in codes if code not in named]


def commands() -> dict[str, click.Command]:
    """Give every command by the words that a person types."""
    found: dict[str, click.Command] = {}

    def walk(command: click.Command, name: str) -> None:
        found[name] = command
        if isinstance(command, click.Group):
            for word, part in command.commands.items():
                walk(part, f"{name} {word}")

    walk(main, "tracker")
    return found


def options(command: click.Command) -> list[str]:
    return [
        parameter.opts[0]
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.opts[0] != "--version"
    ]


def examples(text: str) -> list[list[str]]:
    """Give the words of every `tracker` command in the blocks of a document."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    typed = (re.sub(r"^\$ ", "", line) for line in lines)
    return [shlex.split(line, comments=True) for line in typed if line.startswith("tracker ")]


def command_of(words: list[str]) -> tuple[str, list[str]]:
    known = commands()
    name = "tracker"
    while len(words) > 1 and f"{name} {words[1]}" in known:
        name, words = f"{name} {words[1]}", words[1:]
    return name, words[1:]


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_every_column_stands_in_the_data_dictionary(table) -> None:
    described = sections(document("data-dictionary.md"))
    assert table.name in described
    assert unnamed(list(table.columns.keys()), described[table.name]) == []


def test_the_data_dictionary_describes_no_column_that_is_gone() -> None:
    for name, body in sections(document("data-dictionary.md")).items():
        cells = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", body, flags=re.MULTILINE)
        named = {code for cell in cells for code in re.findall(r"`(\w+)`", cell)}
        assert named <= set(METADATA.tables[name].columns.keys())


@pytest.mark.parametrize("codes", ENUMS, ids=lambda codes: codes.__name__)
def test_every_code_stands_in_the_data_dictionary(codes: type[StrEnum]) -> None:
    assert unnamed([str(code) for code in codes], document("data-dictionary.md")) == []


def test_every_place_and_form_code_stands_in_the_data_dictionary() -> None:
    codes = [*CORRIDOR_CODES, *RELATIONS, NOT_KNOWN, NOT_SHOWN, TOTAL, CHILDREN_FILTER, *ACTIONS]
    codes += [code for scheme in SCHEMES.values() for code in scheme.codes]
    codes += [code for segments in SEGMENT_CODES.values() for code in segments]
    codes += [code for known in CODED.values() for code in known]
    codes += [*SEXES, *GENDERS, *AGES]
    codes += [strata.FEMALE, strata.MALE, strata.OTHER_GENDER, strata.CHILD, strata.ADULT]
    assert unnamed(codes, document("data-dictionary.md")) == []


def test_every_finding_and_refusal_of_an_import_is_explained() -> None:
    assert unnamed([*FINDING_CODES, *REFUSAL_CODES], document("import.md")) == []


@pytest.mark.parametrize(("name", "command"), commands().items(), ids=list(commands()))
def test_every_choice_of_a_command_is_typed_as_its_code(name: str, command: click.Command) -> None:
    for option in command.params:
        if isinstance(option.type, click.Choice):
            # Of an enum the words to type would be its names: CSV, and not csv.
            assert {type(choice) for choice in option.type.choices} == {str}, name


@pytest.mark.parametrize(("name", "command"), commands().items(), ids=list(commands()))
def test_every_command_and_option_is_explained(name: str, command: click.Command) -> None:
    described = sections(document("cli.md"))
    assert name in described
    # `tracker tally diff` takes what its group takes.
    explained = described[name] + described[name.rpartition(" ")[0] or name]
    assert [option for option in options(command) if f"`{option}" not in explained] == []
    if not isinstance(command, click.Group) or command.invoke_without_command:
        assert any(command_of(words)[0] == name for words in examples(described[name]))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_can_be_typed(path: Path) -> None:
    known = commands()
    for words in examples(path.read_text(encoding="utf-8")):
        name, rest = command_of(words)
        given = {word.partition("=")[0] for word in rest if word.startswith("--")}
        assert given <= {*options(known[name]), "--help", "--version"}, words


def test_every_setting_is_explained() -> None:
    source = Path(config.__file__).read_text(encoding="utf-8")
    settings = sorted(set(re.findall(r"TRACKER_[A-Z_]+", source)))
    assert settings
    assert unnamed(settings, document("installation.md")) == []


def test_every_route_parameter_and_error_is_explained(tmp_path: Path) -> None:
    app = create_app(
        Settings(database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}", secret_key="x")
    )
    routes = [rule.rule for rule in app.url_map.iter_rules()]
    described = document("api.md")
    assert unnamed(routes, described) == []
    assert unnamed([*PARAMETERS, *SENTENCES], described) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_and_headings_that_exist(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        if heading:
            assert heading in anchors(file.read_text(encoding="utf-8")), target


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_named_in_documents_exist(path: Path) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", path.read_text(encoding="utf-8"))
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file()
        or f"\ndef {test}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_named_in_documents_exist(path: Path) -> None:
    named = re.findall(rf"`((?:{OUR_FOLDERS})/[\w./-]+)`", path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
