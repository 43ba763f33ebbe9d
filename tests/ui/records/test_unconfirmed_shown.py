"""What a webhook announced of a record: in the pane and as a mark in its row, until the record was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.fake_desk import NOW
from zbdesk.domain.announced import AnnouncedField, Unconfirmed
from zbdesk.domain.views import RecordDetail
from zbdesk.sync.events import RecordsChanged

TOLD = Unconfirmed(
    received_at=NOW,
    modified_at=NOW - timedelta(seconds=3),
    fields=(
        AnnouncedField("status", "sent", "paid"),
        AnnouncedField("balance", Decimal("120.5"), Decimal(0)),
        AnnouncedField("due_date", None, "2026-11-30"),
    ),
    others=("notes",),
    currency="EUR",
)


@pytest.fixture
def page(qtbot, desk, open_window):
    """The invoices with one announced change, its record chosen."""
    view = replace(desk.by_id(1431), unconfirmed=True, currency="EUR")
    desk.put("invoices", [view])
    desk.details[view.id] = RecordDetail(
        view, {"balance": Decimal("120.5")}, {}, None, has_detail=True, unconfirmed=TOLD
    )
    page = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: page.model.known and page.model.is_loaded(0))
    page.table.setCurrentIndex(page.model.index(0, 1))
    qtbot.waitUntil(lambda: page.detail.shown is not None and page.detail.shown.unconfirmed is not None)
    return page


def _words(page):
    found = [label.text() for label in page.detail.findChildren(QLabel) if label.isVisible()]
    return [word.translate({0x2066: None, 0x2068: None, 0x2069: None}) for word in found]


def test_the_announced_values_stand_in_the_pane_as_unconfirmed(page):
    """Each before and after, with the reason why they are no more than announced."""
    words = _words(page)
    assert "Unconfirmed" in words
    assert any("counts nowhere until zbdesk has read the record" in word for word in words)
    assert "Status: Sent → Paid" in words
    assert any(word.startswith("Balance: ") and "120.50" in word and word.endswith("0.00") for word in words)
    assert "Due date: empty → 30 Nov 2026" in words
    assert "Also changed: Notes" in words


def test_a_screen_reader_hears_that_it_is_unconfirmed(page):
    """The part reads out as one, its word first; the row says it in words too, where eyes see a shape."""
    (part,) = [one for one in page.detail.findChildren(QWidget) if one.accessibleName() == "Unconfirmed"]
    assert "announced" in part.accessibleDescription()
    assert "Paid" in part.accessibleDescription()
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        said = page.model.data(page.model.index(0, 0), role)
        assert said == "From Zoho Books; a newer version is announced, not confirmed yet"


def test_the_row_carries_a_mark_of_its_own(page):
    """Another shape than the state's; the other columns show what Zoho Books has confirmed."""
    row = page.model.row(0)
    assert (row.cells[0].icon, row.cells[0].role) == ("radio", "accent_text")
    assert all("announced" not in cell.text for cell in row.cells[1:])


def test_it_is_gone_when_the_record_was_read(page, desk, qtbot):
    """The event is settled: row and pane say nothing of it any more."""
    view = replace(desk.by_id(1431), unconfirmed=False)
    desk.put("invoices", [view])
    desk.details[view.id] = RecordDetail(view, {"balance": Decimal(0)}, {}, None, has_detail=True)
    desk.emit(RecordsChanged(frozenset({"invoices"})))
    qtbot.waitUntil(lambda: "Unconfirmed" not in _words(page))
    qtbot.waitUntil(lambda: page.model.row(0) is not None and page.model.row(0).cells[0].icon == "cloud")
