"""The outgoing page: lanes with counts, what is held and released, what is in doubt, what would be written.

Must not decide what leaves: it shows the store's lanes and sends Release, HoldForReview, CancelPending. Invariant: the
number on the button is the number of records that are chosen and can be seen.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import OutgoingSummary, OutgoingView, PlannedWrite, Preflight, RunQuestion
from zbdesk.sync.commands import CancelPending, HoldForReview, Release
from zbdesk.sync.events import CommandFailed
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.formats import plural
from zbdesk.ui.outgoing.dry_run import DryRunDialog
from zbdesk.ui.outgoing.preflight import PreflightPane
from zbdesk.ui.outgoing.switch import Switch
from zbdesk.ui.outgoing.table import OutgoingModel, OutgoingTable
from zbdesk.ui.outgoing.words import LANES, doubt_words, lane_word
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.runs.allow import AllowDialog
from zbdesk.ui.runs.words import limit_words, records_of
from zbdesk.ui.settings.rows import Choice
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, EmptyState, Hairline, IconView, Label, Segmented, Surface, announce
from zbdesk.ui.widgets.surfaces import Box

MOST = 5000
"""Rows of a lane that are shown; the count above is of all."""

_CHOOSABLE = {"held", "waiting", "closed_period"}


class _Answer(NamedTuple):
    lane: str
    summary: OutgoingSummary
    rows: list[OutgoingView]
    doubts: list[OutgoingView]


class OutgoingPage(QWidget):
    """``sentence``: the status bar's text."""

    sentence = Signal(str, bool)

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__()
        del preferences  # the same constructor as the other pages
        self._state, self._bridge = state, bridge
        self._size = ""
        self._lane = ""
        self._known = False
        self._error: ZbdeskError | None = None
        self._summary = OutgoingSummary(hold=False)
        self._asked: Question | None = None
        self._question: Question | None = None
        self._doubts: list[OutgoingView] = []
        self.model = OutgoingModel(self)
        self.table = OutgoingTable(self.model)
        self.pane = PreflightPane()
        self.empty = EmptyState("hourglass", "")
        self.notice = Banner(kind="problem")
        self.large = Banner(kind="attention", action=self.tr("&Look at it…"))
        self._run_asked: RunQuestion | None = None
        self._lay_out()
        self._connect()
        # The window may be smaller than all parts side by side: sizes below are arranged by set_size.
        self.setMinimumSize(theme.current().px(90), theme.current().px(60))
        self.set_size("wide")

    # ---- building ------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        look = theme.current()
        self.hold = Switch(self.tr("Hold f&or review"))
        titles = QHBoxLayout()
        titles.addWidget(Label(self.tr("Outgoing"), "page"))
        titles.addStretch(1)
        titles.addWidget(self.hold)
        self.lanes = Segmented([(lane, lane_word(lane).text) for lane in LANES], name=self.tr("Lanes"))
        self.lane_list = Choice([(lane_word(lane).text, lane) for lane in LANES], self.tr("Lane"))
        self.lane_list.hide()
        head = QVBoxLayout()
        head.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(3))
        head.setSpacing(look.px(2.5))
        head.addLayout(titles)
        head.addWidget(self.lanes)
        head.addWidget(self.lane_list)
        head.addWidget(self.large)
        head.addWidget(self.notice)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addWidget(holder, 1)
        column.addWidget(self._make_doubt())
        self._strip = Surface("base")
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(look.px(3), look.px(2), look.px(3), look.px(2))
        self._more = Button(self.tr("What will &be written…"), "primary")
        strip.addStretch(1)
        strip.addWidget(self._more)
        column.addWidget(self._strip)
        self._left = left
        self._line = Hairline(upright=True)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._split.setContentsMargins(0, 0, 0, 0)
        self._split.setSpacing(0)
        self._split.addWidget(left, 1)
        self._split.addWidget(self._line)
        self._split.addWidget(self.pane)

    def _make_doubt(self) -> QWidget:
        """The explanation of an attempt in doubt, below the table."""
        look, box = theme.current(), Box("window")
        inside = QHBoxLayout(box)
        inside.setContentsMargins(look.px(3), look.px(2.5), look.px(3), look.px(2.5))
        inside.setSpacing(look.px(3))
        inside.addWidget(IconView("scan-search", "attention"))
        words = QVBoxLayout()
        words.setSpacing(look.px(0.5))
        self.doubt_fact = Label("", "strong", wrap=True)
        self.doubt_words = Label("", "body", "text2", wrap=True)
        words.addWidget(self.doubt_fact)
        words.addWidget(self.doubt_words)
        inside.addLayout(words, 1)
        self.doubt = QWidget()
        around = QHBoxLayout(self.doubt)
        around.setContentsMargins(look.px(3), look.px(3), look.px(3), look.px(3))
        around.addWidget(box)
        return self.doubt

    def _connect(self) -> None:
        self.lanes.changed.connect(self.show_lane)
        self.lane_list.chosen.connect(lambda lane: self.show_lane(str(lane)))
        self.hold.clicked.connect(self._hold)
        self.large.acted.connect(self.look_at_run)
        self._more.clicked.connect(lambda: self.show_pane(opened=True))
        self.pane.back.clicked.connect(lambda: self.show_pane(opened=False))
        self.model.checked_changed.connect(self._chosen)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._say_doubt())
        self.pane.write_wanted.connect(self.release)
        self.pane.list_wanted.connect(self.dry_run)
        self.pane.cancel_wanted.connect(self.take_back)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._rest.timeout.connect(self._ask)
        self._state.changed.connect(self._refresh)
        self._state.records_changed.connect(lambda _names: self._refresh())
        self._state.command_failed.connect(self._command_failed)

    def set_size(self, size: str) -> None:
        """Wide: pane at the end. Medium: narrower. Narrow: one of the two at a time."""
        if size == self._size:
            return
        self._size = size
        look, narrow = theme.current(), size == "narrow"
        self._line.setVisible(not narrow)
        self.pane.setMinimumWidth(0)
        self.pane.setMaximumWidth(16_777_215)
        if not narrow:
            self.pane.setFixedWidth(look.px(71 if size == "wide" else 62))
        self.pane.back.setVisible(narrow)
        self._strip.setVisible(narrow)
        self.show_pane(opened=False)
        self._fit_lanes()

    def show_pane(self, *, opened: bool) -> None:
        """On a narrow window the table or what it means, else both."""
        narrow = self._size == "narrow"
        self.pane.setVisible(not narrow or opened)
        self._left.setVisible(not narrow or not opened)
        if narrow:
            (self.pane.back if opened else self._more).setFocus()

    def _fit_lanes(self) -> None:
        pane = 0 if self._size == "narrow" else self.pane.width()
        room = self.width() - pane - theme.current().px(8)
        fits = self.lanes.sizeHint().width() <= room
        self.lanes.setVisible(fits)
        self.lane_list.setVisible(not fits)

    def resizeEvent(self, event: object) -> None:
        """Lanes become a list where they do not fit side by side."""
        super().resizeEvent(event)  # type: ignore[arg-type] # Qt's own event
        self._fit_lanes()

    # ---- reading -------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Read the lane."""
        super().showEvent(event)
        self._read()

    def _refresh(self) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if self._question is not None:
            self._question.cancel()
        wanted = self._lane

        def look(reader: object) -> _Answer:
            here = ask(reader)
            summary = here.outgoing_summary()
            counts = dict(summary.lanes)
            lane = wanted or next((name for name in LANES if counts.get(name)), "waiting")
            return _Answer(lane, summary, here.outgoing(lane, MOST), here.outgoing("unknown", 20))

        self._question = self._bridge.read(look, self._arrived, owner=self, fail=self._failed)
        self._bridge.read(lambda reader: reader.whole_runs().question(), self._show_question, owner=self)

    def _show_question(self, asked: RunQuestion | None) -> None:
        """Say above everything that a run stopped because it is larger than may go by itself."""
        self._run_asked = asked
        if asked is None:
            self.large.say("")
            return
        formats = self._state.formats
        fact = self.tr("The run stopped before it wrote %1.").replace("%1", records_of(asked, formats))
        self.large.say(fact, " ".join(f"{limit_words(one, formats)}." for one in asked.limits), "attention")

    def look_at_run(self) -> None:
        """The numbers of the run that stopped, and the way to let it go."""
        if self._run_asked is None:
            return
        asked = AllowDialog(self, self._state, self._bridge, self._run_asked)
        asked.allowed.connect(self._run_allowed)
        self.dialog: WriteDialog = asked
        asked.open()

    def _run_allowed(self) -> None:
        self.large.say("")
        words = self.tr("Allowed; they leave now.")
        self.sentence.emit(words, True)
        announce(self, words)

    def _arrived(self, found: _Answer) -> None:
        self._known, self._error = True, None
        self._summary, self._doubts = found.summary, found.doubts
        changed_lane = found.lane != self._lane
        self._lane = found.lane
        counts, formats = dict(found.summary.lanes), self._state.formats
        for lane in LANES:
            words = f"{lane_word(lane).text} {formats.count(counts.get(lane, 0))}"
            self.lanes.button(lane).setText(words)
            self.lanes.button(lane).updateGeometry()
            self.lane_list.setItemText(LANES.index(lane), words)
        self.lanes.set_value(self._lane)
        self.lane_list.setCurrentIndex(LANES.index(self._lane))
        self.hold.setChecked(found.summary.hold)
        self.model.formats = formats
        if changed_lane or found.rows != self.model.rows:
            row = self.table.currentIndex().row()
            self.model.replace(found.rows, checkable=self._lane in _CHOOSABLE, all_on=self._lane == "held")
            if found.rows:
                self.table.selectRow(min(max(row, 0), len(found.rows) - 1))
        self._fit_lanes()
        self._show_page()
        self._say_doubt()

    def _failed(self, error: ZbdeskError) -> None:
        self._error = error
        self._show_page()

    def _show_page(self) -> None:
        tr = self.tr
        if self._error is not None:
            self.empty.show_state("octagon-alert", tr("This cannot be read"), str(self._error), role="problem")
        elif not self._known:
            self.empty.show_state("hourglass", tr("Reading…"))
        else:
            word = lane_word(self._lane)
            facts = {
                "held": (tr("Nothing is held"), tr("What is to leave stops here while Hold for review is on.")),
                "waiting": (tr("Nothing waits"), tr("Changes made here stand here until the next run takes them.")),
                "sending": (tr("Nothing is leaving"), tr("Writes that are on their way stand here.")),
                "unknown": (tr("Nothing is in doubt"), tr("Each write has had its answer.")),
                "closed_period": (tr("No locked months"), tr("Documents of a month that is locked there wait here.")),
                "done": (tr("Nothing has left today"), tr("What was written today stands here.")),
            }
            self.empty.show_state(word.icon, *facts.get(self._lane, (word.text, "")))
        usable = self._error is None and bool(self.model.rows)
        self._stack.setCurrentWidget(self.table if usable else self.empty)

    def show_lane(self, lane: str) -> None:
        """Another lane."""
        self._lane = lane
        self._known = False
        self.lanes.set_value(lane)
        self._read()

    # ---- doubt ---------------------------------------------------------------------------------------------------
    def _say_doubt(self) -> None:
        row = self.table.currentIndex().row()
        here = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        view = here if here is not None and here.lane == "unknown" else next(iter(self._doubts), None)
        self.doubt.setVisible(view is not None and (self._size != "narrow" or self._lane == "unknown"))
        if view is None:
            return
        fact, words = doubt_words(view, self._state.formats)
        if len(self._doubts) > 1:
            rest = len(self._doubts) - 1
            more = plural("Outgoing", "%n more in doubt", rest, "%n more is in doubt.", "%n more are in doubt.")
            words = f"{words} {more}"
        self.doubt_fact.setText(fact)
        self.doubt_words.setText(words)

    # ---- what would be written -----------------------------------------------------------------------------------
    def _chosen(self) -> None:
        self._rest.start()
        self._show_buttons(0)
        self._say()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        keys = self.model.checked()
        if not keys:
            self.pane.say(*self._nothing_words())
            self._show_buttons(0)
            return
        self._asked = self._bridge.read(
            lambda reader: ask(reader).preflight(keys), partial(self._show_preflight, keys), owner=self,
            fail=lambda error: self.pane.say(error.title, error.message),
        )  # fmt: skip

    def _nothing_words(self) -> tuple[str, str]:
        tr = self.tr
        if self._lane in _CHOOSABLE and self.model.rows:
            return tr("What will be written"), tr("Choose records to see what writing them means.")
        words = {
            "sending": tr("These are on their way. Each is written down before it leaves."),
            "unknown": tr("Zoho Books is asked for each of these first; only what is not there is sent again."),
            "done": tr("These are in Zoho Books."),
        }.get(self._lane, "")
        return lane_word(self._lane).text, words

    def _show_preflight(self, keys: tuple[int, ...], found: Preflight) -> None:
        self.pane.show_preflight(found, organization_of(self._state).name, self._state.formats)
        self._show_buttons(len(keys), stays=sum(check.count for check in found.checks))

    def _show_buttons(self, count: int, *, stays: int = 0) -> None:
        choosable = self._lane in _CHOOSABLE
        self.pane.write.setVisible(self._lane == "held")
        leave = max(0, count - stays)
        figure = self._state.formats.count(leave)
        words = self.tr("Write &these %1 to Zoho Books") if leave != 1 else self.tr("Write &this one to Zoho Books")
        self.pane.write.setText(words.replace("%1", figure))
        self.pane.write.setEnabled(leave > 0)
        for button in (self.pane.show_list, self.pane.take_back):
            button.setVisible(choosable)
            button.setEnabled(count > 0)

    # ---- acts ----------------------------------------------------------------------------------------------------
    def release(self) -> None:
        """Let the chosen ones leave."""
        keys = self.model.checked()
        if keys and self._lane == "held":
            self._bridge.send(Release(keys))
            figure = self._state.formats.count(len(keys))
            self.model.check(keys, on=False)
            words = self.tr("%1 released; they leave now.").replace("%1", figure)
            self.sentence.emit(words, True)
            announce(self, words)

    def dry_run(self) -> None:
        """List what would be written, field by field."""
        keys = self.model.checked()
        if keys:
            self._bridge.read(lambda reader: ask(reader).planned(keys), self._show_dry_run, owner=self)

    def _show_dry_run(self, writes: list[PlannedWrite]) -> None:
        self.dialog = DryRunDialog(self, self._state, writes)
        self.dialog.open()

    def take_back(self) -> None:
        """Ask, then cancel the chosen changes; they cannot be brought back."""
        keys = self.model.checked()
        if not keys:
            return
        figure = self._state.formats.count(len(keys))
        count = plural("Outgoing", "%n change(s)", len(keys), "%n change", "%n changes", figure)
        new = sum(view.what == "create" for view in self.model.rows if view.record_id in set(keys))
        words = self.tr("The records are again as both sides last agreed. Zoho Books is not touched.")
        if new:
            gone = plural(
                "Outgoing", "%n new record(s) gone", new, "%n new record is removed here for good.",
                "%n new records are removed here for good.", self._state.formats.count(new),
            )  # fmt: skip
            words = f"{words} {gone}"
        title = self.tr("Cancel %1?").replace("%1", count)
        self.dialog = WriteDialog(self, self._state, title, words, icon="undo-2")
        self.dialog.cancel.setText(self.tr("&Keep them"))
        verb = self.dialog.add_verb(self.tr("&Cancel %1").replace("%1", count), "destructive")
        verb.clicked.connect(lambda: self._cancel(keys))
        self.dialog.open()

    def _cancel(self, keys: tuple[int, ...]) -> None:
        for key in keys:
            self._bridge.send(CancelPending(key))
        self.model.check(keys, on=False)
        self.dialog.accept()

    def _hold(self, on: bool) -> None:
        self._bridge.send(HoldForReview(on))
        words = (
            self.tr("What is to leave is held from now on.") if on else self.tr("Changes leave by themselves again.")
        )
        self.sentence.emit(words, True)
        announce(self, words)

    def _command_failed(self, event: CommandFailed) -> None:
        if self.isVisible():
            self.notice.say(event.title, event.message, "problem")

    def _say(self) -> None:
        if not self.isVisible():
            return
        formats, count = self._state.formats, len(self.model.checked())
        if self._lane == "held":
            chosen = self.tr("%1 of %2 selected").replace("%2", formats.count(len(self.model.rows)))
            self.sentence.emit(
                self.tr("%1 · nothing leaves until you choose to").replace(
                    "%1", chosen.replace("%1", formats.count(count))
                ),
                False,
            )
        else:
            self.sentence.emit("", False)
