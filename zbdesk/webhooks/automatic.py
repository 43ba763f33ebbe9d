"""Automatic set-up: webhook actions and workflow rules made in Zoho Books over its API, and removed again.

Zoho documents the two calls but not all of their words: which ``entity`` and ``rule_type`` there are is known from
practice for some modules and guessed for others, so every step is a try, shown beforehand, and the manual guide stays
the rule. Invariants: what was made is written down at once, so that it can be removed; half of a pair is taken away
again; nothing that zbdesk did not make is ever touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from zbdesk.domain.errors import AuthError, RejectedError, SetupError, UnknownOutcomeError, ZbdeskError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.set_up import SetUpDone, SetUpStep
from zbdesk.domain.way import Made
from zbdesk.zoho.errors import NotFound

WEBHOOKS, WORKFLOWS = "/settings/webhooks", "/settings/workflows"
CREATE, DELETE = "ZohoBooks.settings.CREATE", "ZohoBooks.settings.DELETE"

ENTITIES = {
    "invoices": "invoice",
    "contacts": "customer",
    "customerpayments": "customerpayment",
    "creditnotes": "creditnote",
    "items": "item",
    "salesorders": "salesorder",
    "estimates": "estimate",
}
"""Modules that are set up, with Zoho's word for each."""

SEEN_WORKING = frozenset({"invoices", "contacts", "items", "salesorders", "estimates"})
"""Those whose word other integrations use; the rest is guessed after the same pattern."""

RULES = {"changed": "add_edit", "deleted": "delete"}
"""Two rules a module, so that a deletion is told from an edit by the path."""


class MissingScope(SetupError):
    """The sign-in does not allow to make what is needed."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            "The sign-in does not allow zbdesk to set up webhooks.",
            f"It lacks the permission {scope}. Connect again with it, or set the webhooks up by hand: the guide in "
            "the manual shows each step.",
            code="missing_scope",
        )


class NoAddressYet(SetupError):
    """There is nothing that Zoho Books could be told."""

    def __init__(self) -> None:
        super().__init__(
            "There is no public address yet.",
            "Choose a tunnel or set your own address first: `zbdesk webhooks tunnel`.",
            code="no_public_url",
        )


@dataclass(frozen=True, slots=True)
class Step(SetUpStep):
    """A step in Zoho's words for it."""

    entity: str
    rule_type: str

    def webhook(self, secret: str) -> dict[str, object]:
        """What is sent to make the webhook. Without a body type Zoho sends its default payload."""
        return {
            "webhook_name": self.name,
            "description": f"Tells zbdesk that {MODULES[self.module].label.lower()} were {self.rule}"[:100],
            "entity": self.entity,
            "method": "POST",
            "url": self.url,
            "secret": secret,
        }

    def workflow(self, webhook_id: str) -> dict[str, object]:
        """What is sent to make the rule."""
        return {
            "workflow_name": self.name,
            "description": f"Made by zbdesk for {MODULES[self.module].label.lower()}",
            "rule_type": self.rule_type,
            "entity": self.entity,
            "rule": {},
            "apply_rule_always": True,
            "instant_actions": [{"action_id": webhook_id, "action_type": "webhook"}],
        }


@dataclass(slots=True)
class Report:
    """What a run did, step by step."""

    steps: list[SetUpDone] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not any(step.result in {"failed", "skipped"} for step in self.steps)


class Client(Protocol):
    """What of Zoho's client is used."""

    async def write(self, method: str, path: str, *, body: bytes | None = None, part: str | None = None) -> bytes:
        """One write."""
        ...

    async def get(self, path: str, *, part: str | None = None) -> bytes:
        """One read."""
        ...


class Records(Protocol):
    """Where it is written down what was made."""

    def made(self) -> Sequence[Made]:
        """What is there."""
        ...

    def add(self, kind: str, step: Step, remote_id: str) -> None:
        """One more."""
        ...

    def forget(self, made_id: int) -> None:
        """One less."""
        ...


def check_scopes(granted: Iterable[str], needed: Iterable[str]) -> None:
    """Raise ``MissingScope`` for the first permission that is not granted."""
    have = set(granted)
    for scope in needed:
        if not allowed(have, scope):
            raise MissingScope(scope)


def allowed(granted: Iterable[str], scope: str) -> bool:
    """Whether the sign-in holds a permission, by itself or within a wider one."""
    return bool({scope, "ZohoBooks.settings.ALL", "ZohoBooks.fullaccess.all"} & set(granted))


