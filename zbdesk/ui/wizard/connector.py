"""The sign-in behind the pages: one flow at a time, a fresh one for each attempt. No widget here.

A flow that was cancelled or refused is closed, never used again, so no late answer of the browser can reach a new
attempt.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence

from zbdesk.app.connect import SignInStep
from zbdesk.domain.errors import SetupError
from zbdesk.domain.modules import MODULES, scopes_for
from zbdesk.domain.views import Connection, Organization
from zbdesk.ui.wizard.state import Flow, Session

log = logging.getLogger(__name__)


class NotSignedIn(SetupError):
    """Something was asked of Zoho before the sign-in: a fault of the order of pages."""

    def __init__(self) -> None:
        super().__init__("There is no sign-in yet.", "Go back one page and sign in.")


class Connector:
    """Owns the flow in use. All methods are for the main thread's loop."""

    def __init__(self, factory: Callable[[], Flow], session: Session) -> None:
        self._factory = factory
        self._session = session
        self._flow: Flow | None = None
        self._lock = asyncio.Lock()
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def consent_url(self) -> str:
        """Address of the consent page; empty before it was opened."""
        return self._flow.consent_url if self._flow is not None else ""

    async def listen(self, ports: Sequence[int]) -> str:
        """Start afresh and bind one of ``ports``; return the redirect URI. Raises ``SetupError`` when all are taken."""
        flow = await self._fresh()
        return await flow.listen(ports)

    async def sign_in(self, open_browser: Callable[[str], bool], on_step: Callable[[SignInStep], None]) -> None:
        """Take the person through the browser. Raises what Zoho or the network has to say."""
        flow = self._flow
        if flow is None:
            raise NotSignedIn
        await flow.sign_in(self._session.request(), scopes=self.scopes(), open_browser=open_browser, on_step=on_step)

    async def use_grant_code(self) -> None:
        """Sign in by the self-client code that was typed."""
        flow = await self._fresh()
        await flow.with_grant_code(self._session.request(), self._session.grant_code, scopes=self.scopes())

    def scopes(self) -> tuple[str, ...]:
        """What Zoho is asked for: reading, and writing unless the person wants a sign-in that cannot write."""
        return scopes_for(MODULES, write=not self._session.draft.reading_only_scopes)

    def paste(self, text: str) -> None:
        """Hand over what the person copied from the browser. Raises ``ZbdeskError`` when it is neither."""
        if self._flow is None:
            raise NotSignedIn
        self._flow.paste(text)

    def extend(self) -> None:
        """Wait longer."""
        if self._flow is not None:
            self._flow.extend()

    async def organizations(self) -> list[Organization]:
        """All organizations that the sign-in sees."""
        if self._flow is None:
            raise NotSignedIn
        return await self._flow.organizations()

    def counts(self, modules: Sequence[str]) -> AsyncIterator[tuple[str, int | None]]:
        """How many records the chosen organization has, module by module."""
        if self._flow is None:
            raise NotSignedIn
        return self._flow.counts(self._session.draft.organization_id, modules)

    async def finish(self) -> Connection:
        """Keep what was chosen; what was there before stays as it was when this fails."""
        if self._flow is None:
            raise NotSignedIn
        draft = self._session.draft
        async with self._session.settings.held():
            return await self._flow.finish(
                draft.organization_id,
                modules=tuple(draft.modules),
                read_only=draft.read_only,
                poll_seconds=draft.poll_seconds,
                details=draft.details,
            )

    async def aclose(self) -> None:
        """Close the flow in use and wait for those that are closing already; twice is harmless."""
        self._retire()
        if self._ending:
            await asyncio.wait(tuple(self._ending))

    async def _fresh(self) -> Flow:
        """Return a new flow once the one before has let go of its port; one at a time."""
        async with self._lock:
            await self.aclose()
            self._flow = self._factory()
            return self._flow

    def _retire(self) -> None:
        # A task of its own: whoever waits for it may be cancelled, and the port must be let go of nevertheless.
        flow, self._flow = self._flow, None
        if flow is None:
            return
        task = asyncio.get_running_loop().create_task(flow.aclose())
        self._ending.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._ending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("a sign-in was not closed tidily", exc_info=task.exception())
