"""The form: what is wrong beside its field, only changes sent, nothing typed lost; and the acts of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui import fake_two_ways
from tests.ui.fake_desk import connection
from tests.ui.fake_two_ways import FieldError, TwoWaysDesk
from tests.ui.meridian import INVOICES, overview
from tests.ui.scenes_two_ways import conflicts_frame, editor_dialog
from tests.ui.scenes_window import wait_for
from zbdesk.domain.errors import Action
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RecordState
from zbdesk.sync.commands import ActOn, CancelPending, EditRecord, NewRecord
from zbdesk.sync.events import CommandDone, CommandFailed
from zbdesk.ui.editing.acts import ConfirmDialog, PaymentDialog, acts_of, record_actions
from zbdesk.ui.editing.layouts import FORMS
from zbdesk.ui.widgets import Button

INVOICE = next(view for view in INVOICES if view.id == 1478)


@pytest.fixture
def desk(tmp_path) -> TwoWaysDesk:
    """The company of the pictures."""
    return fake_two_ways.desk(tmp_path)


@pytest.fixture
def opened(desk) -> Iterator[Callable[..., QWidget]]:
    """Opens forms and takes them away at the end."""
    made: list[QWidget] = []

    def make(module: str = "invoices", key: int | None = 1478) -> QWidget:
        made.append(editor_dialog(module, key, desk))
        return made[-1]

    yield make
    for dialog in made:
        dialog.keep_alive.end()


@pytest.fixture
def frame(desk):
    """A window to open dialogs on."""
    made = conflicts_frame(desk)
    yield made
    made.end()


def _click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def _answer(dialog, desk, event) -> None:
    """The sync thread answers the last command."""
    desk.listener(replace(event, ticket=desk.commands[-1].ticket))
    QTest.qWait(20)


def test_the_form_stays_until_the_edit_is_taken(opened, desk):
    """Closing before the answer could lose what was typed; the answer closes it."""
    desk.answers = False
    dialog = opened()
    _type(dialog._inputs["reference_number"], "PO-77")
    _click(dialog.save)
    wait_for(lambda: bool(desk.commands))
    QTest.qWait(20)
    assert dialog.isVisible()
    assert not dialog.save.isEnabled()
    saved: list[bool] = []
    dialog.saved.connect(lambda: saved.append(True))
    _answer(dialog, desk, CommandDone(""))
    wait_for(lambda: saved == [True])


def test_an_edit_that_is_refused_says_so_beside_its_field_and_keeps_what_was_typed(opened, desk):
    """The engine's own check comes after the form's: its faults land in the form, which can be saved again."""
    desk.answers = False
    dialog = opened()
    _type(dialog._inputs["reference_number"], "PO-78")
    _click(dialog.save)
    wait_for(lambda: bool(desk.commands))
    refused = CommandFailed("This cannot be saved.", "", Action.EDIT_RECORD, 1478, (("reference_number", "Too long."),))
    told: list[object] = []
    dialog.state.command_failed.connect(told.append)
    _answer(dialog, desk, refused)
    assert dialog.isVisible()
    assert dialog._fields["reference_number"].error == "Too long."
    assert dialog._inputs["reference_number"].text() == "PO-78"
    assert dialog.save.isEnabled()
    assert told == []
    desk.answers = True
    saved: list[bool] = []
    dialog.saved.connect(lambda: saved.append(True))
    _click(dialog.save)
    wait_for(lambda: saved == [True])
    assert len(desk.commands) == 2


def test_an_answer_about_the_whole_record_stands_on_top(opened, desk):
    """A record that went meanwhile: the sentence, and nothing typed is lost."""
    desk.answers = False
    dialog = opened()
    _type(dialog._inputs["reference_number"], "PO-79")
    _click(dialog.save)
    wait_for(lambda: bool(desk.commands))
    _answer(dialog, desk, CommandFailed("This record is deleted in Zoho Books.", "Enter it anew.", Action.NONE))
    assert dialog.wrong.isVisible()
    assert "deleted in Zoho Books" in dialog.wrong.fact.text()
    assert dialog._inputs["reference_number"].text() == "PO-79"


def test_a_failure_after_the_form_was_left_is_told_by_the_window(opened, desk):
    """Nobody waits any more, so it is not swallowed."""
    desk.answers = False
    dialog = opened()
    state = dialog.state
    told: list[object] = []
    state.command_failed.connect(told.append)
    _type(dialog._inputs["reference_number"], "PO-80")
    _click(dialog.save)
    wait_for(lambda: bool(desk.commands))
    ticket = desk.commands[-1].ticket
    dialog._dirty = False
    dialog.reject()
    desk.listener(CommandFailed("This cannot be saved.", "x", Action.EDIT_RECORD, ticket=ticket))
    wait_for(lambda: bool(told))


@pytest.mark.parametrize("module", sorted(FORMS))
def test_forms_show_only_documented_write_fields(module):
    """No form offers a field that could never be sent, and none lacks a field that Zoho requires."""
    declared = MODULES[module]
    names = {entry.name for entry in FORMS[module].entries}
    assert names <= declared.write_fields
    assert set(declared.required) - {"payment_mode"} <= names | {"line_items"}


def test_a_record_is_shown_as_its_document(opened):
    """References by name, amounts and dates as everywhere, lines with one empty row below."""
    dialog = opened()
    assert dialog._inputs["customer_id"].text() == "Sri Lakshmi Provision Stores"
    assert dialog._inputs["date"].text() == "12 Nov 2026"
    lines = dialog._inputs["line_items"]
    assert [line.cells["rate"].text() for line in lines._lines] == ["642.00", "1,150.00", ""]
    assert "19,165.00" in lines.sum.text()
    assert dialog.changes() == ()


def test_saving_sends_only_what_changed(opened, desk):
    """Two fields edited are two fields in the command; lines go whole with what they had."""
    dialog = opened()
    _type(dialog._inputs["due_date"], "30 Nov 2026")
    _type(dialog._inputs["line_items"]._lines[1].cells["rate"], "1200")
    _click(dialog.save)
    wait_for(lambda: bool(desk.commands))
    (command,) = desk.commands
    assert isinstance(command, EditRecord)
    assert command.record_id == 1478
    fields = dict(command.fields)
    assert set(fields) == {"due_date", "line_items"}
    assert fields["due_date"] == "2026-11-30"
    assert [line["rate"] for line in fields["line_items"]] == [Decimal("642.00"), Decimal(1200)]
    assert fields["line_items"][1]["name"] == "Cardamom 8 mm, grade A"


def test_what_cannot_be_read_stands_beside_its_field_and_nothing_is_sent(opened, desk):
    """The sentence is under the field, the focus goes there, and the database is not even asked."""
    dialog = opened()
    _type(dialog._inputs["due_date"], "03/12/2026")
    _type(dialog._inputs["line_items"]._lines[0].cells["rate"], "a lot")
    _click(dialog.save)
    assert "Enter the month in letters" in dialog._fields["due_date"].error
    assert dialog._inputs["due_date"].accessibleDescription() == dialog._fields["due_date"].error
    assert dialog._inputs["due_date"].hasFocus()
    assert dialog._inputs["line_items"].message.text.startswith("Line 1: ")
    assert desk.commands == []
    assert not [q for q in desk.questions if q[0] == "check"]
    _type(dialog._inputs["due_date"], "3 Dec 2026")
    assert dialog._fields["due_date"].error == ""


def test_what_the_database_refuses_stands_beside_its_field(opened, desk):
    """Checks of the document find their field, a line's field too; what belongs to none stands on top."""
    dialog = opened()
    desk.wrong = [
        FieldError("customer", "This contact is inactive."), FieldError("line_items.0.rate", "Zero is no price."),
        FieldError("exchange_rate", "The rate of the day is missing."),
    ]  # fmt: skip
    _type(dialog._inputs["notes"], "x")
    _click(dialog.save)
    wait_for(lambda: bool(dialog._fields["customer_id"].error))
    assert dialog._inputs["line_items"].message.text == "Line 1: Zero is no price."
    assert "rate of the day" in dialog.wrong.text.text()
    assert dialog.isVisible()
    assert desk.commands == []
    assert dialog.save.isEnabled()


