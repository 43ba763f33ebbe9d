"""Signing in: three stages with their state, the time left, and every way out when the browser does not come back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTime, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from zbdesk.app.connect import SignInStep
from zbdesk.app.log import note_told
from zbdesk.domain.errors import ZbdeskError
from zbdesk.ui import theme
from zbdesk.ui.tasks import Tasks
from zbdesk.ui.widgets import (
    Banner,
    Button,
    CopyButton,
    FormField,
    Label,
    Progress,
    Stages,
    StageState,
    TextField,
    announce,
    gap,
    pad,
)
from zbdesk.ui.wizard.connector import Connector
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.state import Session, host

WAIT_SECONDS = 600.0
"""How long the flow waits for the browser, and how long again when the person asks for more."""

_FIELDS = {
    "invalid_client_secret": "client_secret", "invalid_client": "client_id", "invalid_client_id": "client_id",
    "invalid_redirect_uri": "redirect",
}  # fmt: skip


class SignInPage(Page):
    """Starts by itself when it is shown and goes on by itself when the sign-in is there."""

    key = "sign_in"
    step = 2

    def __init__(
        self,
        session: Session,
        connector: Connector,
        tasks: Tasks,
        open_url: Callable[[str], bool],
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(session)
        self._connector = connector
        self._tasks = tasks
        self._open_url = open_url
        self._now = now
        self._deadline = 0.0
        self._opened_at = ""
        self._browser_failed = False
        self.signed_in = False
        self.failed_with: ZbdeskError | None = None
        self._task: asyncio.Task[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self.stages = Stages(3, name=self.tr("How far the sign-in is"))
        self.stages.setMaximumWidth(theme.current().px(160))
        self.problem = Banner("", "", "problem")
        self.problem.setMaximumWidth(theme.current().px(160))
        self.retry = Button(self.tr("Try &again"), "normal", "rotate-cw")
        self.retry.clicked.connect(self.start)
        self.problem.end.addWidget(self.retry)
        self.content.addWidget(self.problem)
        self.content.addWidget(self.stages)
        self.content.addWidget(self._waiting())

    def _waiting(self) -> QWidget:
        self.waiting = QWidget()
        self.waiting.setMaximumWidth(theme.current().px(160))
        column = QVBoxLayout(self.waiting)
        column.setContentsMargins(0, 0, 0, 0)
        gap(column, 2)
        line = QHBoxLayout()
        gap(line, 1)
        line.addWidget(Label(self.tr("Time left:")))
        self.left_label = Label("", "strong")
        line.addWidget(self.left_label)
        line.addStretch()
        self.longer = Button(self.tr("Wait 10 &minutes from now"), "link", "clock")
        self.longer.clicked.connect(self.wait_longer)
        line.addWidget(self.longer)
        column.addLayout(line)
        self.bar = Progress(name=self.tr("Time left"))
        column.addWidget(self.bar)
        column.addSpacing(theme.current().px(4))
        column.addWidget(Label(self.tr("Nothing happened in the browser?"), "strong"))
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        gap(self._ways, 2)
        self.open_again = Button(self.tr("&Open again"), "normal", "external-link")
        self.open_again.clicked.connect(self._open_once_more)
        self.copy_link = CopyButton(self.tr("Copy &link"))
        self.paste_code = Button(self.tr("Paste &code…"), "normal", "clipboard-paste")
        self.paste_code.clicked.connect(self._show_paste)
        for button in (self.open_again, self.copy_link, self.paste_code):
            self._ways.addWidget(button)
        self._ways.addStretch()
        column.addLayout(self._ways)
        column.addWidget(self._paste_part())
        self.hint = Label(
            self.tr(
                "If another browser has your Zoho sign-in, copy the link and open it there. If the browser says that "
                "it cannot reach localhost, copy the whole address of that page and choose Paste code."
            ),
            "caption",
            "text2",
            wrap=True,
        )
        column.addWidget(self.hint)
        return self.waiting

    def _paste_part(self) -> QWidget:
        self.paste_panel = QWidget()
        column = QVBoxLayout(self.paste_panel)
        pad(column, 0, 2, 0, 1)
        self.pasted = TextField(placeholder="http://localhost:…/callback?code=…", digits=True)
        self.pasted.typed.connect(self._paste_typed)
        self.pasted.returnPressed.connect(self._take_pasted)
        self.take = Button(self.tr("&Take it"))
        self.take.clicked.connect(self._take_pasted)
        self.take.setEnabled(False)
        self.paste_field = FormField(
            self.tr("A&ddress or code from the browser"),
            self.pasted,
            self.tr("The whole address of the page that could not be reached, or the code alone."),
            after=self.take,
        )
        column.addWidget(self.paste_field)
        self.paste_panel.hide()
        return self.paste_panel

    def arrange(self, em: float) -> None:
        """See ``Page``."""
        margins = self._column.contentsMargins()
        room = min(self.width() - margins.left() - margins.right(), self.waiting.maximumWidth())
        needed = sum(b.sizeHint().width() for b in (self.open_again, self.copy_link, self.paste_code))
        tight = needed + theme.current().px(4) > room
        self._ways.setDirection(QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight)
        del em

    # -- the attempt --------------------------------------------------------------------------------------------------

    def entered(self) -> None:
        """See ``Page``."""
        if self.session.grant_code:
            self.say(
                self.tr("Sign in with the code"),
                self.tr("zbdesk exchanges the code at Zoho; this takes a few seconds."),
            )
        else:
            self.say(
                self.tr("Sign in to Zoho in your browser"),
                self.tr(
                    "A page of Zoho has opened in your browser. Sign in there and choose Accept, then come back here."
                ),
            )
        if not self.signed_in and self._task is None:
            self.start()

    def left(self) -> None:
        """See ``Page``."""
        self._timer.stop()

    def start(self) -> None:
        """Begin an attempt, from a fresh flow where there was one before."""
        again = self.failed_with is not None
        self.failed_with = None
        self.problem.say("")
        self._browser_failed = False
        self._opened_at = ""
        by_code = bool(self.session.grant_code)
        self.waiting.setVisible(not by_code)
        self.paste_panel.hide()
        self.pasted.clear()
        self._show_stages(0)
        self._deadline = self._now() + WAIT_SECONDS
        self.bar.restart(1.0)
        self.tick()
        self._timer.start()
        self._task = self._tasks.start(self._attempt(by_code=by_code, again=again), then=self._done, fail=self._refused)
        self.changed.emit()

    async def _attempt(self, *, by_code: bool, again: bool) -> bool:
        if by_code:
            await self._connector.use_grant_code()
            return True
        if again or not self.session.redirect_uri:
            port = int(host(self.session.redirect_uri).rsplit(":", 1)[-1]) if self.session.redirect_uri else 0
            ports = (port,) if port else self.session.settings.redirect_ports
            self.session.redirect_uri = await self._connector.listen(ports)
        await self._connector.sign_in(self._open, self._stepped)
        return True

    def cancel(self) -> None:
        """End the attempt. The page can be entered again, which starts another one."""
        task = self._task
        self._task = None
        self._timer.stop()
        if task is not None:
            task.cancel()
        # What was listening is still the cancelled flow's; the next attempt starts afresh.
        self.session.redirect_uri = ""

    def _open(self, url: str) -> bool:
        self.copy_link.set_value(url)
        opened = self._open_url(url)
        self._opened_at = QTime.currentTime().toString("HH:mm:ss")
        self._browser_failed = not opened
        if not opened:
            self.problem.say(
                self.tr("No browser could be opened."),
                self.tr("Choose Copy link and open it in a browser of your own, on this computer."),
                "attention",
            )
            self.retry.hide()
        return opened

    def _stepped(self, step: SignInStep) -> None:
        at = {SignInStep.OPENED: 1, SignInStep.WAITING: 1, SignInStep.CODE: 2, SignInStep.TOKENS: 3}.get(step, 1)
        self._show_stages(at)
        announce(self, self.stages.title(min(at, 2)))

    def _show_stages(self, at: int) -> None:
        centre = self.session.data_centre_or_none()
        server = host(centre.accounts_url) if centre is not None else ""
        states = [
            StageState.DONE if index < at else StageState.NOW if index == at else StageState.TODO for index in range(3)
        ]
        if self.session.grant_code:
            words = [
                (self.tr("The code is ready"), ""),
                (self.tr("Exchanging it"), server),
                (self.tr("Reading your organizations"), self.tr("Next, by itself")),
            ]
            if at == 0:
                states = [StageState.DONE, StageState.NOW, StageState.TODO]
        else:
            opened = self.tr("%1, opened at %2").replace("%1", server).replace("%2", self._opened_at)
            page = self.tr("The sign-in page is open") if at else self.tr("Opening the sign-in page")
            if self._browser_failed:
                page = self.tr("The sign-in page is ready")
                opened = self.tr("Copy the link below and open it")
            uri = host(self.session.redirect_uri)
            listens = self.tr("zbdesk listens at %1 on this computer").replace("%1", uri)
            accepted = self.tr("You chose Accept") if at > 1 else self.tr("Waiting for you to choose Accept")
            words = [
                (page, opened if at else server),
                (accepted, listens),
                (self.tr("Take over the sign-in"), self.tr("Next, by itself") if at < 2 else server),
            ]
        for index, ((title, note), state) in enumerate(zip(words, states, strict=True)):
            self.stages.show_stage(index, title, note, state)

    def _done(self, _result: bool) -> None:
        self._task = None
        self._timer.stop()
        self.signed_in = True
        self._show_stages(3)
        # The browser is in front now; the window asks to be looked at and takes no focus by itself.
        QApplication.alert(self.window())
        self.changed.emit()
        self.next_wanted.emit()

    def _refused(self, error: ZbdeskError) -> None:
        note_told(error)
        self._task = None
        self._timer.stop()
        self.failed_with = error
        self.waiting.hide()
        at = next((i for i, state in enumerate(self.stages.states) if state is StageState.NOW), 1)
        self.stages.show_stage(at, self.stages.title(at), self.tr("It ended here"), StageState.FAILED)
        self.retry.setVisible(True)
        message = error.message
        if error.code == "sign_in_timeout":
            elsewhere = self.tr("If the browser says that it cannot reach localhost, use Paste code.")
            message = f"{message} {elsewhere}"
        self.problem.say(error.title, message, "problem")
        announce(self, f"{error.title} {message}", urgent=True)
        self.changed.emit()
        field = _FIELDS.get(error.code or "")
        if field is None and self.session.grant_code and error.code == "invalid_code":
            field = "grant_code"
        if field is not None:
            self.jump.emit("credentials", field, error)
        else:
            self.retry.setFocus()

    # -- waiting ------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Show the time left."""
        seconds = max(0.0, self._deadline - self._now())
        minutes, rest = divmod(round(seconds), 60)
        self.left_label.setText(
            self.tr("%1 min %2 s").replace("%1", str(minutes)).replace("%2", str(rest))
            if minutes
            else self.tr("%1 s").replace("%1", str(rest))
        )
        self.bar.restart(min(1.0, seconds / WAIT_SECONDS))

    def wait_longer(self) -> None:
        """Give the person the whole time again."""
        self._connector.extend()
        self._deadline = self._now() + WAIT_SECONDS
        self.tick()
        announce(self, self.tr("Time left: %1").replace("%1", self.left_label.text()))

    def _open_once_more(self) -> None:
        url = self._connector.consent_url
        if url and self._open_url(url):
            self._opened_at = QTime.currentTime().toString("HH:mm:ss")
            self._show_stages(1)
            announce(self, self.tr("The sign-in page was opened again"))

    def _show_paste(self) -> None:
        self.paste_panel.show()
        clip = QGuiApplication.clipboard().text().strip()
        if not self.pasted.text() and "code=" in clip and clip.startswith("http"):
            self.pasted.setText(clip)
        self._paste_typed()
        self.pasted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paste_typed(self) -> None:
        self.paste_field.set_error("")
        self.take.setEnabled(bool(self.pasted.text().strip()))

    def _take_pasted(self) -> None:
        text = self.pasted.text().strip()
        if not text:
            return
        try:
            self._connector.paste(text)
        except ZbdeskError as error:
            self.paste_field.set_error(f"{error.title} {error.message}".strip())
            self.pasted.setFocus()

    def reason(self) -> str:
        """See ``Page``."""
        if self.signed_in:
            return ""
        if self.failed_with is not None:
            return self.tr("Try again, or go back and change something.")
        return self.tr("This page goes on by itself after sign-in.")

    def cancel_text(self) -> str:
        """See ``Page``."""
        return self.tr("Cancel sign-in") if self._task is not None else super().cancel_text()

    @property
    def busy(self) -> bool:
        """Whether an attempt is under way."""
        return self._task is not None

    def help_text(self) -> str:
        """See ``Page``."""
        return self.tr(
            "Zoho’s page lists what zbdesk asks for. Choose Accept there; the page then says that you can come "
            "back.\n\n"
            "A browser on another computer cannot reach this one. Copy the address that it could not open and paste it "
            "here, or go back and sign in with a code."
        )

    def first_focus(self) -> QWidget:
        """See ``Page``."""
        return self.open_again if self.waiting.isVisibleTo(self) else self.retry
