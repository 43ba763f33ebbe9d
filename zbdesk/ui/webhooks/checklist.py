"""One line a module: whether its first event has come. It ticks itself; nobody ticks it by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from zbdesk.domain.way import ModuleGap
from zbdesk.domain.webhook_views import ModuleEvents, WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.state import DeskState
from zbdesk.ui.text import Word
from zbdesk.ui.webhooks import words
from zbdesk.ui.widgets import Elided, IconView, Label, Panel


class ChecklistPanel(Panel):
    """Modules with rules in Zoho Books: arrived, made, or not yet; and what was missed of each."""

    def __init__(self, state: DeskState) -> None:
        super().__init__(self.tr("Set up in Zoho Books"))
        self._state = state
        self.count = Label("", "body", "text2")
        self.head.addWidget(self.count)
        now = theme.current()
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(now.px(2))
        self._grid.setVerticalSpacing(now.px(1.5))
        self._grid.setColumnStretch(2, 1)
        self.body.addWidget(self._holder)
        self.body.addStretch(1)
        self._rows: dict[str, tuple[IconView, Label, Label]] = {}

    def show_page(self, page: WebhookPage) -> None:
        """Take what is known now."""
        events = {one.module: one for one in page.figures.modules}
        gaps = {} if page.overview.way is None else {gap.module: gap for gap in page.overview.way.gaps}
        made = {one.module for one in page.made if one.kind == "workflow"}
        wanted = list(dict.fromkeys((*page.modules, *sorted(events))))
        if wanted != list(self._rows):
            self._lay_out(wanted)
        for name, (icon, _, note) in self._rows.items():
            word = self._word(events.get(name), gaps.get(name), made=name in made)
            icon.show_icon(word.icon, word.role)
            note.setText(word.text)
            note.set_role("attention" if word.role == "attention" else "text2")
        counted = self.tr("%1 of %2 modules").replace("%1", str(sum(name in events for name in wanted)))
        self.count.setText(counted.replace("%2", str(len(wanted))))

    def line(self, module: str) -> str:
        """The words of one module, for whoever asks."""
        return self._rows[module][2].text()

    def _lay_out(self, names: list[str]) -> None:
        for row in self._rows.values():
            for part in row:
                part.hide()
                part.deleteLater()
        self._rows = {}
        for at, name in enumerate(names):
            icon, title, note = IconView("circle"), Label(words.module_name(name)), Elided("", "body", "text2")
            parts: tuple[QWidget, ...] = (icon, title, note)
            for column, each in enumerate(parts):
                self._grid.addWidget(each, at, column)
            self._rows[name] = (icon, title, note)

    def _word(self, events: ModuleEvents | None, gap: ModuleGap | None, *, made: bool) -> Word:
        formats, now = self._state.formats, self._state.now()
        if events is None:
            said = (
                self.tr("made by zbdesk, waits for its first event") if made else self.tr("waits for its first event")
            )
            return Word(said, "circle-dashed" if made else "circle", "text2")
        said = self.tr("last %1").replace("%1", formats.moment(events.last_at, now))
        if events.today:
            today = self.tr("%1 today").replace("%1", formats.count(events.today))
            said = self.tr("%1, %2").replace("%1", said).replace("%2", today)
        if gap is not None and gap.missed:
            missed = self.tr("%1 of %2 missed").replace("%1", formats.count(gap.missed))
            missed = missed.replace("%2", formats.count(gap.missed + gap.told))
            said = self.tr("%1, %2").replace("%1", said).replace("%2", missed)
            return Word(said, "triangle-alert", "attention")
        return Word(said, "circle-check", "ok")
