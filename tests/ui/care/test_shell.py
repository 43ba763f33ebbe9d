"""The shell: files handed over, sleep and power, notifications with a limit, another organization in the program."""

from __future__ import annotations

import asyncio
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalSocket
from qasync import QEventLoop

from tests.ui import meridian
from tests.ui.fake_care import FOODS
from tests.ui.fake_desk import FakeDesk, connection
from zbdesk.app import organizations
from zbdesk.app.power import BATTERY, METERED, Power, metered_word, reason_to_hold
from zbdesk.app.settings import Settings
from zbdesk.domain.status import ConnectionState, EngineState
from zbdesk.sync.commands import Hold, Woke
from zbdesk.sync.events import StateChanged
from zbdesk.ui import main
from zbdesk.ui.desktop_bus import BusError
from zbdesk.ui.desktop_power import JUMP, DesktopPower
from zbdesk.ui.notify import Notifier
from zbdesk.ui.program import Program
from zbdesk.ui.single import SingleInstance, name_of


# ---- one window -----------------------------------------------------------------------------------------------------
def test_c17_a_second_start_hands_over_its_files(qtbot, app, tmp_path):
    """Paths arrive whole and in order, whatever is in their names; then the window is raised."""
    first = SingleInstance(tmp_path)
    assert first.listen()
    files = [tmp_path / "Rechnungen März.csv", tmp_path / 'a "quoted"\nname.xlsx']
    opened = []
    first.file_opened.connect(opened.append)
    with qtbot.waitSignal(first.raised):
        assert SingleInstance(tmp_path).hand_over(files)
    assert opened == files
    first.close()


@pytest.mark.parametrize(
    "said", [b"open relative/path\n", b'open "relative"\n', b"open 17\n", b"open {broken\n", b"x\n"]
)
def test_what_is_no_absolute_path_is_not_opened(qtbot, app, tmp_path, said):
    """Anything else that is said only raises the window."""
    first = SingleInstance(tmp_path)
    assert first.listen()
    opened = []
    first.file_opened.connect(opened.append)
    socket = QLocalSocket()
    socket.connectToServer(name_of(tmp_path))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(first.raised):
        socket.write(said)
        socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()
    assert opened == []
    first.close()


def test_a_caller_that_talks_for_ever_is_cut_off(qtbot, app, tmp_path):
    """Another program of this user cannot fill the memory."""
    first = SingleInstance(tmp_path)
    assert first.listen()
    socket = QLocalSocket()
    socket.connectToServer(name_of(tmp_path))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(first.raised):
        socket.write(b"x" * 200_000)
        socket.flush()
    first.close()


# ---- power ----------------------------------------------------------------------------------------------------------
def test_c96_what_is_not_known_pauses_nothing():
    """Without an answer, or without the person's wish, there is no reason to hold."""
    wishes = Settings(pause_metered=True, pause_battery=True, battery_percent=20)
    assert reason_to_hold(Power(), wishes) == ""
    assert reason_to_hold(Power(metered=True, on_battery=True, percent=5), Settings()) == ""
    assert reason_to_hold(Power(metered=True), wishes) == METERED
    assert reason_to_hold(Power(on_battery=True, percent=19), wishes) == BATTERY % 20
    assert reason_to_hold(Power(on_battery=True, percent=20), wishes) == ""
    assert reason_to_hold(Power(on_battery=False, percent=3), wishes) == ""


@pytest.mark.parametrize(("number", "metered"), [(0, None), (1, True), (2, False), (3, True), (4, False)])
def test_networkmanagers_number(number, metered):
    """Said and guessed count alike; not known is not no."""
    assert metered_word(number) is metered


class FakeBus:
    """Properties by name, signals by hand."""

    def __init__(self, **properties) -> None:
        self.properties, self.listeners = properties, {}

    async def call(self, place, member, signature="", body=()):
        """Get a property, or have no such service."""
        if body[1] not in self.properties:
            raise BusError(body[1])
        return (self.properties[body[1]],)

    async def listen(self, path, interface, then):
        """Listen until cancelled."""
        self.listeners[path] = then
        await asyncio.Event().wait()


