"""Whether 100,000 invoices ever hold up the window: the real store, desk and table under an event-loop probe.

`python -m bench.table [RECORDS]`. A timer of five milliseconds notes how late it is while each thing is done; the
worst of what a person would feel must stay under 50 ms. Then the same acts against what the database alone needs for
them, in the same run: first rows within 1.5 of the query for one page plus 50 ms, page down under 16 ms, sorting by
any visible column under twice the query by an index.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench.common import print_table
from zbdesk.app.desk import Desk
from zbdesk.domain.records import RemoteRow
from zbdesk.domain.status import ConnectionState, RunKind, RunResult
from zbdesk.domain.views import Connection, Organization, RecordFilter
from zbdesk.store import connections, cursors, indexes, module_states, queries, runs, trees
from zbdesk.store.database import Database
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.records.page import RecordsPage
from zbdesk.ui.state import DeskState

LIMIT = 50.0
ROWS = 100_000
PAGE = 200
NOW = datetime(2026, 11, 20, 4, 47, tzinfo=UTC)
PARTIES = ("Padma Traders", "Harrow & Lane Ltd", "شركة بهارات الخليج", "Café Lumière SARL", "गंगा खाद्य उद्योग")
STATUSES = ("paid", "sent", "overdue", "draft", "void", "partially_paid")


def rows(count: int, start: int = 0) -> list[RemoteRow]:
    """Invoices ``start`` to ``count`` that differ in everything a table sorts by."""
    first = date(2019, 4, 1)
    made = []
    for at in range(start, count):
        day = first + timedelta(days=(at * 7919) % 2700)
        total = ((at * 104_729) % 90_000_000 + 1) * 10_000
        made.append(
            RemoteRow(
                remote_id=str(460_000_000_000 + at),
                number=f"INV-{at:06d}",
                date=day.isoformat(),
                due_date=(day + timedelta(days=30)).isoformat(),
                party=f"{PARTIES[at % len(PARTIES)]} {(at * 31) % 997}",
                party_id=str(at % 4000),
                status=STATUSES[(at * 13) % len(STATUSES)],
                currency=("INR", "USD", "KWD")[at % 3],
                total=total,
                balance=total if at % 3 else 0,
                reference=f"PO {at}",
                modified_at=1_700_000_000 + at,
                payload=b'{"invoice_id":"%d","invoice_number":"INV-%06d"}' % (460_000_000_000 + at, at),
            )
        )
    return made


def whole_books(count: int) -> dict[str, list[RemoteRow]]:
    """``count`` records as books have them: customers, their invoices, and payments that name no currency."""
    customers, invoices = max(1, count // 50), count * 7 // 10
    first, nothing = date(2019, 4, 1), RemoteRow("", *(None,) * 11, payload=b"")
    return {
        "contacts": [
            nothing._replace(
                remote_id=str(at), number=f"{PARTIES[at % len(PARTIES)]} {at}", status="active",
                currency=("INR", "USD", "KWD")[at % 3], modified_at=1_700_000_000 + at,
                payload=b'{"contact_id":"%d"}' % at,
            )
            for at in range(customers)
        ],
        "invoices": rows(invoices),
        "customerpayments": [
            nothing._replace(
                remote_id=str(470_000_000_000 + at), number=f"{at}", party_id=str(at % min(customers, 4000)),
                date=(first + timedelta(days=(at * 7919) % 2780)).isoformat(),
                total=(at * 104_729 % 90_000_000 + 1) * 10_000,
                modified_at=1_700_000_000 + at, payload=b'{"payment_id":"%d"}' % (470_000_000_000 + at),
            )
            for at in range(count - customers - invoices)
        ],
    }  # fmt: skip


def fill(target: Path, count: int) -> None:
    """A database of invoices as a first sync leaves it."""
    fill_with(target, {"invoices": rows(count)})


def fill_with(target: Path, books: dict[str, list[RemoteRow]]) -> None:
    """A database with these records of each module, as the first sync and the pass after it leave it."""
    with_org = Organization("60024681357", "Meridian Spices", "India", "INR", "Asia/Kolkata", "en", "april", "Premium")
    connection = Connection(
        id=0, organization=with_org, data_centre="in", accounts_url="https://accounts.zoho.in",
        api_url="https://www.zohoapis.in", location="in", client_id="1000.BENCH", scopes=("ZohoBooks.invoices.READ",),
        read_only=True, state=ConnectionState.ACTIVE, connected_at=NOW,
    )  # fmt: skip
    db = Database.open(target, now=lambda: NOW)
    try:
        with db.transaction():
            kept = connections.save(db, connection)
            module_states.set_enabled(db, kept.id, tuple(books))
        for module, found in books.items():
            for start in range(0, len(found), PAGE * 25):
                with db.transaction():
                    for page in range(start, min(start + PAGE * 25, len(found)), PAGE):
                        trees.store_page(db, kept.id, module, found[page : page + PAGE], scan_id=1, want_detail=False)
            with db.transaction():
                cursor = cursors.get(db, kept.id, module)
                cursors.put(db, kept.id, module, replace(cursor, first_done=True, as_of=NOW))
        indexes.build(db)
        runs.finish(db, runs.start(db, kept.id, RunKind.FIRST, NOW), RunResult.OK, NOW)
    finally:
        db.close()


class Probe(QObject):
    """A timer of five milliseconds that notes how late it is."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last - 0.005) * 1000)
        self._last = now

    def watch(self, act: Callable[[], object], until: Callable[[], bool]) -> tuple[float, float]:
        """The longest gap and the time until it was done, in milliseconds."""
        gc.collect()
        self.gaps, self._last = [0.0], time.perf_counter()
        self._timer.start()
        began = time.perf_counter()
        QTimer.singleShot(0, act)
        done, ended = 0, 0.0
        while done < 20:
            QApplication.processEvents()
            time.sleep(0.0005)
            done = done + 1 if until() else 0
            ended = time.perf_counter() if done == 1 else ended
            if time.perf_counter() - began > 60:
                raise SystemExit("it did not end")
        self._timer.stop()
        return max(self.gaps), (ended - began) * 1000


