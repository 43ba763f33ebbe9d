"""Month end over the database: the tie-out with its checklist, and the file in which a person signs a period off.

Reads only; the file is written at once and as a whole. Invariant: the sign-off says what the checklist and the tie-out
said at one moment, nothing is left out of it, and its hash covers all of it.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zbdesk import __version__
from zbdesk.app import tieout as tying
from zbdesk.app.desk import NotConnected
from zbdesk.app.tieout_document import SIGN_OFF, VERSION, document, json_bytes, total_of
from zbdesk.domain.closing import Check, Checklist, MonthEnd, checklist, month_end_of
from zbdesk.domain.errors import StorageError
from zbdesk.domain.modules import MODULES
from zbdesk.domain.seal import HASH, sealed
from zbdesk.domain.tieout import Fresh, Request, TieOut, can_tie
from zbdesk.domain.views import Connection
from zbdesk.store import connections, diary, module_states, queries, tieout
from zbdesk.store.database import Database
from zbdesk.vault.files import write_atomically

if TYPE_CHECKING:
    from zbdesk.app.settings import Settings
    from zbdesk.domain.views import WebhookOverview

PROGRAM = f"zbdesk {__version__}"


@dataclass(frozen=True, slots=True)
class Close:
    """A period at one moment: the tie-out, the checklist, and the end of the diary's chain."""

    tied: TieOut
    checks: Checklist
    connection: Connection
    diary: tuple[int, str]


class FileNotWritten(StorageError):
    """The disk refused a file of month end."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            f"{path.name} could not be written.",
            f"{error.strerror or type(error).__name__}. What was there before is untouched.",
            subject=str(path),
        )


class Closing:
    """Questions about the end of a period, over one reading handle."""

    def __init__(self, db: Database | None, now: datetime) -> None:
        self._db = db
        self._now = now

    def tie_out(self, request: Request, fresh: Fresh | None = None) -> TieOut:
        """Both sides of a period. Raises ``NotConnected`` and ``UsageError``."""
        db, connection = self._bound()
        return tying.look(db, connection, request, now=self._now, fresh=fresh)

    def look(self, request: Request, webhooks: WebhookOverview | None, fresh: Fresh | None = None) -> Close:
        """Tie-out and checklist of one moment. Raises ``NotConnected`` and ``UsageError``."""
        db, connection = self._bound()
        with db.snapshot():
            tied = tying.look(db, connection, request, now=self._now, fresh=fresh)
            overview = queries.overview(db, now=self._now)
            last = request.last.isoformat()
            known = [one.module for one in module_states.module_counts(db, connection.id) if one.enabled]
            drafts = tuple(
                (name, tieout.drafts(db, connection.id, name, last))
                for name, module in MODULES.items()
                if name in known and can_tie(module)
            )
            checks = checklist(overview, webhooks, tied, drafts, now=self._now)
            return Close(tied, checks, connection, diary.head(db, connection.id))

    def modules(self) -> tuple[str, ...]:
        """The modules that can be tied out here."""
        bound = self._find()
        return () if bound is None else tying.modules_of(*bound)

    def diary_has(self, organization_id: str, seq: int, digest: str) -> bool | None:
        """Whether the diary here still has this line; None where it is another organization's or has no such line."""
        bound = self._find()
        if bound is None or bound[1].organization.organization_id != organization_id:
            return None
        if seq == 0:
            return True
        found = tieout.diary_hash(bound[0], bound[1].id, seq)
        return None if found is None else found == digest

    def _bound(self) -> tuple[Database, Connection]:
        found = self._find()
        if found is None:
            raise NotConnected
        return found

    def _find(self) -> tuple[Database, Connection] | None:
        if self._db is None:
            return None
        connection = connections.current(self._db)
        return None if connection is None else (self._db, connection)


def month_end(settings: Settings) -> MonthEnd:
    """The mode as the settings have it."""
    return month_end_of(settings.month_end, settings.month_end_until)


def login_name() -> str:
    """Who sits here, as the system knows them; empty where it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no entry for this user: a container, or a changed account
        return ""


def tie_out_document(tied: TieOut, *, made_by: str) -> dict[str, Any]:
    """The tie-out, sealed."""
    return document(tied, made_by=made_by, program=PROGRAM)


def sign_off(close: Close, *, made_by: str, note: str = "") -> dict[str, Any]:
    """The sign-off, sealed: organization, period, who, when, every point, the tie-out's totals and hash, the diary."""
    organization = close.connection.organization
    tied = tie_out_document(close.tied, made_by=made_by)
    seq, digest = close.diary
    return sealed(
        {
            "kind": SIGN_OFF,
            "version": VERSION,
            "program": PROGRAM,
            "organization": {
                "id": organization.organization_id,
                "name": organization.name,
                "tax_id": organization.tax_id,
                "currency": organization.currency_code,
                "time_zone": organization.time_zone,
            },
            "from": close.checks.first,
            "to": close.checks.last,
            "made_at": close.checks.made_at,
            "made_by": made_by,
            "login": login_name(),
            "note": note,
            "complete": close.checks.complete,
            "checklist": [check_of(one) for one in close.checks.checks],
            "tie_out": {
                HASH: tied[HASH],
                "equal": close.tied.equal,
                "fresh_at": close.tied.fresh_at,
                "as_of": dict(close.tied.as_of),
                "totals": [total_of(one) for one in close.tied.totals],
                "differences": len(close.tied.lines),
            },
            "diary": {"seq": seq, "hash": digest},
        }
    )


def check_of(one: Check) -> dict[str, object]:
    """One point with its figures."""
    return {
        "key": one.key,
        "standing": one.standing.value,
        "count": one.count,
        "names": one.names,
        "amounts": dict(one.amounts),
    }


def save(path: Path, content: bytes) -> None:
    """Write a file as a whole, readable for its owner only. Raises ``FileNotWritten``."""
    try:
        write_atomically(path, content)
    except OSError as error:
        raise FileNotWritten(path, error) from error


def save_sign_off(path: Path, made: Mapping[str, Any], page: str) -> tuple[Path, Path]:
    """Write the sealed file and, beside it, the page to read; returns both. Raises ``FileNotWritten``."""
    readable = path.with_suffix(".html")
    save(path, json_bytes(made))
    save(readable, page.encode())
    return path, readable
