"""What the wizard knows: what was typed (kept when it is closed) and what must never be kept (secrets).

No widget here. Invariant: ``Draft.to_dict`` holds no secret; what cannot be read back is dropped and no reason to
fail.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import asdict, dataclass, field, fields
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from zbdesk.app.connect import ConnectRequest, SignInStep
from zbdesk.app.regions import DATA_CENTRES, DataCentre, region_named
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import Connection, Organization
from zbdesk.ui.text import DATA_CENTRES as PLACES

CUSTOM = "custom"


class Flow(Protocol):
    """The part of ``app.connect.ConnectFlow`` that the wizard uses."""

    consent_url: str

    async def listen(self, ports: Sequence[int]) -> str:
        """Bind the first free port and return the redirect URI."""
        ...

    async def sign_in(
        self,
        request: ConnectRequest,
        *,
        scopes: Sequence[str],
        open_browser: Callable[[str], bool],
        on_step: Callable[[SignInStep], None],
        timeout_seconds: float = 600,
    ) -> None:
        """Open the consent page, wait for its answer, exchange the code."""
        ...

    def paste(self, text: str) -> None:
        """Take the redirect address or the bare code from a person."""
        ...

    def extend(self) -> None:
        """Wait longer for the browser."""
        ...

    async def with_grant_code(self, request: ConnectRequest, code: str, *, scopes: Sequence[str]) -> None:
        """Exchange a self-client code instead."""
        ...

    async def organizations(self) -> list[Organization]:
        """All organizations that the sign-in sees."""
        ...

    def counts(self, organization_id: str, modules: Sequence[str]) -> AsyncIterator[tuple[str, int | None]]:
        """How many records each module has, as the answers come."""
        ...

    async def finish(
        self, organization_id: str, *, modules: Sequence[str], read_only: bool, poll_seconds: float, details: bool
    ) -> Connection:
        """Keep secrets and connection."""
        ...

    async def aclose(self) -> None:
        """End everything that is under way."""
        ...


class DemoAccess(Protocol):
    """Where the demo company listens and what it takes: ``app.demo.DemoCredentials``."""

    @property
    def accounts_url(self) -> str:
        """Origin of the demo's accounts server."""
        ...

    @property
    def api_url(self) -> str:
        """Origin of the demo's API."""
        ...

    @property
    def client_id(self) -> str:
        """The demo's client."""
        ...

    @property
    def client_secret(self) -> str:
        """Its secret, which is none."""
        ...


def _nothing() -> Mapping[str, object]:
    return {}


def _forget(_draft: Mapping[str, object]) -> None:
    """Keep no draft: the wizard was started without a place for one."""


@dataclass(frozen=True)
class WizardSettings:
    """What the wizard needs from outside. All callables may block except the draft's: they run on a thread.

    ``check_vault`` tries the place for secrets and returns its name, or raises a ``VaultError``; ``use_passphrase``
    chooses the sealed file. ``known``: the connection that is being mended, None for a new one; ``known_modules`` are
    the ones that it syncs, so that mending proposes them again. ``held``: surrounds the keeping of a new sign-in, so
    that nothing else uses the old one or writes the database meanwhile.
    """

    redirect_ports: tuple[int, ...] = (8976, 8977, 8978)
    calls_per_minute: int = 60
    poll_seconds: float = 900.0
    load_draft: Callable[[], Mapping[str, object]] = _nothing
    save_draft: Callable[[Mapping[str, object]], None] = _forget
    check_vault: Callable[[], str] | None = None
    use_passphrase: Callable[[str], None] | None = None
    known: Connection | None = None
    known_modules: tuple[str, ...] = ()
    held: Callable[[], AbstractAsyncContextManager[None]] = nullcontext


@dataclass
class Draft:
    """Everything typed or chosen, but no secret. Empty means not answered yet."""

    page: str = ""
    address: str = ""
    region: str = ""
    accounts_url: str = ""
    api_url: str = ""
    port: int = 0
    client_id: str = ""
    pkce: bool = False
    reading_only_scopes: bool = False
    organization_id: str = ""
    read_only: bool = False
    modules: list[str] = field(default_factory=list)
    modules_chosen: bool = False
    poll_seconds: float = 900.0
    details: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return plain values for a settings file."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, object]) -> Draft:
        """Read what was kept; values of another type or of a module that is gone are left out."""
        draft = cls()
        for spec in fields(cls):
            value = kept.get(spec.name)
            default = getattr(draft, spec.name)
            if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
                value = float(value)
            if type(value) is type(default):
                setattr(draft, spec.name, value)
        draft.modules = [name for name in draft.modules if isinstance(name, str) and name in MODULES]
        if draft.region not in {*DATA_CENTRES, CUSTOM}:
            draft.region = ""
        return draft


@dataclass
class Session:
    """One run of the wizard. Pages read and write it; secrets live here only and end with it."""

    draft: Draft
    settings: WizardSettings
    demo: DemoAccess | None = None
    client_secret: str = field(default="", repr=False)
    grant_code: str = field(default="", repr=False)
    redirect_uri: str = ""
    vault_name: str = ""
    organizations: list[Organization] = field(default_factory=list)
    counts: dict[str, int | None] = field(default_factory=dict)

    def data_centre(self) -> DataCentre:
        """Return the chosen data centre. Raises ``ZbdeskError`` for addresses that cannot be used."""
        if self.draft.region == CUSTOM:
            return region_named(CUSTOM, accounts_url=self.draft.accounts_url, api_url=self.draft.api_url)
        return region_named(self.draft.region)

    def data_centre_or_none(self) -> DataCentre | None:
        """Return the chosen data centre, None while there is none."""
        if not self.draft.region:
            return None
        try:
            return self.data_centre()
        except ZbdeskError:
            return None

    def request(self) -> ConnectRequest:
        """Return what the sign-in needs."""
        return ConnectRequest(
            data_centre=self.data_centre(),
            client_id=self.draft.client_id.strip(),
            client_secret=self.client_secret,
            pkce=self.draft.pkce,
        )

    def organization(self) -> Organization | None:
        """Return the chosen organization, None while none is chosen or it is not in the list."""
        wanted = self.draft.organization_id
        return next((one for one in self.organizations if one.organization_id == wanted and one.active), None)


def region_label(row: DataCentre) -> str:
    """Return the name of a data centre without its address: ``India``."""
    plain = row.label.split(" (", 1)[0]
    return QCoreApplication.translate("DataCentres", PLACES.get(row.name, plain))


def host(url: str) -> str:
    """Return host and port of an address as a person reads it."""
    return url.split("://", 1)[-1].split("/", 1)[0]
