"""What every operation has: parameters for language and detail, answers, problems."""

from __future__ import annotations

from typing import Any

from service.openapi.components import Schema

JSON = "application/json"


def common() -> list[Schema]:
    """Return the parameters of most operations: language, then detail."""
    return [{"$ref": f"#/components/parameters/{name}"} for name in ("lang", "detail")]


def query(name: str, description: str, schema: Schema) -> Schema:
    """Return a parameter of the query."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


def ok(description: str, schema: Schema, example: Any = None) -> Schema:
    """Return an answer of JSON."""
    content = {"schema": schema} | ({} if example is None else {"example": example})
    return {"description": description, "content": {JSON: content}}


def problem_response() -> Schema:
    """Return the answer of whatever goes wrong."""
    return {"$ref": "#/components/responses/problem"}
