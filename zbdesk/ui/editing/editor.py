"""The form of a record, new or changed. What is wrong stands beside its field; Escape never loses what was typed.

Sends one command with the changed fields only. Must not know a rule of a module: the database's checks answer by
``check_document``. Invariant: nothing is sent while a field holds something that cannot be taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import module as module_named
from zbdesk.domain.views import EditableDocument, RecordView
from zbdesk.sync.commands import EditRecord, NewRecord, ReadDetail
from zbdesk.sync.events import CommandFailed
from zbdesk.ui import theme
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog, organization_of
from zbdesk.ui.editing.inputs import AmountInput, ReferenceInput, WordsInput
from zbdesk.ui.editing.labels import field_label, lower_first, singular
from zbdesk.ui.editing.layouts import FORMS, Entry
from zbdesk.ui.editing.lines import LinesGrid
from zbdesk.ui.editing.making import Maker, shown_value, store_value, value_of
from zbdesk.ui.editing.questions import Wrong, ask
from zbdesk.ui.formats import isolate
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import Banner, Button, Fold, FormField, Label, announce


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with one field, as a refused command tells it."""

    field: str
    message: str


class GroupInput(QWidget):
    """An address: several fields behind a fold."""

    edited = Signal()

    def __init__(self, entry: Entry, maker: Maker, document: object) -> None:
        super().__init__()
        self._entry = entry
        self._behind = dict(document) if isinstance(document, Mapping) else {}
        look = theme.current()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(4))
        grid.setVerticalSpacing(look.px(2))
        self._inputs: dict[str, QWidget] = {}
        for at, part in enumerate(entry.parts):
            found = maker.make(part, self._behind)
            found.edited.connect(self.edited)
            self._inputs[part.name] = found
            grid.addWidget(FormField(field_label(part.name), found), at // 2, at % 2)
        filled = any(shown_value(self._behind, part) for part in entry.parts)
        self.fold = Fold(field_label(entry.name), holder, opened=filled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(1))
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(holder)

    @property
    def problem(self) -> str:
        """Text is always taken."""
        return ""

    @property
    def value(self) -> object:
        """All parts; None where none is filled."""
        found = dict(self._behind)
        for part in self._entry.parts:
            store_value(found, part, value_of(self._inputs[part.name]))
        return found or None


class Editor(WriteDialog):
    """The dialog; open until the sync thread has taken the edit. ``saved``: it has."""

    saved = Signal()

    def __init__(
        self, parent: QWidget | None, state: DeskState, bridge: Bridge, module: str, document: EditableDocument | None
    ) -> None:
        title = _title(module, document)
        super().__init__(parent, state, title, width=215)
        self._bridge, self._module, self._document = bridge, module_named(module), document
        self._form = FORMS[module]
        self._behind: dict[str, object] = dict(document.fields) if document is not None else {}
        self._dirty = False
        self._inputs: dict[str, QWidget] = {}
        self._fields: dict[str, FormField] = {}
        today = state.now().astimezone(state.formats.zone).date()
        self._maker = Maker(
            bridge, state.formats, today, currency=self._currency(), names=document.names if document else {}
        )
        if document is None:
            self._behind.update(dict.fromkeys(self._form.today, today.isoformat()))
        self._start = dict(self._behind)
        self._build(today)
        self.ask_discard = Banner(
            self.tr("What you typed is not saved."), "", "attention", action=self.tr("&Discard it")
        )
        self.ask_discard.acted.connect(self._discard)
        self.stay = Button(self.tr("&Go on editing"))
        self.stay.clicked.connect(self._go_on)
        self.ask_discard.end.addWidget(self.stay)
        self.ask_discard.hide()
        self.wrong = Banner(kind="problem")
        self.wrong.hide()
        self.body.insertWidget(0, self.wrong)
        self.body.addWidget(self.ask_discard)
        words = self.tr("&Save changes") if document is not None else self.tr("Cr&eate %1").replace("%1", _word(module))
        self.save = self.add_verb(words)
        self.save.clicked.connect(self._save)
        self._ready()

    def _ready(self) -> None:
        """Saving is possible, or the reason why not; what saving means stands beside it."""
        refused = self._document.refused if self._document is not None else ""
        self.explain(self.save, refused)
        if not refused:
            self.reason.setText(self.tr("It leaves with the next run and can be cancelled until then."))

    def _currency(self) -> str | None:
        if self._document is not None and self._document.currency:
            return self._document.currency
        return None if self._module.party_field else organization_of(self.state).currency_code or None

    # ---- building ------------------------------------------------------------------------------------------------
    def _build(self, _today: date) -> None:
        look = theme.current()
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(look.px(1), look.px(1), look.px(2.5), look.px(1))
        grid.setHorizontalSpacing(look.px(4))
        grid.setVerticalSpacing(look.px(3))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row = column = 0
        for entry in self._form.entries:
            if entry.wide and column:
                row, column = row + 1, 0
            widget = self._make(entry)
            if entry.wide:
                grid.addWidget(widget, row, 0, 1, 2)
                row += 1
            else:
                grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
                row, column = (row + 1, 0) if column else (row, 1)
        grid.setRowStretch(row + 1, 1)
        self.area = ScrollPage(self.windowTitle())
        self.area.set_body(body)
        # As high as the form, as far as the window allows.
        parent = self.parentWidget()
        most = parent.window().height() - look.px(56) if parent is not None else look.px(150)
        self.area.setMinimumHeight(max(look.px(40), min(body.sizeHint().height() + look.px(1), most)))
        self.area.setMinimumWidth(look.px(60))
        self.body.addWidget(self.area, 1)

    def _make(self, entry: Entry) -> QWidget:
        if entry.kind == "lines":
            lines = LinesGrid(entry.parts, self._maker, self.state.formats)
            lines.set_value(self._behind.get(entry.name))
            lines.edited.connect(self._edited)
            self._inputs[entry.name] = lines
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.current().px(1.5))
            column.addWidget(Label(field_label(entry.name), "strong"))
            column.addWidget(lines)
            return holder
        if entry.kind == "group":
            group = GroupInput(entry, self._maker, self._behind.get(entry.name))
            group.edited.connect(self._edited)
            self._inputs[entry.name] = group
            return group
        found = self._maker.make(entry, self._behind)
        found.edited.connect(lambda: self._field_edited(entry.name))
        self._inputs[entry.name] = found
        if isinstance(found, ReferenceInput) and entry.name == self._module.party_id_field:
            found.picked.connect(self._party_picked)
        note = "" if entry.required or entry.kind == "flag" else self.tr("(optional)")
        help_text = QCoreApplication.translate("FormHelp", entry.help) if entry.help else ""
        field = self._fields[entry.name] = FormField(field_label(entry.name), found, help_text, note=note)
        return field

    def _party_picked(self, view: RecordView) -> None:
        """A new document is in the currency of its customer or vendor."""
        if self._document is None and view.currency:
            self._maker.currency = view.currency
            for widget in self._inputs.values():
                if isinstance(widget, LinesGrid):
                    widget.sum_up()
                elif isinstance(widget, AmountInput):
                    widget.currency = view.currency

    def _edited(self) -> None:
        self._dirty = True

    def _field_edited(self, name: str) -> None:
        self._dirty = True
        if name in self._fields:
            self._fields[name].set_error("")

    # ---- saving --------------------------------------------------------------------------------------------------
    def document(self) -> dict[str, object]:
        """The whole document as it would be."""
        found = dict(self._behind)
        for entry in self._form.entries:
            value = value_of(self._inputs[entry.name])
            if entry.kind in {"lines", "group"}:
                if value or entry.name in found:
                    found[entry.name] = value
            else:
                store_value(found, entry, value)
        return found

    def changes(self) -> tuple[tuple[str, object], ...]:
        """Only the fields that differ from what was there."""
        found, gone = self.document(), object()
        pairs = [(name, value) for name, value in found.items() if self._start.get(name, gone) != value]
        # A reference that became an object takes its id out.
        pairs += [(name, None) for name in self._start if name not in found]
        return tuple(sorted(pairs, key=lambda pair: pair[0]))

    def _save(self) -> None:
        self.wrong.say("")
        if not self._typed_well():
            return
        document = self.document()
        fields = {name: value for name, value in document.items() if value is not None}
        key = self._document.record_id if self._document is not None else None
        name = self._module.name
        self.explain(self.save, self.tr("Being checked…"))
        self._bridge.read(
            lambda reader: ask(reader).check_document(name, fields, key), self._checked, owner=self, fail=self._failed
        )

    def _typed_well(self) -> bool:
        first: QWidget | None = None
        for entry in self._form.entries:
            widget = self._inputs[entry.name]
            words = str(getattr(widget, "problem", ""))
            if not words and entry.required and not value_of(widget):
                words = self._missing(entry)
            there = self._say_wrong(entry.name, words)
            if words and first is None:
                first = there
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def _missing(self, entry: Entry) -> str:
        if entry.kind == "lines":
            return self.tr("Enter at least one line.")
        if entry.kind == "reference":
            return self.tr("Choose one.")
        return self.tr("Zoho Books needs this field.")

    def _say_wrong(self, name: str, words: str, path: str = "") -> QWidget | None:
        widget = self._inputs.get(name)
        if isinstance(widget, LinesGrid):
            return widget.set_error(words, path)
        field = self._fields.get(name)
        if field is None:
            return None
        field.set_error(words)
        return widget

    def _checked(self, wrong: Sequence[Wrong]) -> None:
        self._ready()
        if wrong:
            self.show_wrong(wrong)
            return
        changes = self.changes()
        if self._document is None:
            filled = tuple((name, value) for name, value in changes if value is not None)
            start = tuple((name, value) for name, value in self._start.items() if name not in dict(filled))
            pairs = tuple(sorted((*start, *filled), key=lambda pair: pair[0]))
            self.hand_over(self._bridge, NewRecord(self._module.name, pairs), self.save)
        elif changes:
            shown = tuple((name, self._document.fields.get(name)) for name, _ in changes)
            self.hand_over(self._bridge, EditRecord(self._document.record_id, changes, shown), self.save)
        else:
            self.taken()

    def taken(self) -> None:
        """It is in the database: only now is nothing lost by closing."""
        self._dirty = False
        self.saved.emit()
        super().taken()

    def refused(self, event: CommandFailed) -> None:
        """The sync thread refused it: each fault beside its field, the rest on top; what was typed stays."""
        self._ready()
        if event.fields:
            self.show_wrong([_Fault(name, message) for name, message in event.fields])
        else:
            self.wrong.say(event.title, event.message)

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """What the checks refuse, each beside its field; what belongs to no field stands on top."""
        first: QWidget | None = None
        rest = []
        for fault in wrong:
            name, _, path = fault.field.partition(".")
            for known in (name, f"{name}_id"):
                there = self._say_wrong(known, fault.message, path) if known in self._inputs else None
                if there is not None:
                    first = first or there
                    break
            else:
                rest.append(fault.message)
        self.wrong.say(self.tr("This cannot be saved yet.") if rest else "", "\n".join(rest))
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: ZbdeskError) -> None:
        self._ready()
        self.wrong.say(error.title, error.message)

    # ---- leaving -------------------------------------------------------------------------------------------------
    def reject(self) -> None:
        """Escape and Cancel ask where something was typed; asked a second time they go on editing."""
        if not self._dirty:
            super().reject()
        elif self.ask_discard.isVisible():
            self._go_on()
        else:
            self.ask_discard.show()
            self.stay.setFocus()

    def _discard(self) -> None:
        self._dirty = False
        self.reject()

    def _go_on(self) -> None:
        self.ask_discard.hide()
        widget = next(iter(self._inputs.values()))
        if isinstance(widget, WordsInput):
            widget.setFocus()


