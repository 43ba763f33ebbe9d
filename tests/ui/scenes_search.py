"""Pictures of searching, filtering, views, columns, export and print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import cast

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui import meridian
from tests.ui.fake_desk import NOW, FakeDesk
from tests.ui.scenes_window import _folder, make_window, wait_for
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import OutgoingView, PlannedWrite, RecordDetail, RecordFilter
from zbdesk.ui.main_window import MainWindow
from zbdesk.ui.models.rows import RowWriter
from zbdesk.ui.printing.acts import preview_table
from zbdesk.ui.records.page import RecordsPage


def _palette(typed: str, *, width: int = 1280, height: int = 800) -> Callable[[], QWidget]:
    def draw() -> QWidget:
        window = make_window(meridian.desk(_folder()), page="module/invoices")
        window.resize(width, height)
        window.open_search()
        palette = window.palette_
        assert palette is not None
        palette.field.setText(typed)
        wait_for(lambda: not palette._rest.isActive() and palette._question is None)
        return window

    return draw


def _records(then: Callable[[MainWindow, RecordsPage], QWidget | None]) -> Callable[[], QWidget]:
    def draw() -> QWidget:
        desk = meridian.desk(_folder())
        window = make_window(desk, page="module/invoices")
        page = window.pages.records()
        assert page is not None
        wait_for(lambda: page.model.known and page.model.is_loaded(0))
        shown = then(window, page) or window
        QTest.qWait(150)
        return shown

    return draw


def _filtered(_window: MainWindow, page: RecordsPage) -> None:
    where = RecordFilter(statuses=("overdue", "sent"), balance_from=Decimal(10_000), party="h")
    page.filter.set_filter(where, {"date": "this_quarter"})
    page.views._save("Late this quarter")
    wait_for(lambda: not page.model.loading)


def _column_filter(_window: MainWindow, page: RecordsPage) -> QWidget:
    dialog = page.filter.ask(next(column for column in page.model.columns if column.key == "date"))
    assert dialog.period is not None
    dialog.period.set_value("last_quarter")
    dialog.period.edited.emit()
    return dialog


def _chooser(_window: MainWindow, page: RecordsPage) -> QWidget:
    return page.menus.choose_columns()


def _export(_window: MainWindow, page: RecordsPage) -> QWidget:
    page.table.selectRow(3)
    return page.taking.ask(page._all_ids(), page.table.selected_ids(), 45_180)


def _print(_window: MainWindow, page: RecordsPage) -> QWidget:
    columns = [column for column in page.table.shown_columns() if column.key != "state"]
    writer = RowWriter(columns, page.state.formats)
    rows = [[cell.text for cell in row.cells] for row in writer.rows(meridian.INVOICES)]
    dialog = preview_table(page, columns, len(rows), (rows, {"EUR": Decimal("7404.00"), "INR": Decimal("2168430.89")}))
    QTest.qWait(200)
    return dialog


def _pending(window: MainWindow, page: RecordsPage) -> None:
    view = replace(meridian.INVOICES[3], state=RecordState.PENDING)
    desk = cast("FakeDesk", window.bridge._desk)
    desk.put("invoices", [view])
    payload = {
        "line_items": [
            {"name": "Turmeric powder", "quantity": Decimal(12), "unit": "kg", "item_total": Decimal(18942)}
        ],
        "payments": [{"payment_number": "PAY-0042", "date": "2026-11-13", "amount": Decimal(5000)}],
        "credits": [{"creditnotes_number": "CN-00017", "credited_date": "2026-11-14", "amount_applied": Decimal(900)}],
    }
    desk.details[view.id] = RecordDetail(view, payload, {}, None, has_detail=True)
    outgoing = OutgoingView(
        view.id, "invoices", view.number, view.party, view.date, view.currency, view.total, "waiting", "update", NOW
    )
    fields = (("due_date", "2026-11-12", "2026-11-30"), ("notes", None, "Agreed with Lakshmi on the phone"))
    desk.planned = [PlannedWrite(outgoing, fields)]
    page.model.refresh()
    wait_for(lambda: page.model.rowCount() == 1 and page.model.is_loaded(0))
    page.table.setCurrentIndex(page.model.index(0, 1))
    page.details.read()
    wait_for(lambda: page.detail.shown is not None and page.detail.shown.view.id == view.id)


SCENES: dict[str, Callable[[], QWidget]] = {
    "search-records": _palette("padma"),
    "search-commands": _palette(""),
    "search-nothing": _palette("zanzibar"),
    "records-chips": _records(_filtered),
    "records-pending": _records(_pending),
    "column-filter": _records(_column_filter),
    "columns": _records(_chooser),
    "export-dialog": _records(_export),
    "print-preview": _records(_print),
    "search-narrow": _palette("s", width=760, height=520),
}
