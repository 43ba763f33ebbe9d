"""What a command leaves in the log: enough for a report, and no secret."""

from __future__ import annotations

import platform

import pytest

from tests.cli.conftest import Terminal
from zbdesk import __version__
from zbdesk.cli import main


def log_of(terminal: Terminal) -> str:
    """The whole log."""
    return (terminal.place / "logs" / "zbdesk.log").read_text()


def test_each_start_says_what_was_called_with_which_versions(terminal: Terminal) -> None:
    """Version, command, Python and system stand in one line; neither the machine's name nor the organization's."""
    terminal.connect()
    terminal("status")
    text = log_of(terminal)
    starts = [line for line in text.splitlines() if "started:" in line]
    words = [line.split(f"zbdesk {__version__} started: ")[1].split(";")[0] for line in starts]
    assert words == ["connect", "status"]
    assert all(f"Python {platform.python_version()}" in line for line in starts)
    assert "Meridian" not in text


def test_connecting_and_disconnecting_are_noted(terminal: Terminal) -> None:
    """Both ends of a connection are in the log, and the sign-in is not."""
    terminal.connect("--read-only")
    (token,) = terminal.server.tokens.refresh_tokens()
    terminal("disconnect")
    text = log_of(terminal)
    assert "connected: data centre custom, " in text
    assert "modules, read-only" in text
    assert "disconnected: revoked at Zoho, secrets removed, records kept" in text
    assert token not in text
    assert terminal.server.credentials.client_secret not in text


def test_a_failed_sync_leaves_its_title_and_no_secret(terminal: Terminal) -> None:
    """What the person was told can be found again; what signs in cannot."""
    terminal.connect()
    (token,) = terminal.server.tokens.refresh_tokens()
    terminal("disconnect")
    answer = terminal("sync", "--json")
    assert answer.code == 1
    (told,) = [line for line in log_of(terminal).splitlines() if "told:" in line]
    assert told.endswith("WARNING MainThread zbdesk.app.log: told: This computer is not connected to Zoho Books.")
    assert token not in log_of(terminal)


def test_a_pass_that_zoho_refused_leaves_its_title_and_no_secret(terminal: Terminal) -> None:
    """A sign-in that was withdrawn stops the pass; the log says so without what was used to sign in."""
    terminal.connect()
    (token,) = terminal.server.tokens.refresh_tokens()
    terminal.server.tokens.revoke_all()
    answer = terminal("sync", "--json")
    assert answer.code == 4
    text = log_of(terminal)
    assert f"told: {answer.err.strip()}" in text
    assert token not in text
    assert terminal.server.credentials.client_secret not in text


def test_a_command_that_fails_leaves_its_title(terminal: Terminal) -> None:
    """Also where the failure came up to the top of the program; a code stands beside it."""
    terminal.connect()
    answer = terminal("export", "items", str(terminal.place.parent / "items.doc"))
    assert answer.code == 1
    assert "told: items.doc has no ending that zbdesk can write." in log_of(terminal)


def test_the_window_has_a_beginning_and_an_end(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line when it starts and one when it has ended."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert terminal("--in-tray").code == 0
    lines = [line.split(": ", 1)[1] for line in log_of(terminal).splitlines()]
    assert lines[0].startswith(f"zbdesk {__version__} started: window;")
    assert lines[1:] == ["the window starts, in the tray", "the window has ended"]
    assert len(terminal.windows) == 1


@pytest.mark.parametrize("words", [("--data-dir",), ("--data-dir", "--demo"), ("status",), ("--demo", "--help"), ("",)])
def test_only_the_plainest_command_lines_skip_the_library(words: tuple[str, ...]) -> None:
    """What is not surely the window alone is read by the library, which knows how to refuse it."""
    assert main._plain_window(words) is None
    assert main._plain_window(("--demo", "--data-dir", "x", "--in-tray")) == (main.Path("x"), True, True, ())
