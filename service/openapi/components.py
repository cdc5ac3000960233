"""The shapes that requests and answers have, as named schemas."""

from __future__ import annotations

from typing import Any

from service.answer import BETTER_READING
from service.metric import Input, Metric
from service.problem import PROBLEMS
from service.quantity import OBJECTIVES
from service.schema import OPTIONS, options_of
from service.text import LANGUAGES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}


def ref(name: str) -> Schema:
    """Return a reference to the schema *name*."""
    return {"$ref": f"#/components/schemas/{name}"}


def listing(items: Schema) -> Schema:
    """Return a list of *items*."""
    return {"type": "array", "items": items}


def record(properties: dict[str, Schema], description: str = "", **more: Any) -> Schema:
    """Return an object of which every property is always present."""
    told = {"description": description} if description else {}
    return {"type": "object", **told, "properties": properties, "required": list(properties)} | more


def request_schema(metric: Metric) -> Schema:
    """Return the schema of the inputs of *metric*."""
    inputs = {one.name: _input(one) for one in metric.inputs}
    options = {name: ref(name) for name in options_of(metric)}
    return {
        "type": "object",
        "properties": inputs | options,
        "required": [one.name for one in metric.inputs if one.required],
        "additionalProperties": False,
    }


def answer_schema(metric: Metric) -> Schema:
    """Return the schema of the answers of *metric*: an algorithm's has its table too."""
    if metric.result is None:
        return ref("answer")
    table = {"anyOf": [metric.result.schema(), {"type": "null"}]}
    return {"allOf": [ref("answer"), record({"result": table})]}


def shared() -> dict[str, Schema]:
    """Return the schemas that do not belong to one metric."""
    classes = listing(
        record(
            {
                "objective": {"type": "string", "enum": list(OBJECTIVES)},
                "class": {"type": "string", "enum": ["vanity", "supporting", "actionable"]},
            }
        )
    )
    better = {
        "type": "string",
        "enum": ["up", "down", "neither", "as_the_kpi", "as_the_result"],
    }
    message = record({"code": TEXT, "message": TEXT})
    return {
        **{name: shape.schema() for name, shape in OPTIONS.items()},
        "better": {"type": "string", "enum": list(BETTER_READING)},
        "language": {"type": "string", "enum": list(LANGUAGES)},
        "detail": {"type": "string", "enum": ["full", "value"]},
        "message": message,
        "formula": {
            "type": "object",
            "description": "The definition that was computed, in several notations. A metric that "
            "no single expression defines has its statement instead.",
            "properties": {
                "text": TEXT,
                "expression": TEXT,
                "substituted": TEXT,
                "latex": TEXT,
                "spreadsheet": TEXT,
                "sql": TEXT,
                "statement": TEXT,
            },
        },
        "answer": record(_answer(), "The value and the formula that gave it."),
        "value_answer": record(
            {
                name: _answer()[name]
                for name in ("metric", "status", "value", "value_text", "unit", "reason")
            },
            "An answer with detail=value.",
        ),
        "metric_entry": record(
            {
                "id": TEXT,
                "name": TEXT,
                "category": TEXT,
                "unit": TEXT,
                "better": better,
                "class": classes,
            }
        ),
        "metric_list": record(
            {"metrics": listing(ref("metric_entry")), "count": {"type": "integer"}}
        ),
        "card": record(
            {
                "id": TEXT,
                "name": TEXT,
                "aliases": listing(TEXT),
                "category": TEXT,
                "definition": TEXT,
                "inputs": listing(ref("card_input")),
                "unit": TEXT,
                "better": better,
                "over_one": {"type": "string", "enum": ["free", "warn", "refuse"]},
                "defined_when": listing(TEXT),
                "formula": ref("formula"),
                "reading": TEXT,
                "assumptions": listing(ref("message")),
                "benchmarks": listing(ref("benchmark")),
                "class": classes,
                "source": TEXT,
                "example": record({"inputs": {"type": "object"}, "answer": ref("answer")}),
            }
        ),
        "card_input": record(
            {
                "name": TEXT,
                "label": TEXT,
                "unit": TEXT,
                "minimum": NUMBER_OR_NULL,
                "maximum": NUMBER_OR_NULL,
                "required": {"type": "boolean"},
                "default": {"description": "Used when the input is left out."},
                "accepts": {"type": "string", "enum": ["number", "parts", "records"]},
            }
        ),
        "benchmark": record(
            {
                "label": TEXT,
                "low": TEXT_OR_NULL,
                "high": TEXT_OR_NULL,
                "unit": TEXT,
                "source": TEXT,
            }
        ),
        "quantity_list": record(
            {
                "quantities": listing(
                    record(
                        {
                            "name": TEXT,
                            "label": TEXT,
                            "aliases": listing(TEXT),
                            "unit": TEXT,
                            "class": classes,
                            "used_by": listing(TEXT),
                        }
                    )
                )
            }
        ),
        "batch_result": {
            "type": "object",
            "description": "An answer with the item's index and id, or its error.",
            "properties": {
                "index": {"type": "integer"},
                "id": TEXT_OR_NULL,
                "metric": TEXT,
                "status": {"type": "string", "enum": ["ok", "undefined", "error"]},
                "value": NUMBER_OR_NULL,
                "value_text": TEXT,
                "unit": TEXT,
                "reason": {"anyOf": [ref("message"), {"type": "null"}]},
                "error": ref("problem"),
            },
            "required": ["index", "id", "status"],
        },
        "batch_answer": record(
            {
                "results": listing(ref("batch_result")),
                "summary": record(
                    {name: {"type": "integer"} for name in ("ok", "undefined", "error")}
                ),
            }
        ),
        "problem": _problem(),
    }


def _answer() -> dict[str, Schema]:
    return {
        "metric": TEXT,
        "name": TEXT,
        "status": {"type": "string", "enum": ["ok", "undefined"]},
        "value": NUMBER_OR_NULL
        | {"description": "At most 28 significant digits; null when undefined."},
        "value_text": TEXT | {"description": "The same digits in plain notation."},
        "unit": TEXT,
        "currency": TEXT_OR_NULL,
        "display": TEXT | {"description": "The value for people, in the language asked for."},
        "formula": ref("formula"),
        "inputs": {
            "type": "object",
            "description": "What was used, defaults filled in; a long list by its length.",
        },
        "reading": TEXT,
        "assumptions": listing(ref("message")),
        "warnings": listing(ref("message")),
        "reason": {"anyOf": [ref("message"), {"type": "null"}]},
        "period": {"anyOf": [ref("period"), {"type": "null"}]},
        "label": TEXT_OR_NULL,
    }


def _problem() -> Schema:
    found = record(
        {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "code": {"type": "string", "enum": sorted(PROBLEMS)},
        },
        "Problem details (RFC 9457).",
    )
    found["properties"] |= {
        "instance": TEXT,
        "request_id": TEXT,
        "errors": listing(record({"pointer": TEXT, "code": TEXT, "detail": TEXT})),
        "candidates": listing({"type": "object"}),
    }
    return found


def _input(one: Input) -> Schema:
    shape = one.shape.schema()
    told = {"title": one.label, "x-unit": str(one.unit)}
    return shape | told | ({} if one.required or one.default is None else {"default": one.default})