def test_escape_never_discards_what_was_typed(opened, desk):
    """The first Escape asks, the second goes on editing; only Discard closes."""
    dialog = opened()
    _type(dialog._inputs["reference_number"], "PO-9")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.ask_discard.isVisible()
    assert dialog.stay.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.ask_discard.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    _click(dialog.ask_discard.action)
    assert not dialog.isVisible()
    assert desk.commands == []


def test_escape_closes_an_untouched_form(opened):
    """Nothing typed, nothing asked."""
    dialog = opened()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_new_contact_needs_its_name(opened, desk):
    """Required fields are named; what is filled goes into one command."""
    dialog = opened("contacts", None)
    _click(dialog.save)
    assert dialog._fields["contact_name"].error == "Zoho Books needs this field."
    _type(dialog._inputs["contact_name"], "Nilgiri Cold Storage LLP")
    _type(dialog._inputs["contact_persons"]._lines[0].cells["email"], "ap@nilgiri.example")
    _click(dialog.save)
    wait_for(lambda: bool(desk.commands))
    assert desk.commands == [
        NewRecord(
            "contacts",
            (("contact_name", "Nilgiri Cold Storage LLP"), ("contact_persons", [{"email": "ap@nilgiri.example"}])),
        )
    ]


def test_references_are_found_while_typing(opened, desk):
    """A name that is known is taken; one that is not in Zoho Books yet is named by our own key."""
    dialog = opened("invoices", None)
    customer = dialog._inputs["customer_id"]
    _type(customer, "Padma Tea Estates")
    wait_for(lambda: customer.value == "460000000000078")
    _type(customer, "Nilgiri Cold Storage LLP")
    wait_for(lambda: isinstance(customer.value, dict))
    assert dialog.document()["customer"] == {"local_id": "00000000-0000-0000-0000-000000000079"}
    assert "customer_id" not in dialog.document()


