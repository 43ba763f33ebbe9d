"""Tables and records on paper: pages, numbers, sums per currency, both directions, refusals."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter

from tests.ui.fake_desk import many
from zbdesk.domain.views import RecordFilter
from zbdesk.ui.models.columns import Kind
from zbdesk.ui.printing import acts
from zbdesk.ui.printing.paper import PaperColumn, Press, Sheet, print_sheet, set_up
from zbdesk.ui.printing.preview import PreviewDialog
from zbdesk.ui.printing.record import document_of


@pytest.fixture
def page(qtbot, desk, open_window):
    """The page of invoices, read."""
    found = open_window(desk, page="module/invoices").pages.records()
    qtbot.waitUntil(lambda: found.model.known and found.model.is_loaded(0))
    return found


def _sheet(count, **changes):
    columns = (PaperColumn("Number"), PaperColumn("Customer", gives_way=True), PaperColumn("Amount", right=True))
    rows = [[f"INV-{at:05d}", "A very long name of a customer " * 4, "12,34,567.89"] for at in range(count)]
    plain = Sheet(
        "Meridian", "Invoices", "overdue", columns, rows, (("Balance, EUR", "EUR 1.00"), ("Balance, INR", "INR 2.00")),
        "20 Nov", lambda number, pages: f"Page {number} of {pages}",
    )  # fmt: skip
    return replace(plain, **changes)


class Recorder(Press):
    """Notes what is put where instead of painting it."""

    def __init__(self, sheet, painter, width, height):
        self.put: list[tuple[str, QRect]] = []
        self.sides: dict[str, Qt.AlignmentFlag] = {}
        super().__init__(sheet, painter, width, height)

    def _put(self, box, words, font, side):
        self.put.append((words, box.toRect()))
        self.sides[words] = side
        super()._put(box, words, font, side)


def _press(sheet, number=1, width=700, height=900):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    press = Recorder(sheet, painter, width, height)
    press.paint(number)
    painter.end()
    return press, image


def _pages_of(path):
    """How many pages a PDF has, by its own page objects."""
    data = path.read_bytes()
    plain = data + b"".join(_inflated(data))
    return len(re.findall(rb"/Type\s*/Page[^s]", plain))


def _inflated(data):
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[match.end() :])
        except zlib.error:
            continue


def test_every_row_and_the_sums_are_on_exactly_one_page(app):
    """Page after page, nothing is lost, nothing twice; each page has titles and its number."""
    sheet = _sheet(137)
    first, _ = _press(sheet)
    seen = []
    for number in range(1, first.pages + 1):
        press, _ = _press(sheet, number)
        words = [text for text, _ in press.put]
        assert "Customer" in words
        assert f"Page {number} of {first.pages}" in words
        seen += [text for text in words if text.startswith(("INV-", "EUR", "INR "))]
    assert seen == [row[0] for row in sheet.rows] + ["EUR 1.00", "INR 2.00"]


def test_names_give_way_and_figures_do_not(app):
    """A long name is cut; numbers and amounts stand whole inside the page."""
    press, image = _press(_sheet(3))
    words = [text for text, _ in press.put]
    assert any(text.endswith("…") for text in words)
    assert words.count("12,34,567.89") == 3
    assert all(image.rect().contains(box) for _, box in press.put)


def test_many_columns_make_the_type_smaller(app):
    """Figures are never cut: where they have no room the type shrinks, down to a readable least."""
    columns = tuple(PaperColumn(f"Amount {at}", right=True) for at in range(12))
    rows = [["12,34,567.89"] * 12]
    press, _ = _press(_sheet(0, columns=columns, rows=rows))
    plain, _ = _press(_sheet(3))
    assert press._font.pointSizeF() < plain._font.pointSizeF()


def test_right_to_left_mirrors_columns_and_keeps_figures_at_the_right_of_theirs(app):
    """The first column stands at the right."""
    press, _ = _press(_sheet(1, reverse=True))
    at = dict(press.put)
    assert at["Number"].left() > at["Customer"].left() > at["Amount"].left()


@pytest.mark.parametrize("reverse", [False, True])
def test_sums_stand_across_from_their_labels(app, reverse):
    """Label and figure never lie over each other, in either direction."""
    press, _ = _press(_sheet(1, reverse=reverse))
    assert {press.sides["Balance, INR"], press.sides["INR 2.00"]} == {
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignRight,
    }


def test_a_table_is_printed_as_it_stands(qtbot, page, tmp_path, monkeypatch):
    """Shown columns, order, filter in words, sums per currency; saved as PDF from the preview."""
    opened = []
    monkeypatch.setattr(acts, "PreviewDialog", lambda *args, **options: opened.append((args, options)) or _Silent())
    page.filter.set_filter(RecordFilter(statuses=("overdue",)))
    qtbot.waitUntil(lambda: page.model.rowCount() == 8 and not page.model.loading)
    page.print_table()
    qtbot.waitUntil(lambda: bool(opened))
    (_, title, paint), options = opened[0]
    sheet = paint.args[0]
    assert title == "Print Invoices"
    assert options["file_name"] == "invoices.pdf"
    assert [column.title for column in sheet.columns] == [
        column.title for column in page.table.shown_columns() if column.kind is not Kind.STATE
    ]
    assert [row[0] for row in sheet.rows] == [page.model.row(at).cells[1].text for at in range(8)]
    assert "Status: Overdue" in sheet.note
    assert "8 records" in sheet.note
    assert [label for label, _ in sheet.totals] == sorted(label for label, _ in sheet.totals)
    assert any("INR" in figure for _, figure in sheet.totals)
    assert sheet.rest == ""


class _Silent:
    def open(self):
        """Nothing to show."""


def test_a_very_long_table_says_where_it_ends(qtbot, desk, page, monkeypatch):
    """Rows beyond the most are left out and said to be; the sums are of all."""
    desk.put("invoices", many(300))
    page.model.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 300)
    columns = [column for column in page.table.shown_columns() if column.kind is not Kind.STATE]
    sheet = acts.sheet_of(page, columns, 300, [["x"] * len(columns)] * 100, {"INR": Decimal(5)})
    assert sheet.rest == "The first 100 of 300 records. An export has all of them."
    press, _ = _press(sheet, Recorder(sheet, _painter(), 700, 900).pages)
    assert sheet.rest in [text for text, _ in press.put]


_KEPT = []


def _painter():
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.end()
    _KEPT.append(image)
    second = QPainter(image)
    _KEPT.append(second)
    return second


def test_pdf_has_all_pages(app, tmp_path):
    """What the preview counted is what the file has."""
    path = tmp_path / "out.pdf"
    writer = QPdfWriter(str(path))
    set_up(writer, wide=False)
    pages = print_sheet(_sheet(300), writer)
    del writer
    assert pages > 3
    assert _pages_of(path) == pages


def test_preview_saves_and_says_why_it_cannot(qtbot, page, tmp_path):
    """A place that cannot be written is a sentence in the dialog, which stays open; a good place closes it."""
    sheet = _sheet(50)
    dialog = PreviewDialog(page, "Print", lambda device: print_sheet(sheet, device), wide=False, file_name="x.pdf")
    dialog.open()
    qtbot.waitUntil(lambda: dialog.preview.pageCount() >= 1)
    dialog.save_pdf(tmp_path / "no" / "such" / "x.pdf")
    assert "could not be written" in dialog.message.text
    assert dialog.isVisible()
    dialog.save_pdf(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    assert not dialog.isVisible()


def test_one_record_with_lines_and_payments(qtbot, page):
    """Facts, lines and payments stand in the document, and a name is never taken for markup."""
    page.table.setCurrentIndex(page.model.index(page.model.row_of(1431), 1))
    qtbot.waitUntil(lambda: page.detail.shown is not None and page.detail.shown.view.id == 1431)
    shown = page.detail.shown
    payload = {
        **(shown.remote or {}),
        "payments": [{"payment_number": "PAY-1", "date": "2026-11-03", "amount": Decimal("100.5")}],
        "credits": [{"creditnotes_number": "CN-7", "credited_date": "2026-11-04", "amount_applied": 50}],
    }
    view = replace(shown.view, party="<b>Bold & Sons</b>")
    paper = acts.record_paper(page, replace(shown, view=view, remote=payload))
    words = document_of(paper).toPlainText()
    assert "<b>Bold & Sons</b>" in words
    assert "12,34,567.89" in words
    assert "7,70,400.00" in words
    for part in ("PAY-1", "100.50", "CN-7", "50.00", "Payments", "Credits"):
        assert part in words