def _word(module: str) -> str:
    return lower_first(singular(module))


def _title(module: str, document: EditableDocument | None) -> str:
    if document is None:
        return QCoreApplication.translate("Editor", "New %1").replace("%1", _word(module))
    fields = document.fields
    known = module_named(module)
    name = next((str(fields[key]) for key in known.number_fields if fields.get(key)), "") or _word(module)
    return QCoreApplication.translate("Editor", "Edit %1").replace("%1", isolate(name))


def can_edit(module: str) -> bool:
    """Whether there is a form for it."""
    return module in FORMS


def open_editor(parent: QWidget, state: DeskState, bridge: Bridge, module: str, record_id: int | None = None) -> None:
    """Open the form of a record, or of a new one; the record is read first and the form opens with it."""
    if record_id is None:
        _show(Editor(parent, state, bridge, module, None))
        return

    def opened(document: EditableDocument) -> None:
        if document.incomplete:
            _WhenRead(parent, state, bridge, module, record_id)
        else:
            _show(Editor(parent, state, bridge, module, document))

    bridge.read(lambda reader: ask(reader).document(record_id), opened, owner=parent)


class _WhenRead(QObject):
    """Asks for a record's details and opens its form when they are here; a failure is said by the window."""

    def __init__(self, parent: QWidget, state: DeskState, bridge: Bridge, module: str, record_id: int) -> None:
        super().__init__(parent)
        self._where = (parent, state, bridge, module)
        self._bridge, self._record_id = bridge, record_id
        state.detail_ready.connect(self._ready)
        state.command_failed.connect(self._failed)
        bridge.send(ReadDetail(record_id))
        announce(parent, self.tr("The details are being read; the form opens with them."))

    def _ready(self, record_id: int) -> None:
        if record_id == self._record_id:
            key = self._record_id
            self._bridge.read(lambda reader: ask(reader).document(key), self._open, owner=self)

    def _open(self, document: EditableDocument) -> None:
        # Still incomplete is refused by the form, in words: asking again could go on for ever.
        self.deleteLater()
        _show(Editor(*self._where, document))

    def _failed(self, _event: object) -> None:
        self.deleteLater()


def _show(editor: Editor) -> None:
    editor.open()
    first = next(iter(editor._inputs.values()))  # noqa: SLF001 - this module's own class
    first.setFocus(Qt.FocusReason.OtherFocusReason)
