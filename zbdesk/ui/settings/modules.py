"""What is read: one tick a module. What is clicked together is sent together."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox, QWidget

from zbdesk.domain.module import Feed, Module, Section
from zbdesk.domain.modules import MODULES
from zbdesk.sync.commands import SetModules
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import CheckGrid, Rows, show_check
from zbdesk.ui.state import DeskState

REST = 400


def chosen_modules(state: DeskState) -> tuple[str, ...]:
    """What is on, as the database has it."""
    return tuple(counts.module for counts in state.modules() if counts.enabled)


class ModuleRows(Rows):
    """The ticks by section."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("ModuleRows", "What is read"))
        self._here = here
        self.checks: dict[str, QCheckBox] = {}
        self._grids: list[CheckGrid] = []
        for section in Section:
            members = [m for m in MODULES.values() if m.section is section and m.feed is not Feed.NESTED]
            if members:
                self.add(_section_word(section), self._checks(members))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST)
        self._soon.timeout.connect(self._send)

    def refresh(self) -> None:
        """Show what holds, unless a tick is still on its way."""
        if self._soon.isActive():
            return
        known = {counts.module: counts for counts in self._here.state.modules()}
        for name, check in self.checks.items():
            counts = known.get(name)
            check.setEnabled(bool(known))
            show_check(check, on=counts.enabled if counts is not None else False)
            reason = counts.off_reason if counts is not None else None
            check.setText(f"{_label(name)} ({self.tr('cannot be read')})" if reason else _label(name))
            check.setToolTip(reason or "")
            check.setAccessibleDescription(reason or "")

    def set_narrow(self, *, narrow: bool) -> None:
        """One column of ticks."""
        super().set_narrow(narrow=narrow)
        for grid in self._grids:
            grid.set_columns(1 if narrow else 3)

    def chosen(self) -> tuple[str, ...]:
        """What is ticked, and the nested lists that come with it."""
        chosen = {name for name, check in self.checks.items() if check.isChecked()}
        known = {counts.module for counts in self._here.state.modules() if counts.enabled}
        nested = {n for n, m in MODULES.items() if m.feed is Feed.NESTED and n in known and m.parent in chosen}
        return tuple(name for name in MODULES if name in chosen | nested)

    def _checks(self, members: list[Module]) -> QWidget:
        boxes = []
        for module in members:
            check = QCheckBox(_label(module.name))
            check.toggled.connect(lambda _on: self._soon.start())
            self.checks[module.name] = check
            boxes.append(check)
        grid = CheckGrid(boxes)
        self._grids.append(grid)
        return grid

    def _send(self) -> None:
        self._here.bridge.send(SetModules(self.chosen(), self._here.preferences.settings.poll_seconds))


def _label(name: str) -> str:
    return QCoreApplication.translate("Modules", MODULES[name].label)


def _section_word(section: Section) -> str:
    tr = QCoreApplication.translate
    return {
        Section.SALES: tr("Sections", "Sales"),
        Section.PURCHASES: tr("Sections", "Purchases"),
        Section.ACCOUNTANT: tr("Sections", "Accountant"),
        Section.BANKING: tr("Sections", "Banking"),
        Section.PROJECTS: tr("Sections", "Projects"),
        Section.SETTINGS: tr("Sections", "Lists and settings"),
    }[section]
