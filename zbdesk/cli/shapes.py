"""The JSON shapes of the command line's contract, made from plain views. Fields may be added, never renamed."""

from __future__ import annotations

from typing import Any

from zbdesk.app.organizations import KnownOrganization
from zbdesk.cli import way_shapes
from zbdesk.cli.output import stamp
from zbdesk.domain.views import ConflictView, Overview, ProblemView, WebhookOverview
from zbdesk.sync.events import PullCount, PushCount, RunFinished


def organization(known: KnownOrganization) -> dict[str, Any]:
    """One of ``organizations`` in ``status --json``. ``confirmed``: false while nothing is written before a yes."""
    return {
        "organization_id": known.connection.organization.organization_id,
        "organization_name": known.connection.organization.name,
        "data_centre": known.connection.data_centre,
        "in_use": known.current,
        "state": known.connection.state.value,
        "confirmed": not known.guarded,
        "last_success_at": stamp(known.last_success_at),
        "conflicts": known.conflicts,
        "problems": known.problems,
        "pending": known.pending,
    }


def status(overview: Overview, webhooks: WebhookOverview | None = None) -> dict[str, Any]:
    """``status --json``."""
    connection, run, calls = overview.connection, overview.last_run, overview.calls
    return {
        "connection": {
            "state": overview.state.value,
            "data_centre": None if connection is None else connection.data_centre,
            "organization_id": None if connection is None else connection.organization.organization_id,
            "organization_name": None if connection is None else connection.organization.name,
            "read_only": None if connection is None else connection.read_only,
            "scopes": [] if connection is None else list(connection.scopes),
        },
        "last_sync": {
            "started_at": None if run is None else stamp(run.started_at),
            "finished_at": None if run is None else stamp(run.finished_at),
            "result": None if run is None or run.result is None else run.result.value,
            "message": None if run is None else run.message,
        },
        "modules": {
            counts.module: {
                "enabled": counts.enabled,
                "remote": counts.remote,
                "local": counts.local,
                "pending": counts.pending,
                "conflicts": counts.conflicts,
                "problems": counts.problems,
                "deleted": counts.deleted,
                "cursor": counts.cursor,
                "as_of": stamp(counts.as_of),
                "off_reason": counts.off_reason,
            }
            for counts in overview.modules
        },
        "pending": overview.pending,
        "unknown": overview.unknown,
        "conflicts": overview.conflicts,
        "problems": overview.problems,
        "details_missing": overview.details_missing,
        "api_calls_today": 0 if calls is None else calls.used,
        "api_calls_limit": None if calls is None else calls.limit,
        "paused_until": None if calls is None else stamp(calls.paused_until),
        "webhooks": {
            "url": None if webhooks is None else webhooks.public_url,
            "local_url": None if webhooks is None else webhooks.local_url,
            "last_event_at": None if webhooks is None else stamp(webhooks.last_event_at),
            "last_test": None if webhooks is None or webhooks.way is None else way_shapes.last_test(webhooks.way),
        },
    }


def pulled(count: PullCount) -> dict[str, int]:
    """What a pass found in one module."""
    return {"new": count.new, "changed": count.changed, "deleted": count.deleted}


def pushed(count: PushCount) -> dict[str, int]:
    """What a pass wrote in one module."""
    return {
        "created": count.created,
        "updated": count.updated,
        "deleted": count.deleted,
        "linked": count.linked,
        "actions": count.actions,
    }


def sync(run: RunFinished) -> dict[str, Any]:
    """``sync --json``."""
    return {
        "result": run.result.value,
        "kind": run.kind.value,
        "api_calls": run.api_calls,
        "pulled": {module: pulled(count) for module, count in run.pulled},
        "pushed": {module: pushed(count) for module, count in run.pushed},
        "conflicts": run.conflicts,
        "problems": run.problems,
        "pending": run.pending,
        "message": run.message,
    }


def failed_sync(result: str, message: str) -> dict[str, Any]:
    """``sync --json`` where no pass could begin."""
    return {
        "result": result,
        "api_calls": 0,
        "pulled": {},
        "pushed": {},
        "conflicts": 0,
        "problems": 0,
        "pending": 0,
        "message": message,
    }


def conflict(view: ConflictView) -> dict[str, Any]:
    """One entry of ``conflicts --json``."""
    return {
        "id": view.id,
        "module": view.module,
        "local_id": view.local_id,
        "remote_id": view.remote_id,
        "number": view.number,
        "party": view.party,
        "fields": [
            {"name": field.name, "base": field.base, "local": field.local, "remote": field.remote}
            for field in view.fields
        ],
        "since": stamp(view.since),
    }


def problem(view: ProblemView) -> dict[str, Any]:
    """One entry of ``problems --json``."""
    return {
        "id": view.id,
        "module": view.module,
        "local_id": view.local_id,
        "number": view.number,
        "party": view.party,
        "cause": view.cause,
        "message": view.message,
        "remedy": view.remedy,
        "code": view.code,
        "count": view.count,
        "since": stamp(view.since),
        "retry_at": stamp(view.retry_at),
    }
