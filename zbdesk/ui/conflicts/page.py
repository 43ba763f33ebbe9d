"""The conflicts page: the list at the start, one conflict field by field, what the result changes, Apply.

Nothing is sent until a person applies; what a choice does comes from the planner by ``preview_resolution``. Must not
decide or compute an effect. Invariant: closing or leaving changes nothing; the list shows what the database holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit

from zbdesk.domain.views import RecordView
from zbdesk.sync.commands import ResolveConflicts, UndoResolve
from zbdesk.sync.events import CommandFailed
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.conflicts.model import ConflictFilter
from zbdesk.ui.conflicts.rows import LOCAL, REMOTE
from zbdesk.ui.conflicts.rule import RuleDialog, conflicts_words, set_words
from zbdesk.ui.conflicts.shown import ConflictsShown
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.links import books_page
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import announce


class ConflictsPage(ConflictsShown):
    """List and triage. ``history_wanted``: the diary of this record."""

    history_wanted = Signal(str, int)

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__(state, bridge, preferences)
        self._connect()
        self._show_page()

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter_changed)
        self.filter.order_changed.connect(self._order_changed)
        self.filter.field.left_downwards.connect(self.list.setFocus)
        self.list.selectionModel().currentChanged.connect(self._row_changed)
        self.list.opened.connect(self.open_fields)
        self.list.clicked.connect(lambda _index: self._show_pane(opened=True))
        self._back.clicked.connect(self.back_to_list)
        self.model.checked_changed.connect(self._say_checked)
        self.fields.chosen_changed.connect(self._chosen_changed)
        self.table.reached.connect(self._row_reached)
        self.skip.clicked.connect(self.skip_this)
        self.undo.clicked.connect(self.undo_last)
        self.ours.clicked.connect(partial(self._take, LOCAL))
        self.theirs.clicked.connect(partial(self._take, REMOTE))
        self.apply.clicked.connect(self.apply_result)
        self.rule.clicked.connect(self.settle_by_rule)
        self.browser.clicked.connect(self.open_in_browser)
        self.history.clicked.connect(self._want_history)
        self._state.changed.connect(self._state_changed)
        self._state.records_changed.connect(self._records_changed)
        self._state.command_failed.connect(self._command_failed)
        self._preferences.changed.connect(self._show_keys)
        self._show_keys()

    # ---- acts ----------------------------------------------------------------------------------------------------
    def _take(self, side: str) -> None:
        """All fields of this conflict, or of the checked ones by a dry run first."""
        checked = self.model.checked()
        if checked:
            self.settle_by_rule(keep=side)
        else:
            self.fields.choose_all(side)

    def apply_result(self) -> None:
        """Send the choice; the conflict leaves the list when the database says so."""
        detail = self.fields.detail
        if detail is None or not self.apply.isEnabled() or not self.is_read:
            return
        keep, fields = self._choice()
        self._send((detail.view.id,), keep, fields)
        self._step(1)

    def _send(self, keys: tuple[int, ...], keep: str, fields: tuple[tuple[str, str], ...] = ()) -> None:
        self.notice.say("")
        self._bridge.send(ResolveConflicts(keys, keep, fields))
        self._undo.append(keys)
        self.model.mark_settling(keys, on=True)
        for key in keys:
            self.drafts.pop(key, None)
        words = self.tr("%1 settled. Z takes it back until it has left.")
        shown = conflicts_words(len(keys), self._state.formats.count(len(keys)))
        self.sentence.emit(words.replace("%1", shown), True)
        announce(self, self.tr("%1 settled").replace("%1", shown))
        self._show_buttons()

    def undo_last(self) -> None:
        """Take the last choice of this session back."""
        if not self._undo:
            return
        keys = self._undo.pop()
        self._bridge.send(UndoResolve(keys))
        self.model.mark_settling(keys, on=False)
        self._wanted = keys[0]
        self._keep_place(keys[0], self.list.currentIndex().row())
        announce(self, self.tr("Taken back"))
        self.sentence.emit(self.tr("Taken back; nothing of it has left."), True)
        self._show_buttons()

    def skip_this(self) -> None:
        """Leave it as it is and go on."""
        self._step(1)

    def _step(self, way: int) -> None:
        row = self.list.currentIndex().row()
        at = row + way
        while 0 <= at < self.model.rowCount():
            view = self.model.view_at(at)
            if view is not None and view.id not in self.model.settling:
                self.list.setCurrentIndex(self.model.index(at))
                return
            at += way

    def settle_by_rule(self, _checked: bool = False, *, keep: str = "") -> None:
        """Ask which and how, with a dry run, for many at once."""
        self.dialog = RuleDialog(
            self, self._state, self._bridge, self._sets(), keep=keep, fields_of=self._fields_of
        )  # fmt: skip
        self.dialog.settled.connect(lambda keys, side: self._send(keys, side) if keys else None)
        self.dialog.open()

    def _fields_of(self, keys: Sequence[int]) -> dict[str, list[str]]:
        """By module the fields in conflict of these, each once."""
        wanted = set(keys)
        found: dict[str, dict[str, None]] = {}
        for view in self.model.everything:
            if view.id in wanted:
                found.setdefault(view.module, {}).update(dict.fromkeys(field.name for field in view.fields))
        return {module: list(names) for module, names in found.items()}

    def _sets(self) -> Sequence[tuple[str, tuple[int, ...]]]:
        checked = self.model.checked()
        sets: list[tuple[str, tuple[int, ...]]] = []
        if checked:
            sets.append((self.tr("The checked ones"), checked))
        view = self.current()
        alike = self.model.alike()
        if view is not None:
            own = tuple(sorted(field.name for field in view.fields))
            alike.sort(key=lambda pair: pair[0] != own)
        sets += [(set_words(names), keys) for names, keys in alike[:12]]
        if self.filter.where != ConflictFilter():
            sets.append((self.tr("All that fit the filter"), tuple(row.id for row in self.model.listed)))
        sets.append((self.tr("All conflicts"), tuple(row.id for row in self.model.everything)))
        return sets

    def _command_failed(self, event: CommandFailed) -> None:
        if not self.model.settling:
            return
        wrong = getattr(event, "record_id", None)
        keys = {wrong} if wrong in self.model.settling else set(self.model.settling)
        self.model.mark_settling(keys, on=False)
        self._undo = [known for known in self._undo if not set(known) <= keys]
        self.notice.say(event.title, event.message, "problem")
        self._show_buttons()

    def open_in_browser(self) -> None:
        """Zoho's own page of the record."""
        overview, view = self._state.overview, self.current()
        if overview is None or overview.connection is None or view is None:
            return
        key = view.id

        def open_row(rows: list[RecordView]) -> None:
            page = books_page(overview.connection, rows[0]) if rows and overview.connection is not None else None
            if page is not None:
                QDesktopServices.openUrl(QUrl(page))
            else:
                self.notice.say(self.tr("This server has no web pages for its records."), "", "note")

        self._bridge.read(lambda reader: ask(reader).rows([key]), open_row, owner=self)

    def _want_history(self) -> None:
        view = self.current()
        if view is not None:
            self.history_wanted.emit(view.module, view.id)

    # ---- keys ----------------------------------------------------------------------------------------------------
    def _show_keys(self) -> None:
        self._keys_on = bool(getattr(self._preferences.settings, "single_letter_keys", True))
        for button in (self.skip, self.undo, self.ours, self.theirs, self.apply):
            button.show_key(shown=self._keys_on)
        self.table.header.keys_shown = self._keys_on
        self.table.header.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J, K, 1, 2, 3, S, Z, where they are switched on and no text is being typed."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox)
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_J: partial(self._step, 1),
            Qt.Key.Key_K: partial(self._step, -1),
            Qt.Key.Key_1: self.ours.click,
            Qt.Key.Key_2: self.theirs.click,
            Qt.Key.Key_3: self.apply.click,
            Qt.Key.Key_S: self.skip.click,
            Qt.Key.Key_Z: self.undo.click,
        }
        act = acts.get(Qt.Key(event.key())) if self._keys_on and plain and not typing else None
        if act is not None:
            act()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier and not typing:
            self.undo.click()
            return
        if event.key() == Qt.Key.Key_Escape and self.table.hasFocus():
            self.back_to_list()
            return
        super().keyPressEvent(event)
