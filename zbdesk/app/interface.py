"""The local HTTP interface of one connection joined: tokens, local edits, the stream of changes, Zoho's own paths.

Runs on the engine's loop, whose handle is the only one that writes: a write is one transaction between two awaits, and
what it did is told to the engine, which sends it with the next pass. Off unless the settings switch it on.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from zbdesk import __version__
from zbdesk.app.build import Surroundings
from zbdesk.app.export import as_json
from zbdesk.app.interface_answers import Answers, line_of
from zbdesk.domain.errors import StorageError, UnknownOutcomeError, UsageError, ZbdeskError
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.sources.http import problem, tokens
from zbdesk.sources.http.app import Interface, encode
from zbdesk.sources.http.events import EventStreams
from zbdesk.sources.http.handlers import Answered, Json, ListQuery, Work
from zbdesk.sources.http.problem import Fault, Problem
from zbdesk.sources.http.routes import Routes
from zbdesk.store import changes, documents, interface, queries
from zbdesk.sync import acting, editing, putting
from zbdesk.sync.edit_errors import DocumentRefused
from zbdesk.sync.engine import Engine
from zbdesk.sync.events import DetailReady, Event, RecordsChanged, RunFinished
from zbdesk.web.serving import PortInUse, Serving
from zbdesk.zoho.client import ZohoClient
from zbdesk.zoho.limits import Priority

_log = logging.getLogger(__name__)

PORT_AGAIN = 5.0
LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only where a person switched the network on


class BooksInterface:
    """See ``Handlers``: the engine's database, its scheduler and its client behind the interface."""

    def __init__(self, engine: Engine, answers: Answers, *, client: ZohoClient, zoho_writes: bool) -> None:
        self._engine = engine
        self._answers = answers
        self._client = client
        self._zoho_writes = zoho_writes
        self._changed = asyncio.Event()

    @property
    def _now(self) -> Callable[[], datetime]:
        return self._engine.clock.now

    # Who asks

    def caller(self, token: str) -> int | None:
        """See ``Handlers``."""
        db = self._engine.db
        found = tokens.recognise(token, interface.digests(db, self._engine.connection.id))
        if found is not None:
            try:
                interface.note_use(db, found, self._now())
            except StorageError as error:
                # A full disk is no reason to refuse a question.
                _log.info("interface: the use of a token could not be noted: %s", error.title)
        return found

    # Reading

    async def page(self, module: Module, query: ListQuery) -> tuple[list[Json], int | None, datetime]:
        """See ``Handlers``."""
        return await self._answers.page(module, query)

    async def record(self, module: Module, key: str) -> Json:
        """See ``Handlers``."""
        return await self._answers.record(module, key)

    async def status(self) -> Json:
        """See ``Handlers``."""
        return await self._answers.status()

    # Writing

    def once(self, caller: int, key: str | None, request: str, work: Work) -> Answered:
        """See ``Handlers``."""
        db = self._engine.db
        with db.transaction():
            if key is None:
                return work()
            kept = interface.answer_of(db, caller, key)
            if kept is not None:
                return _again(kept, request)
            interface.begin_answer(db, caller, key, request, self._now())
            answer = work()
            interface.keep_answer(db, caller, key, answer.status, _packed(answer))
            return answer

    async def once_slowly(
        self, caller: int, key: str | None, request: str, work: Callable[[], Awaitable[Answered]]
    ) -> Answered:
        """See ``Handlers``. What has an unknown outcome keeps its key: the same request must not leave again."""
        if key is None:
            return await work()
        db = self._engine.db
        with db.transaction():
            kept = interface.answer_of(db, caller, key)
            if kept is not None:
                return _again(kept, request)
            interface.begin_answer(db, caller, key, request, self._now())
        try:
            answer = await work()
        except UnknownOutcomeError:
            raise
        except (Problem, ZbdeskError):
            self._free(caller, key)
            raise
        with db.transaction():
            interface.keep_answer(db, caller, key, answer.status, _packed(answer))
        return answer

    def _free(self, caller: int, key: str) -> None:
        with self._engine.db.transaction():
            interface.forget_answer(self._engine.db, caller, key)

    def put(self, module: Module, documents: Sequence[Mapping[str, object]], source: str) -> list[Json]:
        """See ``Handlers``."""
        self._require_writing()
        engine = self._engine
        results = putting.put(engine.db, engine.connection, module, documents, source=source, now=self._now)
        return [
            {
                "source_id": one.source_id or None,
                "local_id": one.local_id,
                "result": one.result,
                "errors": [{"field": error.field, "message": error.message} for error in one.errors],
            }
            for one in results
        ]

    def source_of(self, module: Module, key: str) -> tuple[str, str] | None:
        """See ``Handlers``."""
        try:
            record_id = acting.find(self._engine.db, self._engine.connection, module, key)
        except UsageError:
            return None
        [view] = queries.rows_by_ids(self._engine.db, [record_id])
        return None if view.source is None or view.source_id is None else (view.source, view.source_id)

    def edit(self, module: Module, key: str, fields: Mapping[str, object]) -> Json:
        """See ``Handlers``."""
        self._require_writing()
        engine = self._engine
        record_id = acting.find(engine.db, engine.connection, module, key)
        self._require_free(record_id)
        try:
            editing.edit(engine.db, engine.connection, record_id, fields, now=self._now)
        except DocumentRefused as error:
            raise _faults(error) from error
        return line_of(engine.db, record_id)

    def act(self, module: Module, key: str, action: str, data: Mapping[str, object]) -> Json:
        """See ``Handlers``."""
        self._require_writing()
        engine = self._engine
        try:
            local_id = acting.act(engine.db, engine.connection, module, key, action, data, now=self._now)
        except DocumentRefused as error:
            raise _faults(error) from error
        return {"local_id": local_id, "action": action, "result": "pending"}

    def _require_writing(self) -> None:
        if self._engine.connection.read_only:
            words = "It was connected to read only. Connect again to let zbdesk write."
            raise Problem(403, "read-only", "This connection only reads.", words)

    def _require_free(self, record_id: int) -> None:
        trees = documents.read(self._engine.db, record_id)
        if trees is not None and trees.document is not None and trees.document.in_conflict:
            words = "A person settles it in zbdesk, or `zbdesk conflicts resolve` does."
            raise Problem(409, "in-conflict", "This record is in conflict.", words)

    def changed(self) -> None:
        """See ``Handlers``."""
        self._engine.edited()
        self._changed.set()

    # The stream

    def heard(self, event: Event) -> None:
        """Something happened in the engine; who waits looks at the changes."""
        if isinstance(event, RecordsChanged | RunFinished | DetailReady):
            self._changed.set()

    def newest_change(self) -> int:
        """See ``Handlers``."""
        return changes.newest(self._engine.db, self._engine.connection.id)

    def changes_after(self, seq: int, modules: frozenset[str]) -> tuple[list[Json], int]:
        """See ``Handlers``."""
        db = self._engine.db
        found = changes.after(db, self._engine.connection.id, seq)
        views = {view.id: view for view in queries.rows_by_ids(db, [one.record_id for one in found])}
        told: list[Json] = []
        for one in found:
            if modules and one.module not in modules:
                continue
            view = views.get(one.record_id)
            line: Json = {"seq": one.seq, "module": one.module, "local_id": one.local_id, "what": "removed"}
            if view is not None:
                line |= as_json(view)
                line["what"] = "deleted" if view.state.value == "deleted" else "changed"
            line["at"] = one.at.strftime("%Y-%m-%dT%H:%M:%SZ")
            told.append(line)
        return told, found[-1].seq if found else seq

    async def until_changed(self, seconds: float) -> None:
        """See ``Handlers``."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        self._changed.clear()

    # Zoho's own

    async def zoho_get(self, path: str, query: Sequence[tuple[str, str]]) -> bytes:
        """See ``Handlers``. Programs stand behind the person: their calls never touch the day's reserve."""
        self._require_scope(path, "READ")
        return await self._client.get(path, list(query), priority=Priority.POLL)

    async def zoho_write(self, method: str, path: str, query: Sequence[tuple[str, str]], body: bytes | None) -> bytes:
        """See ``Handlers``."""
        self._require_writing()
        if not self._zoho_writes:
            words = "A person can switch it on in the settings. Documents go to the modules' own addresses."
            raise Problem(403, "not-switched-on", "Writing to Zoho's own paths is switched off.", words)
        self._require_scope(path, {"POST": "CREATE", "PUT": "UPDATE", "DELETE": "DELETE"}[method])
        return await self._client.write(method, path, list(query), body, priority=Priority.POLL)

    def _require_scope(self, path: str, permission: str) -> None:
        """Refuse without a call what Zoho would refuse, where the catalogue knows the path."""
        area = _area(path)
        granted = set(self._engine.connection.scopes)
        if area is None or not granted:
            return
        wanted = {f"ZohoBooks.{area}.{permission}", f"ZohoBooks.{area}.ALL", "ZohoBooks.fullaccess.all"}
        if not wanted & granted:
            words = f"Connect again and grant ZohoBooks.{area}.{permission}."
            raise Problem(403, "missing-scope", "The connection has no permission for this.", words)


