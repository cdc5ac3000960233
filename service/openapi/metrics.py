"""The operations of one metric: its computation, its card, its cell."""

from __future__ import annotations

from typing import Any

from service.answer import answer, formula
from service.metric import Metric
from service.openapi.components import Schema, answer_schema, listing, ref
from service.openapi.operation import JSON, common, ok, problem_response, query
from service.render import as_sql
from service.shape import Shape
from service.shape.number import Parts


def compute(metric: Metric) -> Schema:
    request = metric.example_request()
    example = answer(metric, request, "en", "full")
    extras = {"x-sql": as_sql(metric.expression)} if metric.expression is not None else {}
    return {
        "operationId": metric.id,
        "summary": metric.name,
        "description": _description(metric),
        "tags": [metric.category],
        "x-formula": {**formula(metric, "en"), **extras},
        "parameters": common(),
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": ref(f"{metric.id}_request"), "example": request}},
        },
        "responses": {
            "200": ok(
                f"The value, in {metric.unit}.",
                {"anyOf": [answer_schema(metric), ref("value_answer")]},
                example,
            ),
            "default": problem_response(),
        },
    }


def card(metric: Metric) -> Schema:
    return {
        "operationId": f"{metric.id}_card",
        "summary": f"What {metric.name} is",
        "tags": [metric.category],
        "parameters": common()[:1],
        "responses": {"200": ok("The metric's card.", ref("card")), "default": problem_response()},
    }


def cell(metric: Metric) -> Schema:
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
            "default": problem_response(),
        },
    }


def _cell_controls() -> list[Schema]:
    words = {
        "format": ("The format of the answer; text by default.", ["text", "csv", "xml", "json"]),
        "errors": ("Errors as texts in the cell, or as HTTP problems.", ["inline", "http"]),
    }
    return [
        *common()[:1],
        *(
            query(name, told, {"type": "string", "enum": known})
            for name, (told, known) in words.items()
        ),
        query("currency", "The ISO 4217 code of the money.", ref("currency")),
    ]


def _description(metric: Metric) -> str:
    parts = [metric.meaning, metric.reading]
    if metric.expression is not None:
        parts.append(f"Formula: {formula(metric, 'en')['text']}")
    else:
        parts.append(f"Definition: {metric.statement}")
    parts.append(f"Source: {metric.source}")
    return "\n\n".join(parts)


def _in_a_query(shape: Shape) -> Schema:
    """Return the schema of an input in a query: several numbers are one name, repeated."""
    if isinstance(shape, Parts):
        return {**listing(shape.each.schema()), "minItems": 1, "maxItems": shape.most}
    return shape.schema()


def _as_cell(value: Any) -> Any:
    return list(value.values()) if isinstance(value, dict) else value
