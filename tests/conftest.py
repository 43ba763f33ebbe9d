"""Fixtures of the whole suite: loopback only, Qt without a screen."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from zbdesk.ui.garbage import MainThreadGarbage, collect_due

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests run beside each other: a fixed port would belong to one of them. Where it matters, a test names one.
os.environ.setdefault("ZBDESK_WEBHOOK_PORT", "0")

if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Run in the background of a shell, which ignores it: the programs that tests start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def anyio_backend() -> str:
    """Run plain asynchronous tests on asyncio."""
    return "asyncio"


_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: object) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
        host = str(address[0])
        if not (host.startswith("127.") or host in {"::1", "localhost"}):
            raise AssertionError(f"a test wanted to reach {host}")
    _connect(self, address)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test talks to anything but this computer."""
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of the fixture below."""
    config.addinivalue_line("markers", "logs(*words): warnings of zbdesk with one of these words in them are expected")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What runs long runs when it is asked for, with ``-m soak``, and never by the way."""
    if "soak" in str(config.getoption("-m")):
        return
    later = pytest.mark.skip(reason="runs long: ask for it with -m soak")
    for item in items:
        if item.get_closest_marker("soak") is not None:
            item.add_marker(later)


class _Warnings(logging.Handler):
    """Keeps what zbdesk warns of.

    Not what a person was told: that stands on the screen or on standard error, where the tests look at it.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if not line.startswith("told: ") and not record.name.startswith("zbdesk.test"):
            self.lines.append(f"{record.levelname} {record.name}: {line}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in zbdesk's log that the test does not expect fails it.

    Expected are those that a test looks at by ``caplog``, and those that it names: ``@pytest.mark.logs("part of it")``.
    """
    kept = _Warnings()
    logger = logging.getLogger("zbdesk")
    logger.addHandler(kept)
    yield
    logger.removeHandler(kept)
    if "caplog" in request.fixturenames:
        return
    expected = [word for mark in request.node.iter_markers("logs") for word in mark.args]
    unexpected = [line for line in kept.lines if not any(word in line for word in expected)]
    if unexpected:
        pytest.fail("zbdesk warned:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """The application, with the collector kept on the main thread from the first window test on, as in the program.

    A window that an earlier test has left in a cycle would else be destroyed by whichever thread allocates next.
    """
    garbage = MainThreadGarbage(qapp)
    garbage.keep_on_main_thread()
    yield qapp
    garbage.release()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Between two tests no event loop runs, so what is due is collected here."""
    yield
    if not gc.isenabled():
        collect_due()
