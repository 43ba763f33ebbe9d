"""The manuals and the program are one: quoted messages, labels, pictures, commands, options and tests exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from zbdesk.cli import commands
from zbdesk.cli.program import app

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MANUALS = [
    *sorted(DOCS.glob("*.md")),
    *sorted(DOCS.glob("decisions/*.md")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
]
COMMAND_LINE = (DOCS / "command-line.md").read_text(encoding="utf-8")

_GAP = "\0"
"""What stands for a value, in a string of the source and in a quoted message."""
_ITALIC = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


def _names(manual: Path) -> str:
    return manual.relative_to(ROOT).as_posix()


# -- what the program says --------------------------------------------------------------------------------------------


def _texts(tree: ast.AST) -> Iterator[str]:
    """The string constants and f-strings of a module, without its docstrings."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (str(one.value) if isinstance(one, ast.Constant) else _GAP for one in node.values)
            yield "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from _texts(node)


@cache
def _said() -> tuple[str, ...]:
    """Everything that the program may say: no mnemonics, a gap for each value."""
    found = {
        text
        for file in (ROOT / "zbdesk").rglob("*.py")
        if "demo" not in file.relative_to(ROOT / "zbdesk").parts
        for text in _texts(ast.parse(file.read_text(encoding="utf-8")))
    }
    return tuple(re.sub(r"%\d|\{\w*\}", _GAP, text.replace("&", "").replace("’", "'")) for text in found)


def is_said(quoted: str) -> bool:
    """Whether one text of the program has the words of ``quoted`` in this order, with a value at each gap."""
    parts = [part.strip() for part in quoted.split("…")]
    assert any(len(part) > 5 for part in parts), f"“{quoted}” is too short to be told from others"
    wanted = re.compile(r"\s*\0\s*".join(re.escape(part) for part in parts))
    return any(wanted.search(text) for text in _said())


def _first_columns(manual: str) -> Iterator[str]:
    for line in (DOCS / manual).read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            yield line.split("|")[1]


MESSAGES = [
    pytest.param(quoted, id=f"{manual}: {quoted}")
    for manual in ("connect.md", "troubleshooting.md")
    for cell in _first_columns(manual)
    for quoted in _ITALIC.findall(cell)
]


def test_tables_quote_messages() -> None:
    """The tables of both manuals are read at all, and a sentence nobody says is noticed."""
    assert len(MESSAGES) > 20
    assert not is_said("The disk is fuller.")
    assert not is_said("The disk … is full.")


@pytest.mark.parametrize("quoted", MESSAGES)
def test_a_quoted_message_is_said(quoted: str) -> None:
    """Who looks a message up finds it as the program says it."""
    assert is_said(quoted)


IN_ZOHOS_CONSOLE = {"add client", "server-based applications", "create", "self client", "accept"}


@pytest.mark.parametrize(
    "manual",
    [
        "accessibility.md",
        "conflicts.md",
        "connect.md",
        "daily-work.md",
        "install.md",
        "month-end.md",
        "privacy.md",
        "problems.md",
        "troubleshooting.md",
    ],
)
def test_labels_to_press_exist(manual: str) -> None:
    """A label in bold is on a button or in a menu; what opens an item of a list is its heading, not a label."""
    text = re.sub(r"^- \*\*[^*]+\*\*", "-", (DOCS / manual).read_text(encoding="utf-8"), flags=re.MULTILINE)
    labels = {label.casefold() for label in _BOLD.findall(text)}
    said = {text.casefold().removesuffix("…") for text in _said()}
    assert labels
    assert {label for label in labels if label.removesuffix("…") not in said} - IN_ZOHOS_CONSOLE == set()


# -- pictures, pages, tests -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manual", MANUALS, ids=_names)
def test_pictures_and_pages_exist(manual: Path) -> None:
    """No manual shows a picture or links a page that is not there."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", manual.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (manual.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("manual", MANUALS, ids=_names)
def test_named_tests_and_files_exist(manual: Path) -> None:
    """A manual that points to a test points to one that runs."""
    text = manual.read_text(encoding="utf-8")
    sources = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text))
    assert {name for name in named if f"def {name}(" not in sources} == set()
    files = set(re.findall(r"`((?:tests|bench|docs)/[\w/.-]+)`", text))
    assert {name for name in files if not (ROOT / name).exists()} == set()


# -- the command line -------------------------------------------------------------------------------------------------


def _commands() -> dict[str, set[str]]:
    """Each command that ``zbdesk --help`` leads to, with its options."""
    commands.register(app)
    found: dict[str, set[str]] = {}

    def walk(command: object, path: str) -> None:
        parameters = getattr(command, "params", [])
        names = {name for one in parameters for name in (*one.opts, *one.secondary_opts)}
        found[path] = {name for name in names if name.startswith("-")}
        for name, below in getattr(command, "commands", {}).items():
            walk(below, f"{path} {name}")

    walk(typer.main.get_command(app), "zbdesk")
    return found


def _described() -> dict[str, set[str]]:
    """Each command of the manual's table, with the options of its row or of its part of a row."""
    found: dict[str, set[str]] = {}
    for row in re.findall(r"^\| `zbdesk.*$", COMMAND_LINE, flags=re.MULTILINE):
        first, rest = (part.strip() for part in re.split(r"(?<!\\)\|", row)[1:3])
        usages = re.findall(r"`(zbdesk[^`]*)`", first)
        for usage in usages:
            words = usage.split()
            path = [word for word in words[:4] if re.fullmatch(r"[a-z][a-z-]*", word)]
            text = f"{usage} {rest}" if len(usages) == 1 else usage
            found[" ".join(path)] = set(re.findall(r"--[a-z][a-z-]+", text))
    return found


def test_every_command_is_in_the_manual_and_no_other() -> None:
    """Commands and commands of commands, both ways."""
    assert set(_described()) == set(_commands())


@pytest.mark.parametrize("command", sorted(_commands()))
def test_every_option_is_in_the_manual_and_no_other(command: str) -> None:
    """``--help`` and, before every command, ``--data-dir`` are described once for all."""
    described = _described()[command]
    if command == "zbdesk":
        assert "--data-dir DIR" in COMMAND_LINE
        assert "--help" in described
        described = {*described, "--data-dir"}
    assert described - {"--help"} == _commands()[command] - {"--help"}


def test_every_variable_is_in_the_manual_and_no_other() -> None:
    """The variables that people may set; one is of no use to them: a measuring aid."""
    used = {
        name
        for file in (ROOT / "zbdesk").rglob("*.py")
        for name in re.findall(r"\"(ZBDESK_[A-Z_]+)\"", file.read_text(encoding="utf-8"))
    }
    described = set(re.findall(r"^\| `(ZBDESK_[A-Z_]+)`", COMMAND_LINE, flags=re.MULTILINE))
    assert described == used - {"ZBDESK_QUIT_AFTER_PAINT"}
