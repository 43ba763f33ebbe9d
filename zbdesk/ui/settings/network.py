"""The way to Zoho: proxy with its login, certificates, and a test that names the step that fails."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from zbdesk.app.http import DIRECT
from zbdesk.app.network_test import NetworkReport, NetworkStep
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.formats import isolate
from zbdesk.ui.sentences import said
from zbdesk.ui.settings.here import Here
from zbdesk.ui.settings.rows import Choice, Rows, stack
from zbdesk.ui.widgets import Button, Message, SecretField, TextField

ADDRESS = re.compile(r"https?://[^\s/:@]+(?::[0-9]{1,5})?/?")
_MANUAL = "manual"


class NetworkRows(Rows):
    """Proxy, login, test."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("NetworkRows", "Proxy"))
        self._here = here
        self.mode = Choice(
            [(self.tr("As the system"), ""), (self.tr("None"), DIRECT), (self.tr("This one"), _MANUAL)],
            self.tr("Proxy"),
        )
        self.mode.chosen.connect(self._mode_chosen)
        self.address = TextField(placeholder="http://proxy.example.com:8080", name=self.tr("Address"), digits=True)
        self.address.setMinimumWidth(theme.current().px(70))
        self.address.editingFinished.connect(self._address_entered)
        self.wrong = Message()
        self.add(self.tr("Proxy"), self.mode)
        self.add(self.tr("Address"), stack(self.address, self.wrong))
        self.user = TextField(placeholder=self.tr("Name"), name=self.tr("Name for the proxy"))
        self.user.editingFinished.connect(lambda: self._here.change(proxy_user=self.user.text().strip()))
        self.password = SecretField(name=self.tr("Password for the proxy"))
        self.keep = Button(self.tr("&Keep"))
        self.keep.clicked.connect(self._keep_password)
        self.kept = Message()
        self.password.setPlaceholderText(self.tr("Password"))
        for field in (self.user, self.password):
            field.setMinimumWidth(theme.current().px(44))
        self.add(self.tr("Login (optional)"), self.user, self.password, self.keep)
        self.add(
            "", self.kept, help_text=self.tr("The password goes into the keychain of this computer, nowhere else.")
        )
        self.test = Button(self.tr("&Test connection"), icon="radio")
        self.test.clicked.connect(self._try)
        self.result = Message()
        self.add(self.tr("Way to Zoho Books"), stack(self.test, self.result))

    def refresh(self) -> None:
        """Show what holds."""
        settings = self._here.preferences.settings
        manual = settings.proxy not in {"", DIRECT}
        self.mode.show_value(_MANUAL if manual else settings.proxy)
        self._allow(manual=manual)
        if not self.address.hasFocus() and not self.wrong.text:
            self.address.setText(settings.proxy if manual else "")
        if not self.user.hasFocus():
            self.user.setText(settings.proxy_user)
        there = self._here.services() is not None
        self.test.setEnabled(there)
        self.keep.setEnabled(there)

    def _allow(self, *, manual: bool) -> None:
        self.address.setEnabled(manual)

    def _mode_chosen(self, value: object) -> None:
        self.wrong.say("")
        if value == _MANUAL:
            self._allow(manual=True)
            self.address.setFocus()
            return
        self._here.change(proxy=str(value))

    def _address_entered(self) -> None:
        text = self.address.text().strip()
        if not text:
            return
        if ADDRESS.fullmatch(text) is None:
            self.wrong.say(self.tr("An address looks like http://proxy.example.com:8080, without a login."), "error")
            return
        self.wrong.say("")
        self._here.change(proxy=text)

    def _keep_password(self) -> None:
        services = self._here.services()
        if services is not None:
            services.keep_proxy_password(self.password.text(), self._password_kept, self._password_refused)

    def _password_kept(self) -> None:
        gone = not self.password.text()
        self.password.clear()
        self.kept.say(self.tr("The password is forgotten.") if gone else self.tr("The password is in the keychain."))

    def _password_refused(self, error: ZbdeskError) -> None:
        self.kept.say(f"{error.title} {error.message}", "error")

    def _try(self) -> None:
        services = self._here.services()
        if services is not None:
            self.test.setEnabled(False)
            self.result.say(self.tr("Being tried…"))
            services.try_network(self._tried)

    def _tried(self, report: NetworkReport) -> None:
        self.test.setEnabled(True)
        if report.failed is None:
            plain, through = self.tr("Zoho Books answers directly."), self.tr("Zoho Books answers by way of %1.")
            way = through if report.proxy else plain
            self.result.say(way.replace("%1", isolate(report.proxy)), "ok")
            return
        words = (
            self.tr("Failed at: %1 (%2).").replace("%1", self._step(report.failed)).replace("%2", said(report.reason))
        )
        if report.done:
            done = ", ".join(self._step(step) for step in report.done)
            words += " " + self.tr("In order before it: %1.").replace("%1", done)
        self.result.say(words, "error")

    def _step(self, step: NetworkStep) -> str:
        return {
            NetworkStep.PROXY: self.tr("reaching the proxy"),
            NetworkStep.NAME: self.tr("finding the server’s name"),
            NetworkStep.CONNECT: self.tr("connecting to the server"),
            NetworkStep.LOGIN: self.tr("the proxy’s login"),
            NetworkStep.CERTIFICATE: self.tr("the server’s certificate"),
            NetworkStep.ANSWER: self.tr("the server’s answer"),
        }[step]


class TrustRows(Rows):
    """Which certificates are trusted."""

    def __init__(self, here: Here) -> None:
        super().__init__(QCoreApplication.translate("TrustRows", "Certificates"))
        self._here = here
        self.file = TextField(placeholder=self.tr("none"), name=self.tr("File with further certificates"), digits=True)
        self.file.setMinimumWidth(theme.current().px(70))
        self.file.editingFinished.connect(self._entered)
        self.choose = Button(self.tr("Choose a fi&le…"), icon="folder-open")
        self.choose.clicked.connect(self._choose)
        self.wrong = Message()
        self.add(
            self.tr("Also trust"),
            self.file,
            self.choose,
            help_text=self.tr(
                "The certificates that this computer trusts always count. A PEM file here adds to them, for a proxy "
                "that looks into traffic."
            ),
        )
        self.add("", self.wrong)

    def refresh(self) -> None:
        """Show what holds."""
        if not self.file.hasFocus() and not self.wrong.text:
            self.file.setText(self._here.preferences.settings.ca_file)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Certificates"))
        dialog.setNameFilters([self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.file.setText(path)
        self._entered()

    def _entered(self) -> None:
        from zbdesk.app.http import CertificatesUnusable, check_ca_file

        path = self.file.text().strip()
        try:
            check_ca_file(path)
        except CertificatesUnusable as error:
            self.wrong.say(f"{error.title} {error.message}", "error")
            return
        self.wrong.say("")
        self._here.change(ca_file=path)
