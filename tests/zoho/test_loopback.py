"""The listener for the browser's answer, on real sockets of this computer."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import threading

import httpx
import pytest
import qasync
from PySide6.QtWidgets import QApplication

from zbdesk.zoho.loopback import PATH, Callback, Loopback
from zbdesk.zoho.sign_in_errors import PortTaken

pytestmark = pytest.mark.anyio


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


HOSTS = ["127.0.0.1", *(["[::1]"] if _has_ipv6() else [])]


class Listener:
    """An open loopback and its port."""

    def __init__(self, loopback: Loopback, port: int) -> None:
        self.loopback = loopback
        self.port = port

    async def browse(self, query: str, *, path: str = PATH, ip: str = "127.0.0.1", **headers: str) -> httpx.Response:
        """What a browser would ask for."""
        async with httpx.AsyncClient(trust_env=False) as http:
            return await http.get(
                f"http://{ip}:{self.port}{path}{query}", headers={"Host": f"localhost:{self.port}", **headers}
            )


@pytest.fixture
async def listener():
    """One that waits for the state STATEstate."""
    loopback = Loopback("STATEstate")
    uri = await loopback.open([0])
    yield Listener(loopback, httpx.URL(uri).port)
    await loopback.close()


@pytest.mark.parametrize("ip", HOSTS)
async def test_the_answer_arrives_on_both_addresses(listener: Listener, ip: str) -> None:
    """``localhost`` may mean 127.0.0.1 or ::1; the page is friendly and loads nothing."""
    page = await listener.browse(
        "?state=STATEstate&code=CODEcode&location=eu&accounts-server=https%3A%2F%2Faccounts.zoho.eu", ip=ip
    )
    assert page.status_code == 200
    assert "You can close this page and go back to zbdesk" in page.text
    assert "CODEcode" not in page.text
    assert "http" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    callback = await listener.loopback.wait()
    assert callback == Callback("CODEcode", "eu", "https://accounts.zoho.eu", None)
    assert "CODEcode" not in repr(callback)


@pytest.mark.parametrize(
    "query", ["?state=wrong&code=EVIL", "?code=EVIL", "?state=&code=EVIL", "?state=STATEstate", "", "?state=w&error=x"]
)
async def test_what_is_not_ours_changes_nothing(listener: Listener, query: str) -> None:
    """A wrong state gets a plain page, and the real answer still counts."""
    page = await listener.browse(query)
    assert page.status_code == 400
    assert "EVIL" not in page.text
    await listener.browse("?state=STATEstate&code=GOOD")
    assert (await listener.loopback.wait()).code == "GOOD"


@pytest.mark.parametrize("query", ["?error=access_denied", "?state=STATEstate&error=access_denied&code=x"])
async def test_a_refusal_is_told_at_once(listener: Listener, query: str) -> None:
    """Zoho's error needs no code and may lack the state."""
    page = await listener.browse(query)
    assert "Zoho did not sign you in" in page.text
    callback = await listener.loopback.wait()
    assert (callback.error, callback.code) == ("access_denied", None)


async def test_the_first_answer_counts(listener: Listener) -> None:
    """A reload of the page does not replace the code."""
    for code in ("one", "two"):
        await listener.browse(f"?state=STATEstate&code={code}")
    assert (await listener.loopback.wait()).code == "one"


async def test_a_second_try_expects_its_own_state(listener: Listener) -> None:
    """After a refusal the same listener serves the next try; the old state is dead."""
    await listener.browse("?state=STATEstate&error=access_denied")
    await listener.loopback.wait()
    listener.loopback.expect("second")
    assert (await listener.browse("?state=STATEstate&code=old")).status_code == 400
    await listener.browse("?state=second&code=new")
    assert (await listener.loopback.wait()).code == "new"


@pytest.mark.parametrize("path", ["/favicon.ico", "/", "/callback/x", "/robots.txt"])
async def test_other_paths_are_not_there(listener: Listener, path: str) -> None:
    """A browser's side questions get 404."""
    assert (await listener.browse("", path=path)).status_code == 404


