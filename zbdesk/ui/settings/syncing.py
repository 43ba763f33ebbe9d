"""When zbdesk looks: how often, at which hours, and when this computer should rather be spared."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, Qt, QTime
from PySide6.QtWidgets import QCheckBox, QTimeEdit

from zbdesk.sync.commands import SetHours, SetModules
from zbdesk.ui import theme
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.modules import chosen_modules
from zbdesk.ui.settings.rows import Choice, Rows, show_check
from zbdesk.ui.widgets import Label

INTERVALS = (300, 900, 1800, 3600, 7200, 14400)
DAYS = ("", "12345", "123456", "67", "7123", "71234")
"""Every day and the working weeks of the markets: Monday to Friday or Saturday, Sunday to Wednesday or Thursday."""

PERCENTS = (10, 20, 30, 50)


class LookingRows(Rows):
    """Interval, hours and line items."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("LookingRows", "When zbdesk looks"))
        self._here = here
        choices = [(self._interval(seconds), float(seconds)) for seconds in INTERVALS]
        self.interval = Choice(choices, self.tr("Look for changes every"))
        self.interval.chosen.connect(self._interval_chosen)
        self._price = self.add(self.tr("Look for changes every"), self.interval, help_text=" ")
        self.only = QCheckBox(self.tr("only at certain hours"))
        self.only.toggled.connect(self._only_toggled)
        self.begin, self.end = self._clock(self.tr("from")), self._clock(self.tr("until"))
        self.days = Choice([(self._days(days), days) for days in DAYS], self.tr("Days"))
        self.days.chosen.connect(lambda _days: self._send_hours())
        self._between = Label(self.tr("and"), "body")
        self._zone = self.add(self.tr("Hours"), self.only, self.begin, self._between, self.end, help_text=" ")
        self.add(self.tr("Days"), self.days)
        self.details = QCheckBox(self.tr("Line items of everything"))
        self.details.toggled.connect(lambda on: self._here.change(fill_details=on))
        self.add(
            self.tr("Line items"),
            self.details,
            help_text=self.tr(
                "One call a document, newest first, inside the day’s calls. "
                "Without it, line items are read when a record is opened or changes."
            ),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        self.interval.show_value(settings.poll_seconds, self._interval(int(settings.poll_seconds)))
        show_check(self.details, on=settings.fill_details)
        limited = bool(settings.hours_from or settings.hours_to or settings.hours_days)
        show_check(self.only, on=limited)
        for edit, text, usual in (
            (self.begin, settings.hours_from, "07:00"),
            (self.end, settings.hours_to, "21:00"),
        ):
            edit.blockSignals(True)
            if not edit.hasFocus():
                edit.setTime(QTime.fromString(text or (usual if not limited else "00:00"), "HH:mm"))
            edit.blockSignals(False)
        self.days.show_value(settings.hours_days, settings.hours_days)
        self.days.setEnabled(limited)
        for widget in (self.begin, self._between, self.end):
            widget.setVisible(limited)
        self._show_zone(limited=limited)
        self._show_price()

    def _show_zone(self, *, limited: bool) -> None:
        overview = self._here.state.overview
        connection = overview.connection if overview is not None else None
        if not limited:
            self._zone.setText(self.tr("At any time of any day. Sync now always runs."))
        elif connection is not None:
            words = self.tr("%1, the zone of the organization. Outside, only webhooks and your clicks are followed.")
            self._zone.setText(words.replace("%1", connection.organization.time_zone))
        else:
            self._zone.setText(self.tr("In the zone of the organization. Sync now always runs."))
        self._zone.show()

    def _show_price(self) -> None:
        seconds = float(self.interval.currentData() or 900)
        chosen = sum(counts.enabled for counts in self._here.state.modules())
        calls = round(timedelta(days=1).total_seconds() / seconds * chosen)
        formats, budget = self._here.state.formats, self._here.state.calls
        words = self.tr("About %1 calls a day when nothing changes").replace("%1", formats.count(calls))
        if budget is not None and budget.limit:
            words = self.tr("About %1 of %2 calls a day when nothing changes")
            words = words.replace("%1", formats.count(calls)).replace("%2", formats.count(budget.limit))
        if "poll_seconds" in self._here.preferences.overridden():
            words += ". " + self.tr("ZBDESK_POLL_SECONDS holds for this start")
        self._price.setText(words + ".")
        self._price.show()

    def _interval_chosen(self, seconds: object) -> None:
        if isinstance(seconds, float) and self._here.change(poll_seconds=seconds):
            self._here.bridge.send(SetModules(chosen_modules(self._here.state), seconds))

    def _only_toggled(self, on: bool) -> None:
        if on:
            times = {"hours_from": self.begin.time().toString("HH:mm"), "hours_to": self.end.time().toString("HH:mm")}
            if times["hours_from"] == times["hours_to"]:
                times = {"hours_from": "07:00", "hours_to": "21:00"}
            self._write(**times)
        else:
            self._write(hours_from="", hours_to="", hours_days="")

    def _send_hours(self) -> None:
        self._write(
            hours_from=self.begin.time().toString("HH:mm"),
            hours_to=self.end.time().toString("HH:mm"),
            hours_days=str(self.days.currentData() or ""),
        )

    def _write(self, **values: str) -> None:
        if self._here.change(**values):
            settings = self._here.preferences.settings
            self._here.bridge.send(SetHours(settings.hours_from, settings.hours_to, settings.hours_days))

    def _clock(self, name: str) -> QTimeEdit:
        edit = QTimeEdit()
        edit.setDisplayFormat("HH:mm")
        edit.setAccessibleName(name)
        edit.setKeyboardTracking(False)
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        edit.setMinimumHeight(theme.current().control_height)
        edit.setMinimumWidth(theme.current().px(20))
        edit.timeChanged.connect(lambda _time: self._send_hours())
        return edit

    def _days(self, days: str) -> str:
        return {
            "": self.tr("every day"),
            "12345": self.tr("Monday to Friday"),
            "123456": self.tr("Monday to Saturday"),
            "67": self.tr("Saturday and Sunday"),
            "7123": self.tr("Sunday to Wednesday"),
            "71234": self.tr("Sunday to Thursday"),
        }[days]

    def _interval(self, seconds: int) -> str:
        if seconds % 3600 == 0:
            hours = seconds // 3600
            return self.tr("hour") if hours == 1 else self.tr("%1 hours").replace("%1", str(hours))
        if seconds % 60 == 0:
            return self.tr("%1 minutes").replace("%1", str(seconds // 60))
        return self.tr("%1 seconds").replace("%1", str(seconds))


class SparingRows(Rows):
    """When this computer should be spared."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("SparingRows", "Pause by itself"))
        self._here = here
        self.metered = QCheckBox(self.tr("on a metered connection"))
        self.battery = QCheckBox(self.tr("when the battery is low"))
        self.percent = Choice([(f"{one} %", one) for one in PERCENTS], self.tr("Battery below"))
        self.metered.toggled.connect(lambda on: self._here.change(pause_metered=on))
        self.battery.toggled.connect(lambda on: self._here.change(pause_battery=on))
        self.percent.chosen.connect(lambda value: self._here.change(battery_percent=value))
        self.add(self.tr("Network"), self.metered)
        self.add(self.tr("Battery"), self.battery)
        self.add(
            self.tr("Low is below"),
            self.percent,
            help_text=self.tr("The reason then stands in the foot of the window; Sync now runs once all the same."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        show_check(self.metered, on=settings.pause_metered)
        show_check(self.battery, on=settings.pause_battery)
        self.percent.show_value(settings.battery_percent, f"{settings.battery_percent} %")
