"""The pane: payments, credits, what waits to leave and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.fake_desk import NOW
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import OutgoingView, PlannedWrite, RecordDetail
from zbdesk.sync.commands import CancelPending
from zbdesk.ui.records.payload import credits_of, given_to, lines_of, payments_of


@pytest.fixture
def shown(qtbot, desk, open_window):
    """Shows one record with this payload and state; gives the page."""

    def show(payload, state=RecordState.MIRRORED, planned=()):
        view = replace(desk.by_id(1431), state=state)
        desk.put("invoices", [view])
        desk.details[view.id] = RecordDetail(view, payload, {}, None, has_detail=True)
        desk.planned = list(planned)
        page = open_window(desk, page="module/invoices").pages.records()
        qtbot.waitUntil(lambda: page.model.known and page.model.is_loaded(0))
        page.table.setCurrentIndex(page.model.index(0, 1))
        qtbot.waitUntil(lambda: page.detail.shown is not None and page.detail.shown.view.id == view.id)
        return page

    return show


def _words(page):
    return [label.text() for label in page.detail.findChildren(QLabel) if label.isVisible()]


def test_payments_and_credits_stand_in_the_pane(shown):
    """Number, day and amount of each; a payment says on which invoices it was put."""
    page = shown({
        "payments": [{"payment_number": "PAY-1", "date": "2026-11-03", "amount": Decimal("100.5")}],
        "credits": [{"creditnotes_number": "CN-7", "credited_date": "2026-11-04", "amount_applied": 50}],
        "invoices": [{"invoice_number": "INV-9", "amount_applied": "7.25"}],
    })  # fmt: skip
    words = "|".join(_words(page))
    for part in ("Payments", "PAY-1", "3 Nov 2026", "100.50", "Applied credits", "CN-7", "50.00", "Put on", "7.25"):
        assert part in words


def test_what_waits_is_shown_field_by_field_and_can_be_taken_back(desk, shown):
    """Zoho's value, then ours; the button sends the command for exactly this record."""
    outgoing = OutgoingView(1431, "invoices", "X", None, None, None, None, "waiting", "update", NOW)
    write = PlannedWrite(outgoing, (("due_date", "2026-11-02", "2026-11-30"), ("total", None, Decimal("5.125"))))
    page = shown({}, RecordState.PENDING, [write])
    words = [word.replace("\u2068", "").replace("\u2069", "").replace("\u2066", "") for word in _words(page)]
    assert "To be changed in Zoho Books" in words
    assert "Due date: 2 Nov 2026 → 30 Nov 2026" in words
    assert any(word.endswith("empty → 5.125") for word in words)
    button = next(b for b in page.detail.findChildren(QPushButton) if b.text().replace("&", "") == "Take back")
    button.click()
    assert desk.commands == [CancelPending(1431)]


@pytest.mark.parametrize("state", [RecordState.MIRRORED, RecordState.SYNCED, RecordState.SENDING, RecordState.UNKNOWN])
def test_what_has_left_or_never_waited_cannot_be_taken_back(shown, state):
    """A write under way or in doubt has no button that would promise to stop it."""
    outgoing = OutgoingView(1431, "invoices", "X", None, None, None, None, "sending", "update", NOW)
    page = shown({}, state, [PlannedWrite(outgoing, (("notes", None, "x"),))])
    assert not [b for b in page.detail.findChildren(QPushButton) if b.text().replace("&", "") == "Take back"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.decimals(allow_nan=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(
    st.dictionaries(
        st.sampled_from(["line_items", "payments", "credits", "invoices", "bills", "invoices_credited"]),
        _JSON | st.lists(st.dictionaries(st.sampled_from(["name", "amount", "date", "quantity"]), _JSON), max_size=3),
    )
)
def test_a_payload_of_any_shape_is_read(payload):
    """What Zoho sends in another shape is left out; it never stops the pane."""
    for read in (lines_of, payments_of, credits_of, given_to):
        assert isinstance(read(payload), list)
