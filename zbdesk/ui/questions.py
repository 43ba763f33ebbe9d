"""The window's few questions. They are opened, never executed: a nested loop would stop what is under way.

Invariant: Escape is Cancel and changes nothing; what cannot be undone is never the default.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from zbdesk import __version__
from zbdesk.ui import theme
from zbdesk.ui.sentences import said


def ask_close(parent: QWidget, then: Callable[[str], None]) -> QMessageBox:
    """What closing the window means; ``then`` gets ``keep_running`` or ``quit``, and nothing on Cancel."""
    box = _box(
        parent,
        _tr("Keep zbdesk running when the window is closed?"),
        _tr("It goes on syncing and waits near the clock. Settings, Closing the window, changes this."),
    )
    keep = box.addButton(_tr("&Keep running"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(_tr("&Quit"), QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(keep)
    box.setEscapeButton(cancel)
    answers = {keep: "keep_running", leave: "quit"}
    box.buttonClicked.connect(lambda button: then(answers[button]) if button in answers else None)
    box.open()
    return box


def ask_mass_deletion(parent: QWidget, message: str, organization: str, then: Callable[[], None]) -> QMessageBox:
    """Whether records that vanished in Zoho Books were deleted on purpose; ``then`` takes them over as deleted."""
    box = _box(
        parent,
        message,
        _tr(
            "Look in Zoho Books (%1) whether they are really gone. If so, they are marked as deleted here too; "
            "nothing is deleted in Zoho Books."
        ).replace("%1", organization),
    )
    agree = box.addButton(_tr("They are &gone: mark them as deleted"), QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.buttonClicked.connect(lambda button: then() if button is agree else None)
    box.open()
    return box


def ask_leave_import(parent: QWidget, then: Callable[[], None]) -> QMessageBox:
    """Whether an import that was prepared is given up."""
    box = _box(
        parent,
        _tr("Give up this import?"),
        _tr("Nothing has been imported yet. What you mended and chose here would be lost; the file stays as it is."),
    )
    leave = box.addButton(_tr("&Give up"), QMessageBox.ButtonRole.DestructiveRole)
    leave.setProperty("kind", "destructive")
    stay = box.addButton(_tr("Go &on"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.buttonClicked.connect(lambda button: then() if button is leave else None)
    box.open()
    return box


def ask_stop_import(parent: QWidget, then: Callable[[], None]) -> QMessageBox:
    """Whether an import under way is to end."""
    box = _box(
        parent,
        _tr("Stop the import?"),
        _tr("What was imported so far stays and can be rolled back. Importing the file again goes on from there."),
    )
    stop = box.addButton(_tr("&Stop the import"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_tr("Go &on"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.buttonClicked.connect(lambda button: then() if button is stop else None)
    box.open()
    return box


def ask_language(parent: QWidget, then: Callable[[], None]) -> QMessageBox:
    """Whether the language changes although something is open; ``then`` changes it, Cancel keeps the old one."""
    box = _box(
        parent,
        _tr("Change this now?"),
        _tr("The window is built anew for it. Something is open that is not saved yet; what was typed would be lost."),
    )
    change = box.addButton(_tr("Change &now"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_tr("&Keep it as it is"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.buttonClicked.connect(lambda button: then() if button is change else None)
    box.open()
    return box


def ask_switch(parent: QWidget, organization: str, then: Callable[[], None]) -> QMessageBox:
    """Whether the window shows another organization, because something waits there; ``then`` switches."""
    box = _box(
        parent,
        _tr("Show %1 now?").replace("%1", organization),
        _tr(
            "The window shows one organization at a time; all go on syncing. Before the first change is written to "
            "%1, you are asked to confirm it."
        ).replace("%1", organization),
    )
    switch = box.addButton(_tr("&Show it"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_tr("Stay &here"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(switch)
    box.setEscapeButton(stay)
    box.buttonClicked.connect(lambda button: then() if button is switch else None)
    box.open()
    return box


def tell_about(parent: QWidget) -> QMessageBox:
    """Which version this is, and whose names it uses."""
    words = _tr("Version %1. Keeps this company's records and its Zoho Books in step. MIT licence.")
    note = _tr("Zoho and Zoho Books are names of Zoho Corporation, which has nothing to do with this program.")
    return tell(parent, "zbdesk", f"{words.replace('%1', __version__)} {note}")


def tell(parent: QWidget, fact: str, reason: str) -> QMessageBox:
    """Say something that no page is left to say."""
    box = _box(parent, fact, reason)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def _box(parent: QWidget, fact: str, reason: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle("zbdesk")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setText(said(fact))
    box.setInformativeText(said(reason))
    fact_label = box.findChild(QLabel, "qt_msgbox_label")
    if isinstance(fact_label, QLabel):
        fact_label.setFont(theme.current().font("panel"))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def _tr(words: str) -> str:
    return QCoreApplication.translate("Questions", words)
