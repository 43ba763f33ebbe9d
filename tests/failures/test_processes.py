"""Whole processes: signals, kills, second instances, readers that go away. No traceback, nothing lost, nothing left."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import time
import weakref
from typing import Any

import pytest

from tests.failures.conftest import Program
from zbdesk.cli import interrupts

SHAPE = {"result", "api_calls", "pulled", "pushed", "conflicts", "problems", "pending", "message"}
SIGNALS = [signal.SIGINT, signal.SIGTERM]


def line_of(process: subprocess.Popen[str], seconds: float = 20) -> Any:
    """The next line of standard output as the JSON object that it must be."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    assert ready, "nothing was printed in time"
    return json.loads(process.stdout.readline())


def whole(program: Program) -> bool:
    """Whether the mirror has every invoice of the server exactly once."""
    theirs = [one["invoice_id"] for one in program.server.company.org(program.organization).all("invoices")]
    return sorted(row["remote_id"] for row in program.records("invoices")) == sorted(theirs)


# Signals


@pytest.mark.parametrize("number", SIGNALS)
def test_a_stopped_sync_answers_interrupted(program: Program, number: signal.Signals) -> None:
    """Exit 130 with the one document, at once; the next sync goes on and ends with every row."""
    hold = program.server.faults.hold(path="/invoices", times=10)
    process = program.start("sync", "--json")
    assert hold.arrived.wait(20)
    began = time.monotonic()
    process.send_signal(number)
    answer = program.end(process)
    assert time.monotonic() - began < 10
    assert answer.code == 130
    assert answer.json["result"] == "interrupted"
    assert answer.json.keys() >= SHAPE
    assert answer.json["message"]
    answer.says("Stopped", "next sync goes on from there")
    hold.release()
    program.server.faults.clear()
    assert program("status", "--json").json["last_sync"]["result"] == "interrupted"
    assert program("sync", "--json", "--module", "invoices").json["result"] == "ok"
    assert whole(program)


@pytest.mark.parametrize(("number", "seconds"), [(signal.SIGINT, 0.05), (signal.SIGTERM, 0.2), (signal.SIGINT, 0.4)])
def test_a_signal_while_the_program_starts_shows_no_traceback(
    program: Program, number: signal.Signals, seconds: float
) -> None:
    """However early it comes: 130, one document, one sentence; before Python itself is up, the system answers."""
    process = program.start("sync", "--json", "--module", "items")
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.send_signal(number)
    answer = program.end(process)
    if answer.code == -number:
        assert seconds == 0.05
        assert answer.out == ""
        return
    assert answer.code in {130, 0}
    assert answer.json["result"] == ("interrupted" if answer.code else "ok")


def signal_after(process: subprocess.Popen[str], python_module: str, number: signal.Signals) -> tuple[int, str, str]:
    """Send the signal at the moment when this Python module has been loaded; code, output and what it said of itself.

    The process was started with ``PYTHONPROFILEIMPORTTIME``, which prints a line for each import at its end.
    """
    assert process.stderr is not None
    assert any(line.rstrip().endswith(f" {python_module}") for line in process.stderr), f"{python_module} never came"
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    said = [line for line in err.splitlines() if not line.startswith("import time:")]
    return process.returncode, out, "\n".join(said)


EARLY = [
    "zbdesk.cli.output",
    "zbdesk.app.log",
    "zbdesk.cli.main",
    "typer",
    "zbdesk.cli.program",
    "msgspec",
    "zbdesk.app.desk",
    "zbdesk.store.database",
    "zbdesk.cli.options",  # what the command's own file brings along
    "zbdesk.cli.commands",
    "httpx",
    "zbdesk.sync.engine",
    "zbdesk.app.build",
]
"""Moments of a start, from the first line of the program to the last part of the engine."""


@pytest.mark.parametrize("moment", EARLY)
def test_sigterm_ends_run_in_order_however_early_it_comes(program: Program, moment: str) -> None:
    """Rule 22: a service manager that stops ``run`` while it starts sees exit 0, and no half document."""
    process = program.start("run", "--json", PYTHONPROFILEIMPORTTIME="1")
    code, out, said = signal_after(process, moment, signal.SIGTERM)
    assert code == 0, said
    assert all(isinstance(json.loads(line), dict) for line in out.splitlines())
    assert "Traceback" not in said
    assert not list(program.place.glob("*-wal"))