def test_an_unknown_reference_is_refused_by_name(opened):
    """Text that names no record is never sent."""
    dialog = opened()
    _type(dialog._inputs["customer_id"], "Nobody Ltd")
    _click(dialog.save)
    assert "Nobody Ltd" in dialog._fields["customer_id"].error


def test_an_item_brings_its_price(opened):
    """Choosing an item fills the price and one piece where nothing is typed, and a new empty line appears."""
    dialog = opened("invoices", None)
    lines = dialog._inputs["line_items"]
    _type(lines._lines[0].cells["item_id"], "Black pepper, bold 5 mm")
    wait_for(lambda: lines._lines[0].cells["rate"].text() == "642.00")
    assert lines._lines[0].cells["quantity"].value == Decimal(1)
    assert len(lines._lines) == 2


def test_lines_can_be_removed(opened):
    """A removed line is gone from the document, the others keep what they had."""
    dialog = opened()
    lines = dialog._inputs["line_items"]
    _click(lines._lines[0].remove)
    assert [line["item_id"] for line in dialog.document()["line_items"]] == ["12"]


def test_a_record_that_cannot_be_edited_says_why(opened, desk):
    """The button keeps its place with its reason beside it."""
    desk.documents[1478] = replace(desk.documents[1478], refused="It is leaving just now.")
    dialog = opened()
    assert not dialog.save.isEnabled()
    assert dialog.reason.text() == "It is leaving just now."


def test_dates_go_by_days_with_the_arrow_keys(opened):
    """Up is a day later, down a day earlier."""
    date = opened()._inputs["due_date"]
    QTest.keyClick(date, Qt.Key.Key_Up)
    assert date.value == "2026-11-13"
    QTest.keyClick(date, Qt.Key.Key_Down)
    QTest.keyClick(date, Qt.Key.Key_Down)
    assert date.value == "2026-11-11"


