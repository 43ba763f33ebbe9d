"""Where secrets are kept when the computer has no keychain: a named choice, never plain text."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import log2

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from zbdesk.app.log import note_told
from zbdesk.domain.errors import VaultError, ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.tasks import Tasks
from zbdesk.ui.widgets import Banner, Button, FormField, Label, SecretField, gap, pad
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import Session

_SHORTEST = 8


def strength(passphrase: str) -> int:
    """Return 0 too short, 1 weak, 2 fair, 3 strong: by length and variety, with no rule about which signs."""
    if len(passphrase) < _SHORTEST:
        return 0
    bits = len(passphrase) * log2(max(2, len(set(passphrase))))
    return 1 if bits < 40 else 2 if bits < 64 else 3


class VaultPage(Page):
    """Shown only where the keychain cannot be used. Signal: ``opened(str)``: the place that is used from now on."""

    key = "vault"
    step = 1
    opened = Signal(str)

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(session)
        self._tasks = tasks
        self._error: ZbdeskError | None = None
        self._busy = False
        self.say(
            self.tr("Where may the sign-in be kept?"),
            self.tr("zbdesk found no keychain it can use; choose how the secret and the sign-in are protected."),
        )
        self.banner = Banner("", "", "attention")
        self.content.addWidget(self.banner)
        self.group = QButtonGroup(self)
        self.file_choice = QRadioButton(self.tr("&In an encrypted file"))
        self.keychain_choice = QRadioButton(self.tr("In the &keychain of this computer"))
        for button in (self.file_choice, self.keychain_choice):
            self.group.addButton(button)
        self.content.addWidget(self.file_choice, 0, Qt.AlignmentFlag.AlignLeading)
        self.content.addWidget(self._file_part())
        self.content.addWidget(self.keychain_choice, 0, Qt.AlignmentFlag.AlignLeading)
        self.content.addWidget(self._keychain_part())
        self.group.buttonToggled.connect(self._chosen)
        self.file_choice.setChecked(True)

    def _file_part(self) -> QWidget:
        self.file_panel = QWidget()
        column = QVBoxLayout(self.file_panel)
        pad(column, 6, 0, 0, 0)
        gap(column, 3)
        self.about = Label("", "body", "text2", wrap=True)
        column.addWidget(self.about)
        self.first = SecretField()
        self.first_field = FormField(self.tr("&Type a passphrase"), self.first)
        self.second = SecretField()
        self.second_field = FormField(self.tr("The same a&gain"), self.second)
        for field in (self.first_field, self.second_field):
            field.setMaximumWidth(theme.current().px(110))
            column.addWidget(field)
        self.first.typed.connect(self._typed)
        self.second.typed.connect(self._typed)
        return self.file_panel

    def _keychain_part(self) -> QWidget:
        self.keychain_panel = QWidget()
        row = QHBoxLayout(self.keychain_panel)
        pad(row, 6, 0, 0, 0)
        gap(row, 3)
        self.again = Button(self.tr("&Look again"), "normal", "rotate-cw")
        self.again.clicked.connect(self.look_again)
        row.addWidget(self.again)
        self.keychain_text = Label("", "body", "text2", wrap=True)
        row.addWidget(self.keychain_text, 1)
        return self.keychain_panel

    @property
    def asks_known_passphrase(self) -> bool:
        """Whether a sealed file is there already, so that its passphrase is asked for once."""
        return self._error is not None and self._error.code in {"vault_passphrase", "vault_wrong_passphrase"}

    def explain(self, error: ZbdeskError) -> None:
        """Take over why the place for secrets cannot be used."""
        self._error = error
        self._busy = False
        self.banner.say(error.title, "", "attention")
        known = self.asks_known_passphrase
        self.second_field.setVisible(not known)
        self.about.setText(
            self.tr("A sealed file of zbdesk is on this computer already. Enter the passphrase it was made with.")
            if known
            else self.tr(
                "The file is sealed with a passphrase that you enter when zbdesk starts. Without it nobody can read "
                "the sign-in, and a forgotten one means signing in again; no record is lost."
            )
        )
        self.keychain_text.setText(
            self.tr(
                "On Linux install gnome-keyring or KWallet and sign in to the desktop again, or unlock the keychain."
            )
        )
        self.changed.emit()

    def _chosen(self) -> None:
        by_file = self.file_choice.isChecked()
        self.file_panel.setEnabled(by_file)
        self.keychain_panel.setEnabled(not by_file)
        self.changed.emit()

    def _typed(self) -> None:
        text = self.first.text()
        words = [
            self.tr("Too short: eight signs or more; four words are easy to remember."),
            self.tr("Weak: add another word."),
            self.tr("Fair. Another word makes it strong."),
            self.tr("Strong."),
        ][strength(text)]
        self.first_field.set_error("")
        if text and not self.asks_known_passphrase:
            level = strength(text)
            self.first_field.message.say(words, "ok" if level == 3 else "attention" if level < 2 else "help")
        else:
            self.first_field.set_help("")
        differs = bool(self.second.text()) and not text.startswith(self.second.text())
        self.second_field.set_error(self.tr("The two differ. Type the same in both.") if differs else "")
        self.second.set_good(good=bool(text) and text == self.second.text())
        self.changed.emit()

    def reason(self) -> str:
        """See ``Page``."""
        if self._busy:
            return self.tr("The place is being tried.")
        if self.keychain_choice.isChecked():
            return self.tr("Choose Look again when the keychain is there.")
        if self.asks_known_passphrase:
            return "" if self.first.text() else self.tr("Enter the passphrase to go on.")
        if strength(self.first.text()) == 0:
            return self.tr("Enter a passphrase of eight signs or more to go on.")
        if self.first.text() != self.second.text():
            return self.tr("Type the passphrase a second time to go on.")
        return ""

    def advance(self) -> bool:
        """See ``Page``."""
        use = self.session.settings.use_passphrase
        if use is not None:
            self._try(use, self.first.text())
        return False

    def look_again(self) -> None:
        """Try the keychain once more."""
        self._try(None, "")

    def _try(self, choose: Callable[[str], None] | None, passphrase: str) -> None:
        check = self.session.settings.check_vault
        self._busy = True
        self.changed.emit()

        def work() -> str:
            if choose is not None:
                choose(passphrase)
            return check() if check is not None else ""

        self._tasks.start(asyncio.to_thread(work), then=self._worked, fail=self._refused)

    def _worked(self, name: str) -> None:
        self._busy = False
        self.first.clear()
        self.second.clear()
        self.session.vault_name = name
        self.opened.emit(name)

    def _refused(self, error: ZbdeskError) -> None:
        note_told(error)
        typed = self.first.text()
        self.explain(error)
        if typed and isinstance(error, VaultError) and self.file_choice.isChecked():
            self.first_field.set_error(f"{error.title} {error.message}".strip())
            self.first.setFocus()

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "A keychain belongs to the desktop: Credential Manager on Windows, Keychain on macOS, GNOME Keyring or "
            "KWallet on Linux. zbdesk keeps secrets there and nowhere else.\n\n"
            "Where there is none, an encrypted file is the other way. Its passphrase is never stored."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        return self.first
