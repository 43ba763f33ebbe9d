"""Choosing how Zoho Books reaches this computer: each way with what it needs, what it costs and what it protects."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zbdesk.app.settings import Settings
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.webhook_views import WebhookPage
from zbdesk.ui import theme
from zbdesk.ui.editing.dialog import WriteDialog
from zbdesk.ui.preferences import Preferences
from zbdesk.ui.scrolling import ScrollPage
from zbdesk.ui.state import DeskState
from zbdesk.ui.webhooks.acts import Doer
from zbdesk.ui.widgets import Banner, Combo, FormField, Label, Message, SecretField, TextField

KINDS = ("off", "own", "cloudflared", "ngrok", "ssh", "relay")
PROGRAMS = ("cloudflared", "ngrok", "ssh")


class WayForm(QWidget):
    """What one way needs. ``values`` are settings by name; ``address`` and ``token`` go elsewhere."""

    def __init__(self, kind: str, settings: Settings, page: WebhookPage) -> None:
        super().__init__()
        self.kind = kind
        look = theme.current()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, look.px(2), 0)
        self._column.setSpacing(look.px(2.5))
        self.found = Message(announced=False)
        self.fields: dict[str, FormField] = {}
        self.format: Combo | None = None
        self._column.addWidget(Label(_about(kind), "body", "text2", wrap=True))
        self._column.addWidget(self.found)
        self._fill(settings, page)
        self._column.addWidget(Label(_tr("What it protects"), "strong"))
        self._column.addWidget(Label(_protects(kind), "body", "text2", wrap=True))
        self._column.addStretch(1)

    def _fill(self, settings: Settings, page: WebhookPage) -> None:
        program = settings.tunnel_program if settings.tunnel == self.kind else ""
        if self.kind == "own":
            known = page.overview.public_url if settings.tunnel == "own" else ""
            base = (known or "").partition("/webhooks/")[0]
            self._text("address", _tr("Public &address"), base, "https://hooks.example.com", _tr(
                "Let its path /webhooks/ lead to port %1 of this computer, with the path kept and the body untouched."
            ).replace("%1", str(settings.webhook_port)))  # fmt: skip
        elif self.kind == "cloudflared":
            self._secret("token", _tr("T&oken of the tunnel (optional)"), _tr(
                "From Cloudflare’s dashboard. Without one the address is another one after each start. Empty keeps the "
                "present one."
            ))  # fmt: skip
            self._text("tunnel_name", _tr("&Name of a named tunnel (optional)"), settings.tunnel_name, "books")
            self._text(
                "tunnel_address", _tr("Its public &address"), settings.tunnel_address, "https://hooks.example.com"
            )
        elif self.kind == "ngrok":
            self._secret(
                "token",
                _tr("T&oken"),
                _tr("From ngrok’s dashboard; version 3.16 or newer. Empty keeps the present one."),
            )
            self._text(
                "tunnel_address",
                _tr("Reserved &address (optional)"),
                settings.tunnel_address,
                "https://books.ngrok.app",
            )
        elif self.kind == "ssh":
            self._text("ssh_server", _tr("S&erver"), settings.ssh_server, "hooks@vps.example.com", _tr(
                "Sign in there once by hand, so that its key is known here: an unknown server is never trusted."
            ))  # fmt: skip
            self._text(
                "ssh_remote_port", _tr("&Port to open there"), str(settings.ssh_remote_port), "9000", digits=True
            )
            self._text(
                "tunnel_address",
                _tr("Public &address that leads to it"),
                settings.tunnel_address,
                "https://hooks.example.com",
            )
            self._text("ssh_key", _tr("&Key file (optional)"), settings.ssh_key, "~/.ssh/id_ed25519")
        elif self.kind == "relay":
            self._text("relay_url", _tr("C&hannel"), settings.relay_url, "https://relay.example.com/channel")
            self.format = Combo(_tr("Kind of relay"))
            self.format.addItem(_tr("Keeps messages as they are (signatures hold)"), "zbdesk")
            self.format.addItem(_tr("smee.io and the like (no signature holds)"), "smee")
            self.format.setCurrentIndex(max(0, self.format.findData(settings.relay_format)))
            self._column.addWidget(FormField(_tr("K&ind of relay"), self.format))
        if self.kind in PROGRAMS:
            self._text("tunnel_program", _tr("Where the program &is (optional)"), program, self.kind, _tr(
                "Empty: it is looked for on the search path."
            ))  # fmt: skip

    def _text(
        self, name: str, label: str, value: str, example: str, help_text: str = "", *, digits: bool = True
    ) -> None:
        editor = TextField(placeholder=example, digits=digits)
        editor.setText(value)
        self._add(name, label, editor, help_text)

    def _secret(self, name: str, label: str, help_text: str) -> None:
        self._add(name, label, SecretField(), help_text)

    def _add(self, name: str, label: str, editor: TextField, help_text: str) -> None:
        self.fields[name] = FormField(label, editor, help_text)
        self._column.addWidget(self.fields[name])

    def text(self, name: str) -> str:
        """What stands in a field; empty where there is none."""
        field = self.fields.get(name)
        return field.editor.text().strip() if field is not None and isinstance(field.editor, TextField) else ""

    def values(self) -> dict[str, object]:
        """Settings that this way writes."""
        found: dict[str, object] = {"tunnel": "own" if self.kind == "off" else self.kind}
        for name in self.fields:
            if name == "ssh_remote_port":
                found[name] = int(self.text(name))
            elif name not in {"address", "token"}:
                found[name] = self.text(name)
        if self.format is not None:
            found["relay_format"] = self.format.currentData()
        return found

    def faults(self) -> dict[str, str]:
        """What is missing, by field."""
        missing = _tr("This is needed.")
        needed = {
            "own": ("address",), "ssh": ("ssh_server", "tunnel_address"), "relay": ("relay_url",),
        }.get(self.kind, ())  # fmt: skip
        found = {name: missing for name in needed if not self.text(name)}
        if self.kind == "cloudflared" and self.text("tunnel_name") and not self.text("tunnel_address"):
            found["tunnel_address"] = _tr("A named tunnel has a public address: enter it.")
        if "ssh_remote_port" in self.fields:
            port = self.text("ssh_remote_port")
            if not (port.isascii() and port.isdigit() and int(port) <= 65535):
                found["ssh_remote_port"] = _tr("A port is a number from 0 to 65535; 0 lets the server choose.")
        return found

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say under each field what is wrong with it; the first gets the focus."""
        for name, field in self.fields.items():
            field.set_error(faults.get(name, ""))
        first = next((name for name in self.fields if name in faults), None)
        if first is not None:
            self.fields[first].editor.setFocus()


