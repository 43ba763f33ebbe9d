"""The checklist: each point with its shape, its sentence, its figure, and the way to what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from zbdesk.domain.closing import Check, Checklist, Standing
from zbdesk.domain.views import RecordFilter
from zbdesk.ui import theme
from zbdesk.ui.closing import words
from zbdesk.ui.formats import Formats
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.widgets import Banner, Button, IconView, Label, Panel


class ChecksView(ScrollPage):
    """``wanted``: a page of the window, or a view of this one; ``records_wanted``: module and filter."""

    wanted = Signal(str)
    records_wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("ChecksView", "Checklist"))
        now = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(now.px(3), now.px(3), now.px(3), now.px(3))
        column.setSpacing(now.px(3))
        self.verdict = Banner(kind="note")
        self.panel = Panel(self.tr("Checklist"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(now.px(3))
        self._grid.setVerticalSpacing(now.px(2))
        self._grid.setColumnStretch(1, 1)
        self.panel.body.addLayout(self._grid)
        column.addWidget(self.verdict)
        column.addWidget(self.panel)
        column.addStretch(1)
        self.set_body(body)
        self.shown: Checklist | None = None
        self.links: dict[str, Button] = {}

    def show_checks(self, found: Checklist, formats: Formats) -> None:
        """Take another checklist; rows whose words are the same keep the focus."""
        if found.complete:
            self.verdict.say(self.tr("Every point is done."), self.tr("The period can be signed off."), "info")
        else:
            fact = self.tr("%1 of %2 points are open.").replace("%1", formats.count(found.open))
            self.verdict.say(fact.replace("%2", formats.count(len(found.checks))), "", "attention")
        before, self.shown = self.shown, found
        if before is not None and before.checks == found.checks:
            return
        focused = next((key for key, link in self.links.items() if link.hasFocus()), "")
        self._clear()
        for row, one in enumerate(found.checks):
            self._add(row, one, found, formats)
        if focused in self.links:
            self.links[focused].setFocus()

    def _clear(self) -> None:
        self.links.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, row: int, one: Check, found: Checklist, formats: Formats) -> None:
        drawing, role = words.STANDING[one.standing]
        shape = IconView(drawing, role)
        said = words.check(one.key)
        why = words.why(one, formats)
        texts = QWidget()
        column = QVBoxLayout(texts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(said, "strong" if one.standing is not Standing.DONE else "body", wrap=True))
        if why:
            column.addWidget(Label(why, "body", "text2", wrap=True))
        texts.setAccessibleName(" ".join(part for part in (said + ":", words.standing(one.standing), why) if part))
        self._grid.addWidget(shape, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(texts, row, 1)
        self._grid.addWidget(Label(words.standing(one.standing), "body", "text2"), row, 2, Qt.AlignmentFlag.AlignTop)
        if one.page and one.standing is not Standing.DONE:
            link = Button(self.tr("Show"), "link")
            link.setAccessibleName(self.tr("Show: %1").replace("%1", said))
            link.clicked.connect(lambda: self._show(one, found))
            self.links[one.key] = link
            self._grid.addWidget(link, row, 3, Qt.AlignmentFlag.AlignTop)

    def _show(self, one: Check, found: Checklist) -> None:
        if one.key == "drafts" and one.names:
            where = RecordFilter(statuses=("draft",), date_to=found.last.isoformat())
            self.records_wanted.emit(one.names[0], where)
        else:
            self.wanted.emit({"tie_out": "view/tie_out", "day_shift": "view/dates"}.get(one.key, one.page))
