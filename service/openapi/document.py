"""The whole document: a path for every metric and door, every example computed."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from service import __version__
from service.answer import answer, formula
from service.batch import LONGEST_ID, Batch
from service.catalogue import METRICS
from service.metric import Metric
from service.openapi.components import (
    Schema,
    answer_schema,
    listing,
    record,
    ref,
    request_schema,
    shared,
)
from service.openapi.hooks import paths as hook_paths
from service.openapi.hooks import schemas as hook_schemas
from service.render import as_sql
from service.shape import Shape
from service.shape.number import Parts
from service.wire import dumps, loads
from service.written import fits_a_query

JSON = "application/json"

INTRODUCTION = """\
Computes marketing, sales and customer KPIs, and returns the formula it used with every number.

Rates are ratios: 0.05 is five percent. Numbers are exact decimals: `value_text` has the digits,
`value` the same as a JSON number. A value that does not exist (a zero denominator) is an answer
with `status: undefined` and a reason, never 0 and never an error. Every problem has a stable
`code`; `/problems/{code}` explains it. Ask for English, Vietnamese or Chinese with `lang=`.
"""


@cache
def document() -> dict[str, Any]:
    """Return the document as plain data."""
    paths: dict[str, Any] = _doors() | hook_paths()
    for metric in sorted(METRICS.values(), key=lambda one: one.id):
        paths[f"/v1/metrics/{metric.id}"] = {"get": _card(metric), "post": _compute(metric)}
        if fits_a_query(metric):
            paths[f"/v1/metrics/{metric.id}/value"] = {"get": _cell(metric)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "KPI service",
            "version": __version__,
            "description": INTRODUCTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": one} for one in dict.fromkeys(m.category for m in METRICS.values())],
        "paths": paths,
        "components": {
            "schemas": {
                **shared(),
                **hook_schemas(),
                **{f"{one.id}_request": request_schema(one) for one in METRICS.values()},
                **{f"{one.id}_item": _batch_item(one) for one in METRICS.values()},
                "batch_item": _batch_items(),
            },
            "parameters": {
                "lang": _query("lang", "The language of names and messages.", ref("language")),
                "detail": _query("detail", "How much of the answer to send.", ref("detail")),
            },
            "responses": {
                "problem": {
                    "description": "What went wrong and what to do about it.",
                    "content": {"application/problem+json": {"schema": ref("problem")}},
                }
            },
        },
    }


def as_yaml() -> str:
    """Return the document as it is committed."""
    # Through JSON, so that exact decimals become plain numbers and no anchors appear.
    data = json.loads(dumps(document()), parse_float=_number, parse_int=_number)
    return yaml.dump(
        data,
        Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
        sort_keys=False,
        allow_unicode=True,
        width=100,
    )


def _number(digits: str) -> int | float:
    value = Decimal(digits)
    return int(value) if value == int(value) and abs(value) < 2**63 else float(value)


def _compute(metric: Metric) -> Schema:
    request = metric.example_request()
    example = answer(metric, request, "en", "full")
    extras = {"x-sql": as_sql(metric.expression)} if metric.expression is not None else {}
    return {
        "operationId": metric.id,
        "summary": metric.name,
        "description": _description(metric),
        "tags": [metric.category],
        "x-formula": {**formula(metric, "en"), **extras},
        "parameters": _common(),
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": ref(f"{metric.id}_request"), "example": request}},
        },
        "responses": {
            "200": _ok(
                f"The value, in {metric.unit}.",
                {"anyOf": [answer_schema(metric), ref("value_answer")]},
                example,
            ),
            "default": _problem(),
        },
    }


def _card(metric: Metric) -> Schema:
    return {
        "operationId": f"{metric.id}_card",
        "summary": f"What {metric.name} is",
        "tags": [metric.category],
        "parameters": _common()[:1],
        "responses": {"200": _ok("The metric's card.", ref("card")), "default": _problem()},
    }


def _cell(metric: Metric) -> Schema:
    request = metric.example_request()
    parameters = [
        {
            "name": one.name,
            "in": "query",
            "required": one.required,
            "description": f"{one.label}, in {one.unit}",
            "schema": _in_a_query(one.shape),
            **({"example": _as_cell(request[one.name])} if one.name in request else {}),
        }
        for one in metric.inputs
    ]
    return {
        "operationId": f"{metric.id}_value",
        "summary": f"{metric.name}, for a cell",
        "description": "The number alone. Several numbers repeat the name, or stand in one text"
        " with ; between them; named parts are name[part]=1. A comma is the decimal mark after"
        " decimal=,."
        " Errors are texts such as #DIV/0! with status 200, unless errors=http.",
        "tags": [metric.category],
        "parameters": parameters + _cell_controls(),
        "responses": {
            "200": {
                "description": "The number, or what a cell shows instead.",
                "content": {
                    JSON: {"schema": {"anyOf": [ref("answer"), ref("problem")]}},
                    "text/plain": {"schema": {"type": "string"}},
                    "text/csv": {"schema": {"type": "string"}},
                    "application/xml": {"schema": {"type": "string"}},
                },
            },
            "default": _problem(),
        },
    }


def _cell_controls() -> list[Schema]:
    words = {
        "format": ("The format of the answer; text by default.", ["text", "csv", "xml", "json"]),
        "errors": ("Errors as texts in the cell, or as HTTP problems.", ["inline", "http"]),
    }
    return [
        *_common()[:1],
        *(
            _query(name, told, {"type": "string", "enum": known})
            for name, (told, known) in words.items()
        ),
        _query("currency", "The ISO 4217 code of the money.", ref("currency")),
    ]


def _doors() -> dict[str, Any]:
    health = record({"status": {"type": "string"}})
    return {
        "/v1/metrics": {
            "get": {
                "operationId": "list_metrics",
                "summary": "The catalogue",
                "tags": ["catalogue"],
                "parameters": [
                    *_common()[:1],
                    _query("q", "A name, an alias or words, in any language.", {"type": "string"}),
                    _query("category", "Only this category.", {"type": "string"}),
                    _query("input", "Only metrics that take this input.", {"type": "string"}),
                ],
                "responses": {
                    "200": _ok("The metrics.", ref("metric_list")),
                    "default": _problem(),
                },
            }
        },
        "/v1/quantities": {
            "get": {
                "operationId": "list_quantities",
                "summary": "The vocabulary of inputs and figures",
                "tags": ["catalogue"],
                "parameters": _common()[:1],
                "responses": {
                    "200": _ok("The quantities.", ref("quantity_list")),
                    "default": _problem(),
                },
            }
        },
        "/v1/batch": {"post": _batch()},
        **{
            f"/{name}": {
                "get": {
                    "operationId": name,
                    "summary": told,
                    "tags": ["health"],
                    "responses": {"200": _ok(told, health)},
                }
            }
            for name, told in (("livez", "The process lives."), ("readyz", "Requests are welcome."))
        },
        "/version": {
            "get": {
                "operationId": "version",
                "summary": "What runs",
                "tags": ["health"],
                "responses": {
                    "200": _ok(
                        "The version.",
                        record({"version": {"type": "string"}, "metrics": {"type": "integer"}}),
                    )
                },
            }
        },
        "/problems/{code}": {
            "get": {
                "operationId": "explain_problem",
                "summary": "What a problem's code means",
                "tags": ["health"],
                "parameters": [
                    {
                        "name": "code",
                        "in": "path",
                        "required": True,
                        "schema": ref("problem") and shared()["problem"]["properties"]["code"],
                    },
                    *_common()[:1],
                ],
                "responses": {
                    "200": _ok(
                        "Its meaning and remedy.",
                        record(
                            {
                                "code": {"type": "string"},
                                "status": {"type": "integer"},
                                "title": {"type": "string"},
                                "remedy": {"type": "string"},
                            }
                        ),
                    ),
                    "default": _problem(),
                },
            }
        },
    }


def _batch() -> Schema:
    request = _batch_example()
    batch = Batch("en", "value")
    results = [
        loads(batch.answer(i, loads(dumps(item)))) for i, item in enumerate(request["items"])
    ]
    return {
        "operationId": "batch",
        "summary": "Many computations in one request",
        "description": "Each item has its own answer or error, in order. An input may be"
        ' {"from": "<id>"}, the value of an earlier item. As application/x-ndjson, each line is'
        " an item and is answered with one line as it arrives.",
        "tags": ["batch"],
        "parameters": _common(),
        "requestBody": {
            "required": True,
            "content": {
                JSON: {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "items": {**listing(ref("batch_item")), "maxItems": 10_000},
                            "detail": ref("detail"),
                        },
                        "required": ["items"],
                        "additionalProperties": False,
                    },
                    "example": request,
                }
            },
        },
        "responses": {
            "200": _ok(
                "The results, in the order of the items.",
                ref("batch_answer"),
                {"results": results, "summary": batch.summary},
            ),
            "default": _problem(),
        },
    }


def _batch_item(metric: Metric) -> Schema:
    return {
        "type": "object",
        "properties": {
            "id": {"type": ["string", "null"], "maxLength": LONGEST_ID},
            "metric": {"type": "string", "const": metric.id},
            "inputs": ref(f"{metric.id}_request"),
            "detail": ref("detail"),
        },
        "required": ["metric", "inputs"],
        "additionalProperties": False,
    }


def _batch_items() -> Schema:
    """Return the choice between the items: look-alike inputs are told apart by the metric."""
    items = {one: f"{one}_item" for one in sorted(METRICS)}
    return {
        "oneOf": [ref(name) for name in items.values()],
        "discriminator": {
            "propertyName": "metric",
            "mapping": {one: f"#/components/schemas/{name}" for one, name in items.items()},
        },
    }


def _batch_example() -> dict[str, Any]:
    lead = METRICS["marketing_roi"]
    return {
        "detail": "value",
        "items": [
            {"id": "spring", "metric": lead.id, "inputs": lead.example_request()},
            {"metric": lead.id, "inputs": {"revenue": 100, "marketing_cost": 0}},
        ],
    }


def _description(metric: Metric) -> str:
    parts = [metric.meaning, metric.reading]
    if metric.expression is not None:
        parts.append(f"Formula: {formula(metric, 'en')['text']}")
    else:
        parts.append(f"Definition: {metric.statement}")
    parts.append(f"Source: {metric.source}")
    return "\n\n".join(parts)


def _common() -> list[Schema]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in ("lang", "detail")]


def _query(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _ok(description: str, schema: Schema, example: Any = None) -> Schema:
    content = {"schema": schema} | ({} if example is None else {"example": example})
    return {"description": description, "content": {JSON: content}}


def _problem() -> Schema:
    return {"$ref": "#/components/responses/problem"}


def _in_a_query(shape: Shape) -> Schema:
    """Return the schema of an input in a query: several numbers are one name, repeated."""
    if isinstance(shape, Parts):
        return {**listing(shape.each.schema()), "minItems": 1, "maxItems": shape.most}
    return shape.schema()


def _as_cell(value: Any) -> Any:
    return list(value.values()) if isinstance(value, dict) else value
