"""The operations that do not belong to one metric: catalogue, vocabulary, batch, health."""

from __future__ import annotations

from typing import Any

from service.openapi.batches import batch
from service.openapi.components import record, ref, shared
from service.openapi.operation import common, ok, problem_response, query


def doors() -> dict[str, Any]:
    health = record({"status": {"type": "string"}})
    return {
        "/v1/metrics": {
            "get": {
                "operationId": "list_metrics",
                "summary": "The catalogue",
                "tags": ["catalogue"],
                "parameters": [
                    *common()[:1],
                    query("q", "A name, an alias or words, in any language.", {"type": "string"}),
                    query("category", "Only this category.", {"type": "string"}),
                    query("input", "Only metrics that take this input.", {"type": "string"}),
                ],
                "responses": {
                    "200": ok("The metrics.", ref("metric_list")),
                    "default": problem_response(),
                },
            }
        },
        "/v1/quantities": {
            "get": {
                "operationId": "list_quantities",
                "summary": "The vocabulary of inputs and figures",
                "tags": ["catalogue"],
                "parameters": common()[:1],
                "responses": {
                    "200": ok("The quantities.", ref("quantity_list")),
                    "default": problem_response(),
                },
            }
        },
        "/v1/batch": {"post": batch()},
        **{
            f"/{name}": {
                "get": {
                    "operationId": name,
                    "summary": told,
                    "tags": ["health"],
                    "responses": {"200": ok(told, health)},
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
                    "200": ok(
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
                    *common()[:1],
                ],
                "responses": {
                    "200": ok(
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
                    "default": problem_response(),
                },
            }
        },
    }