def plan(modules: Iterable[str], public_url: str | None, mark: str, *, with_path: bool = True) -> list[Step]:
    """What would be made, in order. ``mark`` tells this computer's apart from another's in Zoho's list of names.

    ``with_path``: module and rule stand behind the address, where the tunnel keeps paths. Raises ``NoAddressYet``.
    """
    if not public_url:
        raise NoAddressYet
    wanted = [name for name in ENTITIES if name in set(modules)]
    return [
        Step(
            module=name,
            rule=rule,
            name=f"zbdesk {mark} {name} {rule}"[:50],
            entity=ENTITIES[name],
            rule_type=rule_type,
            url=f"{public_url}/{name}/{rule}" if with_path else public_url,
            sure=name in SEEN_WORKING,
        )
        for name in wanted
        for rule, rule_type in RULES.items()
    ]


async def set_up(client: Client, steps: Sequence[Step], secret: str, records: Records) -> Report:
    """Make what is not there yet. Never raises ``ZbdeskError``.

    What fails for one pair does not keep the others from being made, except a lost sign-in or network.
    """
    report = Report()
    stop = ""
    for step in steps:
        have = {made.kind for made in records.made() if made.name == step.name}
        if have == {"webhook", "workflow"}:
            report.steps.append(SetUpDone(step.name, step.module, step.rule, "there"))
        elif stop:
            report.steps.append(SetUpDone(step.name, step.module, step.rule, "skipped", stop))
        else:
            try:
                await _make(client, step, secret, records)
            except ZbdeskError as error:
                report.steps.append(SetUpDone(step.name, step.module, step.rule, "failed", str(error)))
                stop = "" if isinstance(error, RejectedError) and not isinstance(error, AuthError) else str(error)
            else:
                report.steps.append(SetUpDone(step.name, step.module, step.rule, "made"))
    return report


async def _make(client: Client, step: Step, secret: str, records: Records) -> None:
    """Make one pair, or nothing of it."""
    known = next((one.remote_id for one in records.made() if one.name == step.name and one.kind == "webhook"), None)
    if known is None:
        known = await _created(client, WEBHOOKS, "webhook", step.name, step.webhook(secret))
        records.add("webhook", step, known)
    try:
        rule_id = await _created(client, WORKFLOWS, "workflow", step.name, step.workflow(known))
    except RejectedError:
        # An action that nothing triggers helps nobody; the refusal is what is told.
        await remove(client, [one for one in records.made() if one.name == step.name], records)
        raise
    records.add("workflow", step, rule_id)


async def _created(client: Client, path: str, kind: str, name: str, body: dict[str, object]) -> str:
    """Make one thing and return its id; where no answer came, look whether it is there."""
    try:
        answer = await client.write("POST", path, body=json.dumps(body).encode(), part=f"{kind}s")
    except UnknownOutcomeError:
        found = await _id_by_name(client, path, kind, name)
        if found is None:
            raise
        return found
    remote_id = _id_of(json.loads(answer).get(kind), kind)
    if remote_id is None:
        raise UnknownOutcomeError(f"Zoho Books has not said whether the {kind} {name} was made.")
    return remote_id


async def _id_by_name(client: Client, path: str, kind: str, name: str) -> str | None:
    rows = json.loads(await client.get(path, part=f"{kind}s")).get(f"{kind}s")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get(f"{kind}_name") == name:
            return _id_of(row, kind)
    return None


def _id_of(node: object, kind: str) -> str | None:
    value = node.get(f"{kind}_id") if isinstance(node, dict) else None
    return str(value) if isinstance(value, str | int) and str(value).isalnum() else None


async def remove(client: Client, made: Sequence[Made], records: Records) -> Report:
    """Remove these again, rules before the webhooks that they trigger. What is gone already counts as removed."""
    report = Report()
    for one in sorted(made, key=lambda thing: thing.kind != "workflow"):
        path = WORKFLOWS if one.kind == "workflow" else WEBHOOKS
        try:
            await client.write("DELETE", f"{path}/{one.remote_id}", part=f"{one.kind}s")
        except NotFound:
            pass  # somebody has removed it there: that is what was wanted
        except ZbdeskError as error:
            report.steps.append(SetUpDone(one.name, one.module, one.rule, "failed", str(error)))
            continue
        records.forget(one.id)
        report.steps.append(SetUpDone(one.name, one.module, one.rule, "removed"))
    return report
