"""The operation of a batch, and the shape of its items."""

from __future__ import annotations

from typing import Any

from service.batch import LONGEST_ID, Batch
from service.catalogue import METRICS
from service.metric import Metric
from service.openapi.components import Schema, listing, ref
from service.openapi.operation import JSON, common, ok, problem_response
from service.wire import dumps, loads


def batch() -> Schema:
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
        "parameters": common(),
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
            "200": ok(
                "The results, in the order of the items.",
                ref("batch_answer"),
                {"results": results, "summary": batch.summary},
            ),
            "default": problem_response(),
        },
    }


def batch_item(metric: Metric) -> Schema:
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


def batch_items() -> Schema:
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
