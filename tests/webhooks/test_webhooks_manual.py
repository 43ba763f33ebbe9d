"""The manual's table of what becomes of an event and the tests are one, and so are its limits and the program's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zbdesk.store import inbox
from zbdesk.store.inbox import Result
from zbdesk.sync import crowds
from zbdesk.web import serving
from zbdesk.webhooks import listener, spool

ROOT = Path(__file__).parent.parent.parent
MANUAL = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
PLACES = ("webhooks", "cli", "app")
NONE = {"none", "any", "as it comes", "as the first"}
"""What stands in the column of results where no single word does."""


def rows() -> list[list[str]]:
    """The cells of the table, one list a situation."""
    lines = MANUAL.split("## What becomes of an event")[1].split("\n## ")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if line.startswith("|")]
    assert cells[0][0] == "situation"
    return cells[2:]


ROWS = rows()


def known_tests() -> dict[str, str]:
    """Every test of the packages that the table draws on: its name and the file that it stands in."""
    files = [file for place in PLACES for file in sorted((ROOT / "tests" / place).glob("**/test_*.py"))]
    return {
        name: file.name
        for file in files
        for name in re.findall(r"^(?:async )?def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    }


THERE = known_tests()


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_every_row_has_its_test(row: list[str]) -> None:
    """Situation, what happens, what the user sees, the result's word, and a test that is there."""
    assert len(row) == 5
    assert all(row)
    (test,) = re.findall(r"`(test_\w+)`", row[4])
    assert test in THERE


def test_no_two_rows_lean_on_one_test() -> None:
    """A row that shares its test says nothing that is shown."""
    named = re.findall(r"`(test_\w+)`", "\n".join(row[4] for row in ROWS))
    assert sorted(set(named)) == sorted(named)


def test_the_words_of_results_are_the_programs() -> None:
    """Each word in the table is one that the command line shows; all but the first stand there."""
    words = {word for row in ROWS for word in re.findall(r"`(\w+)`", row[3])}
    assert words <= {result.value for result in Result}
    assert {result.value for result in Result} - words == {Result.WAITING.value}
    assert all("`" in row[3] or row[3] in NONE for row in ROWS)


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        (r"\| body \| (\d+) MB", listener.MOST_BYTES, 1024 * 1024),
        (r"\| body \|.* (\d+) seconds", listener.BODY_SECONDS, 1),
        (r"\| headers \| (\d+) KB", listener.MOST_HEADER_BYTES, 1024),
        (r"\| headers \|.* (\d+) seconds", serving.HEAD_SECONDS, 1),
        (r"\| requests of one sender \| ([\d,]+) a second", listener.PER_SECOND, 1),
        (r"\| requests of one sender \|.* ([\d,]+) at once", listener.BURST, 1),
        (r"\| connections at once \| (\d+)", serving.MOST_CONNECTIONS, 1),
        (r"\| put aside while the database is busy \| (\d+) MB", spool.MOST_BYTES, 1024 * 1024),
        (r"\| kept in the inbox \| (\d+) days", inbox.KEPT_DAYS, 1),
        (r"\| kept in the inbox \|.* ([\d,]+) events", inbox.KEPT_ROWS, 1),
    ],
)
def test_limits_in_the_manual_are_the_programs(words: str, value: float, unit: int) -> None:
    """A figure that changes here changes there."""
    (found,) = re.findall(words, MANUAL)
    assert int(found.replace(",", "")) * unit == value


def test_the_rows_about_crowds_name_their_figures() -> None:
    """Twenty, forty and three are the program's."""
    assert (crowds.MANY, crowds.ALL, crowds.PAUSE) == (20, 40, 3.0)
    assert "more than twenty records" in MANUAL
    assert "more than forty records within a minute | a list every three seconds" in MANUAL