async def test_only_get_is_taken(listener: Listener) -> None:
    """A form posted here by some page is refused."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"http://127.0.0.1:{listener.port}{PATH}?state=STATEstate&code=x")
    assert answer.status_code == 405


@pytest.mark.parametrize("host", ["evil.example", "localhost", "localhost:1", "evil.example:80"])
async def test_another_name_for_this_computer_is_refused(listener: Listener, host: str) -> None:
    """A foreign name that resolves to 127.0.0.1 reaches nothing."""
    page = await listener.browse("?state=STATEstate&code=x", Host=host)
    assert page.status_code == 404


async def test_the_code_is_in_no_log(listener: Listener, caplog: pytest.LogCaptureFixture) -> None:
    """No access log, at any level."""
    caplog.set_level(logging.DEBUG)
    await listener.browse("?state=STATEstate&code=CODEcode")
    await listener.loopback.wait()
    assert "CODEcode" not in caplog.text
    assert "STATEstate" not in caplog.text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_taken_port_leads_to_the_next(listener: Listener) -> None:
    """The list is tried in its order; the address names the port that was bound, by the name localhost."""
    free = _free_port()
    second = Loopback("s")
    try:
        assert await second.open([listener.port, free]) == f"http://localhost:{free}/callback"
    finally:
        await second.close()


@pytest.mark.skipif(len(HOSTS) < 2, reason="no IPv6 here")
async def test_a_port_taken_on_one_address_is_taken() -> None:
    """Somebody else on ::1 would receive the code of a browser that prefers IPv6."""
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        other.bind(("::1", 0))
        other.listen()
        with pytest.raises(PortTaken):
            await Loopback("s").open([other.getsockname()[1]])


async def test_no_free_port_is_said_in_words(listener: Listener) -> None:
    """All taken: the sentence names them and the way out."""
    with pytest.raises(PortTaken) as caught:
        await Loopback("s").open([listener.port])
    assert str(listener.port) in caught.value.title
    assert "register" in caught.value.message


async def test_closing_leaves_nothing() -> None:
    """No task, no thread, no socket; the port is free again, and a second close is harmless."""
    tasks, threads = len(asyncio.all_tasks()), threading.active_count()
    loopback = Loopback("s")
    port = httpx.URL(await loopback.open([0])).port
    waiting = asyncio.create_task(loopback.wait())
    async with httpx.AsyncClient(trust_env=False) as http:  # a connection that is kept open, as browsers do
        await http.get(f"http://127.0.0.1:{port}/favicon.ico")
        await loopback.close()
    await loopback.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert len(asyncio.all_tasks()) == tasks
    assert threading.active_count() == threads
    assert await loopback.open([port]) == f"http://localhost:{port}{PATH}"
    await loopback.close()


async def test_closing_at_once_is_harmless() -> None:
    """Cancelled before the server began to serve."""
    loopback = Loopback("s")
    await loopback.open([0])
    await loopback.close()


async def test_opening_twice_is_a_bug() -> None:
    """One listener, one port."""
    loopback = Loopback("s")
    await loopback.open([0])
    try:
        with pytest.raises(RuntimeError):
            await loopback.open([0])
    finally:
        await loopback.close()
    with pytest.raises(RuntimeError):
        await Loopback().wait()


async def test_answers_are_quick(listener: Listener) -> None:
    """Without TCP_NODELAY each answer waits 44 ms for an acknowledgement."""
    loop = asyncio.get_running_loop()
    async with httpx.AsyncClient(trust_env=False, headers={"Host": f"localhost:{listener.port}"}) as http:
        spans = []
        for _ in range(15):
            begun = loop.time()
            await http.get(f"http://127.0.0.1:{listener.port}{PATH}")
            spans.append(loop.time() - begun)
    assert min(spans) < 0.03


def test_it_works_on_qts_loop(qapp: QApplication) -> None:
    """The wizard runs it on the main thread, where asyncio is Qt's own loop and no signal handler may be set."""

    async def sign_in() -> Callback:
        loopback = Loopback("STATEstate")
        port = httpx.URL(await loopback.open([0])).port
        try:
            return await _visit(loopback, port)
        finally:
            await loopback.close()

    async def _visit(loopback: Loopback, port: int | None) -> Callback:
        browser = asyncio.to_thread(
            httpx.get, f"http://127.0.0.1:{port}{PATH}?state=STATEstate&code=c", trust_env=False
        )
        page, callback = await asyncio.gather(browser, loopback.wait())
        assert page.status_code == 200
        return callback

    before = signal.getsignal(signal.SIGINT)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        assert runner.run(asyncio.wait_for(sign_in(), 20)).code == "c"
    assert signal.getsignal(signal.SIGINT) is before
