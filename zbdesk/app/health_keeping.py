"""Judging the webhooks while the program runs: the shorter interval, the problem, the word when they are back."""

from __future__ import annotations

import logging
from datetime import timedelta

from zbdesk.app.settings import Settings
from zbdesk.domain.status import ConnectionState
from zbdesk.domain.way import WebhookHealth
from zbdesk.store import diary, gaps, problems, tunnels
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import RecordsChanged
from zbdesk.webhooks import health
from zbdesk.webhooks.health import HealthState, Seen, Verdict

log = logging.getLogger(__name__)

CAUSE = "webhook_gap"


class HealthKeeper:
    """Looks at tests and gaps of one connection and draws the consequences. On the engine's thread."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self.settings = settings

    def look(self) -> Verdict | None:
        """Judge now; what changed is written down and told, and sets how often polls come. Raises ``StorageError``.

        None while this computer is offline: then nothing can be said of a tunnel, and the connection says it already.
        """
        engine = self._engine
        if engine.state is ConnectionState.OFFLINE:
            return None
        db, connection_id, now = engine.db, engine.connection.id, engine.clock.now()
        gaps.judge(db, connection_id, now)
        before = gaps.health(db, connection_id)
        state = HealthState.UNTESTED if before is None else HealthState(before.state)
        verdict = health.judge(
            self._seen(before),
            state,
            poll_seconds=engine.poll_seconds,
            fallback_seconds=self.settings.fallback_seconds,
            threshold=self.settings.gap_percent / 100,
        )
        self._hurry(verdict)
        changed = before is None or (before.state, before.sentence) != (verdict.state.value, verdict.sentence)
        if changed:
            since = now if before is None or before.state != verdict.state.value else before.since
            row = WebhookHealth(verdict.state.value, since, now, verdict.sentence, verdict.remedy)
            with db.transaction():
                gaps.put_health(db, connection_id, row)
                self._tell(before, verdict)
            engine.emit(RecordsChanged(frozenset()))
        return verdict

    def close(self) -> None:
        """Nothing judges any more: the usual interval holds."""
        self._engine.hurry_seconds = None

    def _seen(self, before: WebhookHealth | None) -> Seen:
        engine = self._engine
        db, connection_id = engine.db, engine.connection.id
        tunnel, test = tunnels.get(db, connection_id), tunnels.last_test(db, connection_id)
        wanted = tunnel is not None and tunnel.state != "off"
        if test is not None and tunnel is not None and test.ok and test.public_url != (tunnel.public_url or ""):
            test = None  # it was another address that was found good
        start = engine.clock.now() - health.WINDOW
        if before is not None and before.state == HealthState.HEALTHY.value:
            start = max(start, before.since)  # what was missed before the cure is told and done
        return Seen(
            tunnel=wanted,
            test_ok=None if test is None else test.ok,
            test_sentence="" if test is None else test.sentence,
            test_remedy="" if test is None else test.remedy,
            gaps=tuple(gaps.gaps(db, connection_id, start)),
            last_told_at=gaps.last_told_at(db, connection_id),
            last_missed_at=gaps.last_missed_at(db, connection_id),
        )

    def _hurry(self, verdict: Verdict) -> None:
        engine = self._engine
        wanted = verdict.poll_seconds if verdict.trouble else None
        if engine.hurry_seconds != wanted:
            engine.hurry_seconds = wanted
            log.info("looking every %.0f s: webhooks are %s", engine.interval, verdict.state.value)
            engine.hinted()

    def _tell(self, before: WebhookHealth | None, verdict: Verdict) -> None:
        engine = self._engine
        db, connection_id, now = engine.db, engine.connection.id, engine.clock.now()
        was_trouble = before is not None and before.state in {HealthState.GAP.value, HealthState.FAILING.value}
        if verdict.trouble:
            recovered = "; ".join(
                f"{gap.module}: {', '.join(gap.recovered)}" for gap in verdict.missing if gap.recovered
            )
            problems.raise_problem(
                db,
                connection_id,
                cause=CAUSE,
                message=verdict.sentence,
                remedy=verdict.remedy or "See Webhooks.",
                at=now,
                detail=f"Found by looking: {recovered}" if recovered else "",
            )
            if not was_trouble:
                diary.add(db, connection_id, CAUSE, verdict.sentence, at=now, cause="webhook")
            return
        cleared = problems.clear(db, connection_id, cause=CAUSE, at=now)
        if cleared and before is not None and verdict.state is HealthState.HEALTHY:
            found = sum(gap.missed for gap in gaps.gaps(db, connection_id, before.since - timedelta(minutes=5)))
            text = health.recovery_sentence(before.since, now, found)
            diary.add(db, connection_id, "webhook_recovered", text, at=now, cause="webhook")