def test_a_payment_is_one_command_with_exact_text(frame, desk):
    """The open balance is proposed; the amount leaves as text."""
    dialog = PaymentDialog(frame, frame.state, frame.bridge, INVOICE)
    dialog.open()
    _type(dialog.amount, "10,000.50")
    _click(dialog.record)
    assert desk.commands == [
        ActOn(1478, "pay", (("amount", "10000.50"), ("date", "2026-11-20"), ("payment_mode", "banktransfer")))
    ]


@pytest.mark.parametrize(("typed", "words"), [("20,000", "cannot be more"), ("0", "above zero"), ("x", "for example")])
def test_a_payment_that_cannot_be_is_refused_at_its_field(frame, desk, typed, words):
    """More than the balance, nothing, and words are refused under the amount."""
    dialog = PaymentDialog(frame, frame.state, frame.bridge, INVOICE)
    dialog.open()
    _type(dialog.amount, typed)
    _click(dialog.record)
    assert words in dialog.fields["amount"].error
    assert desk.commands == []


@pytest.mark.parametrize("action", ["void", "delete"])
def test_voiding_and_deleting_name_the_organization_and_default_to_cancel(frame, desk, action):
    """The verb is on the button, Cancel has the focus, Escape and Enter change nothing."""
    from zbdesk.ui.editing.dialog import OrganizationStrip

    dialog = ConfirmDialog(frame, frame.state, frame.bridge, INVOICE, action)
    dialog.open()
    assert dialog.findChild(OrganizationStrip).accessibleName().endswith("Meridian Spices & Exports Pvt. Ltd.")
    assert dialog.focusWidget() is dialog.cancel
    assert not dialog.verb.isDefault()
    assert "MSE/26-27/1478" in dialog.question.text()
    assert "invoice" in dialog.verb.text()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert desk.commands == []
    again = ConfirmDialog(frame, frame.state, frame.bridge, INVOICE, action)
    again.open()
    _click(again.verb)
    assert desk.commands == [ActOn(1478, action)]


def test_acts_follow_the_record(frame, desk):
    """A draft can be marked as sent, a pending change can be cancelled, a void invoice is not voided again."""

    def why(view):
        return {act.key: act.why_not for act in acts_of(frame, frame.state, frame.bridge, view)}

    draft = replace(INVOICE, status="draft", state=RecordState.MIRRORED)
    assert why(draft)["send"] == ""
    assert why(draft)["pay"] != ""
    assert "cancel" not in why(draft)
    assert why(INVOICE)["cancel"] == ""
    assert why(INVOICE)["pay"] == ""
    assert why(replace(INVOICE, status="void"))["void"] != ""
    assert why(replace(INVOICE, state=RecordState.SENDING))["edit"] == "It is leaving just now."
    assert "pay" not in why(replace(INVOICE, module="contacts"))
    for act in acts_of(frame, frame.state, frame.bridge, draft):
        if act.key == "send":
            act.then()
    for act in acts_of(frame, frame.state, frame.bridge, INVOICE):
        if act.key == "cancel":
            act.then()
    assert desk.commands == [ActOn(1478, "send"), CancelPending(1478)]


def test_a_connection_that_only_reads_offers_nothing(tmp_path):
    """Every act keeps its place and says why it cannot be done."""
    desk = fake_two_ways.desk(tmp_path)
    desk.overview = overview(connection=connection(read_only=True))
    frame = conflicts_frame(desk)
    actions = record_actions(frame, frame.state, frame.bridge, replace(INVOICE, state=RecordState.SYNCED))
    assert actions
    assert not any(action.isEnabled() for action in actions)
    assert all("only reads" in action.text() for action in actions)
    frame.end()


def test_the_focus_returns_to_the_opener(frame):
    """After a dialog the keyboard is where it was."""
    frame.page.list.setFocus()
    dialog = ConfirmDialog(frame, frame.state, frame.bridge, INVOICE, "void")
    dialog.open()
    dialog.reject()
    assert frame.focusWidget() is frame.page.list
    assert isinstance(dialog.cancel, Button)