def _area(path: str) -> str | None:
    first = "/" + path.strip("/").partition("/")[0]
    return next((module.scope for module in MODULES.values() if module.path == first), None)


def _faults(error: DocumentRefused) -> Problem:
    return problem.refused(Fault(one.field, one.message) for one in error.errors)


def _packed(answer: Answered) -> str:
    if isinstance(answer.body, bytes):
        return json.dumps({"raw": answer.body.decode(), "location": answer.location})
    return json.dumps({"body": encode(answer.body).decode(), "location": answer.location})


def _again(kept: interface.Kept, request: str) -> Answered:
    if kept.request != request:
        words = "Use a new key for a new request."
        raise Problem(422, "key-reused", "This key came with another request before.", words)
    if kept.status is None or kept.body is None:
        words = "It is still under way, or it never came to its end. Look at the record before you repeat it."
        raise Problem(409, "key-in-use", "The first request with this key has no answer yet.", words)
    found: dict[str, Any] = json.loads(kept.body)
    body: Any = found["raw"].encode() if "raw" in found else json.loads(found["body"])
    return Answered(kept.status, body, found["location"], replayed=True)


# -- running -----------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def serving(
    around: Surroundings, engine: Engine, on_port: Callable[[int], None] | None = None
) -> AsyncIterator[None]:
    """Serve the engine's connection on the running loop, where the settings of ``around`` switch it on.

    A port that is taken is tried again; it is no reason not to sync. ``on_port`` is told where it listens.
    """
    settings = around.settings
    if not settings.interface_enabled:
        yield
        return
    connection, clock = engine.connection, engine.clock
    changes.begin(engine.db, connection.id, clock.now())
    answers = Answers(around.database, connection, clock.now)
    handlers = BooksInterface(engine, answers, client=engine.books.client, zoho_writes=settings.interface_zoho_writes)  # type: ignore[arg-type]
    application = Interface(
        handlers,
        Routes(handlers, EventStreams(handlers), __version__),
        clock,
        hosts=[socket.gethostname(), *settings.interface_hosts.replace(",", " ").split()],
        network=settings.interface_network,
    )
    tell = engine.emit

    def emit(event: Event) -> None:
        handlers.heard(event)
        tell(event)

    engine.emit = emit
    host = EVERYWHERE if settings.interface_network else LOOPBACK
    listening = asyncio.create_task(_listen(application, settings.interface_port, host, clock.sleep, on_port))
    try:
        yield
    finally:
        if engine.emit is emit:
            engine.emit = tell
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        answers.close()


async def _listen(
    application: Interface,
    port: int,
    host: str,
    sleep: Callable[[float], Awaitable[None]],
    on_port: Callable[[int], None] | None,
) -> None:
    """Listen until cancelled."""
    while True:
        try:
            serving = await Serving.open(application, port, host=host)
        except PortInUse:
            _log.warning("interface: port %d belongs to another program", port)
        except OSError as error:
            _log.warning("interface: port %d cannot be opened: %s", port, error)
        else:
            break
        await sleep(PORT_AGAIN)
    _log.info("interface: listening on %s, port %d", host, serving.port)
    if on_port is not None:
        on_port(serving.port)
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await serving.close()
