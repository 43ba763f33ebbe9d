"""One pass against a demo server, as a process of its own that may be killed.

``python one_pass.py DATABASE URL TOKEN ORGANIZATION [full]`` prints how the pass ended as one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[level]) for level in (1, 2)]

from world import ORGANIZATION, RealClock, a_connection, real_books  # noqa: E402

from zbdesk.app.build import readable  # noqa: E402
from zbdesk.domain.modules import READ_SCOPES  # noqa: E402
from zbdesk.domain.status import RunKind  # noqa: E402
from zbdesk.store import connections, module_states  # noqa: E402
from zbdesk.store.database import Database  # noqa: E402
from zbdesk.sync.engine import Engine  # noqa: E402


async def main(database: str, url: str, token: str, organization: str, *, full: bool) -> None:
    """Open, connect if need be, make the pass, print."""
    clock = RealClock()
    db = Database.open(database, now=clock.now)
    connection = connections.current(db)
    if connection is None:
        made = replace(a_connection(clock.now()), organization=replace(ORGANIZATION, organization_id=organization))
        connection = connections.save(db, made)
        module_states.set_enabled(db, connection.id, readable([*READ_SCOPES, "ZohoBooks.fixedasset.READ"]))
    async with real_books(url, token, organization, clock) as books:
        engine = Engine(
            db=db,
            books=books,
            connection=connection,
            clock=clock,
            rng=clock.rng,
            emit=lambda _event: None,
            poll_seconds=900.0,
        )
        run = await engine.run_pass(kind=RunKind.FULL if full else None, cause="user")
    db.close()
    print(json.dumps({"result": run.result, "api_calls": run.api_calls, "message": run.message}))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5], full="full" in sys.argv[5:]))
