"""From a page of records to paper: what is shown is read in the pool, then laid out and previewed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from zbdesk.domain.views import RecordDetail
from zbdesk.ui import text
from zbdesk.ui.formats import isolate
from zbdesk.ui.models.columns import Column, Kind, amount_key
from zbdesk.ui.models.rows import RowWriter
from zbdesk.ui.printing.paper import PaperColumn, Sheet, print_sheet
from zbdesk.ui.printing.preview import PreviewDialog
from zbdesk.ui.printing.record import RecordPaper, Section, print_record_paper
from zbdesk.ui.records.export import in_order
from zbdesk.ui.records.payload import credits_of, lines_of, payments_of

if TYPE_CHECKING:
    from zbdesk.app.reader import Reader
    from zbdesk.ui.records.page import RecordsPage

MOST_ROWS = 5000
"""More on paper is read by nobody, and laying out its preview would hold up the window; an export has no such end."""

WIDE_FROM = 7
"""Tables with so many columns lie across."""

_Read = tuple[list[list[str]], dict[str, Decimal]]


def print_table(page: RecordsPage) -> None:
    """Preview what the table shows: its columns, its order, its filter."""
    ids = page.model.record_ids(0, page.model.rowCount() - 1)
    columns = [column for column in page.table.shown_columns() if column.kind is not Kind.STATE]
    key, printed = amount_key(page.module), ids[:MOST_ROWS]

    def read(reader: Reader) -> _Read:
        writer = RowWriter(columns, page.state.formats, page.model.places)
        rows = [[cell.text for cell in row.cells] for row in writer.rows(list(in_order(reader, printed)))]
        return rows, (reader.totals(ids, key) if key is not None and page.module.currency_field else {})

    def preview(found: _Read) -> None:
        preview_table(page, columns, len(ids), found)

    page.bridge.read(read, preview, owner=page)


def preview_table(page: RecordsPage, columns: list[Column], count: int, found: _Read) -> PreviewDialog:
    """Show the pages; ``found``: the rows as text and the sums."""
    rows, totals = found
    sheet = sheet_of(page, columns, count, rows, totals)
    dialog = PreviewDialog(
        page,
        _tr("Print %1").replace("%1", text.module_label(page.module.name)),
        partial(print_sheet, sheet),
        wide=len(columns) >= WIDE_FROM,
        file_name=f"{page.module.name}.pdf",
    )
    dialog.open()
    return dialog


def sheet_of(
    page: RecordsPage, columns: list[Column], count: int, rows: list[list[str]], totals: Mapping[str, Decimal]
) -> Sheet:
    """The table as it goes on paper; sums per currency at its end, never across."""
    formats, key = page.state.formats, amount_key(page.module)
    title = next((column.title for column in page.model.columns if column.key == key), "")
    records = _tr("%1 records").replace("%1", formats.count(count))
    view = page.views.current
    note = " · ".join(part for part in (view, page.filter.words(), records) if part)
    rest = ""
    if count > len(rows):
        rest = _tr("The first %1 of %2 records. An export has all of them.")
        rest = rest.replace("%1", formats.count(len(rows))).replace("%2", formats.count(count))
    sums = tuple((f"{title}, {code}" if code else title, formats.money(totals[code], code)) for code in sorted(totals))
    head = _head(page, text.module_label(page.module.name), note)
    return Sheet(
        head.organization, head.title, head.note,
        tuple(
            PaperColumn(column.title, right=column.kind is Kind.MONEY, gives_way=column.kind is Kind.PARTY)
            for column in columns
        ),
        rows, sums, head.printed, head.page_words, rest, head.reverse,
    )  # fmt: skip


def print_record(page: RecordsPage) -> PreviewDialog | None:
    """Preview the record in the pane."""
    shown = page.detail.shown
    if shown is None:
        return None
    paper = record_paper(page, shown)
    dialog = PreviewDialog(
        page,
        _tr("Print %1").replace("%1", paper.head.title),
        partial(print_record_paper, paper),
        wide=False,
        file_name=f"{_file_name(shown)}.pdf",
    )
    dialog.open()
    return dialog


def record_paper(page: RecordsPage, shown: RecordDetail) -> RecordPaper:
    """Facts, lines, payments and credits of one record, with the figures that Zoho sent."""
    formats, view = page.state.formats, shown.view
    payload = shown.remote or shown.local or {}
    title = " ".join(part for part in (page.module.singular, isolate(view.number) if view.number else "") if part)
    facts = (
        (_tr("Name"), view.party or ""),
        (_tr("Date"), formats.date(view.date)),
        (_tr("Due"), formats.date(view.due_date)),
        (_tr("Status"), text.document_status(view.status).text),
        (_tr("Reference"), isolate(view.reference) if view.reference else ""),
        (_tr("Amount"), formats.money(view.total, view.currency)),
        (_tr("Balance"), formats.money(view.balance, view.currency)),
        (_tr("State"), text.record_state(view.state).text),
    )
    amount = partial(formats.amount, currency=view.currency)
    lines = [(line.name, line.quantity_text(formats), amount(line.amount)) for line in lines_of(payload)]
    money = [
        Section(name, (), [(one.what, formats.date(one.date), amount(one.amount)) for one in parts], frozenset({2}))
        for name, parts in ((_tr("Payments"), payments_of(payload)), (_tr("Credits"), credits_of(payload)))
    ]
    heads = (_tr("Lines"), _tr("Quantity"), _tr("Amount"))
    return RecordPaper(
        _head(page, title, ""),
        [(label, value) for label, value in facts if value],
        [Section(_tr("Lines"), heads, lines, frozenset({1, 2})), *money],
    )


def _head(page: RecordsPage, title: str, note: str) -> Sheet:
    state = page.state
    overview = state.overview
    name = ""
    if overview is not None and overview.connection is not None:
        name = overview.connection.organization.name
    printed = _tr("zbdesk, %1").replace("%1", state.formats.stamp(state.now()))
    reverse = page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return Sheet(name, title, note, (), (), (), printed, _page_words, reverse=reverse)


def _page_words(number: int, pages: int) -> str:
    return _tr("Page %1 of %2").replace("%1", str(number)).replace("%2", str(pages))


def _file_name(shown: RecordDetail) -> str:
    plain = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in shown.view.number or "record")
    return plain.strip("-") or "record"


def _tr(words: str) -> str:
    return QCoreApplication.translate("Printing", words)
