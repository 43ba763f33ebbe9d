"""Notifications: each kind by itself, how many an hour, and a rest from all of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QCheckBox

from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows, show_check, stack
from zbdesk.ui.widgets import Button, Label

COUNTS = (1, 2, 4, 6, 10, 20, 60)
MINUTE = 60_000


class NoticeRows(Rows):
    """A master switch and one for each kind."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("NoticeRows", "Tell me"))
        self._here = here
        self.notices: dict[str, QCheckBox] = {}
        for name, words in (
            ("notify", self.tr("Show notifications")),
            ("notify_sign_in", self.tr("when the sign-in has ended")),
            ("notify_problems", self.tr("when something could not be done")),
            ("notify_conflicts", self.tr("when both sides changed the same record")),
            ("notify_first_sync", self.tr("when the first sync or a long one is done")),
            ("notify_recovered", self.tr("when it works again")),
        ):
            check = QCheckBox(words)
            check.toggled.connect(lambda on, name=name: self._here.change(**{name: on}))
            self.notices[name] = check
        first, *kinds = self.notices.values()
        self.add(
            self.tr("All of them"),
            first,
            help_text=self.tr("Off means none at all. Nothing is only in a notification: the window says it too."),
        )
        self.add(self.tr("Kinds"), stack(*kinds))
        self.hourly = Choice([(str(one), one) for one in COUNTS], self.tr("An hour at most"))
        self.hourly.chosen.connect(lambda value: self._here.change(notify_per_hour=value))
        self.add(
            self.tr("An hour at most"),
            self.hourly,
            help_text=self.tr("One for one cause. What comes on top is summed up in a single one."),
        )

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        for name, check in self.notices.items():
            show_check(check, on=bool(getattr(settings, name)))
            check.setEnabled(name == "notify" or settings.notify)
        self.hourly.show_value(settings.notify_per_hour, str(settings.notify_per_hour))


class QuietRows(Rows):
    """Mute for a while, with what is left of it."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("QuietRows", "Mute for a while"))
        self._here = here
        self.state_of = Label("", "body", wrap=True)
        self.half = Button(self.tr("30 minutes"))
        self.hour = Button(self.tr("1 hour"))
        self.tomorrow = Button(self.tr("Until tomorrow"))
        self.again = Button(self.tr("Show them again"), icon="bell")
        for button, word in (
            (self.half, "snooze/30"),
            (self.hour, "snooze/60"),
            (self.tomorrow, "snooze/tomorrow"),
            (self.again, "snooze/end"),
        ):
            button.clicked.connect(lambda _checked=False, word=word: self._want(word))
        self.add(self.tr("Now"), self.state_of)
        self.add(self.tr("Mute"), self.half, self.hour, self.tomorrow, self.again)
        self._beat = QTimer(self)
        self._beat.setInterval(MINUTE)
        self._beat.timeout.connect(self.refresh)
        self._beat.start()

    def refresh(self) -> None:
        """How long it still lasts."""
        state = self._here.state
        until, now = state.snoozed_until, state.now()
        muted = until is not None and until > now
        self.again.setVisible(muted)
        if until is None or not muted:
            self.state_of.setText(self.tr("Notifications are shown."))
            return
        words = self.tr("Muted until %1, %2 left.").replace("%1", state.formats.time(until))
        self.state_of.setText(words.replace("%2", state.formats.duration(until - now)))

    def _want(self, word: str) -> None:
        self._here.wanted(word)
        self.refresh()
