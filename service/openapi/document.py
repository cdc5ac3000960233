"""The whole document: a path for every metric and door, every example computed."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from service import __version__
from service.catalogue import METRICS
from service.openapi.batches import batch_item, batch_items
from service.openapi.components import (
    ref,
    request_schema,
    shared,
)
from service.openapi.doors import doors
from service.openapi.hooks import paths as hook_paths
from service.openapi.hooks import schemas as hook_schemas
from service.openapi.metrics import card, cell, compute
from service.openapi.operation import query
from service.wire import dumps
from service.written import fits_a_query

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
    paths: dict[str, Any] = doors() | hook_paths()
    for metric in sorted(METRICS.values(), key=lambda one: one.id):
        paths[f"/v1/metrics/{metric.id}"] = {"get": card(metric), "post": compute(metric)}
        if fits_a_query(metric):
            paths[f"/v1/metrics/{metric.id}/value"] = {"get": cell(metric)}
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
                **{f"{one.id}_item": batch_item(one) for one in METRICS.values()},
                "batch_item": batch_items(),
            },
            "parameters": {
                "lang": query("lang", "The language of names and messages.", ref("language")),
                "detail": query("detail", "How much of the answer to send.", ref("detail")),
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