class WayDialog(WriteDialog):
    """``chosen``: another way is kept; the sync thread takes it up by itself."""

    chosen = Signal()

    def __init__(
        self, parent: QWidget, state: DeskState, doer: Doer, preferences: Preferences, page: WebhookPage
    ) -> None:
        super().__init__(parent, state, _title(), _said(), icon="waypoints", width=190)
        self._doer, self._preferences, self._page = doer, preferences, page
        self._programs: Mapping[str, str | None] = {}
        settings, look = preferences.settings, theme.current()
        self.kind = Combo(self.tr("Way"))
        for kind in KINDS:
            self.kind.addItem(_choice(kind), kind)
        self.body.addWidget(FormField(self.tr("&Way"), self.kind))
        self.trouble = Banner(kind="problem")
        self.body.addWidget(self.trouble)
        self._stack = QStackedWidget()
        self.forms = {kind: WayForm(kind, settings, page) for kind in KINDS}
        for form in self.forms.values():
            scroll = ScrollPage(self.tr("What this way needs"))
            scroll.set_body(form)
            self._stack.addWidget(scroll)
        self._stack.setMinimumHeight(look.px(72))
        self.body.addWidget(self._stack, 1)
        self.take = self.add_verb(self.tr("&Use this way"))
        self.take.clicked.connect(self._take)
        self.kind.currentIndexChanged.connect(self._stack.setCurrentIndex)
        self.kind.currentIndexChanged.connect(lambda _: self.trouble.say(""))
        off = settings.tunnel == "own" and page.overview.public_url is None
        self.kind.setCurrentIndex(KINDS.index("own" if off else settings.tunnel))
        self._doer.do(doer.acts.programs, self._found, owner=self, fail=self._failed)

    @property
    def form(self) -> WayForm:
        """The one in sight."""
        return self.forms[str(self.kind.currentData())]

    def _found(self, programs: Mapping[str, str | None]) -> None:
        self._programs = programs
        for kind in PROGRAMS:
            place = programs.get(kind)
            if place is not None:
                self.forms[kind].found.say(self.tr("Found: %1").replace("%1", place), "ok")
            else:
                self.forms[kind].found.say(_install(kind), "attention")

    def _take(self) -> None:
        """Check what was typed, keep token and address in a thread, then write the settings."""
        form = self.form
        faults = form.faults()
        form.show_faults(faults)
        if faults:
            return
        self.explain(self.take, self.tr("Being kept…"))
        address, token, kind = form.text("address"), form.text("token"), form.kind
        checks = [form.text(name) for name in ("tunnel_address", "relay_url") if form.text(name)]
        acts = self._doer.acts

        def keep() -> None:
            for one in checks:
                acts.check_channel(one)
            if token:
                acts.keep_token(token)
            if kind in {"own", "off"}:
                acts.set_address(address)

        self._doer.do(keep, lambda _: self._kept(), owner=self, fail=self._failed)

    def _kept(self) -> None:
        values = self.form.values()
        if not self._preferences.change(**values):
            self.explain(self.take, "")
            self.trouble.say(self.tr("The settings could not be written."), self.tr("Nothing was changed."), "problem")
            return
        self.chosen.emit()
        self.accept()

    def _failed(self, error: ZbdeskError) -> None:
        self.explain(self.take, "")
        self.trouble.say(error.title, error.message, "problem")


