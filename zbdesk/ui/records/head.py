"""The line over a table: the module, the view in use, what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from zbdesk.ui import theme
from zbdesk.ui.records.view_menu import ViewMenu
from zbdesk.ui.widgets import Button, Label


class Head(QWidget):
    """Title, views and buttons; in a narrow window the buttons keep their icons only."""

    def __init__(self, title: str, views: ViewMenu) -> None:
        super().__init__()
        now = theme.current()
        self._views = views
        self.title = Label(title, "page")
        self.read_only = Label("", "caption", "text2")
        self.new = Button(self.tr("New…"), "normal", "plus")
        self.acts = Button(self.tr("Ac&tions"), "quiet", "pencil")
        self.columns = Button(self.tr("Co&lumns"), "quiet", "columns-3")
        self.export = Button(self.tr("E&xport…"), "quiet", "download")
        self.print = Button("", "quiet", "file-text", name=self.tr("Print the table"))
        self.detail = Button("", "quiet", "panel-right-open", name=self.tr("Show details"))
        row = QHBoxLayout(self)
        row.setContentsMargins(now.px(3), now.px(2.5), now.px(3), 0)
        row.setSpacing(now.px(1))
        row.addWidget(self.title)
        row.addWidget(views.button)
        row.addStretch(1)
        row.addWidget(self.read_only)
        for button in (self.new, self.acts, self.columns, self.export, self.print, self.detail):
            row.addWidget(button)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the words out; screen readers have them still."""
        self._views.set_narrow(narrow=narrow)
        for button, words, name in (
            (self.new, self.tr("New…"), self.tr("New record")),
            (self.acts, self.tr("Ac&tions"), self.tr("Actions")),
            (self.columns, self.tr("Co&lumns"), self.tr("Columns")),
            (self.export, self.tr("E&xport…"), self.tr("Export")),
        ):
            button.setText("" if narrow else words)
            button.setAccessibleName(name)
