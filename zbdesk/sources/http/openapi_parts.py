"""The parts of the description that are the same for every module: parameters, answers, problems."""

from __future__ import annotations

from typing import Any

from zbdesk.domain.document_names import REFERENCE_KEYS
from zbdesk.sources.http import queries

Json = dict[str, Any]

WRITING = ("idempotency-key",)
FILTERS = queries.KNOWN


def parameter(name: str) -> Json:
    """A parameter by its name."""
    return {"$ref": f"#/components/parameters/{name}"}


def reference(name: str) -> Json:
    """An answer by its name."""
    return {"$ref": f"#/components/responses/{name}"}


def problems(*statuses: str) -> Json:
    """The same problem answer under each of these statuses."""
    return {status: reference("unauthorised" if status == "401" else "problem") for status in statuses}


def _query(name: str, schema: Json, text: str, **more: object) -> Json:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text, **more}


_TEXT: Json = {"type": "string", "maxLength": 200, "pattern": "^[^\\u0000]*$"}
_DAY: Json = {"type": "string", "format": "date"}

PARAMETERS: Json = {
    "limit": _query("limit", {"type": "integer", "minimum": 1, "maximum": queries.MOST}, "Records of a page."),
    "after": _query("after", {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}, "The “next” of an earlier page."),
    "updated_since": _query(
        "updated_since", {"type": "string", "format": "date-time"}, "Changed here or in Zoho Books since; inclusive."
    ),
    "status": _query("status", {"type": "array", "items": _TEXT}, "In Zoho's word.", style="form", explode=True),
    "state": _query(
        "state",
        {"type": "array", "items": {"$ref": "#/components/schemas/state"}},
        "How it stands between both sides.",
        style="form",
        explode=True,
    ),
    "currency": _query("currency", {"type": "array", "items": _TEXT}, "Currency codes.", style="form", explode=True),
    "date_from": _query("date_from", _DAY, "The first day."),
    "date_to": _query("date_to", _DAY, "The last day."),
    "search": _query("search", _TEXT, "Found in number, party or reference."),
    "number": _query("number", _TEXT, "Exactly this number."),
    "source": _query("source", _TEXT, "In lists: of this source. In writes: whose documents these are (default api)."),
    "party_id": _query("party_id", _TEXT, "Zoho's id of the customer or vendor."),
    "deleted": _query("deleted", {"type": "string", "enum": ["true", "false"]}, "Deleted ones too."),
    "expand": _query("expand", {"type": "string", "enum": ["document"]}, "With the documents."),
    "key": {
        "name": "key",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "pattern": "^[^/\\u0000]+$"},
        "description": "Local id, Zoho id, number or SOURCE:ID.",
    },
    "action": {
        "name": "action",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "pattern": "^[a-z_]+$"},
        "description": "As on the command line.",
    },
    "idempotency-key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "description": "The same key with the same request gets the same answer for seven days.",
    },
}

HEADERS: Json = {
    "location": {"schema": {"type": "string"}, "description": "Where the record is found."},
    "replayed": {"schema": {"type": "string", "enum": ["true"]}, "description": "The answer was given before."},
}


def _named(*names: str, null: bool = True) -> Json:
    return {name: {"type": ["string", "null"] if null else "string"} for name in names}


_LINE: Json = {
    "type": "object",
    "properties": {
        **_named("local_id", "module", null=False),
        **_named(
            "remote_id", "source", "source_id", "number", "date", "due_date", "party", "status", "currency", "total",
            "balance", "modified_at",
        ),
        "state": {"$ref": "#/components/schemas/state"},
        "document": {"type": ["object", "null"]},
    },
    "required": ["local_id", "remote_id", "module", "number", "state", "total", "balance", "modified_at"],
}  # fmt: skip

_ERRORS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": _named("field", "message", null=False),
        "required": ["field", "message"],
    },
}

SCHEMAS: Json = {
    "amount": {
        "description": "An amount, a rate or a quantity; text keeps every digit.",
        "anyOf": [
            {"type": "string", "pattern": "^-?[0-9]{1,12}(\\.[0-9]{1,6})?$"},
            {"type": "number"},
            {"type": "null"},
        ],
    },
    "reference": {
        "description": "Another record, named by exactly one of these.",
        "type": ["object", "null"],
        "properties": {name: {"type": "string", "minLength": 1} for name in REFERENCE_KEYS},
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    },
    "custom-field": {
        "type": "object",
        "properties": {"api_name": {"type": "string"}, "label": {"type": "string"}, "value": {}},
        "required": ["value"],
    },
    "record": _LINE,
    "whole-record": {
        "allOf": [
            {"$ref": "#/components/schemas/record"},
            {
                "type": "object",
                "properties": {name: {"type": ["object", "null"]} for name in ("remote", "local", "synced")},
                "required": ["document", "remote", "local", "synced"],
            },
        ]
    },
    "put-result": {
        "type": "object",
        "properties": {
            **_named("source_id", "local_id"),
            "result": {"type": "string", "enum": ["created", "changed", "unchanged", "refused"]},
            "errors": _ERRORS,
        },
        "required": ["source_id", "local_id", "result", "errors"],
    },
    "problem": {
        "type": "object",
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string"},
            "code": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": _named("pointer", "field", "detail", null=False),
                    "required": ["pointer", "field", "detail"],
                },
            },
        },
        "required": ["type", "title", "status"],
    },
}


