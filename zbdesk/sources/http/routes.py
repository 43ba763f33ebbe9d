"""What can be asked: one function a route, and the table that finds it.

Writes are local edits, checked at once and sent by the next pass; none of them waits for Zoho Books. Documents are
those of the command line's ``put``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from zbdesk.domain.module import Module
from zbdesk.domain.modules import UnknownModule
from zbdesk.domain.modules import module as named
from zbdesk.sources.http import bodies, queries
from zbdesk.sources.http.app import encode
from zbdesk.sources.http.events import EventStreams
from zbdesk.sources.http.exchange import Raw, Request, Route, Stream
from zbdesk.sources.http.handlers import Answered, Handlers, Json
from zbdesk.sources.http.openapi import description
from zbdesk.sources.http.problem import Fault, Problem, refused

MOST_DOCUMENTS = 500
API = "api"
"""The source of documents that name none."""

_JSON_TYPES = frozenset({"application/json", "application/merge-patch+json"})
_ZOHO_METHODS = ("GET", "POST", "PUT", "DELETE")
_LONGEST_KEY = 255
_ZOHO_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


class Routes:
    """The table. Called with method and parts; gives the function that answers."""

    def __init__(self, handlers: Handlers, streams: EventStreams, version: str) -> None:
        self._handlers = handlers
        self._streams = streams
        self._version = version

    def __call__(self, method: str, parts: tuple[str, ...]) -> Route:
        """Find it. Raises ``Problem`` 404 where there is nothing and 405 with what there is."""
        allowed = self._methods(parts)
        if method not in allowed:
            words = f"Possible here: {', '.join(allowed)}."
            raise Problem(
                405, "method", f"{method[:20]} is not possible here.", words, headers={"Allow": ", ".join(allowed)}
            )
        return allowed[method]

    def _methods(self, parts: tuple[str, ...]) -> dict[str, Route]:  # noqa: PLR0911 - a table
        match parts:
            case ("openapi.json",):
                return {"GET": self._openapi}
            case ("status",):
                return {"GET": self._status}
            case ("events",):
                return {"GET": self._events}
            case ("zoho", first, *rest) if first:
                return {method: partial(self._zoho, path="/".join(("", first, *rest))) for method in _ZOHO_METHODS}
            case (word,) if word:
                module = _module(word)
                return {"GET": partial(self._list, module), "POST": partial(self._create, module)}
            case (word, "batch"):
                return {"POST": partial(self._batch, _module(word))}
            case (word, key) if key:
                return self._of_record(_module(word), key)
            case (word, key, "actions", action) if key and action:
                return {"POST": partial(self._act, _module(word), key, action)}
        raise Problem(
            404, "not-found", "There is nothing at this address.", "/v1/openapi.json describes what there is."
        )

    def _of_record(self, module: Module, key: str) -> dict[str, Route]:
        return {
            "GET": partial(self._get, module, key),
            "PUT": partial(self._replace, module, key),
            "PATCH": partial(self._edit, module, key),
            "DELETE": partial(self._delete, module, key),
        }

    # Reading

    async def _openapi(self, request: Request) -> Raw:
        _no_parameters(request)
        return Raw(encode(description(self._version)))

    async def _status(self, request: Request) -> Answered:
        _no_parameters(request)
        return Answered(200, await self._handlers.status())

    async def _list(self, module: Module, request: Request) -> Answered:
        query = queries.list_query(request.query)
        found, after, as_of = await self._handlers.page(module, query)
        following = None if after is None else queries.cursor(after)
        return Answered(200, {"data": found, "next": following, "as_of": as_of.strftime("%Y-%m-%dT%H:%M:%SZ")})

    async def _get(self, module: Module, key: str, request: Request) -> Answered:
        _no_parameters(request)
        return Answered(200, await self._handlers.record(module, key))

    async def _events(self, request: Request) -> Stream:
        return self._streams.open(request)

    # Writing

    async def _create(self, module: Module, request: Request) -> Answered:
        source = _source(request)
        document = _object(request)
        return self._once(request, lambda: self._put(module, document, source))

    async def _replace(self, module: Module, key: str, request: Request) -> Answered:
        """A document under the key of its record: its source and source id are those that the key names."""
        given = _object(request)
        stated = _source(request) if any(name == "source" for name, _ in request.query) else None

        def work() -> Answered:
            source, source_id = self._identity(module, key, stated)
            if str(given.get("source_id", source_id)) != source_id:
                fault = Fault("source_id", f"The address names {source_id}. Leave it out, or give the same.")
                raise refused([fault])
            return self._put(module, {**given, "source_id": source_id}, source)

        return self._once(request, work)

    def _identity(self, module: Module, key: str, stated: str | None) -> tuple[str, str]:
        known = self._handlers.source_of(module, key)
        if known is not None:
            return known
        source, colon, source_id = key.partition(":")
        if colon and source_id.strip() and _is_source(source):
            return (stated or API) if source == "source" else source, source_id.strip()
        raise Problem(
            409,
            "no-source",
            "This record stands for no document of a source.",
            "Change its fields by PATCH, or name a document as SOURCE:ID.",
        )

    def _put(self, module: Module, document: Mapping[str, object], source: str) -> Answered:
        [result] = self._handlers.put(module, [document], source)
        if result["result"] == "refused":
            raise refused(Fault(one["field"], one["message"]) for one in result["errors"])
        created = result["result"] == "created"
        return Answered(201 if created else 200, result, location=f"/v1/{module.name}/{quote(result['local_id'])}")

    async def _batch(self, module: Module, request: Request) -> Answered:
        source = _source(request)
        given = _json(request)
        documents = given.get("documents") if isinstance(given, dict) and set(given) == {"documents"} else given
        if not isinstance(documents, list) or not 1 <= len(documents) <= MOST_DOCUMENTS:
            words = f"Send a list of 1 to {MOST_DOCUMENTS} documents, or an object with it under “documents”."
            raise Problem(422, "refused", "This is no batch.", words)
        wrong = [place for place, one in enumerate(documents) if not isinstance(one, dict)]
        if wrong:
            raise refused(Fault(f"[{place}]", "A document is an object with named fields.") for place in wrong)

        def work() -> Answered:
            results = self._handlers.put(module, documents, source)
            counts = {word: sum(one["result"] == word for one in results) for word in _RESULTS}
            return Answered(200, {"results": results, "counts": counts})

        return self._once(request, work)

    async def _edit(self, module: Module, key: str, request: Request) -> Answered:
        _no_parameters(request)
        fields = _object(request)
        return self._once(request, lambda: Answered(200, self._handlers.edit(module, key, fields)))

    async def _delete(self, module: Module, key: str, request: Request) -> Answered:
        _no_parameters(request)
        if request.body.strip():
            raise Problem(400, "bad-json", "A deletion takes no body.", "Send none.")
        return self._once(request, lambda: Answered(202, self._handlers.act(module, key, "delete", {})))

    async def _act(self, module: Module, key: str, action: str, request: Request) -> Answered:
        _no_parameters(request)
        data = _object(request) if request.body.strip() else {}
        return self._once(request, lambda: Answered(202, self._handlers.act(module, key, action, data)))

    def _once(self, request: Request, work: Callable[[], Answered]) -> Answered:
        answer = self._handlers.once(request.caller, _key(request), _fingerprint(request), work)
        if not answer.replayed:
            self._handlers.changed()
        return answer

    # Zoho's own

    async def _zoho(self, request: Request, *, path: str) -> Answered | Raw:
        parts = path[1:].split("/")
        if not all(part and set(part) <= _ZOHO_LETTERS for part in parts):
            raise Problem(400, "bad-path", "This is no path of Zoho Books.", "Write it as in its own documentation.")
        if any(name.casefold() in {"organization_id", "authtoken"} for name, _ in request.query):
            words = "zbdesk adds the organization by itself."
            raise Problem(400, "bad-parameters", "The organization cannot be chosen here.", words)
        if request.method == "GET":
            return Raw(await self._handlers.zoho_get(path, request.query))
        body = request.body if request.body.strip() else None
        if body is not None:
            _json(request)  # checked, and sent as it came: Zoho reads numbers as they were written

        async def work() -> Answered:
            answer = await self._handlers.zoho_write(request.method, path, request.query, body)
            return Answered(200, answer)

        return await self._handlers.once_slowly(request.caller, _key(request), _fingerprint(request), work)


_RESULTS = ("created", "changed", "unchanged", "refused")


def _module(word: str) -> Module:
    try:
        return named(word)
    except UnknownModule as error:
        raise Problem(404, "not-found", error.title, error.message) from error


def _source(request: Request) -> str:
    names = [name for name, _ in request.query if name != "source"]
    if names:
        raise Problem(
            400, "bad-parameters", "There is no such parameter.", errors=[Fault(names[0][:80], "Known is source.")]
        )
    given = [value for _, value in request.query]
    source = given[0] if given else API
    if len(given) > 1 or not _is_source(source):
        words = "It is one name of at most 60 letters, digits, points, dashes and underscores."
        raise Problem(400, "bad-parameters", "The source has no usable name.", errors=[Fault("source", words)])
    return source


def _is_source(name: str) -> bool:
    return 1 <= len(name) <= 60 and all(char.isalnum() or char in "._-" for char in name)


def _no_parameters(request: Request) -> None:
    if request.query:
        name = request.query[0][0][:80]
        raise Problem(
            400, "bad-parameters", "There is no such parameter.", errors=[Fault(name, "No parameter is known here.")]
        )


def _json(request: Request) -> Any:
    stated = request.headers.get("content-type", "application/json").partition(";")[0].strip().casefold()
    if stated not in _JSON_TYPES:
        raise Problem(415, "media-type", "The body is not JSON.", "Send it as application/json.")
    return bodies.parse(request.body)


def _object(request: Request) -> Json:
    found = _json(request)
    if not isinstance(found, dict):
        raise Problem(422, "refused", "One object with named fields is wanted.", "Several go to .../batch.")
    return found


def _key(request: Request) -> str | None:
    """The ``Idempotency-Key``, with or without quotation marks. Raises ``Problem`` 400 for one that is none."""
    given = request.headers.get("idempotency-key")
    if given is None:
        return None
    key = given.strip()
    if len(key) >= 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable()):
        words = f"It is 1 to {_LONGEST_KEY} printable characters."
        raise Problem(400, "bad-key", "The Idempotency-Key cannot be used.", words)
    return key


def _fingerprint(request: Request) -> str:
    """What tells two requests apart that come with one key."""
    whole = hashlib.sha256()
    query: Sequence[tuple[str, str]] = request.query
    for part in (request.method.encode(), request.path.encode("utf-8", "surrogatepass"), repr(query).encode()):
        whole.update(len(part).to_bytes(8, "big") + part)
    whole.update(request.body)
    return whole.hexdigest()
