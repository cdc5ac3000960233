"""The document for readers of older OpenAPI: 3.0 for Salesforce, 2.0 for Power Platform.

Both are made from the 3.1 document while it is served: a committed copy would
be a third thing to keep fresh, and nothing in them is new.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
Schema = dict[str, Any]

LONGEST_DESCRIPTION = 1_000
"""Salesforce cuts a description at 1,333 characters, Power Platform shows less."""

KEY = {"type": "apiKey", "in": "header", "name": "X-API-Key"}


def as_30(document: Mapping[str, Any]) -> Document:
    """Return *document* as OpenAPI 3.0.3, in which null and const are written otherwise."""
    made: Document = copy.deepcopy(dict(document))
    made["openapi"] = "3.0.3"
    made["info"].get("license", {}).pop("identifier", None)
    changed: Document = _schemas_changed(made, _schema_30)
    return changed


def as_20(document: Mapping[str, Any]) -> Document:
    """Return the computations of *document* as OpenAPI 2.0: POST alone, no choices, no null."""
    modern = as_30(document)
    definitions = {
        name: _schema_20(schema)
        for name, schema in modern["components"]["schemas"].items()
        if name == "batch_item" or not name.endswith("_item")
    }
    paths = {
        path: {"post": _operation_20(item["post"])}
        for path, item in modern["paths"].items()
        if "post" in item and _has_json_body(item["post"])
    }
    used = _used(paths, definitions)
    return {
        "swagger": "2.0",
        "info": {key: modern["info"][key] for key in ("title", "version", "description")},
        "host": "localhost:8000",
        "basePath": "/",
        "schemes": ["https", "http"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "securityDefinitions": {"key": KEY},
        "security": [{"key": []}],
        "paths": paths,
        "definitions": {name: one for name, one in definitions.items() if name in used},
    }


def _schemas_changed(node: Any, change: Any) -> Any:
    """Return *node* with *change* applied to every object in it, inner ones first."""
    if isinstance(node, dict):
        return change({key: _schemas_changed(one, change) for key, one in node.items()})
    if isinstance(node, list):
        return [_schemas_changed(one, change) for one in node]
    return node


def _schema_30(node: Document) -> Document:
    if node.get("required") == []:
        del node["required"]
    if isinstance(node.get("propertyNames"), dict):
        del node["propertyNames"]
    if isinstance(node.get("prefixItems"), list):
        node["items"] = node.pop("prefixItems")[0]
    if isinstance(node.get("type"), list) and "null" in node["type"]:
        (kept,) = [kind for kind in node["type"] if kind != "null"]
        node |= {"type": kept, "nullable": True}
    if "const" in node and isinstance(node["const"], str):
        node["enum"] = [node.pop("const")]
    for bound, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(bound), int | float) and not isinstance(node[bound], bool):
            node |= {limit: node[bound], bound: True}
    options = node.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        rest = [one for one in options if one != {"type": "null"}]
        del node["anyOf"]
        node |= {"nullable": True} | ({"allOf": rest} if len(rest) == 1 else {"anyOf": rest})
    return node


def _schema_20(schema: Any) -> Any:
    """Return a schema without what 2.0 lacks: a choice becomes its first part, or anything."""

    def change(node: Document) -> Document:
        node.pop("nullable", None)
        if isinstance(node.get("not"), dict):
            del node["not"]
        for word in ("anyOf", "oneOf"):
            if word in node:
                first = node.pop(word)[0]
                node.pop("discriminator", None)
                node |= {} if word == "oneOf" else first
        if len(node.get("allOf", ())) == 1:
            node |= node.pop("allOf")[0]
        if "$ref" in node:
            return {"$ref": node["$ref"].replace("#/components/schemas/", "#/definitions/")}
        return node

    return _schemas_changed(copy.deepcopy(schema), change)


def _operation_20(operation: Document) -> Document:
    body = operation["requestBody"]["content"]["application/json"]
    return {
        "operationId": operation["operationId"],
        "summary": operation["summary"],
        "description": operation.get("description", "")[:LONGEST_DESCRIPTION],
        "tags": operation.get("tags", []),
        "parameters": [
            *_path_parameters(operation),
            {
                "name": "body",
                "in": "body",
                "required": True,
                "x-ms-summary": operation["summary"],
                "schema": _with_summaries(_schema_20(body["schema"])),
            },
        ],
        "responses": {
            "200": {"description": "The answer.", "schema": _answer_20(operation)},
            "default": {
                "description": "What went wrong.",
                "schema": {"$ref": "#/definitions/problem"},
            },
        },
    }


def _path_parameters(operation: Document) -> list[Document]:
    return [
        {
            "name": one["name"],
            "in": "path",
            "required": True,
            "type": "string",
            "x-ms-summary": one["name"],
        }
        for one in operation.get("parameters", [])
        if one.get("in") == "path"
    ]


def _answer_20(operation: Document) -> Schema:
    content = operation["responses"]["200"].get("content", {}).get("application/json", {})
    made: Schema = _schema_20(content.get("schema", {"type": "object"}))
    return made


def _with_summaries(schema: Schema) -> Schema:
    for name, one in schema.get("properties", {}).items():
        if "$ref" not in one:
            one.setdefault("x-ms-summary", one.get("title", name.replace("_", " ")))
    return schema


def _has_json_body(operation: Document) -> bool:
    return "application/json" in operation.get("requestBody", {}).get("content", {})


def _used(paths: Document, definitions: Document) -> set[str]:
    """Return the definitions that *paths* reach."""
    found: set[str] = set()
    waiting: list[Any] = [paths]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/definitions/")
            if name in definitions and name not in found:
                found.add(name)
                waiting.append(definitions[name])
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found
