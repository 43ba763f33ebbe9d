"""A sign-in that does not come about: each cause has its own sentence, and the connection from before stays."""

from __future__ import annotations

import signal
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.failures.conftest import Browse, Program, free_port
from zbdesk.app.clock import SystemClock
from zbdesk.app.connect import ConnectFlow
from zbdesk.demo import accounts
from zbdesk.demo.options import DemoOptions
from zbdesk.demo.server import DemoServer


def token_word(program: Program, word: str) -> None:
    """Let the accounts server answer one exchange with an error word, under HTTP 200 as Zoho does."""
    program.server.faults.raw(200, f'{{"error":"{word}"}}'.encode(), path="/oauth/v2/token", method="POST")


def test_a_wrong_client_id_names_console_and_data_centre(program: Program) -> None:
    """Zoho's ``invalid_client`` may be a typo or the wrong data centre; both ways out are said."""
    words = program.sign_in_words("--grant-code", program.server.credentials.grant_code(), client_id="1000.WRONG")
    answer = program(*words).says("does not know this client ID", "API console", "data centre")
    assert answer.code == 1
    program.works()


def test_a_wrong_secret_is_told_from_a_wrong_id(program: Program) -> None:
    """Only the secret is wrong, so only the secret is to be copied again."""
    secret = program.secret_file.read_text()
    program.secret_file.write_text("mistyped-secret-value\n")
    answer = program(*program.connect_words()).says("The client secret is wrong", "Copy it again from the API console")
    assert answer.code == 1
    assert "mistyped-secret-value" not in answer.err
    program.secret_file.write_text(secret)
    program.works()


def test_a_code_of_another_data_centre_names_the_data_centre(tmp_path: Path, program: Program) -> None:
    """A code works only where it was made: the sentence says which data centre was asked."""
    options = DemoOptions(data_centres=("eu",), home="eu", token_requests=None)
    with DemoServer(options) as elsewhere:
        known = elsewhere.credentials
        answer = program(
            "connect", "--region", "custom", "--accounts-url", known.accounts_url, "--api-url", known.api_url,
            "--client-id", known.client_id, "--client-secret-file", str(program.secret_file),
            "--grant-code", known.grant_code(),
        ).says("did not accept the code", "check the data centre", elsewhere.url.removeprefix("http://"))  # fmt: skip
    assert answer.code == 1
    program.works()


def test_an_unregistered_redirect_is_written_out(program: Program, browser: Browse) -> None:
    """The address to register stands in the sentence, to be copied as it is."""
    token_word(program, "invalid_redirect_uri")
    browser(program.server.accept)
    answer = program(*program.sign_in_words())
    answer.says("redirect address is not registered", f"http://localhost:{program.port}/callback", "API console")
    assert answer.code == 1
    program.works()


def test_the_redirect_to_register_is_said_before_the_browser_opens(program: Program, browser: Browse) -> None:
    """Zoho shows its own page for an unregistered redirect and tells nobody else, so the address is said first."""
    port = free_port()
    program.settings(f"[network]\nredirect_ports = [{port}]\n")

    def person(url: str) -> str:
        with pytest.raises(accounts.ConsentError, match="Redirect"):
            program.server.accept(url)
        # The page leads nowhere; the person comes back and gives up.
        signal.raise_signal(signal.SIGINT)
        return ""

    browser(person)
    answer = program(*program.sign_in_words())
    assert answer.code == 130
    lines = answer.err.splitlines()
    assert any(line.endswith(f"http://localhost:{port}/callback") for line in lines)
    program.works()


def test_a_refused_consent_says_who_refused(program: Program, browser: Browse) -> None:
    """Somebody chose Reject: the way out is to choose Accept."""

    def person(url: str) -> str:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return accounts.reject(program.server.world, asked)

    browser(person)
    answer = program(*program.sign_in_words()).says("Access was refused", "Reject", "choose Accept")
    assert answer.code == 1
    program.works()


def test_the_consent_address_stands_alone_before_the_browser_is_asked(program: Program, browser: Browse) -> None:
    """Rule 6: the sign-in address is a line of its own on standard error, printed before the browser opens."""
    opened = browser(program.server.accept)
    answer = program(*program.sign_in_words("--organization", program.organization))
    assert answer.code == 0, answer.err
    assert opened[0] in answer.err.splitlines()
    assert answer.out == ""
    program.works()


