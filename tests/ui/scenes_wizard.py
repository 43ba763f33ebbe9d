"""Every page of the wizard in its states, built with a fake flow: for pictures and for tests that look at all pages.

``SCENES[name]()`` returns the wizard; call it where no event loop runs. ``close()`` ends what scenes left waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QWidget

from tests.ui.fake_flow import MERIDIAN, Refused, Script
from zbdesk.domain.errors import VaultError
from zbdesk.ui.wizard.state import WizardSettings
from zbdesk.ui.wizard.wizard import ConnectWizard

ADDRESS = "https://books.zoho.in/app/60012345678#/home/dashboard"
CLIENT_ID = "1000.7QK4M0EXAMPLE8V2ZT5B"
SECRET = "not-a-secret-only-a-picture"

_loops: list[asyncio.AbstractEventLoop] = []


def _run(work: Awaitable[None]) -> None:
    if not _loops:
        _loops.append(asyncio.new_event_loop())
    _loops[0].run_until_complete(_settle(work))


async def _settle(work: Awaitable[None]) -> None:
    await work
    for _ in range(60):
        await asyncio.sleep(0)


def close() -> None:
    """End everything that scenes left waiting."""
    while _loops:
        loop = _loops.pop()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()


def wizard(script: Script, **settings: object) -> ConnectWizard:
    """A wizard over the script; the browser opens at once."""
    return ConnectWizard(script.factory, open_url=lambda _url: True, settings=WizardSettings(**settings))


async def until(condition: Callable[[], bool]) -> None:
    """Let tasks run until ``condition`` holds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for is a widget's state, which sets no event
            await asyncio.sleep(0)


async def to_data_centre(made: ConnectWizard) -> None:
    """Go to the data centre page."""
    made.welcome.connect_button.click()
    await asyncio.sleep(0)


async def to_credentials(made: ConnectWizard) -> None:
    """Go on with a pasted address of the India data centre."""
    await to_data_centre(made)
    made.data_centre.address.setText(ADDRESS)
    made.data_centre.address.typed.emit(ADDRESS)
    made.bar.next.click()
    await until(lambda: bool(made.session.redirect_uri))


async def to_sign_in(made: ConnectWizard) -> None:
    """Go on with a client ID and a secret."""
    await to_credentials(made)
    made.credentials.client_id.setText(CLIENT_ID)
    made.credentials.client_id.typed.emit(CLIENT_ID)
    made.credentials.secret.setText(SECRET)
    made.credentials.secret.typed.emit(SECRET)
    made.bar.next.click()
    await asyncio.sleep(0)


async def to_organization(made: ConnectWizard) -> None:
    """Go on through a sign-in that is accepted at once."""
    await to_sign_in(made)
    await until(lambda: made.at == "organization" and made.organization.table.rows.rowCount() > 0)


async def to_what_to_sync(made: ConnectWizard) -> None:
    """Choose Meridian Spices and go on."""
    await to_organization(made)
    made.organization.table.rows.choose(MERIDIAN.organization_id)
    made.organization.table.chosen.emit(MERIDIAN.organization_id)
    made.bar.next.click()
    await until(lambda: made.at == "what_to_sync" and "banktransactions" in made.session.counts)


def _scene(way: Callable[[ConnectWizard], Awaitable[None]], **script: object) -> ConnectWizard:
    made = wizard(Script(**script))

    async def walk() -> None:
        await way(made)

    _run(walk())
    return made


def welcome() -> QWidget:
    """The first page."""
    return wizard(Script())


def data_centre_empty() -> QWidget:
    """Nothing chosen yet: the reason stands beside Next."""
    return _scene(to_data_centre)


def data_centre() -> QWidget:
    """A pasted address has chosen its row."""

    async def walk(made: ConnectWizard) -> None:
        await to_data_centre(made)
        made.data_centre.address.setText(ADDRESS)
        made.data_centre.address.typed.emit(ADDRESS)

    return _scene(walk)


def data_centre_custom() -> QWidget:
    """Servers of one's own, one of them not usable."""

    async def walk(made: ConnectWizard) -> None:
        await to_data_centre(made)
        page = made.data_centre
        page.fold.set_open(opened=True)
        page.accounts.setText("https://accounts.example.com")
        page.api.setText("http://api.example.com/books")
        page.api.typed.emit("")

    return _scene(walk)


