"""What the conflicts page shows: the list, one conflict field by field, what the choice does, and what can be done now.

Asks the reading pool and the planner; sends nothing. Invariant: the list shows what the database holds, and the fields
in sight are those of the conflict with the focus, or nothing can be settled.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.views import ConflictDetail, ConflictView, ResolutionPreview
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge, Question
from zbdesk.ui.conflicts.fields_model import titles_of
from zbdesk.ui.conflicts.frame import ConflictsFrame
from zbdesk.ui.conflicts.model import ConflictFilter
from zbdesk.ui.conflicts.rows import LOCAL, REMOTE
from zbdesk.ui.conflicts.rule import conflicts_words, set_words
from zbdesk.ui.editing.labels import lower_first, singular
from zbdesk.ui.editing.questions import ask
from zbdesk.ui.formats import isolate, plural
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import announce

REST = 60
"""Milliseconds a row must have the focus before its fields are read."""


class ConflictsShown(ConflictsFrame):
    """Reading and showing. ``sentence``: the status bar's text. ``ready``: the list was read."""

    ready = Signal()
    sentence = Signal(str, bool)

    def __init__(self, state: DeskState, bridge: Bridge, preferences: Preferences) -> None:
        super().__init__()
        self._state, self._bridge, self._preferences = state, bridge, preferences
        self._count = -1
        self._known = False
        self._keys_on = True
        self._error: ZbdeskError | None = None
        self._asked: Question | None = None
        self._previewed: Question | None = None
        self._preview: ResolutionPreview | None = None
        self.drafts: dict[int, dict[str, str]] = {}
        self._undo: list[tuple[int, ...]] = []
        self._wanted: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._read_fields)

    def _row_reached(self, height: int) -> None:
        body = self.area.widget()
        if body is not None and self.table.isVisible():
            place = self.table.mapTo(body, QPoint(0, height))
            self.area.ensureVisible(0, place.y(), 0, theme.current().px(14))

    def open_fields(self) -> None:
        """Go from the list to the fields."""
        self._show_pane(opened=True)
        self.table.focus_first()

    def first_focus(self) -> QWidget | None:
        """The list, whose keys settle; None while there is none."""
        return self.list if self._known and self.model.rowCount() else None

    def back_to_list(self) -> None:
        """Go from the fields to the list."""
        self._show_pane(opened=False)
        self.list.setFocus()

    # ---- life ----------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Read the list."""
        super().showEvent(event)
        self._read()
        self._say()

    def _state_changed(self) -> None:
        count = self._state.overview.conflicts if self._state.overview is not None else 0
        if self.isVisible() and count != self._count:
            self._read()

    def _records_changed(self, _names: object) -> None:
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        self._count = self._state.overview.conflicts if self._state.overview is not None else 0
        self._bridge.read(lambda reader: ask(reader).conflicts(), self._arrived, owner=self, fail=self._failed)

    def _arrived(self, views: list[ConflictView]) -> None:
        self._known, self._error = True, None
        here = self.current()
        row = self.model.row_of(here.id) if here is not None else 0
        formats, now = self._state.formats, self._state.now()
        self.list.painter_.formats, self.list.painter_.now = formats, now
        self.model.replace(views, now)
        self.filter.show_values(self.model.modules(), self.model.fields(), formats)
        self._keep_place(self._wanted if self._wanted is not None else here.id if here is not None else None, row)
        self._wanted = None
        self._show_page()
        self._say_alike()
        self._say()
        self.ready.emit()

    def _failed(self, error: ZbdeskError) -> None:
        self._error = error
        self._show_page()

    def _show_page(self) -> None:
        if self._error is not None:
            self.empty.show_state(
                "octagon-alert", _tr("The conflicts cannot be read"), str(self._error), role="problem"
            )
        elif not self._known:
            self.empty.show_state("hourglass", _tr("Reading the conflicts…"))
        elif not self.model.everything:
            self.empty.show_state(
                "circle-check", _tr("No conflicts"), _tr("Nothing was changed on both sides."), role="ok"
            )
        show_work = self._known and self._error is None and bool(self.model.everything)
        self._whole.setCurrentWidget(self.work if show_work else self.empty)
        fits = bool(self.model.listed)
        if not fits:
            fact = _tr("None of %1 fit").replace("%1", conflicts_words(len(self.model.everything), self._figure()))
            self.none_fit.show_state("funnel", fact, self.filter.words(), _tr("Clear all"))
        self._listing.setCurrentWidget(self.list if fits else self.none_fit)
        self._main.setEnabled(fits)
        self._show_buttons()

    def _figure(self) -> str:
        return self._state.formats.count(len(self.model.everything))

    def _filter_changed(self, where: ConflictFilter) -> None:
        here = self.current()
        self.model.where = where
        self.model.refilter(self._state.now())
        self._keep_place(here.id if here is not None else None, 0)
        self._show_page()
        self._say()
        announce(self.list, conflicts_words(len(self.model.listed), self._state.formats.count(len(self.model.listed))))

    def _order_changed(self, order: str) -> None:
        here = self.current()
        self.model.order = order
        self.model.refilter(self._state.now())
        self._keep_place(here.id if here is not None else None, 0)

    def _keep_place(self, key: int | None, row: int) -> None:
        """Stay on the same conflict, or on the one that took its place."""
        at = self.model.row_of(key)
        if at < 0:
            at = min(max(row, 0), self.model.rowCount() - 1)
        if at >= 0:
            index = self.model.index(at)
            if self.list.currentIndex() == index:
                self._rest.start()
            self.list.setCurrentIndex(index)
        else:
            self.fields.show(None, self._state.formats)

    # ---- one conflict --------------------------------------------------------------------------------------------
    def current(self) -> ConflictView | None:
        """The conflict with the focus."""
        index = self.list.currentIndex()
        return self.model.view_at(index.row()) if index.isValid() else None

    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.notice.say("")
            self._show_buttons()
            self._rest.start()

    @property
    def is_read(self) -> bool:
        """Whether the fields in sight are those of the conflict with the focus: only then can it be settled."""
        view, detail = self.current(), self.fields.detail
        return view is not None and detail is not None and detail.view.id == view.id

    def _read_fields(self) -> None:
        view = self.current()
        if self._asked is not None:
            self._asked.cancel()
        if view is None:
            return
        key = view.id
        self._asked = self._bridge.read(
            lambda reader: ask(reader).conflict(key), self._show_fields, owner=self, fail=self._fields_failed
        )

    def _show_fields(self, detail: ConflictDetail | None) -> None:
        view = self.current()
        if detail is None or view is None or detail.view.id != view.id:
            return
        formats = self._state.formats
        self.title.setText(isolate(view.number or view.party or singular(view.module)))
        kind = lower_first(singular(view.module))
        dated = _tr("%1 of %2").replace("%1", kind).replace("%2", formats.date(view.date)) if view.date else kind
        what = _tr("changed on both sides. Nothing is sent until you decide.")
        # Isolated: an Arabic name at the beginning must not turn the whole line.
        party = f"\N{FIRST STRONG ISOLATE}{view.party}\N{POP DIRECTIONAL ISOLATE}" if view.number and view.party else ""
        self.facts.setText(" · ".join(part for part in (party, dated, what) if part))
        self.browser.setEnabled(view.remote_id is not None)
        self.fields.titles = titles_of(detail, formats)
        before = self.fields.detail
        same = before is not None and before.view.id == view.id
        self.fields.show(detail, formats, self.fields.chosen if same else self.drafts.get(view.id))
        self.lines.show_lines(detail, formats)
        if not same:
            self.area.verticalScrollBar().setValue(0)
        self._ask_effect()

    def _fields_failed(self, error: ZbdeskError) -> None:
        self.notice.say(error.title, error.message, "problem")

    def _chosen_changed(self) -> None:
        detail = self.fields.detail
        if detail is not None:
            self.drafts[detail.view.id] = dict(self.fields.chosen)
        self._ask_effect()

    def _ask_effect(self) -> None:
        """What the choice would do comes from the planner, anew after each change of the choice."""
        if self._previewed is not None:
            self._previewed.cancel()
        self._preview = None
        detail = self.fields.detail
        if detail is None or not self.fields.complete:
            left = len(self.fields.clashes) - len(self.fields.chosen)
            self.effect.say(_tr("Choose a side for each field to see it.") if left else "")
            self._show_buttons()
            return
        self.effect.say(_tr("Working it out…"))
        self.fields.say_total(None, waiting=True)
        self._show_buttons()
        key, keep, fields = detail.view.id, *self._choice()
        self._previewed = self._bridge.read(
            lambda reader: ask(reader).preview_resolution((key,), keep, fields),
            self._show_effect, owner=self, fail=self._effect_failed,
        )  # fmt: skip

    def _choice(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The side most fields take, and the fields that take the other."""
        sides = list(self.fields.chosen.values())
        keep = LOCAL if sides.count(LOCAL) >= sides.count(REMOTE) else REMOTE
        return keep, tuple(sorted((name, side) for name, side in self.fields.chosen.items() if side != keep))

    def _show_effect(self, preview: ResolutionPreview) -> None:
        self._preview = preview
        self.fields.say_total(None)
        if preview.refused:
            self.effect.refuse(_tr("This cannot be done to the record as it is now."), preview.refused[0].reason)
        elif preview.effects:
            self.effect.show_effect(preview.effects[0], self._state.formats)
            self.fields.say_total(preview.effects[0].total)
        else:
            words = _tr("No amount changes there.") if preview.writes else _tr("Nothing is written there.")
            self.effect.say(words)
        self._show_buttons()

    def _effect_failed(self, error: ZbdeskError) -> None:
        self.effect.refuse(error.title, error.message)

    def _show_buttons(self) -> None:
        view, many = self.current(), self.model.checked()
        settling = view is not None and view.id in self.model.settling
        usable = view is not None and not settling
        self.skip.setEnabled(view is not None)
        for button in (self.ours, self.theirs):
            button.setEnabled(bool(many) or (usable and self.is_read))
        self.undo.setEnabled(bool(self._undo))
        left = len(self.fields.clashes) - len(self.fields.chosen)
        why = ""
        if usable and self.is_read and not many:
            if left:
                why = plural(
                    "Conflicts", "%n field(s) to decide", left, "1 field is still to be decided.",
                    "%n fields are still to be decided.",
                )  # fmt: skip
            elif self._preview is not None and self._preview.refused:
                why = said(self._preview.refused[0].reason)
        ready = usable and self.is_read and not left and self._preview is not None and not self._preview.refused
        self.apply.setEnabled(bool(ready))
        self.why.setText(why)
        self.why.setVisible(bool(why))

    # ---- words ---------------------------------------------------------------------------------------------------
    def _say_checked(self) -> None:
        many = len(self.model.checked())
        figure = self._state.formats.count(many)
        tr = _tr
        some, everything = tr("%1 from this &computer…").replace("%1", figure), tr("All from this &computer")
        self.ours.setText(some if many else everything)
        some, everything = tr("%1 from Zoh&o Books…").replace("%1", figure), tr("All from Zoh&o Books")
        self.theirs.setText(some if many else everything)
        self._say()
        self._show_buttons()

    def _say_alike(self) -> None:
        alike = self.model.alike()
        words = ""
        if alike and len(alike[0][1]) > 1:
            names, keys = alike[0]
            shown = conflicts_words(len(keys), self._state.formats.count(len(keys)))
            fields = set_words(names)
            words = _tr("%1: %2.").replace("%1", shown).replace("%2", lower_first(fields))
        self.alike.setText(words)
        self.alike.setVisible(bool(words))

    def _say(self) -> None:
        formats = self._state.formats
        listed, everything = len(self.model.listed), len(self.model.everything)
        whole = _tr("%1 of %2").replace("%1", formats.count(listed)).replace("%2", formats.count(everything))
        self.count.setText(formats.count(everything) if listed == everything else whole)
        if not self.isVisible() or not everything:
            return
        checked = self.model.checked()
        if checked:
            self.sentence.emit(_tr("%1 checked").replace("%1", formats.count(len(checked))), True)
            return
        parts = [conflicts_words(listed, formats.count(listed))]
        stakes = [formats.money(amount, code) for code, amount in self.model.at_stake()[:4]]
        if stakes:
            parts.append(_tr("at stake %1").replace("%1", " · ".join(stakes)))
        if self._keys_on:
            parts.append(_tr("J and K move through the list"))
        self.sentence.emit(" · ".join(parts), False)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ConflictsPage", words)