def open_page(desk: Desk) -> tuple[MainWindow, RecordsPage]:
    """The window on its invoices, read."""
    bridge = Bridge(desk)
    state = DeskState(bridge, desk.clock)
    window = MainWindow(state, bridge, Preferences(desk.data_dir, desk.settings), desk.clock, desk.data_dir)
    window.resize(1280, 800)
    state.refresh()
    _wait(lambda: state.loaded)
    window.show()
    window.go("module/invoices")
    page = window.pages.records()
    assert page is not None
    _wait(lambda: page.model.known and page.model.is_loaded(0))
    return window, page


def _wait(until: Callable[[], bool]) -> None:
    end = time.perf_counter() + 60
    while not until():
        QApplication.processEvents()
        time.sleep(0.001)
        if time.perf_counter() > end:
            raise SystemExit("the window did not come")


def measure(page: RecordsPage, count: int) -> dict[str, tuple[float, float]]:
    """Everything that a person does with a table: longest gap and duration."""
    probe, table, model = Probe(), page.table, page.model
    bar = table.verticalScrollBar()

    def settled() -> bool:
        return not model.loading and model.is_loaded(max(0, table.rowAt(5)))

    def scroll() -> None:
        for step in range(120):
            QTimer.singleShot(step * 8, lambda step=step: bar.setValue(step * bar.maximum() // 119))

    found = {"scroll from end to end": probe.watch(scroll, lambda: bar.value() == bar.maximum() and settled())}
    for number, column in enumerate(model.columns):
        if column.sort is not None:
            for descending in (False, True):
                words = f"sort by {column.title or column.key}, {'down' if descending else 'up'}"
                found[words] = probe.watch(partial(table.sort_by, number, descending=descending), settled)
    found["select all"] = probe.watch(table.selectAll, lambda: table.selected_count() == count)
    said: list[str] = []
    page.sentence.connect(lambda words, _strong: said.append(words))
    table.clearSelection()
    found["select all and add it up"] = probe.watch(table.selectAll, lambda: any("INR" in words for words in said))
    found["refresh with everything selected"] = probe.watch(model.refresh, settled)
    table.clearSelection()

    def shown(text: str) -> bool:
        return model.query.where.text == text and not model.loading

    for text in ("p", "padma", "INV-09", "nothing like this"):
        act = partial(page.filter.set_filter, RecordFilter(text=text))
        found[f"filter {text!r}"] = probe.watch(act, partial(shown, text))
    found["clear the filter"] = probe.watch(page.filter.clear_all, lambda: model.rowCount() == count and settled())
    found["show the last record"] = probe.watch(
        lambda: page.show_record(model.record_id(count - 1) or 0), lambda: table.currentIndex().row() == count - 1
    )
    return found


PAGE_DOWN = 16.0
"""Milliseconds a page down may take, by the median: one frame of sixty a second."""


def ratios(page: RecordsPage, place: Path) -> tuple[list[list[str]], bool]:
    """Acts against the bare query, in one run; and whether all keep their limits."""
    lines, good = [], True

    def add(what: str, measured: float, plain: float, limit: float) -> None:
        nonlocal good
        good = good and measured <= limit
        times = f"{measured / plain:.2f}" if plain else ""
        mark = "" if measured <= limit else "too long"
        lines.append([what, f"{measured:.1f}", f"{plain:.1f}", times, f"{limit:.1f}", mark])

    with Database.open_reader(place / "zbdesk.sqlite3") as reader:
        first = _median(lambda: _first(reader), 9)
        keys = _median(lambda: _keys(reader, "date"), 5)
    measured = statistics.median(_shown(page, partial(_other_filter, page, at)) for at in range(7))
    add("first rows of another filter", measured, first, 1.5 * first + 50)
    add("page down (frame), median of 60", statistics.median(_page_downs(page)), 0, PAGE_DOWN)
    for number, column in enumerate(page.model.columns):
        if column.sort is not None and not page.table.isColumnHidden(number):
            spans = [
                _shown(page, partial(page.table.sort_by, number, descending=way)) for way in (True, False, True, False)
            ]
            add(f"sort by {column.title}: rows shown", statistics.median(spans), keys, 2 * keys)
    return lines, good


def _median(act: Callable[[], object], times: int) -> float:
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spans.append((time.perf_counter() - began) * 1000)
    return statistics.median(spans)


def _first(reader: Database) -> object:
    where = RecordFilter(statuses=("paid", "sent", "overdue"))
    return queries.first_page(reader, 1, "invoices", sort="date", descending=True, where=where)


def _keys(reader: Database, sort: str) -> object:
    return queries.sorted_ids(reader, 1, "invoices", sort=sort, descending=True, where=RecordFilter())


def _other_filter(page: RecordsPage, at: int) -> None:
    page.filter.set_filter(RecordFilter(statuses=("paid", "sent", "overdue", "draft", "void")[at % 3 :]))


def _shown(page: RecordsPage, act: Callable[[], object]) -> float:
    """Milliseconds until the first rows of the new order are painted."""
    table, model = page.table, page.model
    replaced: list[float] = []

    def noted() -> None:
        if model.is_loaded(max(0, table.rowAt(3))):
            table.viewport().repaint()
            replaced.append(time.perf_counter())

    model.modelReset.connect(noted)
    model.dataChanged.connect(noted)
    model.settled.connect(noted)
    began = time.perf_counter()
    act()
    _wait(lambda: bool(replaced))
    model.modelReset.disconnect(noted)
    model.dataChanged.disconnect(noted)
    model.settled.disconnect(noted)
    shown = (replaced[0] - began) * 1000
    _wait(lambda: not model.loading)
    return shown


def _page_downs(page: RecordsPage) -> list[float]:
    """What each page down takes the window: the key, the move and the painting of what is there."""
    table, spans = page.table, []
    page.filter.clear_all()
    _wait(lambda: not page.model.loading)
    table.setCurrentIndex(page.model.index(0, 1))
    for _ in range(60):
        began = time.perf_counter()
        QTest.keyClick(table, Qt.Key.Key_PageDown)
        table.viewport().repaint()
        spans.append((time.perf_counter() - began) * 1000)
        _wait(lambda: page.model.is_loaded(table.rowAt(5)))
    return spans


def main(count: int) -> int:
    """Print the table; 1 where anything took longer than it may."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        began = time.perf_counter()
        fill(place / "zbdesk.sqlite3", count)
        print(f"{count:,} invoices stored in {time.perf_counter() - began:.1f} s")
        app = QApplication([])
        theme.apply(app, "light")
        with Desk.open(place, environment={}) as desk:
            window, page = open_page(desk)
            found = measure(page, count)
            against, good = ratios(page, place)
            window.bridge.close()
            window.hide()
    lines = [
        [what, f"{gap:.0f}", f"{took:.0f}", "" if gap < LIMIT else "too long"] for what, (gap, took) in found.items()
    ]
    print_table(["", "longest gap, ms", "until shown, ms", f"(limit {LIMIT:.0f})"], lines)
    print_table(["", "measured, ms", "query alone, ms", "ratio", "limit, ms", ""], against)
    return int(not good or any(gap >= LIMIT for gap, _ in found.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