@pytest.mark.parametrize(
    ("word", "number"), [("run", signal.SIGINT), ("sync", signal.SIGINT), ("sync", signal.SIGTERM)]
)
@pytest.mark.parametrize("moment", EARLY[::4])
def test_other_early_signals_are_interruptions(
    program: Program, word: str, number: signal.Signals, moment: str
) -> None:
    """Rules 4 and 22: ``sync`` by either signal, and ``run`` by SIGINT, end with 130 and without a traceback."""
    process = program.start(word, "--json", PYTHONPROFILEIMPORTTIME="1")
    code, out, said = signal_after(process, moment, number)
    assert code == 130, said
    assert "Traceback" not in said
    if word == "sync":
        assert json.loads(out)["result"] == "interrupted"


@pytest.mark.parametrize(
    ("words", "ordinary"),
    [
        (["run"], True),
        (["--data-dir", "run", "run", "--json"], True),
        (["--data-dir", "run", "sync"], False),
        (["--data-dir=run", "status", "run"], False),
        (["--version"], False),
        ([], False),
    ],
)
def test_only_sigterm_of_run_is_an_ordinary_end(words: list[str], ordinary: bool) -> None:
    """Whatever stands before or after the command's word."""
    assert interrupts.is_ordinary_end(signal.SIGTERM, words) is ordinary
    assert not interrupts.is_ordinary_end(signal.SIGINT, words)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_run_says_ready_then_an_event_a_line_and_ends_by_a_signal(
    program: Program, number: signal.Signals, code: int
) -> None:
    """Rule 22: the first line is ``ready``, each line one JSON object; the end comes within ten seconds, tidily."""
    process = program.start("run", "--json", ZBDESK_POLL_SECONDS="0.2")
    assert line_of(process) == {"event": "ready"}
    seen: list[Any] = []
    while not any(event["event"] == "run_finished" for event in seen):
        seen.append(line_of(process))
    began = time.monotonic()
    process.send_signal(number)
    assert process.stdout is not None
    seen += [json.loads(line) for line in process.stdout]
    answer = program.end(process)
    assert time.monotonic() - began < 10
    assert answer.code == code
    assert all(isinstance(event, dict) and event["event"] for event in seen)
    finished = next(event for event in seen if event["event"] == "run_finished")
    assert finished.keys() >= SHAPE
    # The lock is free and the database was closed in order: nothing of it lies beside.
    assert not list(program.place.glob("*-wal"))
    program.works()


def test_run_is_stopped_in_the_middle_of_a_load(program: Program) -> None:
    """SIGTERM while a page is on its way: within ten seconds, exit 0, and the last event is the run's end."""
    hold = program.server.faults.hold(path="/invoices", times=10)
    process = program.start("run", "--json")
    assert line_of(process) == {"event": "ready"}
    assert hold.arrived.wait(20)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    events = [json.loads(line) for line in process.stdout]
    assert program.end(process).code == 0
    assert time.monotonic() - began < 10
    (finished,) = [event for event in events if event["event"] == "run_finished"]
    assert finished["result"] == "interrupted"
    hold.release()
    program.server.faults.clear()
    program.works()


def test_run_without_a_connection_is_one_line(fresh: Program) -> None:
    """Exit 1 at once, as an object and as a sentence; ``ready`` is not claimed."""
    answer = fresh.real("run", "--json")
    assert answer.code == 1
    assert answer.json["result"] == "failed"
    assert answer.json["event"] == "failed"
    answer.says("not connected to Zoho Books")


def test_a_signal_that_python_drops_comes_again() -> None:
    """Raised inside a weak reference's callback, as imports have them, the interruption would be lost and printed."""

    class Thing:
        pass

    def drop_it_and_wait() -> None:
        thing = Thing()
        watching = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGTERM))
        del thing
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            assert watching() is None

    with interrupts.heard(), pytest.raises(interrupts.Interrupted) as stopped:
        drop_it_and_wait()
    assert stopped.value.number == signal.SIGTERM


# Kills


def test_a_killed_connect_leaves_what_was_there(program: Program) -> None:
    """Killed between consent and choice: the earlier connection is whole, and its lock is no obstacle."""
    hold = program.server.faults.hold(path="/organizations", times=5)
    process = program.start(*program.connect_words())
    assert hold.arrived.wait(20)
    process.kill()
    process.communicate()
    hold.release()
    program.server.faults.clear()
    program.works()
    assert program(*program.connect_words()).code == 0
    program.works()


