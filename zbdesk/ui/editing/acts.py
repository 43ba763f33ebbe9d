"""What can be done with a record besides editing: record a payment, mark as sent, void, delete, take back.

One description each; menus and buttons are made of it. What can be taken back until it leaves is not asked about.
Must not know whether the engine will allow it: refusals come back as events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RecordState
from zbdesk.domain.views import RecordView
from zbdesk.sync.commands import ActOn, CancelPending
from zbdesk.sync.events import CommandFailed
from zbdesk.ui import icons
from zbdesk.ui.bridge import Bridge
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.editing.editor import can_edit, open_editor
from zbdesk.ui.editing.inputs import AmountInput, ChoiceInput, DateInput, WordsInput
from zbdesk.ui.editing.labels import field_label, lower_first, singular
from zbdesk.ui.editing.layouts import PAYMENT_MODES
from zbdesk.ui.formats import isolate
from zbdesk.ui.sentences import said
from zbdesk.ui.state import DeskState
from zbdesk.ui.widgets import FormField

_LOCKED = {RecordState.DELETED, RecordState.SENDING, RecordState.UNKNOWN}
_PAYABLE = {"sent", "overdue", "partially_paid", "unpaid", "viewed", "open"}


class PaymentDialog(WriteDialog):
    """Record a payment for one invoice."""

    def __init__(self, parent: QWidget | None, state: DeskState, bridge: Bridge, view: RecordView) -> None:
        number = isolate(view.number or "")
        translate = QCoreApplication.translate
        super().__init__(
            parent, state, translate("PaymentDialog", "Record a payment for %1").replace("%1", number),
            translate("PaymentDialog", "One customer payment is put into Zoho Books and applied to this invoice."),
            icon="banknote",
        )  # fmt: skip
        self._bridge, self._view = bridge, view
        formats = state.formats
        today = state.now().astimezone(formats.zone).date()
        self.amount = AmountInput(formats, view.currency)
        self.date = DateInput(formats, today)
        modes = tuple((translate("Choices", word), value) for value, word in PAYMENT_MODES)
        self.mode = ChoiceInput(modes, field_label("payment_mode"))
        self.reference = WordsInput()
        balance = formats.money(view.balance, view.currency)
        money = self.tr("Amount, %1").replace("%1", view.currency) if view.currency else self.tr("Amount")
        self.fields = {
            "amount": FormField(money, self.amount, self.tr("Balance %1").replace("%1", balance) if balance else ""),
            "date": FormField(field_label("date"), self.date),
            "payment_mode": FormField(field_label("payment_mode"), self.mode),
            "reference_number": FormField(field_label("reference_number"), self.reference, note=self.tr("(optional)")),
        }
        for name, found in self.fields.items():
            self.body.addWidget(found)
            found.editor.edited.connect(lambda name=name: self.fields[name].set_error(""))  # type: ignore[attr-defined]
        self.amount.set_value(view.balance)
        self.date.set_value(today.isoformat())
        self.mode.set_value(PAYMENT_MODES[0][0])
        self.record = self.add_verb(self.tr("&Record payment"))
        self.record.clicked.connect(self._record)
        self.amount.setFocus()
        self.amount.selectAll()

    def _record(self) -> None:
        amount = self.amount.value
        wrong = {name: str(getattr(found.editor, "problem", "")) for name, found in self.fields.items()}
        if not wrong["amount"]:
            wrong["amount"] = self._amount_problem(amount)
        if not wrong["date"] and not self.date.value:
            wrong["date"] = self.tr("Enter the day on which it came in.")
        if not wrong["payment_mode"] and not self.mode.value:
            wrong["payment_mode"] = self.tr("Choose how it was paid.")
        for name, words in wrong.items():
            self.fields[name].set_error(words)
        first = next((name for name, words in wrong.items() if words), None)
        if first is not None:
            self.fields[first].editor.setFocus()
            return
        pairs = [("amount", f"{amount:f}"), ("date", self.date.value), ("payment_mode", self.mode.value)]
        if self.reference.value:
            pairs.append(("reference_number", self.reference.value))
        self.hand_over(self._bridge, ActOn(self._view.id, "pay", tuple(pairs)), self.record)

    def refused(self, event: CommandFailed) -> None:
        """Each fault beside its field; what belongs to none stands beside the button."""
        rest = []
        for name, message in event.fields:
            if name in self.fields:
                self.fields[name].set_error(message)
            else:
                rest.append(message)
        words = " ".join(rest) if event.fields else f"{event.title} {event.message}".strip()
        self.reason.setText(said(words))

    def _amount_problem(self, amount: object) -> str:
        if not isinstance(amount, Decimal) or amount <= 0:
            return self.tr("Enter an amount above zero.")
        balance = self._view.balance
        if balance is not None and amount > balance:
            figure = self.state.formats.money(balance, self._view.currency)
            return self.tr("The balance is %1; a payment cannot be more.").replace("%1", figure)
        return ""


class ConfirmDialog(WriteDialog):
    """An act that cannot be undone once it has left: void or delete."""

    def __init__(self, parent: QWidget | None, state: DeskState, bridge: Bridge, view: RecordView, action: str) -> None:
        title, words, verb, icon = _confirm_words(state, view, action)
        super().__init__(parent, state, title, words, icon=icon)
        self._bridge, self._view, self._action = bridge, view, action
        self.verb = self.add_verb(verb, "destructive")
        self.verb.clicked.connect(self._do)
        self.cancel.setFocus()

    def _do(self) -> None:
        self.hand_over(self._bridge, ActOn(self._view.id, self._action), self.verb)


def _confirm_words(state: DeskState, view: RecordView, action: str) -> tuple[str, str, str, str]:
    def tr(text: str) -> str:
        return QCoreApplication.translate("ConfirmDialog", text)

    kind = lower_first(singular(view.module))
    name = ", ".join(
        part
        for part in (isolate(view.number or view.party or kind), state.formats.money(view.total, view.currency))
        if part
    )
    later = tr("It leaves with the next run; until then Cancel change takes it back.")
    if action == "void":
        open_sum = state.formats.money(view.balance, view.currency)
        fact = tr("It stays in Zoho Books with the status Void and counts no more.")
        if view.balance:
            fact += " " + tr("The open balance of %1 goes with it.").replace("%1", open_sum)
        verb = tr("&Void %1").replace("%1", kind)
        return tr("Void %1?").replace("%1", name), f"{fact} {later}", verb, "circle-slash"
    verb = tr("&Delete %1").replace("%1", kind)
    if view.remote_id is None:
        fact = tr("It has not left yet, so nothing changes in Zoho Books. It is removed here.")
        return tr("Delete %1?").replace("%1", name), fact, verb, "trash-2"
    fact = tr("It is deleted in Zoho Books and here; Zoho Books keeps no copy. If it was changed there, you are asked.")
    return tr("Delete %1?").replace("%1", name), f"{fact} {later}", verb, "trash-2"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done. ``why_not`` is empty where it can."""

    key: str
    words: str
    icon: str
    then: Callable[[], None]
    why_not: str = ""


