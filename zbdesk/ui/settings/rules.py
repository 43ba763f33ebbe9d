"""What is settled once for all: fields that one side always wins, and sources whose documents are one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.modules import MODULES
from zbdesk.sync.commands import SetPolicy
from zbdesk.ui import theme
from zbdesk.ui.bridge import Question
from zbdesk.ui.editing.labels import field_label
from zbdesk.ui.editing.questions import PolicyAnswer, ask
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.policies import SHOWN
from zbdesk.ui.settings.rows import Choice, Rows
from zbdesk.ui.widgets import Button, Label, TextField

ONE_LINE = "one_line_quantity_one"


class RuleRows(Rows):
    """Rules with the way to end each, and the sources by module."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("RuleRows", "Rules"))
        self._here = here
        self._question: Question | None = None
        self._sources: dict[str, str] = {}
        self._shown: list[tuple[str, str, str]] | None = None
        self.lines: list[QWidget] = []
        self.buttons: dict[tuple[str, str], Button] = {}
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().px(1.5))
        self.none = Label(self.tr("None. Both sides changed: ask me, under Conflicts."), "body", "text2", wrap=True)
        self._column.addWidget(self.none)
        self.add(
            self.tr("When both sides changed"),
            self._holder,
            help_text=self.tr("A rule for single fields is made from any conflict; here it ends."),
        )
        modules = [name for name in SHOWN if "line_items" in MODULES[name].write_fields]
        choices = [(QCoreApplication.translate("Modules", MODULES[name].label), name) for name in modules]
        self.module = Choice(choices, self.tr("Kind of document"))
        self.module.chosen.connect(lambda _name: self._show_sources())
        self.sources = TextField(placeholder=self.tr("names of sources"), name=self.tr("Sources with one line"))
        self.sources.setMinimumWidth(theme.current().px(50))
        self.sources.editingFinished.connect(self._sources_entered)
        self.add(
            self.tr("One line, quantity 1"),
            self.module,
            self.sources,
            help_text=self.tr("Documents of these sources become one line with their total. Several with commas."),
        )

    def refresh(self) -> None:
        """Read what holds."""
        if self._question is not None:
            self._question.cancel()
        self._question = self._here.bridge.read(
            lambda reader: ask(reader).policies(), self._arrived, owner=self, fail=lambda _error: self._arrived(None)
        )

    def _arrived(self, found: Sequence[PolicyAnswer] | None) -> None:
        overview = self._here.state.overview
        connection = overview.connection if overview is not None else None
        writes = found is not None and connection is not None and not connection.read_only
        rules: list[tuple[str, str, str]] = []
        self._sources = {}
        for one in found or ():
            always = one.values.get("always")
            if isinstance(always, Mapping):
                rules += [(one.module, str(field), str(side)) for field, side in always.items()]
            names = one.values.get(ONE_LINE)
            if isinstance(names, list | tuple):
                self._sources[one.module] = ", ".join(str(name) for name in names)
        self._show_rules(rules)
        self.module.setEnabled(writes)
        self.sources.setEnabled(writes)
        self._show_sources()

    def _show_rules(self, rules: list[tuple[str, str, str]]) -> None:
        if rules == self._shown:
            return
        self._shown = rules
        for line in self.lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self.lines, self.buttons = [], {}
        self.none.setVisible(not rules)
        for module, field, side in rules:
            self.lines.append(self._line(module, field, side))
            self._column.addWidget(self.lines[-1])

    def _line(self, module: str, field: str, side: str) -> QWidget:
        label = QCoreApplication.translate("Modules", MODULES[module].label)
        ours, theirs = self.tr("this computer"), self.tr("Zoho Books")
        words = self.tr("%1, %2: always %3").replace("%1", label).replace("%2", field_label(field))
        words = words.replace("%3", ours if side.endswith("local") else theirs)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(words, "body", wrap=True), 1)
        button = Button(self.tr("Ask again"), "quiet")
        button.setAccessibleName(f"{self.tr('Ask again')}: {words}")
        button.clicked.connect(partial(self._end, module, field))
        self.buttons[module, field] = button
        row.addWidget(button)
        return holder

    def _end(self, module: str, field: str) -> None:
        self._here.bridge.send(SetPolicy(module, ((f"always.{field}", "ask"),)))
        self.buttons[module, field].setEnabled(False)

    def _show_sources(self) -> None:
        if not self.sources.hasFocus():
            self.sources.setText(self._sources.get(str(self.module.currentData()), ""))

    def _sources_entered(self) -> None:
        module = str(self.module.currentData())
        names = ", ".join(name.strip() for name in self.sources.text().split(",") if name.strip())
        if names != self._sources.get(module, ""):
            self._sources[module] = names
            self._here.bridge.send(SetPolicy(module, ((ONE_LINE, names or "default"),)))
