"""Writes by module: which call a create, update, delete or status action is, and what its answer holds.

Driven by the module's declaration alone. Nothing here mails anybody: actions that do are refused before they leave.
Invariant: a good answer without the record counts as unknown, never as failed: the write has happened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from zbdesk.domain.module import Module, ModuleAction
from zbdesk.domain.records import RemoteRow
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.errors import UnexpectedAnswer, WriteInDoubt
from zbdesk.zoho.limits import Priority
from zbdesk.zoho.rows import row_reader

_encode = msgspec.json.Encoder(decimal_format="number").encode
_OWN_NUMBER = "ignore_auto_number_generation"


class UniqueKey(NamedTuple):
    """A custom field that refuses the same value twice, and the value of one record."""

    api_name: str
    value: str


class MailsSomebody(ValueError):
    """An action that sends a mail was about to be called: a bug of the caller."""

    def __init__(self, action: ModuleAction) -> None:
        super().__init__(f"{action.name} mails somebody and is never called")


class Writer:
    """The writing half of ``resources.Books``; each call leaves at most once."""

    client: ZohoClient

    async def create(
        self,
        module: Module,
        body: Mapping[str, object],
        *,
        parent_id: str | None = None,
        unique: UniqueKey | None = None,
        priority: Priority = Priority.POLL,
    ) -> tuple[RemoteRow, bytes]:
        """Make a record and return it as Zoho has it now.

        With ``unique`` it is an upsert: a second arrival of the same write changes the one record instead of making
        another. Raises ``NotSent``, ``UnknownOutcomeError``, or what a refusal means.
        """
        path = _collection(module, parent_id)
        params = _number_params(module, body)
        if unique is None:
            return await self._written("POST", path, module, body, params=params, priority=priority)
        headers = {
            "X-Unique-Identifier-Key": unique.api_name,
            "X-Unique-Identifier-Value": unique.value,
            "X-Upsert": "true",
        }
        return await self._written("PUT", path, module, body, params={}, priority=priority, headers=headers)

    async def update(
        self,
        module: Module,
        remote_id: str,
        body: Mapping[str, object],
        *,
        parent_id: str | None = None,
        priority: Priority = Priority.POLL,
    ) -> tuple[RemoteRow, bytes]:
        """Change the fields of ``body`` and return the record as Zoho has it now. Raises as ``create``."""
        path = f"{_collection(module, parent_id)}/{remote_id}"
        return await self._written("PUT", path, module, body, params=_number_params(module, body), priority=priority)

    async def delete(
        self, module: Module, remote_id: str, *, parent_id: str | None = None, priority: Priority = Priority.POLL
    ) -> None:
        """Delete the record. Raises as ``create``; ``NotFound`` where it is gone already."""
        path = f"{_collection(module, parent_id)}/{remote_id}"
        await self.client.write("DELETE", path, priority=priority, part=module.label)

    async def act(
        self,
        module: Module,
        action: ModuleAction,
        remote_id: str,
        *,
        body: Mapping[str, object] | None = None,
        priority: Priority = Priority.POLL,
    ) -> None:
        """Send an action, with what it needs in ``body``. Its answer holds no record: read that afterwards.

        Raises as ``create``.
        """
        if action.mails:
            raise MailsSomebody(action)
        path = f"{_collection(module, None)}/{remote_id}/{action.suffix}"
        sent = None if body is None else _encode(body)
        await self.client.write(action.method, path, None, sent, priority=priority, part=module.label)

    async def _written(
        self,
        method: str,
        path: str,
        module: Module,
        body: Mapping[str, object],
        *,
        params: Mapping[str, str],
        priority: Priority,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[RemoteRow, bytes]:
        answer = await self.client.write(
            method, path, params, _encode(body), priority=priority, part=module.label, headers=headers
        )
        try:
            return row_reader(module).detail(answer)
        except UnexpectedAnswer as exc:
            raise WriteInDoubt("Zoho's answer does not hold the record.") from exc


def _collection(module: Module, parent_id: str | None) -> str:
    path = module.write_path or module.path
    if "{parent_id}" in path and parent_id is None:
        raise ValueError(f"{module.name} is written under a record of {module.parent}: its id is needed")
    return path.replace("{parent_id}", parent_id or "")


def _number_params(module: Module, body: Mapping[str, object]) -> dict[str, str]:
    """Zoho takes a number of ours only when told to leave its own series alone."""
    owns = module.own_number_flag and any(body.get(name) for name in module.number_fields)
    return {_OWN_NUMBER: "true"} if owns else {}
