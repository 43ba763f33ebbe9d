"""The interface's description in OpenAPI 3.1, made from the catalogue: a new module is described with its declaration.

Invariant: what stands here is what ``routes.py`` answers; the suite's schema-driven test holds one against the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from zbdesk.domain.catalogue.parts import MEMBERS
from zbdesk.domain.document_names import (
    OBJECTS,
    UNDESCRIBED,
    entry_names,
    stands_for_id,
    top_names,
)
from zbdesk.domain.document_values import is_number
from zbdesk.domain.module import Module
from zbdesk.domain.modules import MODULES
from zbdesk.domain.status import RecordState
from zbdesk.sources.http import openapi_parts as parts

Json = dict[str, Any]


def writable() -> list[Module]:
    """The modules that programs may write documents of."""
    return [module for module in MODULES.values() if "create" in module.methods and module.write_fields]


@lru_cache(maxsize=2)
def description(version: str) -> Json:
    """The whole description."""
    paths: Json = {}
    for module in MODULES.values():
        if module.listed or module in writable():
            paths |= _paths(module)
    paths |= parts.OTHER_PATHS
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "zbdesk local interface",
            "version": version,
            "description": "The company's records on this computer, and what becomes of them in Zoho Books. Writes are "
            "local edits: they are checked at once and sent by the next pass. Amounts are text.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": module.name, "description": module.label} for module in MODULES.values()],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": parts.PARAMETERS,
            "headers": parts.HEADERS,
            "responses": parts.RESPONSES,
            "schemas": parts.SCHEMAS | {"state": _states()} | _documents(),
        },
    }


def _states() -> Json:
    return {"type": "string", "enum": [state.value for state in RecordState]}


# -- documents ---------------------------------------------------------------------------------------------------------


def _documents() -> Json:
    return {f"{module.name}-document": _document(module) for module in writable()}


def _document(module: Module) -> Json:
    properties: Json = {
        "source_id": {"type": "string", "minLength": 1, "description": "The document's id in its source."}
    }
    for name in sorted(top_names(module)):
        properties[name] = _value(module, name, "")
    return {
        "type": "object",
        "description": f"A {module.singular.lower()} as a program gives it: Zoho's own write fields.",
        "properties": properties,
        "additionalProperties": False,
    }


def _value(module: Module, name: str, inside: str) -> Json:
    if name == "custom_fields":
        return {"type": ["array", "null"], "items": {"$ref": "#/components/schemas/custom-field"}}
    if stands_for_id(module, name, inside):
        return {"$ref": "#/components/schemas/reference"}
    if name in MEMBERS and not (inside and name == "address"):
        entry = _entry(module, name)
        return entry | {"type": ["object", "null"]} if name in OBJECTS else {"type": ["array", "null"], "items": entry}
    if name in UNDESCRIBED:
        return {}
    return _scalar(name)


def _entry(module: Module, inside: str) -> Json:
    if inside == "contact_persons" and module.name != "contacts":
        return {"type": "string"}
    properties = {name: _value(module, name, inside) for name in sorted(entry_names(module, inside))}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _scalar(name: str) -> Json:
    if is_number(name):
        return {"$ref": "#/components/schemas/amount"}
    if name.endswith("date"):
        return {"type": ["string", "null"], "format": "date"}
    return {"type": ["string", "integer", "boolean", "null"]}


# -- paths -------------------------------------------------------------------------------------------------------------


def _paths(module: Module) -> Json:
    base = f"/v1/{module.name}"
    written = module in writable()
    found: Json = {}
    if module.listed or written:
        found[base] = {"get": _list(module)}
        found[f"{base}/{{key}}"] = {"get": _get(module)}
    if written:
        document = {"$ref": f"#/components/schemas/{module.name}-document"}
        found[base]["post"] = _operation(
            module, "create", f"Hand over one {module.singular.lower()}.", [*parts.WRITING, "source"], document,
            parts.PUT_ANSWERS,
        )  # fmt: skip
        found[f"{base}/{{key}}"] |= {
            "put": _operation(
                module, "replace", "Hand a document over again under its source id.",
                ["key", *parts.WRITING, "source"], document, parts.PUT_ANSWERS,
            ),
            "patch": _operation(
                module, "edit", "Change these fields, as a person would.", ["key", *parts.WRITING], document,
                {"200": parts.reference("edited")},
            ),
            "delete": _operation(
                module, "delete", "Wish it deleted.", ["key", *parts.WRITING], None, {"202": parts.reference("acted")}
            ),
        }  # fmt: skip
        batch = {
            "oneOf": [
                {"type": "array", "items": document, "minItems": 1, "maxItems": 500},
                {
                    "type": "object",
                    "properties": {"documents": {"type": "array", "items": document, "minItems": 1, "maxItems": 500}},
                    "required": ["documents"],
                    "additionalProperties": False,
                },
            ]
        }
        found[f"{base}/batch"] = {
            "post": _operation(
                module, "batch", "Hand over many; each has its own result.", [*parts.WRITING, "source"], batch,
                {"200": parts.reference("batch")},
            )
        }  # fmt: skip
        found[f"{base}/{{key}}/actions/{{action}}"] = {
            "post": _operation(
                module, "act", "One command: send, void, pay, activate, ...", ["key", "action", *parts.WRITING],
                {"type": "object"}, {"202": parts.reference("acted")}, body_needed=False,
            )
        }  # fmt: skip
    return found


def _list(module: Module) -> Json:
    return {
        "operationId": f"{module.name}_list",
        "tags": [module.name],
        "summary": f"{module.label}, in the order in which they came here.",
        "parameters": [parts.parameter(name) for name in parts.FILTERS],
        "responses": {"200": parts.reference("page")} | parts.problems("400", "401", "404", "421", "429"),
    }


def _get(module: Module) -> Json:
    return {
        "operationId": f"{module.name}_get",
        "tags": [module.name],
        "summary": f"One {module.singular.lower()} with its document and the payloads of all sides.",
        "parameters": [parts.parameter("key")],
        "responses": {"200": parts.reference("record")} | parts.problems("400", "401", "404", "421", "429"),
    }


def _operation(  # noqa: PLR0917 - a table in words
    module: Module,
    word: str,
    summary: str,
    parameters: Iterable[str],
    body: Json | None,
    answers: Json,
    *,
    body_needed: bool = True,
) -> Json:
    found: Json = {
        "operationId": f"{module.name}_{word}",
        "tags": [module.name],
        "summary": summary,
        "parameters": [parts.parameter(name) for name in parameters],
        "responses": answers
        | parts.problems("400", "401", "403", "404", "408", "409", "413", "415", "421", "422", "429", "503"),
    }
    if body is not None:
        found["requestBody"] = {"required": body_needed, "content": {"application/json": {"schema": body}}}
    return found
