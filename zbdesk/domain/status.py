"""The words for states, the same in the database, on the command line and behind every screen."""

from __future__ import annotations

from enum import StrEnum


class RecordState(StrEnum):
    """Where one record stands between this computer and Zoho Books."""

    MIRRORED = "mirrored"
    SYNCED = "synced"
    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    PROBLEM = "problem"
    DELETED = "deleted"


class EngineState(StrEnum):
    """What the engine of one connection is doing. The tray shows these and no others."""

    IDLE = "idle"
    PULLING = "pulling"
    PUSHING = "pushing"
    WAITING = "waiting"
    PAUSED = "paused"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"
    FAILED = "failed"


class ConnectionState(StrEnum):
    """How the connection to the organization stands, as ``status`` reports it."""

    NONE = "none"
    ACTIVE = "active"
    PAUSED = "paused"
    OFFLINE = "offline"
    NEEDS_SIGN_IN = "needs_sign_in"


class RunResult(StrEnum):
    """How one pass ended."""

    OK = "ok"
    ATTENTION = "attention"
    FAILED = "failed"
    NEEDS_SIGN_IN = "needs_sign_in"
    INTERRUPTED = "interrupted"


class RunKind(StrEnum):
    """Why lists are read in a pass."""

    FIRST = "first"
    DELTA = "delta"
    FULL = "full"