def test_a_killed_first_connect_stores_nothing(fresh: Program) -> None:
    """Killed before anything was chosen: no connection, and the next attempt succeeds."""
    hold = fresh.server.faults.hold(path="/oauth/v2/token", times=5, after=True)
    process = fresh.start(*fresh.connect_words())
    assert hold.arrived.wait(20)
    process.kill()
    process.communicate()
    hold.release()
    fresh.server.faults.clear()
    assert fresh("status", "--json").json["connection"]["state"] == "none"
    assert fresh(*fresh.connect_words()).code == 0
    assert fresh("sync", "--json", "--module", "items").code == 0
    fresh.works()


def test_a_killed_run_is_no_obstacle(program: Program) -> None:
    """The lock of a dead process means nothing; the run that it cut off is shown as interrupted."""
    hold = program.server.faults.hold(path="/invoices", times=10)
    process = program.start("run", "--json")
    assert line_of(process) == {"event": "ready"}
    assert hold.arrived.wait(20)
    process.kill()
    process.communicate()
    hold.release()
    program.server.faults.clear()
    assert program("sync", "--json", "--module", "invoices").code == 0
    assert whole(program)


# Two at once


def test_two_at_once_one_works_and_the_other_names_it(program: Program) -> None:
    """Rule 3: writing commands refuse and name the other process; reading ones work in the middle of its load."""
    hold = program.server.faults.hold(path="/invoices", times=10)
    first = program.start("sync", "--json", "--module", "invoices")
    assert hold.arrived.wait(20)
    documents = program.place.parent / "items.jsonl"
    documents.write_text('{"source_id": "1", "name": "Typed meanwhile", "rate": "2"}\n')
    for words in (
        ("sync", "--json"), ("run", "--json"), ("disconnect",), program.connect_words(),
        ("put", "items", str(documents), "--json"), ("act", "items", "1", "delete"),
        ("conflicts", "resolve", "1", "--keep", "local"), ("problems", "retry", "--all"), ("problems", "dismiss", "1"),
    ):  # fmt: skip
        answer = program(*words)
        assert answer.code == 1, words
        answer.says("in use by zbdesk sync", str(first.pid), "wait until it has finished")
        if "--json" in words:
            assert str(first.pid) in answer.json["message"]
    out = program.place.parent / "items.json"
    for words in (
        ("status", "--json"), ("records", "items", "--json"), ("export", "items", str(out)),
        ("conflicts", "--json"), ("problems", "--json"),
    ):  # fmt: skip
        assert program(*words).code == 0, words
    assert json.loads(out.read_text()) == program.records()
    hold.release()
    assert program.end(first).json["result"] == "ok"
    assert whole(program)


def test_two_syncs_started_at_the_same_moment(program: Program) -> None:
    """Whoever comes second is refused or finds the first one done; no row twice, no page missing."""
    both = [program.start("sync", "--json", "--module", "invoices") for _ in range(2)]
    answers = [program.end(process) for process in both]
    assert 0 in {answer.code for answer in answers}
    for answer in answers:
        assert answer.code in {0, 1}
        assert answer.json["result"] == ("failed" if answer.code else "ok")
        if answer.code:
            answer.says("in use by")
    assert whole(program)


# Readers that go away


def test_a_reader_that_leaves_ends_run_tidily(program: Program) -> None:
    """``zbdesk run --json | head -1``: the loop ends by itself, without a complaint, and the lock is free."""
    process = program.start("run", "--json", ZBDESK_POLL_SECONDS="0.2")
    assert line_of(process) == {"event": "ready"}
    assert process.stdout is not None
    process.stdout.close()
    process.wait(20)
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    assert process.returncode == 1
    assert said.strip() == ""
    program.works()


@pytest.mark.parametrize("words", [("status", "--json"), ("records", "items", "--json")])
def test_a_reader_that_is_gone_costs_no_traceback(program: Program, words: tuple[str, ...]) -> None:
    """``zbdesk records ... | true``: exit 1 and silence."""
    reading, writing = os.pipe()
    os.close(reading)
    answer = program.end(program.start(*words, stdout=writing))
    os.close(writing)
    assert answer.code == 1
    assert answer.err == ""


@pytest.mark.parametrize("stream", [1, 2])
def test_closed_streams_do_no_harm(program: Program, stream: int) -> None:
    """Started by a service without standard output or error: the document never gets people's sentences mixed in."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", f'exec "$@" {stream}>&-', "sh", *program.command("sync", "--json", "--module", "items")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=program.environment(),
    )
    answer = program.end(process)
    if stream == 2:
        assert answer.code == 0
        assert answer.json["result"] == "ok"
        assert answer.err == ""
    else:
        assert answer.code == 1
        answer.says("could not be written to standard output")
    program.works()
