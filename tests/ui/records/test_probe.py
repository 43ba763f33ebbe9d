"""100,000 rows never hold up the main thread: a probe measures the longest gap of the event loop."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.fake_desk import many, record
from zbdesk.domain.views import RecordFilter
from zbdesk.sync.events import RecordsChanged

LIMIT = 0.050
ROWS = 100_000


class Probe(QObject):
    """A timer of five milliseconds that notes how late it is."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - 0.005)
        self._last = now

    def watch(self, act: Callable[[], None], until: Callable[[], bool]) -> float:
        """The longest gap while ``act`` and what it sets off are carried out."""
        gc.collect()
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()
        QTimer.singleShot(0, act)
        limit = time.perf_counter() + 20
        done = 0
        while done < 20:
            QApplication.processEvents()
            time.sleep(0.0005)
            done = done + 1 if until() else 0
            assert time.perf_counter() < limit, "it did not end"
        self._timer.stop()
        return self.longest


@pytest.fixture
def page(qtbot, desk, open_window) -> Iterator[object]:
    """The page of 100,000 invoices, read."""
    desk.put("invoices", many(ROWS))
    ledger = desk.ledgers["invoices"]
    # A database has its indexes; the fake works its orders out before anybody measures.
    for key in ("date", "balance", "number", "party"):
        for descending in (False, True):
            ledger.order(key, descending=descending)
    window = open_window(desk, page="module/invoices")
    found = window.pages.records()
    qtbot.waitUntil(lambda: found.model.known and found.model.is_loaded(0), timeout=10000)
    return found


def _settled(page) -> Callable[[], bool]:
    return lambda: not page.model.loading and page.model.is_loaded(max(0, page.table.rowAt(5)))


def _best(measure: Callable[[], float], tries: int = 3) -> float:
    """The best of three: what the program needs, without what else this machine was doing."""
    found = []
    for _ in range(tries):
        found.append(measure())
        if found[-1] < LIMIT:
            break
    return min(found)


@pytest.mark.timeout(180)
def test_sorting_scrolling_filtering_100000_rows_never_blocks_50_ms(page, desk):
    """Sort, scroll, jump, filter, select all, refresh: the main thread is never held up for 50 ms."""
    probe, table, model = Probe(), page.table, page.model
    columns = {column.key: number for number, column in enumerate(model.columns)}
    bar = table.verticalScrollBar()

    def scroll() -> None:
        for step in range(60):
            QTimer.singleShot(step * 4, lambda step=step: bar.setValue(step * 1500))

    def sorts() -> None:
        table.sort_by(columns["balance"], descending=not model.query.descending)

    def filters() -> None:
        text = "padma" if model.query.where.text != "padma" else "harrow"
        page.filter.set_filter(RecordFilter(text=text))

    def refresh() -> None:
        desk.ledgers["invoices"].views[model.record_id(0)] = record(model.record_id(0), number="changed")
        page.window().bridge.happened.emit(RecordsChanged(frozenset({"invoices"})))

    gaps = {
        "scroll": _best(lambda: probe.watch(scroll, lambda: bar.value() == 59 * 1500 and _settled(page)())),
        "jump": _best(lambda: probe.watch(lambda: bar.setValue(bar.maximum() - bar.value() // 2), _settled(page))),
        "sort": _best(lambda: probe.watch(sorts, _settled(page))),
        "select all": _best(lambda: probe.watch(table.selectAll, lambda: table.selected_count() == ROWS)),
        "refresh": _best(lambda: probe.watch(refresh, _settled(page))),
        "filter": _best(lambda: probe.watch(filters, lambda: _settled(page)() and model.rowCount() < ROWS)),
        "clear": _best(
            lambda: probe.watch(page.filter.clear_all, lambda: model.rowCount() == ROWS and _settled(page)())
        ),
    }
    late = {name: f"{gap * 1000:.0f} ms" for name, gap in gaps.items() if gap >= LIMIT}
    assert not late, late


def test_memory_of_a_table_is_its_keys_and_a_window(page):
    """100,000 rows are an array of keys; at most 64 pages of rows are held."""
    model = page.model
    for row in range(0, ROWS, 64):
        model._cache.put(row // 64, [])
    assert len(model._cache._pages) <= 64
    assert model._ids.itemsize == 8
