"""``doctor``: looks at everything that syncing needs and says what to do about what is not in order."""

from __future__ import annotations

import typer

from zbdesk.app import doctor as checking
from zbdesk.cli.interrupts import run_tidily
from zbdesk.cli.options import JsonOption
from zbdesk.cli.output import Exit, document, show
from zbdesk.cli.place import Place

_SIGNS = {"ok": "in order", "warn": "look", "fail": "not in order"}


def doctor(context: typer.Context, *, json: JsonOption = False) -> None:
    """Check keychain, database, clock, network, scopes and tunnel."""
    place: Place = context.obj
    with place.open() as desk:
        checks = run_tidily(checking.examine(desk))
    if json:
        document(
            [
                {"name": check.name, "state": check.state, "message": check.sentence, "remedy": check.remedy}
                for check in checks
            ]
        )
    else:
        for check in checks:
            show(f"{check.name}: {_SIGNS[check.state]}. {check.sentence} {check.remedy}".rstrip())
    raise typer.Exit(Exit.FAILED if any(check.state == "fail" for check in checks) else Exit.OK)