def test_a_closed_browser_window_ends_in_a_sentence(
    program: Program, browser: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody answers: after the waiting time it says so, and the port is free again."""
    monkeypatch.setitem(ConnectFlow.sign_in.__kwdefaults__, "timeout_seconds", 0.3)
    browser(lambda _url: "")
    answer = program(*program.sign_in_words()).says("not finished in time", "Start it again", "nothing was changed")
    answer.says("--grant-code")  # the way out that the command line has; pasting a code is the window's
    assert "Paste" not in answer.err
    assert answer.code == 1
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", program.port))
    program.works()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_sign_in_can_be_given_up(program: Program, number: signal.Signals) -> None:
    """Ctrl+C while the browser is open ends at once with 130, and nothing was changed."""
    program.settings(f"[network]\nredirect_ports = [{program.port}]\n")
    process = program.start(*program.sign_in_words(), BROWSER="true")
    assert process.stderr is not None
    said = iter(process.stderr.readline, "")
    assert any("Waiting for the browser" in line for line in said)
    began = time.monotonic()
    process.send_signal(number)
    answer = program.end(process)
    assert answer.code == 130
    assert time.monotonic() - began < 10
    answer.says("Stopped", "What is here stays")
    program.works()


def test_a_taken_port_is_named(program: Program) -> None:
    """The port, and what to close or to enter instead."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        program.settings(f"[network]\nredirect_ports = [{port}]\n")
        answer = program(*program.sign_in_words()).says(f"Another program uses port {port}", "Close the other program")
    assert answer.code == 1
    program.works()


def test_an_organization_without_access_is_refused_with_the_ones_that_are_there(program: Program) -> None:
    """A foreign id is named, those that can be chosen are listed, and the new sign-in is withdrawn."""
    before = program.server.tokens.refresh_tokens()
    answer = program(*program.connect_words(organization="60999999999"))
    answer.says("no access to organization 60999999999", "sign in as somebody who belongs to it", program.organization)
    assert answer.code == 1
    assert program.server.tokens.refresh_tokens() == before
    program.works()


class WrongClock(SystemClock):
    """A computer whose clock is a day ahead."""

    ahead = timedelta(days=1)

    def now(self) -> datetime:
        """See ``Clock``."""
        return datetime.now(UTC) + self.ahead


@pytest.mark.parametrize(("days", "word"), [(1, "24 hours ahead"), (-1, "24 hours behind")])
def test_a_clock_off_by_a_day_is_blamed_for_a_refused_sign_in(
    program: Program, monkeypatch: pytest.MonkeyPatch, days: int, word: str
) -> None:
    """The accounts server's own time shows that the clock is wrong: not the code, not the secret."""
    monkeypatch.setattr(WrongClock, "ahead", timedelta(days=days))
    with monkeypatch.context() as wrong:
        wrong.setattr("zbdesk.app.desk.SystemClock", WrongClock)
        token_word(program, "invalid_code")
        answer = program(*program.connect_words()).says(f"clock is {word}", "Set date, time and time zone")
        assert answer.code == 1
        checks = {check["name"]: check for check in program("doctor", "--json").json}
        assert checks["clock"]["state"] == "fail"
        assert word in checks["clock"]["message"]
        assert "Set date" in checks["clock"]["remedy"]
    program.works()


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_off_by_a_day_loses_nothing_when_syncing(
    program: Program, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """Watermarks come from Zoho's stamps: what changes while the clock is wrong is read, then and afterwards."""
    monkeypatch.setattr(WrongClock, "ahead", timedelta(days=days))
    with monkeypatch.context() as wrong:
        wrong.setattr("zbdesk.app.desk.SystemClock", WrongClock)
        program.works()
    program.works()


def test_a_proxy_in_front_of_the_accounts_server_is_not_the_sign_ins_fault(program: Program) -> None:
    """HTML instead of JSON: something else answered, and nothing is wrong with id, secret or code."""
    program.server.faults.html(200, path="/oauth/v2/token", times=5)
    answer = program(*program.connect_words()).says("gave no usable answer", "proxy", "try again")
    assert answer.code == 1
    program.server.faults.clear()
    program.works()
