"""What zbdesk may do with each module, for the command line and the Settings page: shown and set."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from zbdesk.app import local
from zbdesk.app.desk import Desk
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.sync import policies, policy_keys
from zbdesk.sync.policies import Policies


@dataclass(frozen=True, slots=True)
class PolicyView:
    """One module's policy in the words in which it is set. ``chosen``: a person set something of it."""

    module: str
    values: Mapping[str, object]
    chosen: bool


def views(db: Database, connection: Connection, modules: Collection[str] = ()) -> list[PolicyView]:
    """The policies of these modules; none named: of all that are on, and of those a person set something for."""
    known = Policies(db, connection)
    on = set(modules) or set(module_states.enabled(db, connection.id))
    return [
        PolicyView(name, policy_keys.told(module, known.of(module)), known.is_chosen(module))
        for name, module in MODULES.items()
        if name in on or (not modules and known.is_chosen(module))
    ]


def choose(desk: Desk, module: str, wishes: Mapping[str, str]) -> PolicyView:
    """Set something; it holds from the next sync. Raises ``UsageError``, ``NotConnected``, ``OtherInstance``."""
    wanted = named(module)

    def change(db: Database, here: Connection) -> PolicyView:
        policy = policies.choose(db, here, wanted, wishes, at=desk.clock.now())
        return PolicyView(wanted.name, policy_keys.told(wanted, policy), chosen=True)

    return local.write(desk, "policy", change)
