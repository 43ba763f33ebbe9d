"""The wizard: pages in order, one button bar, one draft that survives closing, one sign-in behind it.

Nothing is stored before the last page. Secrets live in the session and end with it. No dialog is ever executed.
Invariant: a page is entered only when every page before it gave no reason against going on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from zbdesk.app.log import note_told
from zbdesk.domain.errors import VaultError, ZbdeskError
from zbdesk.domain.views import Connection
from zbdesk.ui import theme
from zbdesk.ui.tasks import Tasks
from zbdesk.ui.widgets import Hairline, announce
from zbdesk.ui.wizard.connector import Connector
from zbdesk.ui.wizard.credentials import CredentialsPage
from zbdesk.ui.wizard.data_centre import DataCentrePage
from zbdesk.ui.wizard.frame import Bar, HelpDialog, Side, StepLine, WelcomeBar
from zbdesk.ui.wizard.organization import OrganizationPage
from zbdesk.ui.wizard.page import Page
from zbdesk.ui.wizard.sign_in import SignInPage
from zbdesk.ui.wizard.state import CUSTOM, DemoAccess, Draft, Flow, Session, WizardSettings
from zbdesk.ui.wizard.vault_choice import VaultPage
from zbdesk.ui.wizard.welcome import WelcomePage
from zbdesk.ui.wizard.what_to_sync import WhatToSyncPage

_ORDER = ("welcome", "data_centre", "credentials", "vault", "sign_in", "organization", "what_to_sync")
_SAVE_AFTER_MS = 400


class ConnectWizard(QWidget):
    """Signals: ``finished(Connection)``, ``cancelled()``, ``demo_wanted()``.

    Cancel leads back to the first page. ``cancelled`` is emitted only where a connection is being mended: its owner
    closes that window, while a wizard without a connection is all that the window has to show.
    The owner calls ``await aclose()`` before the loop ends; a finished wizard has done so itself.
    """

    finished = Signal(object)
    cancelled = Signal()
    demo_wanted = Signal()

    def __init__(
        self,
        flow_factory: Callable[[], Flow],
        *,
        open_url: Callable[[str], bool],
        demo: DemoAccess | None = None,
        settings: WizardSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        chosen = settings or WizardSettings()
        self.session = Session(draft=_first_draft(chosen, demo), settings=chosen, demo=demo)
        if demo is not None:
            self.session.client_secret = demo.client_secret
        self.tasks = Tasks(self)
        self._connector = Connector(flow_factory, self.session)
        self._open_url = open_url
        self._vault_wanted = False
        self._help: HelpDialog | None = None
        self._help_opener: QWidget | None = None
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.setInterval(_SAVE_AFTER_MS)
        self._saver.timeout.connect(self.save_draft)
        self._build_pages()
        self._build_frame()
        self._at = ""
        self.setAccessibleName(self.tr("Connect Zoho Books"))
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self, self.show_help)
        self.show_page("welcome")
        if chosen.known is not None:
            # Whoever mends a connection knows what zbdesk is. A moment later, since that page starts to listen.
            QTimer.singleShot(0, self, self._begin_mending)

    # -- building -----------------------------------------------------------------------------------------------------

    def _build_pages(self) -> None:
        session, tasks = self.session, self.tasks
        resuming = bool(session.draft.page) and session.demo is None
        self.welcome = WelcomePage(session, resuming=resuming)
        self.data_centre = DataCentrePage(session)
        self.credentials = CredentialsPage(session, self._open_url)
        self.vault = VaultPage(session, tasks)
        self.sign_in = SignInPage(session, self._connector, tasks, self._open_url)
        self.organization = OrganizationPage(session, self._connector, tasks)
        self.what_to_sync = WhatToSyncPage(session, self._connector, tasks)
        self.pages: dict[str, Page] = {
            page.key: page
            for page in (
                self.welcome, self.data_centre, self.credentials, self.vault, self.sign_in, self.organization,
                self.what_to_sync,
            )
        }  # fmt: skip
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
            page.changed.connect(partial(self._page_changed, page))
            page.next_wanted.connect(partial(self._page_done, page))
            page.jump.connect(self._jump)
        self.welcome.connect_wanted.connect(self._begin)
        self.welcome.demo_wanted.connect(self.demo_wanted)
        self.credentials.port_wanted.connect(self._listen_at)
        self.vault.opened.connect(self._vault_opened)
        self.organization.other_sign_in.connect(self._sign_in_again)
        self.what_to_sync.stored.connect(self._stored)

    def _build_frame(self) -> None:
        titles = [
            self.tr("Data centre"), self.tr("Client ID and secret"), self.tr("Sign in"), self.tr("Organization"),
            self.tr("What to sync"),
        ]  # fmt: skip
        self.side = Side(titles)
        self._side_line = Hairline(upright=True)
        self.step_line = StepLine(titles)
        self.bar = Bar()
        self.welcome_bar = WelcomeBar()
        for bar in (self.bar, self.welcome_bar):
            bar.help_wanted.connect(self.show_help)
        self.bar.back_wanted.connect(self.go_back)
        self.bar.next_wanted.connect(self.go_next)
        self.bar.cancel_wanted.connect(self.cancel)
        main = QVBoxLayout()
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(0)
        for part in (self.step_line, self.stack, self.bar, self.welcome_bar):
            main.addWidget(part, 1 if part is self.stack else 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self._side_line)
        row.addLayout(main, 1)

    # -- where one stands ---------------------------------------------------------------------------------------------

    @property
    def at(self) -> str:
        """Key of the page that is shown."""
        return self._at

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self._at]

    def show_page(self, key: str) -> None:
        """Leave the present page and show another one."""
        if self._at:
            self.page.left()
        self._at = key
        page = self.page
        if key not in {"welcome", "vault"} and self.session.demo is None:
            # Later pages need the sign-in, so closing there comes back to the one that leads to it.
            self.session.draft.page = "credentials" if page.step >= 1 else key
        self.stack.setCurrentWidget(page)
        first = key == "welcome"
        if not first:
            self.side.steps.set_at(page.step)
            self.step_line.set_at(page.step)
        self._arrange()
        if key == "credentials":
            self._enter_credentials()
        page.entered()
        self._update()
        self._focus()
        announce(self, f"{page.title.text()}. {page.instruction.text()}")
        self._saver.start()

    def _focus(self) -> None:
        target = self.page.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page_changed(self, page: Page) -> None:
        if self._at and page is self.page:
            self._update()

    def _page_done(self, page: Page) -> None:
        if page is self.page:
            self.go_next()

    def _update(self) -> None:
        page = self.page
        self.bar.show_state(reason=page.reason(), next_text=page.next_text())
        self.bar.show_cancel(page.cancel_text())
        self._saver.start()

    def _arrange(self) -> None:
        narrow = theme.current().em(self.width()) < 60
        first = self._at == "welcome"
        self.side.setVisible(not narrow and not first)
        self._side_line.setVisible(not narrow and not first)
        self.step_line.setVisible(narrow and not first)
        self.bar.setVisible(not first)
        self.welcome_bar.setVisible(first)
        self.bar.set_narrow(narrow=narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        if self._at:
            self._arrange()

    # -- going --------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        wanted = self.session.draft.page if self.session.demo is None else ""
        if wanted == "credentials" and self.session.data_centre_or_none() is not None:
            self.show_page("credentials")
        else:
            self.show_page("data_centre")

    def _begin_mending(self) -> None:
        if self._at == "welcome":
            self.show_page("credentials")

    def go_next(self) -> None:
        """Do what Next means, when nothing stands against it."""
        page = self.page
        page.left()
        if page.reason() or not page.advance():
            self._update()
            return
        following = _ORDER[_ORDER.index(self._at) + 1]
        if following == "vault" and not self._vault_wanted:
            following = "sign_in"
        self.show_page(following)

    def go_back(self) -> None:
        """Show the page before, with every value as it was."""
        if self._at == "sign_in" and self.sign_in.busy:
            self._cancel_sign_in()
            return
        before = _ORDER[_ORDER.index(self._at) - 1]
        if before == "vault" and not self._vault_wanted:
            before = "credentials"
        if before == "sign_in":
            before = "credentials"
        self.show_page(before)

    def cancel(self) -> None:
        """End what is under way; what was typed is kept, so nothing is asked."""
        if self._at == "sign_in" and self.sign_in.busy:
            self._cancel_sign_in()
            return
        if self._at == "welcome":
            return
        self.page.left()
        self.save_draft()
        self.tasks.cancel()
        self._run_quietly(self._connector.aclose)
        self._forget_sign_in()
        self.welcome.connect_button.setText(self.tr("Go on &connecting"))
        self.show_page("welcome")
        if self.session.settings.known is not None:
            self.cancelled.emit()

    def _cancel_sign_in(self) -> None:
        self.sign_in.cancel()
        self._run_quietly(self._connector.aclose)
        self.show_page("credentials")

    def _forget_sign_in(self) -> None:
        self.session.redirect_uri = ""
        self.sign_in.signed_in = False
        self.sign_in.failed_with = None
        self.organization.forget()

    def _sign_in_again(self) -> None:
        self._forget_sign_in()
        self.show_page("sign_in")

    def _jump(self, key: str, field: str, error: ZbdeskError) -> None:
        self.session.redirect_uri = ""
        self.show_page(key)
        self.page.show_problem(field, error)

    # -- the page with the redirect URI and the place for secrets -----------------------------------------------------

    def _enter_credentials(self) -> None:
        self.credentials.show_scopes(self._connector.scopes())
        self._forget_sign_in()
        self._listen_at(self.session.draft.port)
        check = self.session.settings.check_vault
        if check is not None and not self.session.vault_name:
            self.tasks.start(asyncio.to_thread(check), then=self._vault_known, fail=self._vault_missing)

    def _listen_at(self, port: int) -> None:
        known = self.session.settings.redirect_ports
        ports = tuple(dict.fromkeys(([port] if port else []) + list(known if port in {0, *known} else ())))
        self.tasks.start(
            self._connector.listen(ports), then=self._listening, fail=self.credentials.show_redirect_problem
        )

    def _listening(self, uri: str) -> None:
        self.session.redirect_uri = uri
        self.session.draft.port = int(uri.rsplit(":", 1)[-1].split("/", 1)[0])
        self.credentials.show_redirect(uri)

    def _vault_known(self, name: str) -> None:
        self.session.vault_name = name
        self._vault_wanted = False
        if self._at == "credentials":
            self.credentials.entered()

    def _vault_missing(self, error: ZbdeskError) -> None:
        note_told(error)
        self._vault_wanted = isinstance(error, VaultError)
        self.vault.explain(error)

    def _vault_opened(self, name: str) -> None:
        self.session.vault_name = name
        self._vault_wanted = False
        if self._at == "vault":
            self.show_page("sign_in")

    # -- the end ------------------------------------------------------------------------------------------------------

    def _stored(self, connection: Connection) -> None:
        self.session.draft = Draft()
        self.session.settings.save_draft({})
        self._saver.stop()
        self._run_quietly(self.aclose)
        self.finished.emit(connection)

    def save_draft(self) -> None:
        """Keep what was typed, without secrets. The demo's is not worth keeping."""
        if self.session.demo is None:
            self.session.settings.save_draft(self.session.draft.to_dict())

    def _run_quietly(self, work: Callable[[], object]) -> None:
        """Start a coroutine that outlives the page; its failures go to the log by ``Tasks``."""
        coroutine = work()
        if asyncio.iscoroutine(coroutine):
            self._closing.start(coroutine)

    @property
    def _closing(self) -> Tasks:
        found = self.findChild(Tasks, "closing")
        if isinstance(found, Tasks):
            return found
        tasks = Tasks(self)
        tasks.setObjectName("closing")
        return tasks

    async def aclose(self) -> None:
        """End everything under way; secrets are dropped. Twice is harmless."""
        self._saver.stop()
        self.sign_in.cancel()
        await self.tasks.close()
        await self._connector.aclose()
        self.session.client_secret = ""
        self.session.grant_code = ""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed."""
        if self._at:
            self.page.left()
        self.save_draft()
        super().closeEvent(event)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that mean something here; leave the rest to Qt."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._at != "welcome":
            if self.bar.next.isEnabled():
                self.go_next()
        else:
            super().keyPressEvent(event)

    def show_help(self) -> None:
        """Open the help of this page beside it."""
        if self._help is not None and self._help.isVisible():
            self._help.raise_()
            return
        self._help_opener = self.focusWidget()
        self._help = HelpDialog(self.page.title.text(), self.page.help_text(), self)
        self._help.finished.connect(self._help_closed)
        self._help.open()

    def _help_closed(self) -> None:
        if self._help_opener is not None:
            self._help_opener.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._help is not None:
            self._help.deleteLater()
            self._help = None


def _first_draft(settings: WizardSettings, demo: DemoAccess | None) -> Draft:
    """Begin with the demo's server, with the connection to be mended, or with what was typed last time."""
    known = settings.known
    if demo is not None and known is None:
        return Draft(
            region=CUSTOM, accounts_url=demo.accounts_url, api_url=demo.api_url, client_id=demo.client_id,
            poll_seconds=settings.poll_seconds,
        )  # fmt: skip
    if known is not None:
        accounts, api = (known.accounts_url, known.api_url) if demo is None else (demo.accounts_url, demo.api_url)
        return Draft(
            page="credentials", modules=list(settings.known_modules), modules_chosen=bool(settings.known_modules),
            region=known.data_centre, accounts_url=accounts, api_url=api,
            client_id=known.client_id, pkce=known.pkce, organization_id=known.organization.organization_id,
            read_only=known.read_only, poll_seconds=settings.poll_seconds,
        )  # fmt: skip
    kept = settings.load_draft()
    draft = Draft.from_dict(kept)
    if "poll_seconds" not in kept:
        draft.poll_seconds = settings.poll_seconds
    return draft
