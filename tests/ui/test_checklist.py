"""The list of what people may expect of the window: each line is there, says how it stands, names real tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "ux-checklist.md"
STATEMENT = ROOT / "docs" / "accessibility.md"
STRINGS = ROOT / "resources" / "translations" / "zbdesk_de.ts"
WORDS = ("tested", "tried", "partly", "not met")

ROW = re.compile(r"^\| C(\d\d) \| (.+) \| ([a-z ]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
CLAUSES = ("11.1.1.1", "11.2.1.1", "11.3.3.1", "11.4.1.2", "11.5.2", "11.6", "11.7", "12.1.1", "12.1.2", "12.2")


def rows() -> list[tuple[int, str, str, str]]:
    """Number, wording, state and grounds of each line of the page."""
    found = ROW.findall(PAGE.read_text(encoding="utf-8"))
    return [(int(number), what, state, grounds) for number, what, state, grounds in found]


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the test functions of one file, of its classes too."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def sentences() -> Iterator[str]:
    """Every text of the window, as the translators get it."""
    for source in ET.parse(STRINGS).iter("source"):
        yield source.text or ""


def test_all_ninety_nine_lines_are_there_once_and_in_order() -> None:
    """No line is left out because it is not met, and none stands twice."""
    assert [number for number, *_ in rows()] == list(range(1, 100))
    assert len(re.findall(r"^\| C", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == 99


@pytest.mark.parametrize(("number", "what", "state", "grounds"), rows(), ids=[f"C{one[0]:02}" for one in rows()])
def test_a_line_says_how_it_stands_and_what_that_rests_on(number: int, what: str, state: str, grounds: str) -> None:
    """What is called tested names a test, everything else says in words what was seen or what is missing."""
    assert state in WORDS, f"C{number:02}: {state}"
    assert len(what) > 10
    named = NAMED.findall(grounds)
    assert grounds.count("`tests/") == len(named), "each test is named as file::function"
    for file, name in named:
        assert name in names_in(file), f"C{number:02} names {file}::{name}, which is not there"
    if state == "tested":
        assert named
    else:
        assert len(NAMED.sub("", grounds).strip(" ;`")) > 20, "says what is missing or what was seen"


def test_tests_that_carry_a_number_stand_for_a_line() -> None:
    """A test called after a line belongs to one that exists, so that nobody looks for C00 or C100."""
    numbers = {
        int(number)
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_c\d\d\w*)", file.read_text(encoding="utf-8"))
        for number in re.findall(r"_c(\d+)(?=_)", name)
    }
    assert len(numbers) > 60
    assert numbers <= {number for number, *_ in rows()}


def test_the_counts_at_the_top_are_those_of_the_lines() -> None:
    """The summary cannot be better than what it sums up."""
    stated = dict(re.findall(r"^- ([a-z ]+) \((\d+)\):", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert stated == {word: str(sum(state == word for _, _, state, _ in rows())) for word in WORDS}


def test_c39_no_sentence_holds_an_exception() -> None:
    """People read what happened, never the program's insides."""
    texts = list(sentences())
    assert len(texts) > 1000
    inside = re.compile(r"Traceback|\w+Error\b|\bException\b|\berrno\b|\bHTTP [1-5]\d\d\b", re.IGNORECASE)
    assert [text for text in texts if inside.search(text)] == []


def test_c39_no_error_names_an_http_number() -> None:
    """The number stands under Details (``code``); title and message say in words what answered and what to do."""
    found = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in (ROOT / "zbdesk").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _makes_an_error(call)
        for argument in call.args[:2]
        if re.search(r"\bHTTP\b(?! (?:interface|server|address))", ast.unparse(argument))
    ]
    assert found == []


def _makes_an_error(call: ast.Call) -> bool:
    """``super().__init__(title, message)`` of an error, whose first two arguments people read."""
    function = call.func
    return isinstance(function, ast.Attribute) and function.attr == "__init__" and "super()" in ast.unparse(function)


def test_c41_no_sentence_blames() -> None:
    """Nobody is told that they failed, and "later" comes with a time."""
    blame = re.compile(r"\binvalid\b|\billegal\b|\byou failed\b|\bbad (?:input|request)\b|\bforbidden\b", re.IGNORECASE)
    later = re.compile(r"try again later|later\.$", re.IGNORECASE)
    assert [text for text in sentences() if blame.search(text)] == []
    assert [text for text in sentences() if later.search(text) and "try again" in text.lower()] == []


def test_c99_the_statement_goes_through_the_clauses() -> None:
    """The accessibility statement names its standard, each group of clauses, and a state for each row."""
    text = STATEMENT.read_text(encoding="utf-8")
    assert "EN 301 549 V3.2.1" in text
    table = [line.split("|")[1:] for line in text.splitlines() if re.match(r"\| 1[12]\.", line)]
    assert [clause for clause in CLAUSES if not any(clause in row[0] for row in table)] == []
    for row in table:
        if row[0].strip().startswith("11."):
            assert row[2].strip() in {"supported", "partly", "not applicable"}, row[0]
