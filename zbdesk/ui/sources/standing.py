"""What goes out by itself and who may ask: the scheduled export and the local interface, each with its state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.importing.jobs import Jobs
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.sources.services import services_of
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, IconView, Label, Panel, announce


class Standing(Panel):
    """One of them: a state with its shape, what is set, and buttons."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        look = theme.current()
        self.icon = IconView("circle-dashed", "text2")
        self.fact = Label("", "strong", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(look.px(2))
        line.addWidget(self.icon)
        line.addWidget(self.fact, 1)
        self.words = Label("", "body", "text2", wrap=True)
        self.banner = Banner(kind="problem")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(look.px(2))
        self.body.addLayout(line)
        self.body.addWidget(self.words)
        self.body.addWidget(self.banner)
        self.body.addLayout(self.buttons)

    def say(self, fact: str, words: str, icon: str, role: str) -> None:
        """How it stands."""
        self.fact.setText(fact)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.icon.show_icon(icon, role)


class StandingPage(ScrollPage):
    """``settings_wanted``: the place where both are set."""

    sentence = Signal(str, bool)
    settings_wanted = Signal()
    settled = Signal()

    def __init__(self, state: DeskState, preferences: Preferences, jobs: Jobs) -> None:
        super().__init__(self.tr("Exports and programs"))
        self.state, self.preferences, self.jobs = state, preferences, jobs
        look = theme.current()
        self.export = Standing(self.tr("Scheduled export"))
        self.run = Button(self.tr("E&xport now"), "normal", "download")
        self.set_export = Button(self.tr("Se&t it up…"), "normal", "settings")
        self.interface = Standing(self.tr("Local interface"))
        self.set_interface = Button(self.tr("Set up and to&kens…"), "normal", "key-round")
        for standing, buttons in (
            (self.export, (self.run, self.set_export)),
            (self.interface, (self.set_interface,)),
        ):
            for button in buttons:
                standing.buttons.addWidget(button)
            standing.buttons.addStretch(1)
        self.run.clicked.connect(self.export_now)
        self.set_export.clicked.connect(self.settings_wanted)
        self.set_interface.clicked.connect(self.settings_wanted)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(4), look.px(3), look.px(4), look.px(4))
        column.setSpacing(look.px(3))
        column.addWidget(self.export)
        column.addWidget(self.interface)
        column.addStretch(1)
        self.set_body(body)
        preferences.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Ask how both stand."""
        services, settings = services_of(self), self.preferences.settings
        if services is None:
            return
        self.jobs.start(
            lambda _job: (services.export_at(settings), [one.name for one in services.tokens()]),
            lambda found: self._arrived(*found),
            fail=self._export_failed,
        )

    def _arrived(self, last: datetime | None, tokens: list[str]) -> None:
        self._show_export(last)
        settings = self.preferences.settings
        port = str(settings.interface_port)
        if settings.interface_enabled:
            fact = self.tr("On, at port %1").replace("%1", isolate(port))
            if settings.interface_network:
                fact = self.tr("On for other computers too, at port %1").replace("%1", isolate(port))
            self.interface.say(fact, self._tokens(tokens), "circle-check", "ok")
        else:
            words = self.tr("Programs of this computer can hand documents over and ask what became of them.")
            self.interface.say(self.tr("Off"), words, "circle-dashed", "text2")
        self.settled.emit()

    def _tokens(self, tokens: list[str]) -> str:
        if not tokens:
            return self.tr("No token has been made: nobody is let in.")
        return self.tr("Tokens: %1").replace("%1", ", ".join(isolate(name) for name in tokens))

    def _show_export(self, last: datetime | None) -> None:
        settings, formats = self.preferences.settings, self.state.formats
        on = bool(settings.export_folder.strip() and settings.export_modules.strip())
        self.run.setEnabled(on)
        self.set_export.setText(self.tr("Chan&ge it…") if on else self.tr("Se&t it up…"))
        if not on:
            words = self.tr(
                "Chosen records are written to a folder every so many hours, for reports and other programs."
            )
            self.export.say(self.tr("Off"), words, "circle-dashed", "text2")
            return
        hours = f"{settings.export_hours:g}"
        fact = self.tr("Every %1 hours to %2").replace("%1", hours).replace("%2", isolate(settings.export_folder))
        when = self.tr("Not yet written")
        if last is not None:
            when = self.tr("Last written %1").replace("%1", formats.moment(last, self.state.now()))
        self.export.say(fact, f"{when} · {settings.export_modules} · {settings.export_format}", "circle-check", "ok")

    def export_now(self) -> None:
        """Write it now."""
        services, settings = services_of(self), self.preferences.settings
        if services is None:
            return
        self.run.setEnabled(False)
        self.export.banner.say("")
        self.jobs.start(lambda _job: services.export_now(settings), self._exported, fail=self._export_failed)

    def _exported(self, report: Mapping[str, Any]) -> None:
        failed = report.get("errors") or {}
        if failed:
            fact = self.tr("Not everything could be written.")
            self.export.banner.say(fact, " ".join(str(words) for words in failed.values()), "attention")
        else:
            said = self.tr("The export is written.")
            self.sentence.emit(said, True)
            announce(self, said)
        self.refresh()

    def _export_failed(self, error: ZbdeskError) -> None:
        self.run.setEnabled(True)
        self.export.banner.say(error.title, error.message, "problem")
        announce(self, f"{error.title} {error.message}", urgent=True)
        self.settled.emit()
