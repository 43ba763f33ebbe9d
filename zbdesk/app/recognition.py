"""By what Zoho tells our records apart, for people: one sentence a module, and where to click in Zoho Books."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from zbdesk.app import local
from zbdesk.app.desk import Desk
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.modules import module as named
from zbdesk.domain.views import Connection
from zbdesk.store import module_states
from zbdesk.store.database import Database
from zbdesk.sync import recognition
from zbdesk.sync.recognition import LABEL, RecognitionView, Standing

_WAYS = {
    "custom_field": f"the field “{LABEL}”",
    "email": "e-mail address",
    "name": "name",
    "sku": "SKU",
    "number": "its own number",
    "reference": "reference number",
    "nothing": "nothing",
}


def views(db: Database, connection: Connection, modules: Collection[str] = ()) -> list[RecognitionView]:
    """How records of these modules are recognised; none named: of those that are on and can be created."""
    on = set(modules) or set(module_states.enabled(db, connection.id))
    wanted = [module for name, module in MODULES.items() if name in on and "create" in module.methods]
    return recognition.views(db, connection.id, wanted)


def ways(view: RecognitionView) -> str:
    """By what, the surest first, in words."""
    return ", else ".join(_WAYS[way] for way in view.ways)


def sentence(view: RecognitionView) -> str:  # noqa: PLR0911 - one sentence a standing
    """How it stands with the field, in one sentence."""
    match view.standing:
        case Standing.READY:
            return f"Zoho Books itself refuses a second record: the field “{LABEL}” is in use."
        case Standing.MISSING:
            return f"There is no field “{LABEL}” yet; zbdesk can make it."
        case Standing.NOT_UNIQUE:
            return f"The field “{LABEL}” lets the same value stand twice, so it is not used."
        case Standing.NOT_SAID:
            return f"Zoho Books does not tell whether the field “{LABEL}” refuses duplicates, so it is not used."
        case Standing.REFUSED:
            return f"Zoho Books does not let zbdesk look at the fields. {view.reason}".rstrip()
        case Standing.IMPOSSIBLE:
            return "Zoho Books offers no such field for these."
    return "Not looked at yet; the first sync that creates one of these does."


def remedy(view: RecognitionView) -> str:
    """What a person can do about it, with Zoho's own menu words; empty where nothing is to be done."""
    path = f"In Zoho Books open Settings, {_place(named(view.module))}, Fields"
    match view.standing:
        case Standing.NOT_UNIQUE:
            return f"{path}, choose “{LABEL}”, and switch on that it refuses duplicate values."
        case Standing.NOT_SAID:
            return (
                f"{path}, choose “{LABEL}” and look that it refuses duplicate values. Then say so with "
                f"“zbdesk recognition vouch {view.module}”."
            )
        case Standing.REFUSED | Standing.MISSING:
            return (
                f"{path}, New Field: label “{LABEL}”, data type Text Box (Single Line), and that it refuses duplicate "
                "values. Or let zbdesk make it, where the plan and your role allow that."
            )
    return ""


def _place(module: Module) -> str:
    """What the module's settings are called there."""
    return "Customers and Vendors" if module.name == "contacts" else module.label


def ask(desk: Desk, what: str, modules: Sequence[str]) -> None:
    """``look`` again, ``make`` the field or ``vouch`` for it; the next sync carries it out. Raises ``UsageError``."""
    chosen = [named(one) for one in modules]
    local.write(desk, "recognition", lambda db, here: recognition.ask(db, here.id, what, chosen))


def summary(found: Sequence[RecognitionView]) -> tuple[int, int]:
    """(modules in which Zoho refuses a second record, modules in which it could)."""
    able = [view for view in found if view.standing is not Standing.IMPOSSIBLE]
    return sum(view.is_safe for view in able), len(able)
