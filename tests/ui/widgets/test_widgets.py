"""The house's own controls do what a person and a screen reader expect of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStyle, QWidget

from zbdesk.ui import theme
from zbdesk.ui.widgets import (
    Banner,
    Button,
    Chip,
    CopyField,
    Elided,
    EmptyState,
    Fold,
    FormField,
    Label,
    Panel,
    Progress,
    SecretField,
    Segmented,
    Stages,
    StageState,
    StepList,
    TextField,
    announcing,
)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """All controls in the light theme."""
    theme.apply(qapp, "light")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What screen readers were told."""
    heard: list[str] = []
    announcing.announcer.forget()
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: heard.append(event.message()) if hasattr(event, "message") else None,
    )
    return heard


def test_c07_copy_is_confirmed_to_eyes_and_ears(qtbot, said: list[str]) -> None:
    """Copy puts the value on the clipboard, becomes Copied, and says so."""
    field = CopyField("http://localhost:8976/callback", name="Redirect URI")
    qtbot.addWidget(field)
    qtbot.mouseClick(field.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "http://localhost:8976/callback"
    assert field.copy_button.text() == "Copied"
    assert said == ["Copied"]
    field.copy_button._timer.timeout.emit()
    assert field.copy_button.text() == "&Copy"


def test_copy_button_does_not_move_its_neighbours(qtbot) -> None:
    """Both words fit into the same width."""
    field = CopyField("x", name="x")
    qtbot.addWidget(field)
    before = field.copy_button.sizeHint()
    field.copy_button.click()
    assert field.copy_button.sizeHint() == before


def test_c05_secret_is_masked_until_shown(qtbot) -> None:
    """The secret is dots; the eye shows it and its name says what the next press does."""
    field = SecretField(name="Client secret")
    qtbot.addWidget(field)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.show_button.accessibleName() == "Show the secret"
    field.show_button.click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert field.show_button.accessibleName() == "Hide the secret"


def test_c05_paste_loses_the_spaces_around_it(qtbot) -> None:
    """What was copied with a line end fits, and the person's change is announced once."""
    field = SecretField(name="Client secret")
    qtbot.addWidget(field)
    typed: list[str] = []
    field.typed.connect(typed.append)
    QGuiApplication.clipboard().setText("  abc def \n")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "abc def"
    assert typed == ["abc def"]


def test_c44_error_takes_the_place_of_the_help_and_is_tied_to_the_field(qtbot, said: list[str]) -> None:
    """The sentence stands under the field, screen readers get it, and mending brings the help back."""
    editor = TextField()
    field = FormField("&Rate", editor, "In the base currency.")
    qtbot.addWidget(field)
    assert field.message.text == "In the base currency."
    field.set_error("Enter the year with four digits.")
    assert field.message.text == "Enter the year with four digits."
    assert editor.accessibleDescription() == "Enter the year with four digits."
    assert editor.property("problem")
    assert said[-1] == "Enter the year with four digits."
    field.set_error("")
    assert field.message.text == "In the base currency."
    assert not editor.property("problem")


def test_c71_label_is_buddy_and_name(qtbot) -> None:
    """The mnemonic of the label leads to the field, and the field is called by it."""
    editor = TextField()
    field = FormField("Client &ID", editor)
    qtbot.addWidget(field)
    assert field.label.buddy() is editor
    assert editor.accessibleName() == "Client ID"


def test_c32_progress_never_goes_back(qtbot) -> None:
    """Less than before is not shown; another task begins anew."""
    bar = Progress(name="First sync")
    qtbot.addWidget(bar)
    bar.show_share(30, 100)
    bar.show_share(20, 100)
    assert bar.value() == 300
    bar.show_share(300, 100)
    assert bar.value() == 1000
    bar.restart()
    assert bar.value() == 0


def test_fold_tells_whether_it_is_open(qtbot) -> None:
    """The content is hidden at first, and the state is in the description."""
    content = QLabel("inside")
    fold = Fold("Other servers", content)
    qtbot.addWidget(fold)
    qtbot.addWidget(content)
    assert content.isHidden()
    assert fold.accessibleDescription() == "closed"
    fold.click()
    assert not content.isHidden()
    assert fold.accessibleDescription() == "open"


def test_segmented_has_exactly_one_chosen(qtbot) -> None:
    """Choosing one leaves the other; only a person's choice is told."""
    choice = Segmented([("a", "Read only"), ("b", "Both ways")], name="Direction")
    qtbot.addWidget(choice)
    told: list[str] = []
    choice.changed.connect(told.append)
    choice.set_value("b")
    assert told == []
    choice.button("a").click()
    assert told == ["a"]
    assert choice.value == "a"
    assert not choice.button("b").isChecked()
    choice.button("a").click()
    assert choice.button("a").isChecked()


def test_names_are_never_taken_for_markup(qtbot) -> None:
    """A customer called <b>Bold</b> is shown as written."""
    label = Label("<b>Bold</b> & Sons")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.setText("<img src=x>")
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_elided_text_is_whole_in_its_tooltip(qtbot) -> None:
    """What gives way can still be read."""
    label = Elided("Hindustan Fasteners & Allied Engineering Works (Unit II) Pvt. Ltd.")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(2000, 20)
    qtbot.waitUntil(lambda: not label.toolTip())


def test_banner_hides_when_it_has_nothing_to_say(qtbot) -> None:
    """An empty banner takes no room; its words are its accessible name."""
    banner = Banner("Zoho ended the sign-in.", "Nothing is lost.", "problem", "Sign in again")
    qtbot.addWidget(banner)
    assert banner.accessibleName() == "Zoho ended the sign-in. Nothing is lost."
    banner.say("")
    assert banner.isHidden()


def test_empty_state_offers_the_next_step(qtbot) -> None:
    """Its button acts; without an action there is no button."""
    empty = EmptyState("plug", "Not connected", "Connect first.", "Connect Zoho Books")
    qtbot.addWidget(empty)
    with qtbot.waitSignal(empty.acted):
        empty.action.click()
    empty.show_state("circle-check", "No conflicts")
    assert empty.action.isHidden()


def test_chip_says_what_its_press_does(qtbot) -> None:
    """The cross has words for screen readers."""
    chip = Chip("Status: not paid")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Remove filter Status: not paid"
    with qtbot.waitSignal(chip.removed):
        chip.click()


def test_panel_link_and_title(qtbot) -> None:
    """A panel is named by its title; its link tells of a press."""
    panel = Panel("Receivables by age", "Show 589 invoices")
    qtbot.addWidget(panel)
    assert panel.accessibleName() == "Receivables by age"
    with qtbot.waitSignal(panel.link_clicked):
        panel.link.click()


def test_steps_and_stages_have_words_besides_shapes(qtbot) -> None:
    """Where one stands can be heard."""
    steps = StepList(["Data centre", "Sign in"])
    qtbot.addWidget(steps)
    steps.set_at(1)
    assert steps.accessibleName() == "Step 2 of 2: Sign in"
    stages = Stages(1, name="Sign-in")
    qtbot.addWidget(stages)
    stages.show_stage(0, "Waiting", "", StageState.NOW)
    assert stages.title(0) == "Waiting"


@pytest.mark.parametrize("kind", ["primary", "normal", "quiet", "link", "destructive"])
def test_c74_buttons_are_large_enough(qtbot, kind: str) -> None:
    """Every kind is at least 24 by 24."""
    for button in (Button("x", kind), Button("", kind, "eye", name="Show")):
        qtbot.addWidget(button)
        assert button.sizeHint().width() >= 24
        assert button.sizeHint().height() >= 24


def test_enter_presses_the_focused_button(qtbot) -> None:
    """Enter and Space do the same on a button."""
    button = Button("Open again")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast", "contrast_white"])
def test_c66_focus_ring_is_seen_around_a_button(qtbot, qapp: QApplication, scheme: str) -> None:
    """The ring has the theme's colour and stands off the edge, also after the mouse."""
    theme.apply(qapp, scheme)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    button = Button("Press")
    button.setParent(window)
    button.move(40, 40)
    button.resize(button.sizeHint())
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    qapp.processEvents()
    picture = window.grab().toImage()
    ring = picture.pixelColor(button.x() + button.width() // 2, button.y() - 3)
    assert ring.name() == theme.current().color("focus").name()
    button.clearFocus()
    theme.apply(qapp, "light")


def test_c05_a_password_manager_can_fill_it(qtbot) -> None:
    """By what managers do: set the text through accessibility, type it at once, paste over what is there."""
    field = SecretField(name="Client secret")
    qtbot.addWidget(field)
    field.show()
    face = QAccessible.queryAccessibleInterface(field)
    assert face.state().passwordEdit
    assert not face.state().readOnly
    assert face.text(QAccessible.Text.Name) == "Client secret"
    with qtbot.waitSignal(field.textChanged):
        face.setText(QAccessible.Text.Value, "from-the-bus")
    assert field.text() == "from-the-bus"
    field.selectAll()
    qtbot.keyClicks(field, "typed-at-once")
    assert field.text() == "typed-at-once"
    field.selectAll()
    QGuiApplication.clipboard().setText("  pasted\n")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "pasted"
    assert "pasted" not in face.text(QAccessible.Text.Value)


def test_c75_nothing_moves_by_itself(qtbot, qapp: QApplication) -> None:
    """Our style animates nothing, and no part of the window has an animation of its own."""
    assert qapp.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
    moving = re.compile(r"Q(Property|Variant|Sequential|Parallel|Abstract)Animation|QMovie|QTimeLine|setRange\(0, 0\)")
    source = Path(__file__).resolve().parents[3] / "zbdesk" / "ui"
    assert [file.name for file in source.rglob("*.py") if moving.search(file.read_text(encoding="utf-8"))] == []


def test_c74_a_tooltip_of_a_button_says_nothing_that_is_said_nowhere_else(qtbot) -> None:
    """What an icon means is its name too, so that nobody has to hover."""
    field = SecretField(name="Client secret")
    qtbot.addWidget(field)
    for _ in range(2):
        field.show_button.click()
        assert field.show_button.toolTip() == field.show_button.accessibleName()
