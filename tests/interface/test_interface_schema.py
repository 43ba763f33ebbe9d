"""The interface against its own description: generated requests, sound ones and broken ones, never a fault."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import httpx
import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from interface_world import interface_place
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from zbdesk.domain.modules import MODULES
from zbdesk.sources.http.openapi import description, writable
from zbdesk.web.serving import Serving

FUZZED = ("contacts", "items", "invoices", "customerpayments", "creditnotes", "expenses")
EXAMPLES = 3
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]


def ask(case: Any, running: Running, *more: Any) -> None:
    """One generated request, held against the description."""
    case.call_and_validate(
        base_url=running.url, headers={"Authorization": f"Bearer {running.token}"}, checks=[*CHECKS, *more], timeout=30
    )


class Running:
    """The interface on a real port, with its world on a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self.url = ""
        self.token = ""
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._loop is not None
        assert self._end is not None
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(60)

    async def _run(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        async with interface_place(self._folder) as place:
            serving = await Serving.open(place.app, 0)
            self.url, self.token = f"http://127.0.0.1:{serving.port}", place.token
            self._ready.set()
            await self._end.wait()
            await serving.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One interface for all generated requests: what one leaves behind, the next one meets."""
    with Running(tmp_path_factory.mktemp("schema")) as found:
        yield found


def test_the_description_names_every_module_and_is_sound() -> None:
    """Each listed module has its paths, each writable one its document; every reference in it leads somewhere."""
    whole = description("1")
    for module in MODULES.values():
        assert (f"/v1/{module.name}" in whole["paths"]) == (module.listed or module in writable())
    assert {"contacts", "items", "invoices", "customerpayments", "creditnotes", "expenses"} <= {
        module.name for module in writable()
    }
    for found in _references(whole):
        node: Any = whole
        for part in found.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/")]
    for schema in whole["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for one in node.values():
            yield from _references(one)
    elif isinstance(node, list):
        for one in node:
            yield from _references(one)


def test_what_is_served_is_the_description(running: Running) -> None:
    """A program reads over HTTP what this suite checks against."""
    with httpx.Client(headers={"Authorization": f"Bearer {running.token}"}) as http:
        served = http.get(f"{running.url}/v1/openapi.json").json()
    assert served["paths"].keys() == description("1")["paths"].keys()


def _described(*modules: str) -> dict[str, Any]:
    """The description cut down to some modules: reading all of it takes longer than asking."""
    whole = description("1")
    wanted = {f"/v1/{name}" for name in (*modules, "status")}
    paths = {path: item for path, item in whole["paths"].items() if "/".join(path.split("/")[:3]) in wanted}
    schemas = {
        name: one
        for name, one in whole["components"]["schemas"].items()
        if not name.endswith("-document") or name.removesuffix("-document") in modules
    }
    return {**whole, "paths": paths, "components": {**whole["components"], "schemas": schemas}}


schema = schemathesis.openapi.from_dict(
    _described(*FUZZED), config=SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": False}}})
)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
def test_generated_requests_get_described_answers(case: Any, running: Running) -> None:
    """Whatever is generated from the description, no answer is a fault and each is as described."""
    ask(case, running, negative_data_rejection)
