"""The head of the month-end page: period, commands, the mode's switch, which of the three views is in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.tieout import SPLITS
from zbdesk.ui import theme
from zbdesk.ui.widgets import Banner, Button, Combo, Label, Segmented


class Head(QWidget):
    """Controls only; the page connects them."""

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self._make_controls()
        inner = QVBoxLayout(self)
        inner.setContentsMargins(now.px(3), now.px(3), now.px(3), now.px(3))
        inner.setSpacing(now.px(2))
        title = QHBoxLayout()
        title.setSpacing(now.px(2))
        title.addWidget(Label(self.tr("Month end"), "page"))
        title.addStretch(1)
        title.addWidget(self.until)
        title.addWidget(self.switch)
        inner.addLayout(title)
        self._grid = QGridLayout()
        self._grid.setSpacing(now.px(2))
        self._grid.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._grid)
        inner.addWidget(self.compared)
        inner.addWidget(self.notice)
        row = QHBoxLayout()
        row.addWidget(self.views)
        row.addStretch(1)
        inner.addLayout(row)
        self.set_size("wide")
        self.notice.say("")

    def _make_controls(self) -> None:
        self.period = Combo(self.tr("Period"))
        self.split = Combo(self.tr("Split"))
        texts = (self.tr("by month"), self.tr("by quarter"), self.tr("by year"), self.tr("as a whole"))
        for key, text in zip(SPLITS, texts, strict=True):
            self.split.addItem(text, key)
        self.ask = Button(self.tr("&Ask Zoho Books now"), "normal", "refresh-cw")
        self.save_pdf = Button(self.tr("P&DF…"), "normal", "download")
        self.save_pdf.setAccessibleDescription(self.tr("Save the tie-out as PDF"))
        self.save_csv = Button(self.tr("&CSV…"), "normal", "download")
        self.save_csv.setAccessibleDescription(self.tr("Save the tie-out as CSV"))
        self.sign = Button(self.tr("Si&gn off…"), "normal", "file-check")
        self.switch = Button(self.tr("Begin &month end mode"), "normal", "calendar")
        self.until = Combo(self.tr("Until"))
        self.views = Segmented(
            [("checks", self.tr("Checklist")), ("tie_out", self.tr("Tie-out")), ("dates", self.tr("Dates"))],
            name=self.tr("View"),
        )
        self.notice = Banner(kind="note")
        self.compared = Label("", "body", "text2", wrap=True)

    def set_size(self, size: str) -> None:
        """On a narrow window the commands go below the period."""
        for widget in (self.period, self.split, self.ask, self.save_pdf, self.save_csv, self.sign):
            self._grid.removeWidget(widget)
        for column in range(8):
            self._grid.setColumnStretch(column, 0)
        self._grid.addWidget(self.period, 0, 0)
        self._grid.addWidget(self.split, 0, 1)
        row, first = (1, 0) if size == "narrow" else (0, 3)
        for at, button in enumerate((self.ask, self.save_pdf, self.save_csv, self.sign)):
            self._grid.addWidget(button, row, first + at, Qt.AlignmentFlag.AlignLeading)
        self._grid.setColumnStretch(7 if size == "narrow" else 2, 1)
