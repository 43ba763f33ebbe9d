"""Fourth step: what the import would do, and how it is to be done."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.sources.base import Outcome
from zbdesk.sources.importing import Report
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.importing import figures, names
from zbdesk.ui.importing.flow import ImportFlow
from zbdesk.ui.importing.page import ImportPage
from zbdesk.ui.outgoing.switch import Switch
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, FormField, Label, Message, Panel, TextField, announce


class CheckPage(ImportPage):
    """A dry run in figures; the last look before anything is written."""

    def __init__(self, flow: ImportFlow, state: DeskState) -> None:
        super().__init__(flow, state, scrolls=True)
        self.say(self.tr("What would be imported"), self.tr("Nothing has been written yet."))
        self.banner = Banner(kind="attention")
        self.content.addWidget(self.banner)
        self.counts, self.totals = figures.Counts(), figures.Totals()
        self.content.addLayout(figures.beside(self.counts, self.totals))
        self.content.addWidget(self._choices())
        self.content.addWidget(self._saving())
        flow.checked.connect(self._show)
        flow.checking.connect(self._show)
        flow.counted.connect(self.changed)
        flow.mappings_changed.connect(self._show)
        flow.failed.connect(self._failed)

    def _choices(self) -> Panel:
        panel = Panel(self.tr("How it is imported"))
        self.good = QRadioButton(self.tr("Take the &good documents, list the others"))
        self.whole = QRadioButton(self.tr("Take &nothing as long as one row is bad"))
        self.group = QButtonGroup(self)
        for button in (self.good, self.whole):
            self.group.addButton(button)
            panel.body.addWidget(button)
        self.good.setChecked(True)
        self.group.buttonToggled.connect(self._chosen)
        panel.body.addSpacing(theme.current().px(1))
        self.hold = Switch(self.tr("&Hold for review"))
        self.hold.toggled.connect(self._hold)
        self.hold_note = Label("", "caption", "text2", wrap=True)
        panel.body.addWidget(self.hold)
        panel.body.addWidget(self.hold_note)
        return panel

    def _saving(self) -> Panel:
        panel = Panel(self.tr("For the next file like this"))
        self.name = TextField(name=self.tr("Name of the mapping"))
        self.save = Button(self.tr("&Save mapping"), "normal", "bookmark")
        self.save.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.saved = Message()
        field = FormField(
            self.tr("Name of the ma&pping"),
            self.name,
            self.tr("Watched folders and the command line use saved mappings by their name."),
            note=self.tr("(optional)"),
            after=self.save,
        )
        self.field = field
        panel.body.addWidget(field)
        panel.body.addWidget(self.saved)
        return panel

    def _chosen(self) -> None:
        self.flow.session.all_or_nothing = self.whole.isChecked()
        self.changed.emit()

    def _hold(self, on: bool) -> None:
        self.flow.session.hold = on
        self._say_hold()

    def _say_hold(self) -> None:
        on = self.flow.session.hold
        self.hold_note.setText(
            self.tr("Nothing leaves for Zoho Books until you release it under Outgoing.")
            if on
            else self.tr("What is imported leaves for Zoho Books with the next sync.")
        )

    def _save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.field.set_error(self.tr("Give the mapping a name."))
            self.name.setFocus()
            return
        self.field.set_error("")
        self.save.setEnabled(False)
        self.flow.save_mapping(name, self._kept, self._not_kept)

    def _kept(self) -> None:
        self.save.setEnabled(True)
        self.saved.say(self.tr("Saved as %1.").replace("%1", self.flow.session.mapping_name), "ok")

    def _not_kept(self, error: ZbdeskError) -> None:
        self.save.setEnabled(True)
        self.field.set_error(f"{error.title} {error.message}".strip())

    def entered(self) -> None:
        """What was found."""
        session = self.flow.session
        self.name.setText(session.mapping_name)
        self.saved.say("")
        self.hold.setChecked(session.hold)
        (self.whole if session.all_or_nothing else self.good).setChecked(True)
        self._say_hold()
        self._show()
        if self.flow.findings is None and not self.flow.is_checking:
            self.flow.check_now()
        announce(self, self.instruction.text())

    def _report(self) -> Report | None:
        return self.flow.findings.report if self.flow.findings is not None else None

    def _show(self) -> None:
        report, formats = self._report(), self.state.formats
        session = self.flow.session
        if report is None:
            self.banner.say("")
            self.changed.emit()
            return
        self.counts.show_counts(report.counts, formats)
        self.totals.show_totals(report.totals, formats)
        documents = sum(report.counts.values())
        file = isolate(session.path.name) if session.path is not None else ""
        words = self.tr("%1: %2 rows are %3 documents. Nothing has been written yet.")
        words = words.replace("%1", file).replace("%2", formats.count(report.rows))
        self.instruction.setText(words.replace("%3", formats.count(documents)))
        refused = report.counts[Outcome.REFUSED]
        if refused:
            fact = plural(
                "ImportCheck", "%n document(s) cannot be imported as they are",
                refused, "%n document cannot be imported as it is", "%n documents cannot be imported as they are",
                formats.count(refused),
            )  # fmt: skip
            self.banner.say(
                fact, self.tr("Go back to mend their cells, or leave them out; they are listed at the end.")
            )
        else:
            self.banner.say("")
        self.changed.emit()

    def _failed(self, error: ZbdeskError) -> None:
        if self.isVisible():
            self.banner.say(error.title, error.message, "problem")
        self.changed.emit()

    def reason(self) -> str:
        """Something that can be imported."""
        report = self._report()
        if self.flow.fault is not None:
            return str(self.flow.fault.title)
        if report is None:
            share = round(100 * self.flow.check_share)
            return self.tr("The rows are being checked, %1 %").replace("%1", str(share))
        if self.flow.session.all_or_nothing and report.counts[Outcome.REFUSED]:
            return self.tr("Some rows are bad, and nothing is taken then. Mend them, or take the good ones.")
        if not report.taken and not report.counts[Outcome.UNCHANGED]:
            return self.tr("No document can be imported as it is.")
        return ""

    def next_text(self) -> str:
        """Import so many of them."""
        report = self._report()
        if report is None:
            return self.tr("&Import")
        module = names.module_name(self.flow.session.module)
        words = self.tr("&Import %1 %2").replace("%1", self.state.formats.count(report.taken))
        return words.replace("%2", module.lower() if module.isascii() else module)

    def help_text(self) -> str:
        """See ``ImportPage``."""
        return self.tr(
            "The import is one batch: as long as nothing of it has left for Zoho Books, it can be rolled back as a "
            "whole, at the end of this import or later under Sources."
        )

    def first_focus(self) -> QWidget | None:
        """See ``ImportPage``."""
        return self.good