def credentials() -> QWidget:
    """ID typed, secret still missing, redirect copied."""

    async def walk(made: ConnectWizard) -> None:
        await to_credentials(made)
        made.credentials.client_id.setText(CLIENT_ID)
        made.credentials.client_id.typed.emit(CLIENT_ID)
        made.credentials.redirect.copy_button.click()
        made.credentials.secret.setFocus()

    return _scene(walk)


def credentials_code() -> QWidget:
    """The way with a code, for locked-down computers."""

    async def walk(made: ConnectWizard) -> None:
        await to_credentials(made)
        made.credentials.code_fold.set_open(opened=True)
        made.credentials.more_fold.set_open(opened=True)

    return _scene(walk)


def credentials_refused() -> QWidget:
    """Zoho does not know the client ID: the error stands beside it."""

    async def walk(made: ConnectWizard) -> None:
        await to_sign_in(made)
        await until(lambda: made.at == "credentials" and bool(made.credentials.id_field.error))

    return _scene(walk, sign_in_error=Refused("invalid_client"))


class NoPlace(VaultError):
    """No keychain."""

    def __init__(self) -> None:
        super().__init__("There is no keychain on this computer.", "Install one.", code="vault_none")


def vault() -> QWidget:
    """No keychain: the encrypted file with a passphrase."""

    async def walk(made: ConnectWizard) -> None:
        await to_credentials(made)
        made.vault.explain(NoPlace())
        made.show_page("vault")
        made.vault.first.setText("four words walk home")
        made.vault.first.typed.emit("")

    return _scene(walk)


def sign_in() -> QWidget:
    """Waiting for the browser."""

    async def walk(made: ConnectWizard) -> None:
        await to_sign_in(made)
        await until(lambda: bool(made.sign_in.stages.title(1)) and made.sign_in.stages.states[0] == "done")

    return _scene(walk, wait=True)


def sign_in_paste() -> QWidget:
    """The code from the browser is pasted."""

    async def walk(made: ConnectWizard) -> None:
        await to_sign_in(made)
        await until(lambda: made.sign_in.stages.states[0] == "done")
        made.sign_in.paste_code.click()

    return _scene(walk, wait=True)


def sign_in_refused() -> QWidget:
    """The person chose Reject at Zoho."""

    async def walk(made: ConnectWizard) -> None:
        await to_sign_in(made)
        await until(lambda: made.sign_in.failed_with is not None)

    return _scene(walk, sign_in_error=Refused("access_denied"))


def organization() -> QWidget:
    """Four organizations, none chosen, the ended one last."""
    return _scene(to_organization)


def organization_none() -> QWidget:
    """The sign-in belongs to no organization."""

    async def walk(made: ConnectWizard) -> None:
        await to_sign_in(made)
        await until(lambda: made.at == "organization")

    return _scene(walk, organizations=[])


def what_to_sync() -> QWidget:
    """Modules with their counts, the price beside them."""
    return _scene(to_what_to_sync)


def what_to_sync_more() -> QWidget:
    """All modules, read only, line items of everything."""

    async def walk(made: ConnectWizard) -> None:
        await to_what_to_sync(made)
        page = made.what_to_sync
        page.more.click()
        page.details.setChecked(True)
        page.direction.button("read_only").click()

    return _scene(walk)


SCENES: dict[str, Callable[[], QWidget]] = {
    "wizard-1-welcome": welcome,
    "wizard-2-data-centre-empty": data_centre_empty,
    "wizard-2-data-centre": data_centre,
    "wizard-2-data-centre-custom": data_centre_custom,
    "wizard-3-credentials": credentials,
    "wizard-3-credentials-code": credentials_code,
    "wizard-3-credentials-refused": credentials_refused,
    "wizard-3-vault": vault,
    "wizard-4-sign-in": sign_in,
    "wizard-4-sign-in-paste": sign_in_paste,
    "wizard-4-sign-in-refused": sign_in_refused,
    "wizard-5-organization": organization,
    "wizard-5-organization-none": organization_none,
    "wizard-6-what-to-sync": what_to_sync,
    "wizard-6-what-to-sync-more": what_to_sync_more,
}