def acts_of(parent: QWidget, state: DeskState, bridge: Bridge, view: RecordView) -> list[Act]:
    """What this record allows, in the order of menus. Acts that its module never has are left out."""
    module = MODULES.get(view.module)
    if module is None:
        return []

    def tr(text: str) -> str:
        return QCoreApplication.translate("Acts", text)

    def dialog(made: Callable[[], WriteDialog]) -> Callable[[], None]:
        return lambda: made().open()

    names = {action.name for action in module.actions}
    stop = _why_not(state, view)
    found: list[Act] = []
    if can_edit(view.module) and "update" in module.methods:
        then = _opener(parent, state, bridge, view)
        found.append(Act("edit", tr("&Edit…"), "pencil", then, stop))
    if view.module == "invoices":
        why = stop or ("" if view.balance and (view.status or "") in _PAYABLE else tr("Nothing is open."))
        pay = dialog(lambda: PaymentDialog(parent, state, bridge, view))
        found.append(Act("pay", tr("Record pay&ment…"), "banknote", pay, why))
    if "sent" in names:
        why = stop or ("" if view.status == "draft" else tr("It is sent already."))
        found.append(Act("send", tr("Mark as &sent"), "send", lambda: bridge.send(ActOn(view.id, "send")), why))
    if "void" in names:
        why = stop or (tr("It is void already.") if view.status == "void" else "")
        void = dialog(lambda: ConfirmDialog(parent, state, bridge, view, "void"))
        found.append(Act("void", tr("&Void…"), "circle-slash", void, why))
    if view.state is RecordState.PENDING:
        then = lambda: bridge.send(CancelPending(view.id))  # noqa: E731 - one line beside its siblings
        found.append(Act("cancel", tr("&Cancel change"), "undo-2", then))
    if "delete" in module.methods:
        delete = dialog(lambda: ConfirmDialog(parent, state, bridge, view, "delete"))
        found.append(Act("delete", tr("&Delete…"), "trash-2", delete, stop))
    return found


def _opener(parent: QWidget, state: DeskState, bridge: Bridge, view: RecordView) -> Callable[[], None]:
    return lambda: open_editor(parent, state, bridge, view.module, view.id)


def _why_not(state: DeskState, view: RecordView) -> str:
    overview = state.overview
    if overview is not None and overview.connection is not None and overview.connection.read_only:
        return QCoreApplication.translate("Acts", "This connection only reads.")
    if view.state is RecordState.DELETED:
        return QCoreApplication.translate("Acts", "It is deleted in Zoho Books.")
    if view.state in _LOCKED:
        return QCoreApplication.translate("Acts", "It is leaving just now.")
    return ""


def record_actions(parent: QWidget, state: DeskState, bridge: Bridge, view: RecordView) -> list[QAction]:
    """The same as menu entries; what cannot be done keeps its place and says why."""
    found = []
    for act in acts_of(parent, state, bridge, view):
        words = act.words if not act.why_not else f"{act.words}\t{act.why_not}"
        action = QAction(icons.icon(act.icon), words, parent)
        action.setEnabled(not act.why_not)
        action.setProperty("act", act.key)
        action.triggered.connect(lambda _on=False, act=act: act.then())
        found.append(action)
    return found