def _json(text: str, schema: Json, **headers: Json) -> Json:
    found: Json = {"description": text, "content": {"application/json": {"schema": schema}}}
    if headers:
        found["headers"] = headers
    return found


_REPLAYED = {"Idempotency-Replayed": {"$ref": "#/components/headers/replayed"}}
_PROBLEM: Json = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
_PENDING: Json = {
    "type": "object",
    "properties": _named("local_id", "action", "result", null=False),
    "required": ["local_id", "action", "result"],
}

RESPONSES: Json = {
    "page": _json(
        "A page of records.",
        {
            "type": "object",
            "properties": {
                "data": {"type": "array", "items": {"$ref": "#/components/schemas/record"}},
                "next": {"type": ["string", "null"]},
                "as_of": {"type": "string", "format": "date-time"},
            },
            "required": ["data", "next", "as_of"],
        },
    ),
    "record": _json("One record in full.", {"$ref": "#/components/schemas/whole-record"}),
    "created": _json("It is new here, and leaves with the next pass.", {"$ref": "#/components/schemas/put-result"}),
    "taken": _json("It is known, and changed where it differs.", {"$ref": "#/components/schemas/put-result"}),
    "edited": _json("The record as it stands now.", {"$ref": "#/components/schemas/record"}),
    "acted": _json("It is noted, and leaves with the next pass.", _PENDING),
    "batch": _json(
        "One result a document, in their order.",
        {
            "type": "object",
            "properties": {
                "results": {"type": "array", "items": {"$ref": "#/components/schemas/put-result"}},
                "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            },
            "required": ["results", "counts"],
        },
    ),
    "status": _json("As status --json of the command line.", {"type": "object"}),
    "problem": {"description": "It is not carried out, and nothing was written.", "content": _PROBLEM},
    "unauthorised": {
        "description": "The token is missing or not good.",
        "headers": {"WWW-Authenticate": {"schema": {"type": "string"}}},
        "content": _PROBLEM,
    },
}
PUT_ANSWERS: Json = {"200": reference("taken"), "201": reference("created")}
for _name in ("created", "taken", "edited", "acted", "batch"):
    RESPONSES[_name]["headers"] = dict(_REPLAYED)

_ZOHO_ANSWER = _json("Zoho's own answer.", {})
_ZOHO_PATH: Json = {
    "name": "path",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "pattern": "^[A-Za-z0-9_-]+$"},
    "description": "A path below /books/v3; it may have several parts.",
}
_ZOHO_PROBLEMS = problems("400", "401", "403", "404", "408", "409", "413", "415", "421", "422", "429", "502", "503") | {
    "4XX": reference("problem")
}


def _zoho(method: str) -> Json:
    found: Json = {
        "operationId": f"zoho_{method}",
        "tags": ["zoho"],
        "summary": "Any path of Zoho Books, inside scopes and the day's calls."
        + ("" if method == "get" else " Only where writing this way is switched on."),
        "parameters": [_ZOHO_PATH] if method == "get" else [_ZOHO_PATH, parameter("idempotency-key")],
        "responses": {"200": _ZOHO_ANSWER} | _ZOHO_PROBLEMS,
    }
    if method in {"post", "put"}:
        found["requestBody"] = {"required": False, "content": {"application/json": {"schema": {}}}}
    return found


OTHER_PATHS: Json = {
    "/v1/status": {
        "get": {
            "operationId": "status",
            "tags": ["interface"],
            "summary": "How the connection stands.",
            "responses": {"200": reference("status")} | problems("400", "401", "421", "429"),
        }
    },
    "/v1/openapi.json": {
        "get": {
            "operationId": "openapi",
            "tags": ["interface"],
            "summary": "This description.",
            "responses": {"200": _json("OpenAPI 3.1.", {"type": "object"})} | problems("400", "401", "421", "429"),
        }
    },
    "/v1/events": {
        "get": {
            "operationId": "events",
            "tags": ["interface"],
            "summary": "Changes as server-sent events, from after the last id seen, or from now.",
            "parameters": [
                _query("modules", {"type": "string"}, "Only these, with commas between."),
                _query("after", {"type": "string", "pattern": "^[0-9]{1,18}$"}, "The id of the last event seen."),
                {"name": "Last-Event-ID", "in": "header", "required": False, "schema": {"type": "string"}},
            ],
            "responses": {
                "200": {"description": "The stream.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
            }
            | problems("400", "401", "421", "429"),
        }
    },
    "/v1/zoho/{path}": {method: _zoho(method) for method in ("get", "post", "put", "delete")},
}
