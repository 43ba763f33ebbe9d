"""A keychain backend in this process that can be locked, refuse, vanish and count."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FakeKeyring(KeyringBackend):
    """Behaves as keyring's own backends: ``delete_password`` of nothing raises; long values are refused."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, limit: int = 1_280) -> None:
        super().__init__()
        self.limit = limit
        self.entries: dict[tuple[str, str], str] = {}
        self.failure: Exception | None = None
        self.fail_after: int | None = None
        """Let that many calls that change something through, then raise ``failure``."""

    def get_password(self, service: str, username: str) -> str | None:
        """See keyring."""
        if self.fail_after is None:
            self._fail()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """See keyring."""
        self._step()
        if len(password.encode("utf-16-le")) // 2 > self.limit:
            raise ValueError("the stub received bad data")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """See keyring."""
        self._step()
        if (service, username) not in self.entries:
            raise PasswordDeleteError("No such password!")
        del self.entries[service, username]

    def _step(self) -> None:
        if self.fail_after is not None:
            if self.fail_after > 0:
                self.fail_after -= 1
                return
            self._fail()
        self._fail()

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
