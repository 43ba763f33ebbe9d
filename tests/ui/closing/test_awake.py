"""Keeping the computer awake: logind, Windows, macOS, each with a stand-in for the system."""

from __future__ import annotations

import logging
import os
import select
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.scenes_window import wait_for
from zbdesk.ui.closing import awake
from zbdesk.ui.closing.awake import CannotKeepAwake, KeepAwake, LogindAwake, MacAwake, WindowsAwake


class Way:
    """Counts; refuses where it is told to."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.calls: list[str] = []

    def hold(self) -> None:
        """Begin."""
        self.calls.append("hold")
        if self.refuses:
            raise CannotKeepAwake("no")

    def release(self) -> None:
        """End."""
        self.calls.append("release")


@pytest.fixture
def keeper(qapp: QApplication) -> Iterator[Callable[[Any], KeepAwake]]:
    """Makes keepers and ends them."""
    made: list[KeepAwake] = []

    def make(way: Any) -> KeepAwake:
        made.append(KeepAwake(None if way is None else lambda: way))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_it_holds_from_want_to_release_and_tells_both(keeper: Callable[[Any], KeepAwake]) -> None:
    """Asked twice is asked once; the end of the program lets go."""
    way = Way()
    one = keeper(way)
    told: list[bool] = []
    one.changed.connect(told.append)
    one.want(True)
    one.want(True)
    wait_for(lambda: told == [True])
    one.want(False)
    wait_for(lambda: told == [True, False])
    one.want(True)
    one.close()
    wait_for(lambda: way.calls == ["hold", "release", "hold", "release"])


def test_a_system_that_refuses_is_not_claimed(keeper: Callable[[Any], KeepAwake], caplog: Any) -> None:
    """Nothing says that the computer stays awake, and nothing is released that was not held."""
    caplog.set_level(logging.INFO)
    way = Way(refuses=True)
    one = keeper(way)
    one.want(True)
    wait_for(lambda: "cannot be kept awake" in caplog.text)
    assert not one.holds
    one.want(False)
    one.close()
    wait_for(lambda: way.calls == ["hold"])


def test_nothing_is_looked_for_until_it_is_wanted(keeper: Callable[[Any], KeepAwake]) -> None:
    """Most months nobody asks: no thread, no library, no question to the system."""
    one = keeper(None)
    asked: list[int] = []
    one.use(lambda: asked.append(1))  # type: ignore[func-returns-value]
    one.want(False)
    one.close()
    assert asked == []


def test_a_system_without_a_way_is_left_alone(keeper: Callable[[Any], KeepAwake]) -> None:
    """It never holds, and ending is harmless."""
    one = keeper(None)
    asked: list[int] = []
    one.use(lambda: asked.append(1))  # type: ignore[func-returns-value]
    one.want(True)
    wait_for(lambda: asked == [1])
    one.close()
    one.close()
    assert not one.holds


def test_a_wish_before_the_way_is_known_is_kept(keeper: Callable[[Any], KeepAwake]) -> None:
    """The window may want it before the program has found out how."""
    one = keeper(None)
    one.want(True)
    way = Way()
    one.use(lambda: way)
    wait_for(lambda: one.holds)
    assert way.calls == ["hold"]


class Held:
    """The file that logind gives."""

    closed = False

    def close(self) -> None:
        """Let go."""
        self.closed = True


class Bus:
    """The system's bus."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.sent: list[Any] = []
        self.closed = False

    def send_and_get_reply(self, message: Any, *, timeout: float) -> Any:
        """Note what is asked."""
        assert timeout > 0
        self.sent.append(message)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        """The connection is not needed while the file is held."""
        self.closed = True


def reply(body: tuple[Any, ...]) -> Any:
    """An answer of the bus."""
    from jeepney import HeaderFields, MessageType, new_method_call
    from jeepney.low_level import Header, Message

    call = new_method_call(awake_address(), "Inhibit")
    fields = {HeaderFields.signature: "h"} if body else {}
    header = Header(call.header.endianness, MessageType.method_return, 0, 1, 0, 1, fields)
    return Message(header, body)


def awake_address() -> Any:
    """Where logind is."""
    from jeepney import DBusAddress

    return DBusAddress("/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager")


