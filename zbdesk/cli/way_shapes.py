"""How tunnel, tests, targets and deliveries look in JSON and in words."""

from __future__ import annotations

from typing import Any

from zbdesk.cli.output import stamp
from zbdesk.domain.way import Delivery, Made, Target, TunnelTest, WebhookWay
from zbdesk.webhooks.automatic import Report, Step

LEG_NAMES = {
    "dns": "public name",
    "tls": "secure line",
    "tunnel": "tunnel",
    "listener": "this computer",
    "signature": "signature",
}


def test(found: TunnelTest) -> dict[str, Any]:
    """One round-trip test."""
    return {
        "result": "ok" if found.ok else "failed",
        "ok": found.ok,
        "at": stamp(found.at),
        "leg": found.leg,
        "message": found.sentence,
        "remedy": found.remedy or None,
        "detail": found.detail or None,
        "milliseconds": found.milliseconds,
        "public_url": found.public_url or None,
        "cause": found.cause,
        "legs": [
            {"leg": leg.leg, "state": leg.state, "note": leg.note or None, "milliseconds": leg.milliseconds}
            for leg in found.legs
        ],
    }


def test_lines(found: TunnelTest) -> list[str]:
    """One round-trip test for people."""
    signs = {"ok": "good", "failed": "FAILS", "untested": "not tested"}
    lines = [
        f"{LEG_NAMES.get(leg.leg, leg.leg):14} {signs.get(leg.state, leg.state):10}  {leg.note}".rstrip()
        for leg in found.legs
    ]
    return [*lines, "", f"{found.sentence} {found.remedy}".strip()]


def last_test(way: WebhookWay) -> dict[str, Any] | None:
    """What ``status`` says of the last test."""
    return None if way.test is None else test(way.test)


def way(found: WebhookWay | None) -> dict[str, Any]:
    """What ``webhooks show`` adds about the way."""
    if found is None:
        return {"tunnel": None, "last_test": None, "health": None, "gaps": []}
    tunnel, health = found.tunnel, found.health
    return {
        "tunnel": None
        if tunnel is None
        else {
            "kind": tunnel.kind,
            "state": tunnel.state,
            "public_url": tunnel.public_url,
            "message": tunnel.sentence,
            "remedy": tunnel.remedy or None,
            "since": stamp(tunnel.since),
            "restarts": tunnel.restarts,
            "signed": tunnel.signed,
        },
        "last_test": last_test(found),
        "next_test_at": stamp(found.next_test_at),
        "health": None
        if health is None
        else {
            "state": health.state,
            "since": stamp(health.since),
            "message": health.sentence,
            "remedy": health.remedy or None,
        },
        "gaps": [
            {
                "module": gap.module,
                "told": gap.told,
                "missed": gap.missed,
                "score": f"{gap.score:.3f}",
                "recovered": list(gap.recovered),
            }
            for gap in found.gaps
        ],
    }


def way_lines(found: WebhookWay | None) -> list[str]:
    """What ``webhooks show`` adds about the way, for people."""
    if found is None:
        return []
    lines = []
    if found.tunnel is not None:
        lines.append(f"Tunnel            {found.tunnel.sentence} {found.tunnel.remedy}".rstrip())
    if found.test is not None:
        lines.append(f"Last test         {stamp(found.test.at)}: {found.test.sentence} {found.test.remedy}".rstrip())
    if found.health is not None:
        lines.append(f"Webhooks          {found.health.sentence} {found.health.remedy}".rstrip())
    if found.changes:
        lines.append(f"Last 7 days       {found.missed} of {found.changes} changes came without a webhook.")
    return lines


def target(one: Target) -> dict[str, Any]:
    """One entry of ``webhooks targets --json``; its secret is never here."""
    return {
        "id": one.id,
        "url": one.url,
        "content": one.content,
        "modules": list(one.modules),
        "events": list(one.kinds),
        "last_ok_at": stamp(one.last_ok_at),
        "failures": one.failures,
        "rests_until": stamp(one.rests_until),
    }


def delivery(one: Delivery) -> dict[str, Any]:
    """One entry of ``webhooks deliveries --json``."""
    return {
        "id": one.id,
        "target": one.target_id,
        "url": one.url,
        "module": one.module,
        "remote_id": one.remote_id or None,
        "event": one.kind,
        "state": one.state,
        "tries": one.tries,
        "made_at": stamp(one.made_at),
        "next_at": stamp(one.next_at),
        "ended_at": stamp(one.ended_at),
        "status": one.status,
        "error": one.error or None,
    }


def setup_step(step: Step) -> dict[str, Any]:
    """One pair of ``webhooks setup --dry-run``: exactly what would be sent, but for the secret."""
    return {
        "name": step.name,
        "module": step.module,
        "rule": step.rule,
        "url": step.url,
        "sure": step.sure,
        "webhook": step.webhook("(the secret)"),
        "workflow": step.workflow("(the webhook's id)"),
    }


def setup_made(one: Made) -> dict[str, Any]:
    """One thing that ``webhooks setup --remove`` would remove."""
    return {"name": one.name, "kind": one.kind, "module": one.module, "rule": one.rule, "remote_id": one.remote_id}


def setup_report(report: Report) -> dict[str, Any]:
    """``webhooks setup``."""
    return {
        "result": "ok" if report.ok else "failed",
        "message": "" if report.ok else "Some of it could not be done; the guide in the manual shows how by hand.",
        "steps": [
            {"name": one.name, "module": one.module, "rule": one.rule, "result": one.result, "message": one.message}
            for one in report.steps
        ],
    }


def setup_lines(report: Report) -> list[str]:
    """``webhooks setup`` for people."""
    return [f"{one.result:8} {one.name}  {one.message}".rstrip() for one in report.steps]
