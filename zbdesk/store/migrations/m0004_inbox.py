"""Webhook events as they arrived, and what became of them."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = ()
