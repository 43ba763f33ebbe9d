"""The outgoing page: lanes with counts, what is held and released, what is in doubt, what would be written.

Must not decide what leaves: it shows the store's lanes and sends Release, HoldForReview, CancelPending. Invariant: the
number on the button is the number of records that are chosen and can be seen.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import OutgoingSummary, OutgoingView, PlannedWrite, Preflight, RunQuestion
from zbdesk.sync.commands import CancelPending, HoldForReview, Release
from zbdesk.sync.events import CommandFailed
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.formats import plural
from zbdesk.ui.outgoing.dry_run import DryRunDialog
from zbdesk.ui.outgoing.frame import OutgoingFrame
from zbdesk.ui.outgoing.words import LANES, doubt_words, lane_word
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.runs.allow import AllowDialog
from zbdesk.ui.runs.words import limit_words, records_of
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import announce

MOST = 5000
"""Rows of a lane that are shown; the count above is of all."""

_CHOOSABLE = {"held", "waiting", "closed_period"}


class _Answer(NamedTuple):
    lane: str
    summary: OutgoingSummary
    rows: list[OutgoingView]
    doubts: list[OutgoingView]


class OutgoingPage(OutgoingFrame):
    """``sentence``: the status bar's text."""

    sentence = Signal(str, bool)

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__()
        del preferences  # the same constructor as the other pages
        self._state, self._bridge = state, bridge
        self._lane = ""
        self._known = False
        self._error: ZbdeskError | None = None
        self._summary = OutgoingSummary(hold=False)
        self._asked: Question | None = None
        self._question: Question | None = None
        self._doubts: list[OutgoingView] = []
        self._run_asked: RunQuestion | None = None
        self._connect()
        self.set_size("wide")

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
        self._state.records_changed.connect(self._records_changed)
        self._state.command_failed.connect(self._command_failed)

    # ---- reading -------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Read the lane."""
        super().showEvent(event)
        self._read()

    def _records_changed(self, _names: object) -> None:
        self._refresh()

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
