"""Before you start: what will be read, what will be written, and why no document is written twice."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.views import Organization
from zbdesk.ui.formats import Formats, plural
from zbdesk.ui.widgets import Box, Hairline, IconView, Label, gap, pad
from zbdesk.ui.wizard.estimate import Estimate, detail_days


class _Row(QWidget):
    """A word at the start, its figure at the end."""

    def __init__(self, label: str = "") -> None:
        super().__init__()
        self.label = Label(label, "body", "text2", wrap=True)
        self.value = Label("", "strong").at_end()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        gap(row, 2)
        row.addWidget(self.label, 1)
        row.addWidget(self.value)


class Summary(Box):
    """A panel that states the plan; ``show_plan`` fills it."""

    def __init__(self) -> None:
        super().__init__("window")
        column = QVBoxLayout(self)
        pad(column, 4, 3.5, 4, 4)
        gap(column, 2)
        column.addWidget(Label(self.tr("Before you start"), "panel"))
        self.organization = Label("", "caption", "text2", wrap=True)
        column.addWidget(self.organization)
        column.addLayout(_head("download", self.tr("Will be read")))
        self.records, self.calls, self.time, self.lines = (_Row() for _ in range(4))
        self.time.label.setText(self.tr("Time"))
        self.lines.label.setText(self.tr("Line items"))
        for row in (self.records, self.calls, self.time, self.lines):
            column.addWidget(row)
        column.addWidget(Hairline())
        column.addLayout(_head("cloud-upload", self.tr("Will be written")))
        self.written = Label("", "body", "text2", wrap=True)
        column.addWidget(self.written)
        self.deleting = _Row(self.tr("Deleting in Zoho Books"))
        self.deleting.value.setText(self.tr("never"))
        column.addWidget(self.deleting)
        column.addWidget(Hairline())
        column.addLayout(_head("scan-search", self.tr("No document twice")))
        twice = self.tr(
            "zbdesk looks for what it sent before it repeats anything: by a field in which Zoho Books refuses "
            "duplicates where there is one, else by your own number, the e-mail address or a reference. Settings "
            "shows which, and offers to make the field."
        )
        column.addWidget(Label(twice, "body", "text2", wrap=True))
        self.setAccessibleName(self.tr("Before you start"))

    def show_plan(
        self,
        organization: Organization,
        guess: Estimate,
        *,
        modules: int,
        per_day: int | None,
        read_only: bool,
        details: bool,
    ) -> None:
        """State the plan of ``modules`` modules of ``organization``."""
        formats = Formats(organization)
        least = "" if guess.complete else self.tr("at least") + " "
        self.organization.setText(organization.name)
        self.records.label.setText(
            plural("Summary", "Records in %n module(s)", modules, "Records in %n module", "Records in %n modules")
        )
        self.records.value.setText(least + formats.count(guess.records))
        today = self.tr("Calls of today’s %1").replace("%1", formats.count(per_day)) if per_day else self.tr("Calls")
        self.calls.label.setText(today)
        self.calls.value.setText(least + formats.count(guess.calls))
        self.time.value.setText(least + about(timedelta(seconds=guess.seconds)))
        self.lines.setVisible(details)
        days = detail_days(guess.detail_calls, per_day)
        price = self.tr("%1 calls").replace("%1", formats.count(guess.detail_calls))
        if days:
            span = plural("Summary", "%n day(s)", days, "%n day", "%n days")
            price = f"{price}, {span}"
        self.lines.value.setText(price)
        self.written.setText(
            self.tr("Nothing. The direction is read only; you can change it later in Settings.")
            if read_only
            else self.tr("Nothing during the first sync. Later only what you import, enter or release here.")
        )
        self.deleting.setVisible(not read_only)


def _head(icon: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    gap(row, 2)
    row.addWidget(IconView(icon, "text2"))
    row.addWidget(Label(text, "strong"), 1)
    return row


def about(span: timedelta) -> str:
    """Return a duration as people plan with it: ``about 9 minutes``."""
    seconds = span.total_seconds()
    minutes = max(1, round(seconds / 60))
    if seconds < 60:
        return QCoreApplication.translate("Summary", "less than a minute")
    if minutes < 120:
        return plural("Summary", "about %n minute(s)", minutes, "about %n minute", "about %n minutes")
    return plural("Summary", "about %n hour(s)", round(minutes / 60), "about %n hour", "about %n hours")