def _title() -> str:
    return _tr("How does Zoho Books reach this computer?")


def _said() -> str:
    return _tr(
        "Every way ends at the same listener, which only this computer can reach and which checks each signature."
    )


def _choice(kind: str) -> str:
    return {
        "off": _tr("Not at all: changes come by looking"),
        "own": _tr("My own address (web server, proxy or tunnel that somebody looks after)"),
        "cloudflared": _tr("cloudflared, started by zbdesk"),
        "ngrok": _tr("ngrok, started by zbdesk"),
        "ssh": _tr("ssh to a server of my own, started by zbdesk"),
        "relay": _tr("Pull relay: zbdesk fetches, nothing has to reach this computer"),
    }[kind]


def _about(kind: str) -> str:
    return {
        "off": _tr("Nothing leads here. zbdesk looks at the chosen interval, and nothing is ever lost."),
        "own": _tr("You have a public https address. zbdesk only notes it; whoever runs it lets it lead here."),
        "cloudflared": _tr(
            "zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit."
        ),
        "ngrok": _tr("zbdesk starts the program, watches it, starts it again when it ends, and stops it at quit."),
        "ssh": _tr(
            "zbdesk keeps an SSH connection open that forwards a port. The server’s web server leads /webhooks/ to it."
        ),
        "relay": _tr(
            "For a network that lets nothing in and where no program may be installed. You must trust the relay."
        ),
    }[kind]


def _protects(kind: str) -> str:
    forged = _tr("A forged message is refused by its signature.")
    read = {
        "off": _tr("Nothing can reach this computer."),
        "own": _tr("Whoever runs the address can read the messages where the https line ends."),
        "cloudflared": _tr(
            "Cloudflare ends the https line and can read the messages. The token is kept in the keychain."
        ),
        "ngrok": _tr("ngrok ends the https line and can read the messages. The token is kept in the keychain."),
        "ssh": _tr("Nobody but your own server sees the messages."),
        "relay": _tr(
            "The relay can read the messages. A relay like smee writes them anew: no signature holds, whoever knows "
            "the channel can send, and events only make zbdesk read the record again."
        ),
    }[kind]
    return read if kind == "off" else f"{forged} {read}"


def _install(kind: str) -> str:
    return {
        "cloudflared": _tr(
            "It is not on this computer. Install it from Cloudflare (developers.cloudflare.com, Downloads), then open "
            "this again, or say below where it is."
        ),
        "ngrok": _tr(
            "It is not on this computer. Install it from ngrok (ngrok.com, Download), then open this again, or say "
            "below where it is."
        ),
        "ssh": _tr(
            "There is no ssh on this computer. It comes with Windows as an optional feature (OpenSSH Client), and with "
            "every Linux and macOS."
        ),
    }[kind]


def _tr(words: str) -> str:
    return QCoreApplication.translate("WayDialog", words)
