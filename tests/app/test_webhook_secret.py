"""The webhook secret: made, changed by another process, noticed by the listener, kept out of everything else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from world import FakeClock, a_connection

from zbdesk.app import webhook_secret
from zbdesk.app.webhook_facts import FILE, secret_facts
from zbdesk.app.webhook_secret import GRACE, SecretKeeper, ensure, forget, generate, load, rotate
from zbdesk.domain.errors import VaultError
from zbdesk.vault import MemoryVault
from zbdesk.vault.errors import VaultNotWritten

CONNECTION = a_connection(FakeClock().now())


class Place:
    """A vault, a directory and a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = MemoryVault()
        self.clock = FakeClock()

    def rotate(self) -> str:
        """As ``webhooks rotate-secret`` does."""
        return rotate(self.vault, CONNECTION, self.folder, self.clock.now()).secret

    def keeper(self) -> SecretKeeper:
        """As a listener has it."""
        return SecretKeeper(lambda: self.vault, CONNECTION, self.folder, self.clock)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An empty one."""
    return Place(tmp_path)


def test_a_secret_is_what_zoho_takes() -> None:
    """Letters and digits, 32 of them, never the same twice."""
    made = {generate() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one) == 32 and one.isalnum() and one.isascii() for one in made)


def test_the_one_before_holds_for_a_week(place: Place) -> None:
    """What a person pasted into Zoho goes on working while the new one is being pasted; then it does not."""
    first, second = place.rotate(), place.rotate()
    kept = load(place.vault, CONNECTION)
    assert kept is not None
    now = place.clock.now()
    assert kept.valid(now) == (second, first)
    assert kept.valid(now + GRACE - timedelta(seconds=1)) == (second, first)
    assert kept.valid(now + GRACE) == (second,)
    assert timedelta(days=7) == GRACE
    assert secret_facts(place.folder, CONNECTION).previous_until == now + GRACE


def test_one_that_nobody_has_seen_ends_with_the_first_that_is_shown(place: Place) -> None:
    """The secret that a listener begins with was never shown, so nobody can be using it."""
    unseen = ensure(place.vault, CONNECTION, place.folder, place.clock.now())
    assert secret_facts(place.folder, CONNECTION).made_at is None
    shown = place.rotate()
    kept = load(place.vault, CONNECTION)
    assert kept is not None
    assert kept.valid(place.clock.now()) == (shown,)
    assert unseen.secret != shown
    assert secret_facts(place.folder, CONNECTION).made_at == place.clock.now()


def test_only_two_secrets_hold_at_a_time(place: Place) -> None:
    """Changing it twice ends the first at once: that is what somebody wants whose secret got out."""
    first, second, third = place.rotate(), place.rotate(), place.rotate()
    kept = load(place.vault, CONNECTION)
    assert kept is not None
    assert kept.valid(place.clock.now()) == (third, second)
    assert first not in kept.valid(place.clock.now())


def test_making_sure_changes_nothing_that_is_there(place: Place) -> None:
    """A listener that starts takes the secret that is in use."""
    secret = place.rotate()
    assert ensure(place.vault, CONNECTION, place.folder, place.clock.now()).secret == secret


@pytest.mark.logs("cannot be read")
@pytest.mark.parametrize("text", ["", "no json", "{}", '{"secret": 1}', "[]"])
def test_a_damaged_entry_is_replaced(place: Place, text: str) -> None:
    """What cannot be read is no secret; a new one is made instead of failing for ever."""
    place.vault.set(f"{CONNECTION.vault_prefix}/webhook", text)
    assert load(place.vault, CONNECTION) is None
    assert len(place.rotate()) == 32


def test_the_file_beside_the_vault_holds_no_secret(place: Place) -> None:
    """It says when, never what; one of another connection or a broken one says nothing."""
    secrets = place.rotate(), place.rotate()
    text = (place.folder / FILE).read_text()
    assert not any(secret in text for secret in secrets)
    other = Place(place.folder)
    (place.folder / FILE).write_text(text.replace(CONNECTION.vault_prefix, "someone else's"))
    assert secret_facts(other.folder, CONNECTION).previous_until is None
    (place.folder / FILE).write_text("{")
    assert secret_facts(place.folder, CONNECTION).made_at is None


def test_disconnecting_removes_it(place: Place) -> None:
    """Nothing of it stays, however often."""
    place.rotate()
    for _ in range(2):
        forget(place.vault, CONNECTION, place.folder)
    assert place.vault.names() == []
    assert not (place.folder / FILE).exists()


def test_no_secret_shows_in_its_representation(place: Place) -> None:
    """A log line or a traceback that prints the object does not tell it."""
    secret = place.rotate()
    assert secret not in repr(load(place.vault, CONNECTION))


def test_a_full_disk_is_the_vaults_failure(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's failure has a class and a remedy."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(webhook_secret, "write_atomically", full)
    with pytest.raises(VaultNotWritten):
        place.rotate()


@pytest.mark.anyio
async def test_a_listener_notices_another_secret_without_a_restart(place: Place) -> None:
    """The vault is asked again only when the file beside it says that something has changed."""
    keeper = place.keeper()
    await keeper.open()
    unseen = keeper.valid()
    assert len(unseen) == 1
    assert not await keeper.look_again()
    first = place.rotate()
    assert keeper.valid() == unseen
    assert await keeper.look_again()
    assert keeper.valid() == (first,)
    second = place.rotate()
    assert await keeper.look_again()
    assert keeper.valid() == (second, first)
    assert not await keeper.look_again()
    place.clock.tick(GRACE.total_seconds())
    assert keeper.valid() == (second,)


@pytest.mark.anyio
@pytest.mark.logs("locked")
async def test_a_locked_vault_is_asked_again_by_each_event(place: Place) -> None:
    """While it is locked nothing can be judged; once it answers, everything goes on."""
    place.vault.failure = VaultError("The keychain is locked.")
    keeper = place.keeper()
    await keeper.open()
    assert keeper.valid() == ()
    with pytest.raises(VaultError, match="locked"):
        await keeper.look_again()
    place.vault.failure = None
    assert await keeper.look_again()
    assert len(keeper.valid()) == 1


@pytest.mark.anyio
@pytest.mark.logs("locked")
async def test_a_vault_that_locks_later_leaves_the_known_secret_in_use(place: Place) -> None:
    """What was read stays good; a new secret is taken once the vault answers again."""
    keeper = place.keeper()
    await keeper.open()
    first = place.rotate()
    await keeper.look_again()
    second = place.rotate()
    place.vault.failure = VaultError("The keychain is locked.")
    await keeper.look_again()
    assert keeper.valid() == (first,)
    place.vault.failure = None
    await keeper.look_again()
    assert keeper.valid() == (second, first)
