"""What a refusal is really about, where its code does not tell: Zoho is asked, for a person must know what to do.

Costs a call or two for each refused record and none for any other.
"""

from __future__ import annotations

from zbdesk.domain.errors import RejectedError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.store import finding
from zbdesk.sync import troubles
from zbdesk.sync.actions import Cause
from zbdesk.sync.agreeing import Sides, readable
from zbdesk.sync.context import Pass
from zbdesk.sync.faults import is_gone
from zbdesk.sync.lookup import LookUp
from zbdesk.sync.settled import PAID
from zbdesk.sync.sweep import bury
from zbdesk.sync.writing import Recognition
from zbdesk.zoho.errors import Duplicate, NamesNothing, NotFound


async def plainly(
    lookup: LookUp, module: Module, sides: Sides, recognition: Recognition, error: RejectedError
) -> RejectedError:
    """The refusal of a create or update as what it is: a number or name that is taken, a named record that is gone."""
    status, code, reason = error.http_status, error.code, error.reason
    if isinstance(error, NotFound) and sides.trees.remote_id is None:
        # Whatever word Zoho uses for it, "Invoice does not exist." included: a new record cannot be gone itself.
        return NamesNothing(module.name, http_status=status, code=code, reason=reason)
    if troubles.of_refusal(module, error).cause != Cause.VALIDATION:
        return error
    cause = await lookup.taken(module, sides.resolved, recognition, but=sides.trees.remote_id)
    if cause is None:
        return error
    return Duplicate(module.name, http_status=status, code=code, reason=reason, cause=cause.value)


async def itself_gone(run: Pass, module: Module, sides: Sides, error: RejectedError) -> bool:
    """After "does not exist" as the answer to a change: whether it is the record, which then gets its tombstone.

    Zoho says the same of a tax or an account that the change names. Raises ``NamesNothing`` where the record is there.
    """
    if not isinstance(error, NotFound) or not readable(module):
        return False
    try:
        await run.detail(module, str(sides.trees.remote_id), run.priority)
    except RejectedError as answer:
        if not is_gone(answer):
            raise
        bury(run, module, [sides.trees.id])
        return True
    raise NamesNothing(module.name, http_status=error.http_status, code=error.code, reason=error.reason) from error


async def parents_gone(run: Pass, module: Module, sides: Sides, error: RejectedError) -> bool:
    """Read what a refused create refers to; what was deleted in Zoho gets its tombstone. True where one was."""
    if not isinstance(error, NotFound) and troubles.of_refusal(module, error).cause != Cause.VALIDATION:
        return False
    fields, gone = sides.resolved, False
    named = [("contacts", fields.get(name)) for name in ("customer_id", "vendor_id")]
    if module.name in PAID:
        listed, id_field = PAID[module.name]
        named += [(listed, part.get(id_field)) for part in fields.get(listed) or ()]
    for name, remote_id in named:
        record_id = finding.by_remote_id(run.db, run.connection_id, name, str(remote_id)) if remote_id else None
        if record_id is None:
            continue
        try:
            await run.detail(MODULES[name], str(remote_id), run.priority)
        except RejectedError as answer:
            if not is_gone(answer):
                raise
            bury(run, MODULES[name], [record_id])
            gone = True
    return gone
