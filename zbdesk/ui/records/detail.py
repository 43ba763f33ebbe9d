"""One record: state, dates, amounts, line items, all fields as Zoho sent them, history.

Shows what the database holds at once; what is only in Zoho is asked for and said to be on its way. Must not compute an
amount: each figure is one that Zoho sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from zbdesk.domain.module import Module
from zbdesk.domain.views import ActivityEntry, PlannedWrite, RecordDetail, RecordView
from zbdesk.ui import text, theme
from zbdesk.ui.formats import Formats, isolate
from zbdesk.ui.records.announced import announced_part
from zbdesk.ui.records.detail_parts import grid_in, money_parts, pending_part
from zbdesk.ui.records.payload import lines_of, number
from zbdesk.ui.runs.words import change_lines
from zbdesk.ui.sentences import said
from zbdesk.ui.widgets import Button, Elided, Fold, Hairline, IconView, Label, Surface

_SHOWN_LINES = 60
_HIDDEN_FIELDS = frozenset({"line_items"})


class DetailPane(Surface):
    """The pane at the end of a table. ``closed``: a person closed it. ``browser_wanted``: open it in Zoho Books."""

    closed = Signal()
    browser_wanted = Signal()
    cancel_wanted = Signal(int)

    def __init__(self, module: Module) -> None:
        super().__init__("base")
        self.module = module
        self._body: QWidget | None = None
        self.shown: RecordDetail | None = None
        self.title = Elided("", "panel")
        self.open = Button("", "quiet", "external-link", name=self.tr("Open in Zoho Books"))
        self.close_button = Button("", "quiet", "x", name=self.tr("Close details"))
        self.open.clicked.connect(self.browser_wanted)
        self.close_button.clicked.connect(self.closed)
        now = theme.current()
        head = QHBoxLayout()
        head.setContentsMargins(now.px(4), now.px(3), now.px(2), now.px(1))
        head.setSpacing(now.px(1))
        head.addWidget(self.title, 1)
        head.addWidget(self.open)
        head.addWidget(self.close_button)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Details"))
        self.area.setProperty("ring", True)
        self.area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        self.setMinimumWidth(now.px(60))
        self.show_nothing()

    def show_nothing(self) -> None:
        """No record is chosen."""
        self.shown = None
        self.title.setText(self.tr("Details"))
        self.open.setEnabled(False)
        self._put([Label(self.tr("Choose a record to see its details."), "body", "text2", wrap=True)])

    def show_row(self, view: RecordView, formats: Formats) -> None:
        """The row alone, while the rest is being read."""
        self.show_detail(RecordDetail(view, None, None, None, has_detail=False), formats, waiting=True, offline=False)

    def show_detail(
        self,
        detail: RecordDetail,
        formats: Formats,
        *,
        waiting: bool,
        offline: bool,
        planned: Sequence[PlannedWrite] = (),
    ) -> None:
        """Everything that is here. ``waiting``: line items are on their way. ``planned``: what is to leave."""
        self.shown = detail
        view = detail.view
        self.title.setText(isolate(view.number or view.party or self.module.singular))
        self.open.setEnabled(view.remote_id is not None)
        payload = detail.remote or detail.local or {}
        parts: list[QWidget] = []
        if view.party and view.party != view.number:
            parts.append(Label(view.party, "body", wrap=True, selectable=True))
        parts += self._amount(view, formats)
        parts += announced_part(detail, formats)
        parts += [Hairline(), self._facts(view, formats)]
        parts += pending_part(self, view, planned, formats)
        parts += self._lines(detail, payload, formats, waiting=waiting, offline=offline)
        parts += money_parts(payload, view, formats)
        if detail.history:
            parts += [Hairline(), self._history(detail, formats)]
        fields = self._fields(payload)
        if fields is not None:
            parts += [Hairline(), *fields]
        self._put(parts)

    def say(self, sentence: str) -> None:
        """A sentence in the place of the details: they could not be read."""
        self._put([Label(said(sentence), "body", "text2", wrap=True)])

    # ---- parts ---------------------------------------------------------------------------------------------------
    def _amount(self, view: RecordView, formats: Formats) -> list[QWidget]:
        value, caption = (
            (view.balance, self.tr("Balance")) if view.balance is not None else (view.total, self.tr("Amount"))
        )
        if value is None:
            return []
        if view.status == "overdue":
            caption = self.tr("%1, overdue").replace("%1", caption)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.current().px(1), 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(caption, "caption", "text2"))
        # In both reading directions the code stands left of its figure.
        pair = QWidget()
        pair.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().px(1.5))
        line.addWidget(Label(view.currency or "", "body", "text2"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(Label(formats.amount(value, view.currency), "page", selectable=True))
        column.addWidget(pair, 0, Qt.AlignmentFlag.AlignLeading)
        return [holder]

    def _facts(self, view: RecordView, formats: Formats) -> QWidget:
        holder = QWidget()
        grid = grid_in(holder, across=4, down=1.5, wide=1)
        word = text.record_state(view.state)
        rows: list[tuple[str, QWidget]] = [(self.tr("State"), _with_icon(word))]
        status = text.document_status(view.status)
        if status.text:
            rows.append((self.tr("Status"), _with_icon(status) if status.icon else Label(status.text)))
        dates = " – ".join(part for part in (formats.date(view.date), formats.date(view.due_date)) if part)
        if view.due_date and view.date:
            dates = (
                self.tr("%1, due %2").replace("%1", formats.date(view.date)).replace("%2", formats.date(view.due_date))
            )
        for label, value in (
            (self.tr("Dates") if view.due_date else self.tr("Date"), dates),
            (self.tr("Amount"), formats.money(view.total, view.currency) if view.balance is not None else ""),
            (self.tr("Reference"), isolate(view.reference) if view.reference else ""),
            (self.tr("Changed there"), formats.stamp(view.modified_at) if view.modified_at else ""),
            (self.tr("Source"), " ".join(part for part in (view.source, view.source_id) if part)),
        ):
            if value:
                rows.append((label, Label(value, wrap=True, selectable=True)))
        for at, (label, widget) in enumerate(rows):
            grid.addWidget(Label(label, "body", "text2"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, at, 1)
        return holder

    def _lines(
        self, detail: RecordDetail, payload: Mapping[str, object], formats: Formats, *, waiting: bool, offline: bool
    ) -> list[QWidget]:
        items = payload.get("line_items")
        if isinstance(items, list) and items:
            return [Hairline(), self._line_items(items, payload, detail.view, formats)]
        if detail.has_detail or self.module.rows_complete:
            return []
        if offline:
            sentence = self.tr("Line items are only in Zoho Books; they are read when it answers again.")
        elif waiting:
            sentence = self.tr("Reading lines from Zoho Books…")
        else:
            return []
        return [Hairline(), _quiet(sentence)]

    def _line_items(
        self, items: list[object], payload: Mapping[str, object], view: RecordView, formats: Formats
    ) -> QWidget:
        holder = QWidget()
        grid = grid_in(holder, across=2, down=1.5, wide=0)
        head = self.tr("Lines")
        grid.addWidget(Label(head, "strong"), 0, 0)
        count = self.tr("%1 lines").replace("%1", formats.count(len(items))) if len(items) != 1 else self.tr("1 line")
        note = Label(f"{count}, {view.currency}" if view.currency else count, "caption", "text2")
        grid.addWidget(note, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        at = 1
        for line in lines_of(payload)[:_SHOWN_LINES]:
            grid.addWidget(Elided(line.name), at, 0)
            grid.addWidget(Label(line.quantity_text(formats), "body", "text2"), at, 1, _RIGHT)
            grid.addWidget(Label(formats.amount(line.amount, view.currency)), at, 2, _RIGHT)
            at += 1
        if len(items) > _SHOWN_LINES:
            rest = self.tr("and %1 more, in Zoho Books").replace("%1", formats.count(len(items) - _SHOWN_LINES))
            grid.addWidget(Label(rest, "body", "text2"), at, 0, 1, 3)
            at += 1
        self._sums(grid, at, payload, view, formats)
        return holder

    def _sums(
        self, grid: QGridLayout, at: int, payload: Mapping[str, object], view: RecordView, formats: Formats
    ) -> None:
        taxes, total = payload.get("taxes"), number(payload.get("total"))
        if not taxes and total is None:
            return
        grid.addWidget(Hairline(), at, 0, 1, 3)
        at += 1
        for tax in taxes if isinstance(taxes, list) else []:
            if isinstance(tax, Mapping):
                grid.addWidget(Elided(str(tax.get("tax_name") or ""), "body", "text2"), at, 0)
                grid.addWidget(Label(formats.amount(number(tax.get("tax_amount")), view.currency)), at, 2, _RIGHT)
                at += 1
        if total is not None:
            grid.addWidget(Label(self.tr("Total"), "strong"), at, 0)
            grid.addWidget(Label(formats.amount(total, view.currency), "strong"), at, 2, _RIGHT)

    def _history(self, detail: RecordDetail, formats: Formats) -> QWidget:
        holder = QWidget()
        grid = grid_in(holder, across=2, down=1.5, wide=1)
        grid.addWidget(Label(self.tr("History"), "strong"), 0, 0, 1, 3)
        for at, entry in enumerate(detail.history[:20], 1):
            grid.addWidget(IconView(text.activity_icon(entry.kind)), at, 0)
            line = Elided(said(entry.text))
            if entry.changes:
                line.setToolTip("\n".join([said(entry.text), *change_lines(entry.changes)]))
            grid.addWidget(line, at, 1)
            when = Label(
                formats.day(entry.at.astimezone(formats.zone).date()) + " " + formats.time(entry.at), "body", "text2"
            )
            grid.addWidget(when, at, 2, _RIGHT)
        written = [line for entry in detail.history[:20] for line in _changed(entry, formats)]
        if not written:
            return holder
        both, inside = QWidget(), QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        for words in written:
            lines.addWidget(Label(words, "caption", "text2", wrap=True, selectable=True))
        column.addWidget(Fold(self.tr("Fields before and a&fter"), inside))
        column.addWidget(inside)
        return both

    def _fields(self, payload: Mapping[str, object]) -> list[QWidget] | None:
        plain = {key: value for key, value in payload.items() if key not in _HIDDEN_FIELDS and not _blank(value)}
        if not plain:
            return None
        holder = QWidget()
        fold = Fold(self.tr("All fields from &Zoho Books"), holder)
        filler = _Once(lambda: _fill_fields(holder, plain))
        fold.toggled_open.connect(filler)
        return [fold, holder]

    def _put(self, parts: list[QWidget]) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        now = theme.current()
        column.setContentsMargins(now.px(4), now.px(0.5), now.px(4), now.px(4))
        column.setSpacing(now.px(2))
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        place = self.area.verticalScrollBar().value()
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        self.area.verticalScrollBar().setValue(place)
        self._body = body


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class _Once:
    """Calls the filler at the first opening only: two hundred labels cost time that most people never need."""

    def __init__(self, filler: Callable[[], None]) -> None:
        self._filler: Callable[[], None] | None = filler

    def __call__(self, opened: bool) -> None:
        if opened and self._filler is not None:
            filler, self._filler = self._filler, None
            filler()


def _changed(entry: ActivityEntry, formats: Formats) -> list[str]:
    """A write's fields, each with what stood there before, under the moment of the write."""
    return [f"{formats.time(entry.at)} {line}" for line in change_lines(entry.changes)]


def _fill_fields(holder: QWidget, fields: Mapping[str, object]) -> None:
    grid = grid_in(holder, across=3, down=1, wide=1)
    for at, (name, value) in enumerate(sorted(fields.items())):
        grid.addWidget(Label(isolate(name), "caption", "text2"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(_field_text(value), "caption", wrap=True, selectable=True), at, 1)


def _field_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_field_text(item)}" for key, item in value.items() if not _blank(item))
    if isinstance(value, list):
        return f"[{len(value)}]" if value and isinstance(value[0], Mapping) else ", ".join(map(_field_text, value))
    if isinstance(value, Decimal):
        return isolate(format(value, "f"))
    return str(value)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)


def _with_icon(word: text.Word) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().px(1.5))
    row.addWidget(IconView(word.icon, "ok" if word.icon == "circle-check" else word.role))
    row.addWidget(Label(word.text))
    row.addStretch(1)
    return holder


def _quiet(sentence: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.current().px(2))
    row.addWidget(IconView("hourglass"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(sentence, "body", "text2", wrap=True), 1)
    return holder
