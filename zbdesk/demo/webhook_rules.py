"""Setting up the demo company's webhooks over HTTP: what in Zoho Books a person clicks together under Automation.

``PUT /demo/webhooks`` takes a list of rules (the fields of ``webhooks.Rule``), ``GET`` shows rules and deliveries,
``DELETE`` takes all rules away. Secrets are taken and never shown.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from zbdesk.demo.webhooks import Rule

if TYPE_CHECKING:
    from zbdesk.demo.world import World

_NAMES = frozenset(one.name for one in fields(Rule))


async def handle(request: Request) -> Response:
    """One request."""
    world: World = request.app.state.world
    if request.method == "PUT":
        try:
            rules = read(await request.body())
        except msgspec.DecodeError as error:
            return JSONResponse({"message": str(error)}, 400)
        world.webhooks.set_rules(rules)
    elif request.method == "DELETE":
        world.webhooks.set_rules([])
    shown = [
        {name: value for name, value in asdict(rule).items() if name != "secret"} for rule in world.webhooks.rules()
    ]
    return JSONResponse({"rules": shown, "deliveries": [asdict(one) for one in world.webhooks.deliveries]})


def read(body: bytes) -> list[Rule]:
    """Rules from JSON. Raises ``msgspec.DecodeError`` with a sentence for what is none."""
    given: Any = msgspec.json.decode(body)
    unknown = {name for one in given for name in one} - _NAMES if isinstance(given, list) else set()
    if unknown:
        raise msgspec.ValidationError(f"A rule has no {', '.join(sorted(unknown))}.")
    return msgspec.convert(given, list[Rule])