async def _until(so) -> None:
    """Turn the loop until something is so."""
    for _ in range(1000):
        if so():
            return
        await asyncio.sleep(0)
    raise AssertionError("it did not come to be")


@pytest.fixture
def run(qapp):
    """Runs a coroutine on the main thread's loop."""

    def go(work):
        with QEventLoop(qapp) as loop:
            return loop.run_until_complete(asyncio.wait_for(work, 5))

    return go


def test_c96_metered_and_battery_are_read_and_followed(run):
    """What the bus says at the start and later is what holds; a missing service is not known."""
    bus = FakeBus(Metered=("u", 1), OnBattery=("b", True), Percentage=("d", 12.0), IsPresent=("b", True))
    power = DesktopPower()
    seen = []
    power.changed.connect(lambda: seen.append(power.power))

    async def go():
        task = asyncio.create_task(power.run(bus))
        await _until(lambda: len(bus.listeners) == 4)
        bus.properties["Metered"] = ("u", 2)
        del bus.properties["Percentage"]
        bus.listeners["/org/freedesktop/NetworkManager"]("PropertiesChanged", ())
        await _until(lambda: len(seen) == 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run(go())
    assert seen == [Power(True, True, 12.0), Power(False, True, None)]


def test_c37_sleep_is_noticed_once_by_signal_or_by_clock(qapp):
    """The signal at going to sleep is nothing; waking is told once, whoever notices first."""
    now = [1000.0]
    power = DesktopPower(wall=lambda: now[0])
    woken = []
    power.woke.connect(lambda: woken.append(now[0]))
    power._login("PrepareForSleep", (True,))
    assert woken == []
    now[0] += 8 * 3600
    power._login("PrepareForSleep", (False,))
    power.look_at_clock()
    assert len(woken) == 1
    now[0] += 30
    power.look_at_clock()
    assert len(woken) == 1
    now[0] += 30 + JUMP + 1
    power.look_at_clock()
    assert len(woken) == 2


# ---- notifications --------------------------------------------------------------------------------------------------
@pytest.fixture
def shown():
    """What was said."""
    return []


@pytest.fixture
def notifier(state, preferences, shown):
    """A notifier that writes down what it says."""
    return Notifier(state, preferences, lambda one: shown.append(one) or True, in_sight=lambda: False, parent=state)


def _fail_and_recover(state, times):
    """As many episodes as that: each would be two notifications."""
    state.overview = replace(state.overview, problems=0, conflicts=0)
    for _ in range(times):
        state._on_event(StateChanged(EngineState.SIGNED_OUT, state.now()))
        state.changed.emit()
        state._on_event(StateChanged(EngineState.IDLE, state.now()))
        state.changed.emit()


def test_c24_five_thousand_episodes_are_a_few_and_one_that_sums_up(qtbot, desk, state, preferences, notifier, shown):
    """No hour has more than a person allows; the rest is told in one when the hour is over."""
    preferences.change(notify_per_hour=4)
    desk.overview = meridian.overview()
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is not None)
    _fail_and_recover(state, 2500)
    assert len(shown) == 4
    assert notifier._digest.isActive()
    assert notifier._digest.remainingTime() > 3_500_000
    desk.clock.moment += timedelta(hours=1)
    notifier._digest.stop()
    notifier._sum_up()
    assert len(shown) == 5
    assert shown[-1].title == "4,996 more notices in the last hour" or shown[-1].title.startswith("4996 more")
    _fail_and_recover(state, 1)
    assert len(shown) == 7


