"""Services of the window without a disk, a keychain or a network: answers by hand, wishes recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.ui.fake_desk import FakeDesk
from zbdesk.app.diagnostics import Part
from zbdesk.app.handover import Handover
from zbdesk.app.network_test import NetworkReport, NetworkStep
from zbdesk.app.organizations import KnownOrganization
from zbdesk.domain.errors import ZbdeskError
from zbdesk.domain.fingerprint import Guard
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.views import Connection, Organization

FOODS = Organization(
    "60099887766", "Meridian Foods Trading FZE", country="United Arab Emirates", currency_code="AED",
    time_zone="Asia/Dubai", tax_id="TRN 100234567800003",
)  # fmt: skip


class FakeEntry:
    """Starting with the session, as a system that somebody else changes too."""

    def __init__(self) -> None:
        self.on = False
        self.refuses: ZbdeskError | None = None

    def is_on(self) -> bool:
        """What the system says."""
        return self.on

    def turn_on(self) -> None:
        """Or refuse."""
        if self.refuses is not None:
            raise self.refuses
        self.on = True

    def turn_off(self) -> None:
        """Or refuse."""
        if self.refuses is not None:
            raise self.refuses
        self.on = False


class FakeServices:
    """See ``ui.care.services.Services``."""

    def __init__(self, desk: FakeDesk) -> None:
        self.data_dir = Path("/home/anita/.local/share/zbdesk")
        self.autostart: FakeEntry | None = FakeEntry()
        here = desk.overview.connection
        assert here is not None
        self.here: Connection = here
        other = replace(here, id=2, organization=FOODS, data_centre="com")
        gone = replace(
            here, id=3, organization=Organization("600111", "Bergmann & Söhne GmbH", currency_code="EUR"),
            data_centre="eu", state=ConnectionState.NONE,
        )  # fmt: skip
        self.known = [
            KnownOrganization(here, current=True), KnownOrganization(other, current=False),
            KnownOrganization(gone, current=False),
        ]  # fmt: skip
        self.found: Guard | None = None
        self.report = NetworkReport(
            (NetworkStep.NAME, NetworkStep.CONNECT, NetworkStep.CERTIFICATE, NetworkStep.ANSWER)
        )
        self.passwords: list[str] = []
        self.saved: list[Path] = []
        self.refuses: ZbdeskError | None = None

    def organizations(self, then: Callable[[list[KnownOrganization]], None]) -> None:
        """At once."""
        then(self.known)

    def guard(self, then: Callable[[Guard | None], None]) -> None:
        """At once."""
        then(self.found)

    def handover(self, then: Callable[[Handover | None], None]) -> None:
        """The card of the pictures."""
        then(
            Handover(
                connection=self.here,
                computer_user="anita",
                computer="finance-3",
                data_dir=str(self.data_dir),
                sign_ins=2,
                sign_ins_since=datetime(2026, 9, 1, tzinfo=UTC),
                scopes=("ZohoBooks.invoices.ALL", "ZohoBooks.contacts.ALL"),
                webhook_address="https://books.example.com/hook/…",
                secret_changed_at=datetime(2026, 10, 4, 6, 30, tzinfo=UTC),
                made_in_zoho=("zbdesk invoices",),
                vault="the keychain of this computer",
                sources=1,
            )
        )

    def diagnostics(self, then: Callable[[list[Part]], None]) -> None:
        """Two parts."""
        then([Part("versions.txt", "zbdesk 1.0\nPython 3.11\n"), Part("log.txt", "a line\nanother line\n")])

    def try_network(self, then: Callable[[NetworkReport], None]) -> None:
        """What the test set."""
        then(self.report)

    def keep_proxy_password(self, password: str, then: Callable[[], None], fail: Callable[[ZbdeskError], None]) -> None:
        """Remember it."""
        if self.refuses is not None:
            fail(self.refuses)
            return
        self.passwords.append(password)
        then()

    def save(self, parts: list[Part], path: Path, fail: Callable[[ZbdeskError], None]) -> bool:
        """Remember where."""
        del parts
        if self.refuses is not None:
            fail(self.refuses)
            return False
        self.saved.append(path)
        return True