def test_logind_is_asked_to_block_sleep_and_the_file_is_kept() -> None:
    """What is asked, for whom and why; letting go is closing the file."""
    pytest.importorskip("jeepney")
    held = Held()
    bus = Bus(reply((held,)))
    way = LogindAwake(lambda: bus)
    way.hold()
    (message,) = bus.sent
    assert message.body == ("sleep:idle", "zbdesk", "Month end", "block")
    assert bus.closed
    assert not held.closed
    way.release()
    way.release()
    assert held.closed


@pytest.mark.parametrize("failure", [TimeoutError(), ConnectionResetError(), EOFError()])
def test_no_logind_is_a_refusal(failure: Exception) -> None:
    """Whatever the bus does, the program goes on."""
    pytest.importorskip("jeepney")
    with pytest.raises(CannotKeepAwake):
        LogindAwake(lambda: Bus(failure)).hold()

    def nowhere() -> Any:
        raise FileNotFoundError("/run/dbus/system_bus_socket")

    with pytest.raises(CannotKeepAwake):
        LogindAwake(nowhere).hold()


def test_windows_is_told_for_as_long_as_it_lasts() -> None:
    """The system stays awake, the screen may sleep; afterwards everything is as before."""
    asked: list[int] = []
    way = WindowsAwake(lambda flags: asked.append(flags) or 1)  # type: ignore[func-returns-value]
    way.hold()
    way.release()
    assert asked == [0x80000001, 0x80000000]
    with pytest.raises(CannotKeepAwake):
        WindowsAwake(lambda _flags: 0).hold()


def test_macos_caffeinate_is_bound_to_this_process() -> None:
    """It ends when told to, and by itself when the process goes."""
    asked: list[list[str]] = []

    class Child:
        ended = 0

        def terminate(self) -> None:
            self.ended += 1

        def wait(self, _timeout: float) -> None:
            self.ended += 1

    child = Child()
    way = MacAwake(lambda words: asked.append(words) or child)  # type: ignore[func-returns-value]
    way.hold()
    way.release()
    way.release()
    assert asked[0][:3] == ["/usr/bin/caffeinate", "-i", "-w"]
    assert child.ended == 2

    def missing(_words: list[str]) -> Any:
        raise FileNotFoundError(2, "No such file")

    with pytest.raises(CannotKeepAwake):
        MacAwake(missing).hold()


def test_each_system_has_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name of the platform."""
    pytest.importorskip("jeepney")
    for name, kind in (("win32", WindowsAwake), ("darwin", MacAwake), ("linux", LogindAwake)):
        monkeypatch.setattr(awake.sys, "platform", name)
        assert isinstance(awake.of_this_system(), kind)


@pytest.fixture
def system_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus of our own in the place of the system's."""
    pytest.importorskip("jeepney")
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon here")
    address = f"unix:path={tmp_path / 'bus'}"
    child = subprocess.Popen(
        [daemon, "--session", "--nofork", "--print-address=1", f"--address={address}"], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    yield address
    child.terminate()
    child.wait(10)
    child.stdout.close()


def test_a_real_bus_hands_over_a_file_that_is_open_exactly_while_it_holds(system_bus: str) -> None:
    """Over a socket, with a stand-in for logind: the question, the file it gives, and the file's end."""
    from jeepney import HeaderFields, new_method_return
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import open_dbus_connection

    logind = open_dbus_connection(system_bus, enable_fds=True)
    logind.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"), timeout=10)
    mine, theirs = os.pipe()
    asked: list[tuple[Any, ...]] = []

    def answer() -> None:
        while True:
            message = logind.receive(timeout=20)
            if message.header.fields.get(HeaderFields.member) == "Inhibit":
                asked.append(message.body)
                logind.send(new_method_return(message, "h", (theirs,)))
                os.close(theirs)
                return

    serving = threading.Thread(target=answer)
    serving.start()
    way = LogindAwake()
    way.hold()
    serving.join(20)
    logind.close()
    assert asked == [("sleep:idle", "zbdesk", "Month end", "block")]
    os.set_blocking(mine, False)
    with pytest.raises(BlockingIOError):
        os.read(mine, 1)
    way.release()
    # The bus may hold its own copy for another moment.
    assert select.select([mine], [], [], 10)[0]
    assert os.read(mine, 1) == b"", "nobody holds the other end any more"
    os.close(mine)


def test_a_bus_without_logind_is_a_refusal(system_bus: str) -> None:
    """A container has a bus and no logind."""
    assert system_bus
    with pytest.raises(CannotKeepAwake):
        LogindAwake().hold()
