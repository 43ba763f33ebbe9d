"""Settings, Automation: webhook actions and workflow rules over the API, as far as Zoho documents them.

``POST``, ``GET``, ``DELETE`` below ``/settings/webhooks`` and ``/settings/workflows``. What is made here is sent by
``webhooks.py`` like rules that were clicked together.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

from zbdesk.demo import answers
from zbdesk.demo.answers import Refusal
from zbdesk.demo.webhooks import Event, Rule

SCOPE = "settings"
_KINDS = {"webhooks": "webhook", "workflows": "workflow"}
_ENTITIES = {
    "customer": "contacts",
    "vendor": "contacts",
    "item": "items",
    "estimate": "estimates",
    "salesorder": "salesorders",
    "invoice": "invoices",
    "customerpayment": "customerpayments",
    "creditnote": "creditnotes",
    "bill": "bills",
    "expense": "expenses",
    "purchaseorder": "purchaseorders",
}
_EVENTS: dict[str, tuple[Event, ...]] = {
    "add": ("created",),
    "edit": ("edited",),
    "add_edit": ("created", "edited"),
    "delete": ("deleted",),
}
RULES_A_MODULE = 10


def known(path: str) -> bool:
    """Whether the path is one of these."""
    parts = path.strip("/").split("/")
    return parts[0] == "settings" and 2 <= len(parts) <= 3 and parts[1] in _KINDS


class Automation:
    """What was made, by organization. ``in_plan`` False: the plan has no workflow rules."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
        self._ids = count(982_000_000_900_001)
        self.in_plan = True
        self.on_change: Callable[[], None] | None = None

    def answer(self, organization_id: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and JSON of one request. Raises ``Refusal``."""
        parts = path.strip("/").split("/")
        kind, wanted = parts[1], parts[2] if len(parts) == 3 else None
        if wanted is not None and wanted not in self._of(organization_id, kind):
            raise answers.not_found(_KINDS[kind].title())
        if method == "GET":
            return 200, self._shown(organization_id, kind, wanted)
        if method == "POST" and wanted is None:
            return 201, self._add(organization_id, kind, body)
        if method == "DELETE" and wanted is not None:
            return 200, self._remove(organization_id, kind, wanted)
        raise answers.wrong_method()

    def names(self, organization_id: str, kind: str) -> list[str]:
        """The names of what there is, in the order in which it was made."""
        return [one[f"{_KINDS[kind]}_name"] for one in self._of(organization_id, kind).values()]

    def rules(self) -> list[Rule]:
        """What is sent: each workflow rule with each webhook that it triggers."""
        found: list[Rule] = []
        for (organization_id, kind), made in self._made.items():
            if kind != "workflows":
                continue
            actions = self._of(organization_id, "webhooks")
            for rule in made.values():
                for action in rule.get("instant_actions", []):
                    webhook = actions[action["action_id"]]
                    found.append(
                        Rule(
                            url=webhook["url"],
                            secret=webhook.get("secret", ""),
                            modules=(_ENTITIES[rule["entity"]],),
                            events=_EVENTS[rule["rule_type"]],
                            method=webhook.get("method", "POST"),
                            suffix=False,
                            organization_id=organization_id,
                        )
                    )
        return found

    def _of(self, organization_id: str, kind: str) -> dict[str, dict[str, Any]]:
        return self._made.setdefault((organization_id, kind), {})

    def _shown(self, organization_id: str, kind: str, wanted: str | None) -> bytes:
        made = self._of(organization_id, kind)
        if wanted is not None:
            return answers.success(_KINDS[kind], _public(made[wanted]))
        return answers.success(kind, [_public(one) for one in made.values()])

    def _add(self, organization_id: str, kind: str, body: bytes) -> bytes:
        if not self.in_plan:
            raise Refusal(400, 1038, "This feature is not available in your current plan.")
        given = _object(body)
        made, singular = self._of(organization_id, kind), _KINDS[kind]
        (self._check_webhook if kind == "webhooks" else self._check_workflow)(organization_id, given)
        name = given.get(f"{singular}_name")
        if any(one.get(f"{singular}_name") == name for one in made.values()):
            raise Refusal(400, 1003, f"A {singular} with the same name already exists.")
        new = {f"{singular}_id": str(next(self._ids)), **given}
        made[new[f"{singular}_id"]] = new
        self._changed()
        return answers.success(singular, _public(new), f"The {singular} has been created.")

    @staticmethod
    def _check_webhook(_organization_id: str, given: dict[str, Any]) -> None:
        url, secret = given.get("url"), given.get("secret")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url) > 5000:
            raise answers.missing_field("url")
        if not isinstance(given.get("webhook_name"), str) or not 0 < len(given["webhook_name"]) <= 50:
            raise answers.invalid_field("webhook_name")
        if len(str(given.get("description", ""))) > 100:
            raise answers.invalid_field("description")
        if given.get("method", "POST") not in {"POST", "PUT", "DELETE"}:
            raise answers.invalid_field("method")
        if given.get("entity") not in _ENTITIES:
            raise answers.invalid_field("entity")
        if secret is not None and not (isinstance(secret, str) and secret.isalnum() and 12 <= len(secret) <= 50):
            raise answers.invalid_field("secret")

    def _check_workflow(self, organization_id: str, given: dict[str, Any]) -> None:
        if not given.get("workflow_name"):
            raise answers.missing_field("workflow_name")
        if given.get("rule_type") not in _EVENTS:
            raise answers.invalid_field("rule_type")
        if given.get("entity") not in _ENTITIES:
            raise answers.invalid_field("entity")
        webhooks = self._of(organization_id, "webhooks")
        for action in given.get("instant_actions", []):
            if action.get("action_type") != "webhook" or action.get("action_id") not in webhooks:
                raise answers.invalid_field("instant_actions")
        same = [one for one in self._of(organization_id, "workflows").values() if one["entity"] == given["entity"]]
        if len(same) >= RULES_A_MODULE:
            raise Refusal(400, 1004, "You have reached the maximum number of workflow rules for this module.")

    def _remove(self, organization_id: str, kind: str, wanted: str) -> bytes:
        if kind == "webhooks":
            for rule in self._of(organization_id, "workflows").values():
                if any(action.get("action_id") == wanted for action in rule.get("instant_actions", [])):
                    raise Refusal(400, 1005, "This webhook is associated with a workflow rule.")
        del self._of(organization_id, kind)[wanted]
        self._changed()
        return answers.success(message=f"The {_KINDS[kind]} has been deleted.")

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()


def _public(one: dict[str, Any]) -> dict[str, Any]:
    """Secrets are taken and never shown."""
    return {name: value for name, value in one.items() if name != "secret"}


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except ValueError as exc:
        raise answers.bad_json() from exc
    if not isinstance(given, dict):
        raise answers.bad_json()
    return given
