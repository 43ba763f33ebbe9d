"""The JSON shapes and the words of ``runs``, ``sync --dry-run`` and ``diary``. Fields may be added, never renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from zbdesk.app.runs import DryRun
from zbdesk.cli.output import stamp
from zbdesk.domain.chain import ChainReport
from zbdesk.domain.modules import MODULES
from zbdesk.domain.views import ActivityEntry, PlannedWrite, RollbackReport, RollbackStep, RunWrites

_WORDS: Mapping[str, str] = MappingProxyType(
    {"create": "created", "update": "changed", "delete": "deleted", "action": "marked otherwise"}
)
_OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"delete": "delete", "void": "void", "restore": "restore fields", "status": "status back", "none": "stays"}
)


def run(one: RunWrites) -> dict[str, Any]:
    """One entry of ``runs --json``."""
    view = one.run
    return {
        "id": view.id,
        "kind": view.kind.value,
        "started_at": stamp(view.started_at),
        "finished_at": stamp(view.finished_at),
        "result": None if view.result is None else view.result.value,
        "api_calls": view.api_calls,
        "message": view.message,
        "written": [{"what": what, "module": module, "records": count} for what, module, count in one.writes],
        "rolled_back_at": stamp(one.rolled_back_at),
    }


def written(step: RollbackStep) -> dict[str, Any]:
    """One record that a run wrote."""
    return {
        "module": step.module,
        "number": step.number,
        "party": step.party,
        "date": step.date,
        "currency": step.currency,
        "total": step.total,
        "did": step.did,
    }


def rollback(found: RollbackReport) -> dict[str, Any]:
    """A preview (``begun_at`` null) or a report."""
    return {
        "run": found.run_id,
        "begun_at": stamp(found.begun_at),
        "ended_at": stamp(found.ended_at),
        "refused": found.refused or None,
        "records": rollback_records(found.steps),
    }


def rollback_records(steps: Sequence[RollbackStep]) -> list[dict[str, Any]]:
    """What becomes of each record."""
    return [
        {
            **written(step),
            "action": step.what,
            "state": step.state,
            "reason": step.reason or None,
            "fields": [{"name": one.field, "before": one.before, "after": one.after} for one in step.fields],
        }
        for step in steps
    ]


def dry_run(found: DryRun) -> dict[str, Any]:
    """``sync --dry-run --json``."""
    return {
        "result": "attention" if found.limits else "ok",
        "dry_run": True,
        "api_calls": 0,
        "calls_needed": found.calls,
        "writes": [planned(one) for one in found.writes],
        "stays": [{**planned(one.write), "reason": one.why} for one in found.stays],
        "totals": dict(found.totals),
        "limits": [{"limit": one.what, "planned": one.planned, "allowed": one.allowed} for one in found.limits],
    }


def dry_lines(found: DryRun) -> list[str]:
    """``sync --dry-run`` for people."""
    lines = [_line(one, one.view.what) for one in found.writes]
    lines += [_line(one.write, f"stays ({one.why})") for one in found.stays]
    amounts = ", ".join(f"{code} {amount:f}" for code, amount in found.totals)
    lines.append(f"{len(found.writes)} would be written{f' ({amounts})' if amounts else ''}, {len(found.stays)} stay.")
    return lines


def _line(one: PlannedWrite, what: str) -> str:
    view = one.view
    amount = None if view.total is None else f"{view.currency or ''} {view.total:f}".strip()
    parts = (MODULES[view.module].singular, view.number, view.party, view.date, amount)
    return f"{what}  {' · '.join(part for part in parts if part)}"


def planned(one: PlannedWrite) -> dict[str, Any]:
    """One write that would leave."""
    view = one.view
    return {
        "module": view.module,
        "number": view.number,
        "party": view.party,
        "date": view.date,
        "currency": view.currency,
        "total": view.total,
        "source": view.source or None,
        "action": view.what,
        "fields": [{"name": name, "before": before, "after": now} for name, before, now in one.fields],
    }


def chain(found: ChainReport) -> dict[str, Any]:
    """``diary verify --json``."""
    return {
        "whole": found.is_whole,
        "lines": found.lines,
        "hash": found.head or None,
        "broken_at": found.broken_at,
        "message": found.reason or None,
    }


def line(entry: ActivityEntry) -> dict[str, Any]:
    """One entry of ``diary --json``."""
    return {
        "at": stamp(entry.at),
        "kind": entry.kind,
        "text": entry.text,
        "module": entry.module,
        "cause": entry.cause or None,
        "run": entry.run_id,
        "changes": [{"name": one.field, "before": one.before, "after": one.after} for one in entry.changes],
    }


def in_words(one: RunWrites) -> str:
    """What a run wrote, in one line."""
    parts = (f"{count} {MODULES[module].label.lower()} {_WORDS[what]}" for what, module, count in one.writes)
    return ", ".join(parts) or "nothing"


def taken_back(one: RunWrites) -> str:
    """When it was taken back."""
    return "" if one.rolled_back_at is None else f"taken back {stamp(one.rolled_back_at)}"


def outcome(step: RollbackStep) -> str:
    """What becomes of a record."""
    return _OUTCOMES[step.what]


def step_line(step: RollbackStep) -> str:
    """What becomes of a record, in one line for people."""
    return f"  {step.state}  {outcome(step)}  {named(step)}  {step.reason}".rstrip()


def named(step: RollbackStep) -> str:
    """A record by number, party, date and amount."""
    amount = None if step.total is None else f"{step.currency or ''} {step.total:f}".strip()
    parts = (MODULES[step.module].singular, step.number, step.party, step.date, amount)
    return " · ".join(part for part in parts if part)
