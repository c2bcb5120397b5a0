"""Guards over the source: the rules of the house that a reader could break without noticing."""

import ast
import importlib
import inspect
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
FLOORS = (
    "common",
    "regulations",
    "organizations",
    "accounts",
    "personnel",
    "planning",
    "reorganizations",
    "intake",
    "reports",
    "demo",
)
DOMAIN = ("organizations", "accounts", "personnel", "planning", "intake", "reports")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Public functions beside the acts, and why they are none.
NO_ACTS = {
    "choose_columns": "how somebody likes to see a list is no record",
    "delete_filter": "how somebody likes to see a list is no record",
    "discard_unfinished": "what is typed and not saved is no record",
    "keep_unfinished": "what is typed and not saved is no record",
    "forget_columns": "how somebody likes to see a list is no record",
    "lock": "reads one row for an act under way",
    "lock_organizations": "reads rows for an act under way",
    "may_enter_document": "a question that the pages ask too",
    "next_number": "only reads",
    "open_term": "part of confirming a congress result",
    "record_judgements": "part of submitting and of confirming",
    "rename_filter": "how somebody likes to see a list is no record",
    "require_concerned": "a check inside an act",
    "require_lasting": "a check inside an act",
    "require_not_ended": "a check inside an act",
    "require_not_submitted": "a check inside an act",
    "require_open": "a check inside an act",
    "require_other_hand": "a check inside an act",
    "require_right": "a check inside an act",
    "require_standing": "a check inside an act",
    "require_state": "a check inside an act",
    "save_filter": "how somebody likes to see a list is no record",
}

# Models whose rows belong to no part of the tree, and why.
SEEN_BY_ALL = {
    "intake.ColumnMapping": "how headings are read; it holds no record",
    "intake.Import": "each is read by its sender alone (ImportQuerySet.of)",
    "accounts.ListPreference": "each is read by its owner alone (OwnListQuerySet.of)",
    "accounts.SavedFilter": "each is read by its owner alone (OwnListQuerySet.of)",
    "organizations.PaperTemplate": "a catalogue",
    "organizations.Position": "a catalogue",
    "personnel.UnfinishedForm": "each is read by its owner alone (UnfinishedFormQuerySet.of)",
    "accounts.User": "whoever acted is named beside what they did; the list is for administrators alone",
}


def python_files(*patterns: str) -> list[Path]:
    """Return the project's Python files of the apps and the project, but for generated migrations."""
    found = {
        path for floor in (*FLOORS, "committee_tracker") for each in patterns for path in (ROOT / floor).glob(each)
    }
    return sorted(path for path in found if "migrations" not in path.parts)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def public_functions(path: Path):
    module = importlib.import_module(module_of(path))
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield name, function


ACTION_FILES = python_files("actions*.py", "actions/*.py")


@pytest.mark.parametrize("path", ACTION_FILES, ids=module_of)
def test_whoever_acts_leaves_the_name_of_the_act_in_the_journal(path):
    unnamed = [
        name
        for name, function in public_functions(path)
        if "by" in inspect.signature(function).parameters and not hasattr(function, "act_name") and name not in NO_ACTS
    ]

    assert unnamed == []


@pytest.mark.parametrize("path", ACTION_FILES, ids=module_of)
def test_every_act_names_its_actor(path):
    anonymous = [
        name
        for name, function in public_functions(path)
        if "by" not in inspect.signature(function).parameters and name not in NO_ACTS
    ]

    assert anonymous == []


def test_what_is_excused_from_being_an_act_exists():
    there = {name for path in ACTION_FILES for name, _ in public_functions(path)}

    assert set(NO_ACTS) <= there


def test_pages_write_nothing_themselves():
    writing = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    pages = python_files(
        *("views*.py", "views/*.py", "templatetags/*.py", "context_processors.py"),
        *("tables.py", "tables/*.py", "filters.py", "filters/*.py"),
    )
    offenders = [
        place(path, node)
        for path in pages
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
    ]

    assert pages
    assert offenders == []


@pytest.mark.parametrize("app", DOMAIN)
def test_every_list_of_records_can_be_narrowed_to_a_scope(app):
    open_to_all = [
        model._meta.label
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model._default_manager, "visible_to") and model._meta.label not in SEEN_BY_ALL
    ]

    assert open_to_all == []


def test_nothing_is_printed():
    offenders = [
        place(path, node)
        for path in python_files("**/*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert offenders == []


# In pieces, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"(?:root|home/\w+|Users/\w+|work/(?:main|shared))/",
            r"[A-Z]:\\" + r"Users\\",
            "files.python" + r"hosted\.org",
            "registry.npm" + r"js\.org",
            r"pypi\.org" + "/simple",
            "--(?:extra-)?index" + "-url",
        ]
    )
)


@pytest.mark.parametrize(
    ("line", "is_foreign"),
    [
        ("cp /" + "root/notes.txt .", True),
        ("open('/" + "home/somebody/x')", True),
        ("https://files.python" + "hosted.org/packages/x.whl", True),
        ("--index" + "-url https://example.com", True),
        ("the path runs from the root/down", False),
        ('href="/" + "to-chuc/"', False),
    ],
)
def test_what_is_foreign_is_recognised(line, is_foreign):
    assert bool(FOREIGN.search(line)) is is_foreign


def test_no_path_of_a_machine_and_no_package_index_stands_in_a_file():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    offenders = []
    for name in filter(None, listed):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" in content or "vendor" in path.parts:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if FOREIGN.search(line):
                offenders.append(f"{name}:{number}: {line.strip()[:100]}")

    assert offenders == []


def test_files_stay_short():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in python_files("**/*.py")
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_stay_short():
    long = {
        f"{place(path, node)} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files("**/*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }

    assert long == {}
