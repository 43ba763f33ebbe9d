"""The policies of one connection: the modules' habits, what the person chose over them, what the sign-in allows.

Read anew for each pass, so that a choice holds from the next pass on. The only place that joins the three.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from zbdesk.domain.module import Module
from zbdesk.domain.views import Connection
from zbdesk.store import diary, documents, finding, preferences
from zbdesk.store.database import Database
from zbdesk.store.preferences import Kind
from zbdesk.sync import policy_keys
from zbdesk.sync.policy import ModulePolicy, policy_for


class Policies:
    """The policy of each module of a connection, as stored when this was made."""

    def __init__(self, db: Database, connection: Connection) -> None:
        self._connection = connection
        self._chosen = preferences.get(db, connection.id, Kind.POLICY)
        self._known: dict[str, ModulePolicy] = {}

    def of(self, module: Module) -> ModulePolicy:
        """What may be done with records of this module."""
        if module.name not in self._known:
            connection = self._connection
            self._known[module.name] = policy_for(
                module,
                read_only=connection.read_only,
                scopes=connection.scopes,
                overrides=policy_keys.overrides(module, self._chosen.get(module.name, {})),
            )
        return self._known[module.name]

    def is_chosen(self, module: Module) -> bool:
        """Whether a person chose anything for it."""
        return bool(self._chosen.get(module.name))


def choose(
    db: Database, connection: Connection, module: Module, wishes: Mapping[str, str], *, at: datetime
) -> ModulePolicy:
    """Change what a module may do; what waited for it is looked at again. Raises ``UsageError``; then nothing changed.

    Returns the policy as it holds now.
    """
    with db.transaction():
        stored = preferences.get(db, connection.id, Kind.POLICY)
        before = stored.get(module.name, {})
        after = policy_keys.changed(module, before, wishes)
        if after != before:
            preferences.put(db, connection.id, Kind.POLICY, {**stored, module.name: after})
            said = ", ".join(f"{key} = {value}" for key, value in wishes.items())
            text = f"Settings of {module.label.lower()} changed: {said}."
            diary.add(db, connection.id, "policy", text, at=at, module=module.name, cause="user")
            documents.unsettle(db, finding.of_module(db, connection.id, module.name))
    return Policies(db, connection).of(module)
