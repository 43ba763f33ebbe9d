"""Large files: the window answers, memory stays bounded, Stop stops."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from tests.ui.sources_world import HEAD, World, until
from zbdesk.sources.base import Row
from zbdesk.sources.row_spool import CHUNK, RowSpool
from zbdesk.ui.importing.columns_page import ColumnsPage
from zbdesk.ui.importing.wizard import CHECK, COLUMNS, ImportWizard

ROWS = 100_000
LIMIT = 0.100


def limit() -> float:
    """The gap that is allowed: it grows with how many others wait for each processor of this machine."""
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 1.0
    return LIMIT * max(1.0, waiting)


class Probe(QObject):
    """A timer of five milliseconds that notes how late it is."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last - 0.005)
        self._last = now

    def begin(self) -> None:
        """Forget what was."""
        self.gaps.clear()
        self._last = time.perf_counter()

    @property
    def longest(self) -> float:
        """The longest gap."""
        return max(self.gaps, default=0.0)


@pytest.fixture
def world(tmp_path: Path, look: None) -> Iterator[World]:
    """A company."""
    made = World(tmp_path)
    yield made
    made.end()


def large(world: World, count: int) -> Path:
    """A file of so many invoice lines, three to a document."""
    path = world.place / "large.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for at in range(count):
            out.write(f"L-{at // 3},2026-11-03,Padma Tea Estates,Line {at},{at % 90 + 1},12.50,INR,x\n")
    return path


def wizard_on(world: World, path: Path, made: list[ImportWizard]) -> ImportWizard:
    """The wizard, opened on a file."""
    wizard = ImportWizard(None, world.state, world.services, path=path)
    wizard.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.append(wizard)
    wizard.show()
    return wizard


@pytest.fixture
def made() -> Iterator[list[ImportWizard]]:
    """Wizards, and their end with their threads."""
    wizards: list[ImportWizard] = []
    yield wizards
    for wizard in wizards:
        wizard.done(0)
        wizard.flow.jobs.wait()
        wizard.deleteLater()


@pytest.mark.timeout(900)
def test_c34_a_hundred_thousand_rows_never_hold_up_the_window(world: World, made: list[ImportWizard]) -> None:
    """While rows are read and checked no gap of the event loop is over 100 ms, whatever is scrolled meanwhile."""
    path = large(world, ROWS)
    probe = Probe()
    wizard = wizard_on(world, path, made)
    until(lambda: wizard.flow.session.looked is not None)
    wizard.forward()
    wizard.forward()
    assert wizard.at == COLUMNS
    page = wizard.pages[COLUMNS]
    assert isinstance(page, ColumnsPage)
    bar = page.grid.verticalScrollBar()
    step = 0

    def scrolled() -> bool:
        nonlocal step
        step += 1
        bar.setValue(step * 997 % max(1, bar.maximum()))
        return wizard.flow.findings is not None

    longest = []
    for _ in range(3):
        # A machine that others load makes a long gap now and then; one of ours would come every time.
        probe.begin()
        until(scrolled, 120)
        longest.append(probe.longest)
        if longest[-1] <= limit():
            break
        wizard.flow.reopen()
        until(lambda: wizard.flow.is_reading)
    until(lambda: wizard.flow.findings is not None, 120)
    assert page.grid.rows.rowCount() == ROWS
    assert min(longest) <= limit(), longest
    wizard.forward()
    assert wizard.at == CHECK, wizard.bar.reason.text()
    probe.begin()
    wizard.forward()
    until(lambda: wizard.run_page.bar.value() > 300, 300)
    assert probe.longest <= 2 * limit(), f"longest {probe.longest:.3f} while documents are written"
    wizard.run_page.stop()
    until(lambda: wizard.run_page.has_ended, 60)
    assert wizard.run_page.report is not None
    assert wizard.run_page.report.taken > 1_000


def test_stop_in_the_middle_keeps_what_was_taken_and_the_next_import_goes_on(
    world: World, made: list[ImportWizard]
) -> None:
    """Stop takes effect within a second; the same file again takes only the rest."""
    wizard = wizard_on(world, large(world, 30_000), made)
    until(lambda: wizard.flow.session.looked is not None)
    wizard.forward()
    wizard.forward()
    until(lambda: wizard.flow.findings is not None, 60)
    wizard.forward()
    wizard.forward()
    until(lambda: wizard.run_page.bar.value() > 250, 60)
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    question = wizard._question
    assert question is not None
    next(one for one in question.buttons() if "Stop" in one.text()).click()
    asked = time.perf_counter()
    until(lambda: wizard.run_page.has_ended)
    assert time.perf_counter() - asked < 1.0
    report = wizard.run_page.report
    assert report is not None
    assert report.stopped
    assert 0 < report.taken < 10_000
    assert wizard.run_page.title.text() == "Stopped"
    again = wizard_on(world, wizard.flow.session.path or world.place, made)
    until(lambda: again.flow.findings is not None, 60)
    found = again.flow.findings
    assert found is not None
    assert found.report.taken == 10_000 - report.taken


class Endless:
    """A reader that lies: a file of a gigabyte, made up as it is read."""

    def __init__(self, rows: int) -> None:
        self.count = rows

    def rows(self) -> Iterator[Row]:
        """Rows without end."""
        cells = ["L-1", "2026-11-03", "Padma Tea Estates", "x" * 160, "1", "12.50", "INR", "y"]
        for number in range(2, self.count):
            yield Row(number, cells)


def test_a_gigabyte_is_shown_in_bounded_memory() -> None:
    """The grid's rows lie in a temporary file: five million of them take a few megabytes here."""
    spool = RowSpool()
    tracemalloc.start()
    taken = sum(spool.add(row) for row in Endless(5_000_000).rows() if not spool.is_cut)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    spool.finish()
    assert spool.is_cut
    assert taken == spool.count == 300_000
    assert peak < 8_000_000
    assert spool.row(299_999)[0] == 300_001
    assert spool.position_of(150_000) == 149_998
    assert spool.position_of(4_000_000) is None
    spool.close()


def test_rows_are_found_by_place_and_number_while_more_arrive() -> None:
    """What is shown is what was read, across chunks and after the last one."""
    spool = RowSpool()
    for number in range(2, CHUNK * 3):
        spool.add(Row(number * 2, [f"a{number}", None, number]))
    assert spool.count == CHUNK * 2
    assert spool.row(CHUNK)[1] == [f"a{CHUNK + 2}", "", str(CHUNK + 2)]
    spool.finish()
    assert spool.count == CHUNK * 3 - 2
    assert [number for number, _ in spool.rows()][-1] == (CHUNK * 3 - 1) * 2
    assert spool.position_of(5) is None, "an odd row was left out of the file"
    with pytest.raises(IndexError):
        spool.row(spool.count)
    spool.close()
