"""The Webhooks page: the way with its legs, address and secret, the checklist, what arrived, what is passed on.

Shows what one question to the database says, and asks again whenever the sync thread nudges. Holds no rule.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks import words
from zbdesk.ui.webhooks.acts import Acts, Doer
from zbdesk.ui.webhooks.address import AddressPanel
from zbdesk.ui.webhooks.checklist import ChecklistPanel
from zbdesk.ui.webhooks.events_panel import EventsPanel
from zbdesk.ui.webhooks.guide import GuideDialog
from zbdesk.ui.webhooks.legs import LegsPanel
from zbdesk.ui.webhooks.onward import OnwardPanel
from zbdesk.ui.webhooks.secret import SecretDialog
from zbdesk.ui.webhooks.setup import SetUpDialog
from zbdesk.ui.webhooks.way import WayDialog
from zbdesk.ui.widgets import Banner, Button, Elided, IconView, Label, Panel, Segmented, announce

PATIENCE = timedelta(seconds=90)
"""A test may take so long: every leg may take its whole patience."""


class WebhooksPage(ScrollPage):
    """One page of the window. ``sentence``: for its foot. ``settings_wanted``: the port is chosen there."""

    sentence = Signal(str, bool)
    settings_wanted = Signal()

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences, acts: Acts) -> None:
        super().__init__(self.tr("Webhooks"))
        self._state, self._bridge, self._preferences = state, bridge, preferences
        self.doer = Doer(acts, self)
        self.page: WebhookPage | None = None
        self.dialog: QWidget | None = None
        self._testing_since: datetime | None = None
        self._testing_again = False
        self._banner_act = ""
        self._reading = self._again = False
        self._part = ""
        self._build()
        self._connect()

    # ---- building ------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        look = theme.current()
        self.title = Label(self.tr("Webhooks"), "page")
        self.shape = IconView("circle-dashed")
        self.standing = Elided("", "body", "text2")
        self.test = Button(self.tr("&Test the way now"), "normal", "radio")
        head = QHBoxLayout()
        head.setSpacing(look.px(2))
        head.addWidget(self.title)
        head.addSpacing(look.px(1))
        head.addWidget(self.shape)
        head.addWidget(self.standing, 1)
        head.addWidget(self.test)
        self.banner = Banner(action=self.tr("Choose another way…"))
        self.legs = LegsPanel(self._state)
        self.address = AddressPanel(self._state)
        self.checklist = ChecklistPanel(self._state)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(look.px(3))
        self._middle.addWidget(self.address, 4)
        self._middle.addWidget(self.checklist, 3)
        self.listing = Panel("", padded=False)
        self.events = EventsPanel(self._state, self._bridge, self.doer)
        self.onward = OnwardPanel(self._state, self._bridge, self.doer)
        self.views = Segmented(
            [
                ("events", self.tr("Events")),
                ("targets", self.tr("Passed on to")),
                ("deliveries", self.tr("Deliveries")),
            ],
            name=self.tr("What is listed"),
        )
        bar = self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        bar.setContentsMargins(look.px(3), look.px(3), look.px(3), look.px(2))
        bar.setSpacing(look.px(3))
        bar.addWidget(self.views)
        tools = QWidget()
        self._tools = QStackedLayout(tools)
        self._tools.addWidget(self.events.tools)
        self._tools.addWidget(self.onward.target_tools)
        self._tools.addWidget(self.onward.delivery_tools)
        bar.addWidget(tools, 1)
        self.listing.body.addLayout(bar)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.events)
        self._stack.addWidget(self.onward)
        holder.setMinimumHeight(look.px(50))
        self.listing.body.addWidget(holder, 1)
        self._arrange(head)

    def _arrange(self, head: QHBoxLayout) -> None:
        look = theme.current()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(4), look.px(3), look.px(4), look.px(4))
        column.setSpacing(look.px(3))
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.legs)
        column.addLayout(self._middle)
        column.addWidget(self.listing, 1)
        self.set_body(body)

    def _connect(self) -> None:
        self.test.clicked.connect(self.test_now)
        self.banner.acted.connect(self._act_on_banner)
        self.address.guide_wanted.connect(self.open_guide)
        self.address.way_wanted.connect(self.open_way)
        self.address.secret_wanted.connect(self.open_secret)
        self.address.set_up_wanted.connect(self.open_set_up)
        self.views.changed.connect(self.show_view)
        for panel in (self.events, self.onward):
            panel.said.connect(self._say)
            panel.failed.connect(self._failed)
        self.onward.changed.connect(self.refresh)
        self.doer.failed.connect(self._failed)
        self._state.changed.connect(self._state_changed)
        # Times of "in 1.8 s" and "next at" move without any event, and a test must not seem to go on for ever.
        self._clock = QTimer(self)
        self._clock.setInterval(5_000)
        self._clock.timeout.connect(self._state_changed)
        self._clock.start()
        # What was just said stays readable before the foot shows how the way stands again.
        self._spoken = QTimer(self)
        self._spoken.setSingleShot(True)
        self._spoken.setInterval(15_000)

    def set_size(self, size: str) -> None:
        """Wide, medium or narrow."""
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if size == "narrow" else way.LeftToRight)
        self._bar.setDirection(way.TopToBottom if size == "narrow" else way.LeftToRight)
        self.legs.set_size(size)
        self.address.set_size(size)
        self.events.set_size(size)
        self.onward.set_size(size)

    def showEvent(self, event: QShowEvent) -> None:
        """What is so now."""
        super().showEvent(event)
        self.refresh()

    def show_view(self, view: str) -> None:
        """Events, own addresses that get them, or what was sent there."""
        self.views.set_value(view)
        self._tools.setCurrentIndex(("events", "targets", "deliveries").index(view))
        self._stack.setCurrentWidget(self.events if view == "events" else self.onward)
        if view != "events":
            self.onward.show_part(view)

    # ---- reading -------------------------------------------------------------------------------------------------
    def _state_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Ask again, one question at a time."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._bridge.read(lambda reader: reader.webhooks().page(), self._arrived, owner=self, fail=self._not_read)
        self.events.model.refresh()
        if self._stack.currentWidget() is self.onward:
            self.onward.refresh()

    def _not_read(self, error: ZbdeskError) -> None:
        self._reading = False
        self.banner.say(error.title, error.message, "problem")
        self._banner_act = "retry"
        self._name_banner(self.tr("Try again"))

    def _arrived(self, page: WebhookPage | None) -> None:
        self._reading = False
        if page is not None:
            self._show(page)
        if self._again:
            self._again = False
            QTimer.singleShot(200, self, self.refresh)

    def _show(self, page: WebhookPage) -> None:
        self.page = page
        self._look_at_test(page)
        testing = self._testing_since is not None
        word = words.standing(page)
        self.shape.show_icon(word.icon, word.role)
        self.standing.setText(word.text)
        self.standing.set_role(word.role)
        self.legs.show_page(page, testing=testing)
        self.address.show_page(page)
        self.checklist.show_page(page)
        self.events.show_page(page)
        self.onward.show_page(page)
        self.test.setEnabled(not testing)
        self.test.setText(self.tr("Testing…") if testing else self.tr("&Test the way now"))
        self._show_banner(page)
        part, self._part = self._part, ""
        if part:
            self.open_part(part)
        if not self._spoken.isActive():
            self.sentence.emit(words.sentence(page), False)

    def _look_at_test(self, page: WebhookPage) -> None:
        """A test that was asked for has its answer, or is given up."""
        since = self._testing_since
        if since is None:
            return
        way = page.overview.way
        test = way.test if way is not None else None
        if test is not None and test.cause == "user" and test.at >= since:
            self._testing_since = None
            announce(self, test.sentence)
        elif self._state.now() - since > PATIENCE:
            self._testing_since = None
            self._say(self.tr("The test has not told a result. Test once more."))

    def _show_banner(self, page: WebhookPage) -> None:
        """The gravest thing about the way, with its button; nothing where all is in order."""
        way, overview = page.overview.way, page.overview
        test, tunnel = (way.test, way.tunnel) if way is not None else (None, None)
        health = way.health if way is not None else None
        wanted = tunnel is not None and tunnel.state != "off"
        polls = self._polls(page)
        trouble = {one.cause: one for one in page.troubles}
        port, signature = trouble.get("webhook_port"), trouble.get("webhook_signature")
        if port is not None:
            self._say_banner(port.message, f"{port.remedy} {polls}", "problem", "settings")
        elif signature is not None:
            self._say_banner(signature.message, f"{signature.remedy} {polls}", "problem", "secret")
        elif wanted and tunnel is not None and tunnel.state == "broken":
            self._say_banner(tunnel.sentence, f"{tunnel.remedy} {polls}", "problem", "way")
        elif wanted and test is not None and not test.ok:
            act = "secret" if test.leg == "signature" else "way"
            self._say_banner(test.sentence, f"{test.remedy} {polls}", "problem", act)
        elif health is not None and health.state in {"gap", "failing"}:
            self._say_banner(health.sentence, f"{health.remedy} {polls}", "attention", "guide")
        elif tunnel is not None and wanted and not tunnel.signed:
            said = self.tr("This relay writes messages anew, so no signature can hold.")
            more = self.tr(
                "Its events are hints that only make zbdesk read the record again. Never use a public one "
                "for real books."
            )
            self._say_banner(said, more, "attention", "way")
        elif overview.public_url is None and overview.last_event_at is None:
            said = self.tr("Changes come every %1 min. With webhooks they come within seconds.")
            said = said.replace("%1", str(max(1, round(self._preferences.settings.poll_seconds / 60))))
            more = self.tr("Choose how Zoho Books reaches this computer, make a secret, and set up the modules there.")
            self._say_banner(said, more, "note", "way")
        else:
            self.banner.say("")

    def _polls(self, page: WebhookPage) -> str:
        """How often zbdesk looks until webhooks are back."""
        health = page.overview.way.health if page.overview.way is not None else None
        if health is None or health.state not in {"gap", "failing"}:
            return ""
        settings = self._preferences.settings
        minutes = max(1, round(min(settings.poll_seconds, settings.fallback_seconds) / 60))
        said = self.tr("Until it is mended zbdesk looks every %1 min, since %2; nothing is lost.")
        since = self._state.formats.moment(health.since, self._state.now())
        return said.replace("%1", str(minutes)).replace("%2", since)

    def _say_banner(self, fact: str, more: str, kind: str, act: str) -> None:
        self.banner.say(fact, more.strip(), kind)
        self._banner_act = act
        self._name_banner({
            "way": self.tr("Choose the way…"), "secret": self.tr("Change the secret…"),
            "guide": self.tr("What to paste where…"), "settings": self.tr("Open settings"),
        }[act])  # fmt: skip

    def _name_banner(self, words_: str) -> None:
        assert self.banner.action is not None  # noqa: S101 - made with one
        self.banner.action.setText(words_)

    def _act_on_banner(self) -> None:
        {
            "way": self.open_way, "secret": self.open_secret, "guide": self.open_guide, "retry": self.refresh,
            "settings": self.settings_wanted.emit,
        }[self._banner_act]()  # fmt: skip

    # ---- acts ----------------------------------------------------------------------------------------------------
    def test_now(self) -> None:
        """Have all legs tested; the result comes into the database and from there to here."""
        if self._testing_since is not None:
            return
        self._testing_since = self._state.now()
        self.test.setEnabled(False)
        self.test.setText(self.tr("Testing…"))
        self.doer.do(self.doer.acts.test, lambda _: self.refresh(), owner=self, fail=self._test_failed)

    def _test_failed(self, error: ZbdeskError) -> None:
        self._testing_since = None
        self.refresh()
        self._failed(error)

    def open_part(self, part: str) -> None:
        """Come from elsewhere with a purpose: test, way, secret, guide, set_up or deliveries."""
        if self.page is None:
            self._part = part  # once it is known how things stand
        elif part == "deliveries":
            self.show_view(part)
        elif part == "test":
            self.test_now()
        else:
            {"way": self.open_way, "secret": self.open_secret, "guide": self.open_guide, "set_up": self.open_set_up}[
                part
            ]()

    def open_way(self) -> None:
        """Choose how Zoho Books reaches this computer."""
        if self.page is not None:
            dialog = WayDialog(self, self._state, self.doer, self._preferences, self.page)
            dialog.chosen.connect(self._way_chosen)
            self._open(dialog)

    def _way_chosen(self) -> None:
        self._say(self.tr("Chosen. It is taken up within seconds and then tested."))
        self.refresh()

    def open_secret(self) -> None:
        """Make the secret, or change it."""
        if self.page is not None:
            dialog = SecretDialog(self, self._state, self.doer, self.page)
            dialog.made.connect(self.refresh)
            self._open(dialog)

    def open_guide(self) -> None:
        """What to paste where."""
        if self.page is not None:
            dialog = GuideDialog(self, self._state, self.page)
            dialog.secret_wanted.connect(self.open_secret)
            self._open(dialog)

    def open_set_up(self) -> None:
        """Have it set up in Zoho Books, or taken away again."""
        if self.page is not None:
            dialog = SetUpDialog(self, self._state, self.doer, self.page)
            dialog.guide_wanted.connect(self.open_guide)
            dialog.ended.connect(self.refresh)
            self._open(dialog)

    def _open(self, dialog: QWidget) -> None:
        self.dialog = dialog
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()  # type: ignore[attr-defined]

    def _say(self, words_: str) -> None:
        self._spoken.start()
        self.sentence.emit(words_, True)
        announce(self, words_)

    def _failed(self, error: ZbdeskError) -> None:
        self._spoken.start()
        self.sentence.emit(f"{error.title} {error.message}".strip(), True)
        announce(self, f"{error.title} {error.message}", urgent=True)