def test_c27_no_name_unless_it_is_wanted(qtbot, desk, state, preferences, notifier, shown):
    """A locked screen shows neither company nor party; with the switch on, the company's name and no amount."""
    desk.overview = meridian.overview()
    state.refresh()
    qtbot.waitUntil(lambda: state.overview is not None)
    _fail_and_recover(state, 1)
    assert all("Meridian" not in one.title + one.body for one in shown)
    preferences.change(notify_names_and_amounts=True)
    _fail_and_recover(state, 1)
    assert shown[-1].title.startswith("Meridian Spices & Exports Pvt. Ltd.: ")


# ---- the program ----------------------------------------------------------------------------------------------------
@pytest.fixture
def program(app, tmp_path, monkeypatch):
    """Runs the program over a fake desk and carries out ``act`` once its window has started."""
    monkeypatch.setattr("PySide6.QtWidgets.QSystemTrayIcon.isSystemTrayAvailable", lambda: False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("zbdesk.ui.care.program.open_bus", _no_bus)
    hook, before = sys.excepthook, set(threading.enumerate())

    def go(act, **options):
        fake = meridian.desk(tmp_path)
        start = Program._start

        def started(self):
            start(self)
            QTimer.singleShot(0, self, lambda: act(self, fake))

        monkeypatch.setattr(Program, "_start", started)
        code = main.run(fake, **options)
        return fake, code, [t for t in set(threading.enumerate()) - before if not t.daemon]

    yield go
    sys.excepthook = hook


class _no_bus:  # noqa: N801 - stands in for a function
    def __init__(self, _which: str = "") -> None:
        pass

    async def __aenter__(self) -> None:
        return None

    async def __aexit__(self, *_: object) -> None:
        return None


def _later(program, ready, then):
    """Call ``then`` once something is so; quit if it never is."""
    tries = []

    def look():
        tries.append(None)
        if ready():
            then()
        elif len(tries) > 300:
            program.quit()
        else:
            QTimer.singleShot(10, program, look)

    look()


def test_switching_stops_one_thread_and_starts_the_others(program, monkeypatch):
    """The order is stop, switch, start; the window takes no click in between and shows the other company afterwards."""
    order = []

    def switch(desk: FakeDesk, key: int):
        order.append(("switch", key, desk.stopped, desk.started))
        other = connection(organization=FOODS, id=2)
        desk.overview = replace(desk.overview, connection=other)
        return other

    monkeypatch.setattr(organizations, "switch", switch)
    monkeypatch.setattr(organizations, "guard", lambda _desk: None)
    seen = []

    def act(running, desk):
        running.window.switch_wanted.emit(2)
        QTimer.singleShot(0, running, lambda: seen.append(running.window.isEnabled()))

        def there():
            return running.window.bar.name.text() == FOODS.name and desk.started == 2 and running.window.isEnabled()

        def done():
            seen.append(running.window.pages.key)
            running.quit()

        _later(running, there, done)

    desk, code, left = program(act)
    assert order == [("switch", 2, 1, 1)]
    assert seen == [False, "dashboard"]
    assert desk.started == 2
    assert code == 0
    assert left == []


def test_a_switch_that_fails_leaves_everything_as_it_was(program, monkeypatch):
    """The organization in use syncs on, and the window takes clicks again."""

    def switch(_desk, _key):
        raise organizations.UnknownConnection

    monkeypatch.setattr(organizations, "switch", switch)

    def act(running, desk):
        running.window.switch_wanted.emit(9)
        _later(running, lambda: desk.started == 2 and running.window.isEnabled(), running.quit)

    desk, code, _ = program(act)
    assert desk.started == 2
    assert code == 0


def test_power_and_sleep_reach_the_sync_thread(program):
    """A reason to hold is told once and again to each new thread; waking is told; an end of it too."""

    def act(running, desk):
        care = running._care
        running.preferences.change(pause_metered=True)
        care.power.power = Power(metered=True)
        care.power.changed.emit()
        care.power.changed.emit()
        care.power.woke.emit()
        care.started()
        running.preferences.change(pause_metered=False)
        running.quit()

    desk, _, _ = program(act)
    assert desk.commands == [Hold(METERED), Woke(), Hold(METERED), Hold("")]


def test_c97_disconnecting_the_last_one_removes_the_start_with_the_session(program, monkeypatch):
    """Nothing is left to be synced: nothing starts with the computer any more."""
    from PySide6.QtWidgets import QWidget

    monkeypatch.setattr(Program, "_make_wizard", lambda self, **_: QWidget())
    monkeypatch.setattr(organizations, "known", lambda _desk: [])
    entries = []

    def act(running, desk):
        entry = running._care.services.autostart
        entry.turn_on()
        entries.append(entry)
        running.window.disconnect_wanted.emit(False)
        _later(running, lambda: running.window.wizard is not None, running.quit)

    program(act)
    assert not entries[0].is_on()
    assert not entries[0].path.exists()


def test_files_of_the_start_are_opened_as_imports(program, tmp_path, monkeypatch):
    """What the system gave with the start goes the way of what a second start hands over."""
    opened = []
    monkeypatch.setattr(Program, "_open_file", lambda _self, path: opened.append(path))
    program(lambda running, _desk: QTimer.singleShot(0, running, running.quit), files=[tmp_path / "a.csv"])
    assert opened == [tmp_path / "a.csv"]


def test_the_states_of_a_connection_have_their_words(qtbot, desk, state):
    """Active, paused, offline, needs sign-in: the same words wherever they stand."""
    words = []
    for connected in (ConnectionState.ACTIVE, ConnectionState.PAUSED, ConnectionState.OFFLINE,
                      ConnectionState.NEEDS_SIGN_IN):  # fmt: skip
        desk.overview = meridian.overview(state=connected)
        state.refresh()
        qtbot.waitUntil(lambda: state.overview is desk.overview)
        words.append(state.word().text.split()[0])
    assert words == ["Active", "Paused", "Offline", "Needs"]


def test_c90_a_report_is_shown_whole_only_where_it_is_wanted(program):
    """Off by default; switched on, a fault shows its whole text without names, to be copied."""
    from zbdesk.ui import process
    from zbdesk.ui.care.report import ReportDialog

    seen = []

    def act(running, _desk):
        error = ValueError("mail to ap@lantern.example")
        process.on_fault(error)
        seen.append(len(running.window.findChildren(ReportDialog)))
        running.preferences.change(fault_report=True)
        process.on_fault(error)
        dialog = running.window.findChild(ReportDialog)
        seen.append(dialog.view.toPlainText().splitlines()[-1])
        dialog.close()
        running.quit()

    program(act)
    assert seen == [0, "ValueError: mail to [e-mail]"]
    assert process.on_fault is None


def test_c17_files_on_the_command_line_go_to_the_window(tmp_path):
    """Only files that are there, with an ending of a spreadsheet; a command stays a command."""
    from zbdesk.cli.main import _plain_window

    file = tmp_path / "Rechnungen.csv"
    file.write_text("a;b\n")
    found = _plain_window([str(file), "--minimised"])
    assert found is not None
    assert found.files == (file,)
    assert found.in_tray
    assert _plain_window([str(tmp_path / "none.csv")]) is None
    assert _plain_window(["sync"]) is None


def test_c20_a_left_click_opens_or_raises_and_never_hides(open_window, desk):
    """Hidden, minimised or merely behind others: the window is there after the click, and after a second one."""
    from PySide6.QtWidgets import QSystemTrayIcon

    from zbdesk.ui.tray import Tray

    window = open_window(desk)
    tray = Tray(window.state, window.actions_, window, watcher=lambda: None, possible=lambda: False)
    tray.open_wanted.connect(window.raise_window)
    for before in (window.hide, window.showMinimized, window.show):
        before()
        for _ in range(2):
            tray._activated(QSystemTrayIcon.ActivationReason.Trigger)
            assert window.isVisible()
            assert not window.isMinimized()
