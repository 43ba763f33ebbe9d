"""What the desktop's bus gives: the colour scheme, and notifications that can be clicked and taken back."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from qasync import QEventLoop

from zbdesk.ui.desktop_bus import BusError, open_bus
from zbdesk.ui.desktop_notices import INHIBITED, PROPERTIES, SERVICE, DesktopNotices
from zbdesk.ui.desktop_scheme import KEY, SPACE, follow_scheme, read_scheme
from zbdesk.ui.notify import Notice

NOTICE = Notice("problems", "2 problems are open", "Look <there> & there.", "problems")


class FakeBus:
    """Answers by member; remembers what was asked and hands signals to whoever listens."""

    def __init__(self, **answers) -> None:
        self.answers, self.asked = answers, []
        self.then = None

    async def call(self, place, member, signature="", body=()):
        """Answer, or have no such service."""
        self.asked.append((member, body))
        answer = self.answers.get(member)
        if answer is None:
            raise BusError(member)
        return answer

    async def listen(self, path, interface, then):
        """Listen until cancelled."""
        self.then = then
        await asyncio.Event().wait()


@pytest.fixture
def run(qapp):
    """Runs a coroutine on the main thread's loop."""

    def go(work):
        with QEventLoop(qapp) as loop:
            return loop.run_until_complete(asyncio.wait_for(work, 5))

    return go


@pytest.mark.parametrize(("value", "scheme"), [(1, "dark"), (2, "light"), (0, None)])
def test_the_portal_says_dark_light_or_nothing(run, value, scheme):
    """1 is dark, 2 is light, 0 leaves it to the program."""
    assert run(read_scheme(FakeBus(ReadOne=(("u", value),)))) == scheme


def test_an_old_portal_wraps_its_answer_twice(run):
    """Where the newer method is missing, the older one is asked."""
    bus = FakeBus(Read=(("v", ("u", 1)),))
    assert run(read_scheme(bus)) == "dark"
    assert [member for member, _ in bus.asked] == ["ReadOne", "Read"]


def test_c77_only_the_colour_scheme_is_followed(run):
    """Other settings of the desktop change nothing here."""
    bus, taken = FakeBus(), []

    async def go():
        following = asyncio.create_task(follow_scheme(bus, taken.append))
        await asyncio.sleep(0)
        bus.then("SettingChanged", (SPACE, "accent-color", ("u", 1)))
        bus.then("SettingChanged", (SPACE, KEY, ("u", 1)))
        bus.then("SettingChanged", (SPACE, KEY, ("u", 2)))
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    run(go())
    assert taken == ["dark", "light"]


def test_no_bus_is_no_failure(run, monkeypatch):
    """Without a session bus the program goes on with Qt alone."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)

    async def go():
        async with open_bus() as bus:
            return bus

    assert run(go()) is None


async def _until(condition):
    while not condition():  # noqa: ASYNC110 - the condition is a Qt object's, which sets no event
        await asyncio.sleep(0)


def test_c26_a_click_names_its_cause_and_a_gone_cause_takes_its_notification_along(run, qapp):
    """The notification is shown once a cause, a click says which, and it is closed when the cause is gone."""
    bus = FakeBus(GetServerInformation=("dunst",), Notify=(7,), CloseNotification=())
    notices, clicked = DesktopNotices(bus), []
    notices.clicked.connect(clicked.append)
    assert not notices.show(NOTICE)

    async def go():
        running = asyncio.create_task(notices.run())
        await _until(lambda: bus.then is not None)
        assert notices.show(NOTICE)
        assert notices.show(NOTICE)
        await _until(lambda: [member for member, _ in bus.asked].count("Notify") == 2)
        await _until(lambda: not notices._running)
        bus.then("ActionInvoked", (8, "default"))
        bus.then("ActionInvoked", (7, "default"))
        notices.withdraw("problems")
        notices.withdraw("problems")
        await _until(lambda: not notices._running)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    run(go())
    shown = [body for member, body in bus.asked if member == "Notify"]
    assert [body[1] for body in shown] == [0, 7]
    assert shown[0][4] == "Look &lt;there&gt; &amp; there."
    assert clicked == ["problems"]
    assert [body for member, body in bus.asked if member == "CloseNotification"] == [(7,)]
    assert not notices.available


def test_a_desktop_without_notifications_is_not_asked_again(run):
    """Then the tray's message is used."""
    bus = FakeBus()
    notices = DesktopNotices(bus)

    async def go():
        with pytest.raises(BusError):
            await notices.run()

    run(go())
    assert not notices.show(NOTICE)
    assert [member for member, _ in bus.asked] == ["GetServerInformation"]


class QuietBus(FakeBus):
    """A desktop that says whether it wants quiet; each listener is told its own signals."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__(GetServerInformation=("plasma",), Notify=(7,), CloseNotification=())
        self.answers["Get"] = (("b", quiet),)
        self.thens = {}

    async def listen(self, path, interface, then):
        """Listen until cancelled."""
        self.thens[interface] = self.then = then
        await asyncio.Event().wait()

    def say(self, quiet):
        """The desktop changes its mind."""
        self.thens[PROPERTIES]("PropertiesChanged", (SERVICE, {INHIBITED: ("b", quiet)}, []))

    def notified(self):
        """The titles that were shown."""
        return [body[3] for member, body in self.asked if member == "Notify"]


def _others(*titles):
    return [replace(NOTICE, cause=title, title=title) for title in titles]


def test_c28_do_not_disturb_and_full_screen_are_respected(run):
    """While the desktop wants quiet nothing is shown; afterwards once a cause, and nothing of what was mended."""
    bus = QuietBus(quiet=True)
    notices = DesktopNotices(bus)
    seen = []

    async def go():
        running = asyncio.create_task(notices.run())
        await _until(lambda: PROPERTIES in bus.thens)
        first, second, third = _others("first", "second", "third")
        assert notices.show(first)
        assert notices.show(second)
        assert notices.show(first)
        notices.withdraw("second")
        await _until(lambda: not notices._running)
        seen.append(bus.notified())
        bus.say(False)
        await _until(lambda: not notices._running)
        seen.append(bus.notified())
        bus.say(True)
        assert notices.show(third)
        await _until(lambda: not notices._running)
        seen.append(bus.notified())
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    run(go())
    assert seen == [[], ["first"], ["first"]]


def test_c28_a_desktop_that_does_not_say_is_left_to_its_own_rules(run):
    """Without the property a notification is sent as an ordinary one: never urgent, so that the desktop may hold it."""
    bus = FakeBus(GetServerInformation=("dunst",), Notify=(7,))
    notices = DesktopNotices(bus)

    async def go():
        running = asyncio.create_task(notices.run())
        await _until(lambda: ("Get", (SERVICE, INHIBITED)) in bus.asked)
        assert notices.show(NOTICE)
        await _until(lambda: not notices._running)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    run(go())
    (shown,) = [body for member, body in bus.asked if member == "Notify"]
    assert shown[6]["urgency"] == ("y", 1)
    assert not notices.quiet
