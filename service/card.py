"""What the catalogue says of a metric and of a quantity, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from service.answer import answer, formula
from service.catalogue import METRICS, QUANTITIES
from service.finder import names_of, quantity_aliases
from service.metric import Input, Metric
from service.render import as_sql
from service.shape.number import Number, Parts, Real, Whole
from service.text import Language, translate


def listed(metrics: Iterable[Metric], language: Language) -> dict[str, Any]:
    """Return the short entries of *metrics*."""
    entries = [
        {
            "id": one.id,
            "name": translate(one.name, language),
            "category": one.category,
            "unit": str(one.unit),
            "better": one.better,
            "class": _classes(one.classes),
        }
        for one in metrics
    ]
    return {"metrics": entries, "count": len(entries)}


@cache
def card(metric: Metric, language: Language) -> dict[str, Any]:
    """Return all there is to know of *metric*, with its example computed."""
    name = translate(metric.name, language)
    request = metric.example_request()
    return {
        "id": metric.id,
        "name": name,
        "aliases": [alias for alias in names_of(metric) if alias != name],
        "category": metric.category,
        "definition": translate(metric.meaning, language),
        "inputs": [_input(one, language) for one in metric.inputs],
        "unit": str(metric.unit),
        "better": metric.better,
        "over_one": metric.over_one,
        "defined_when": metric.defined_when(),
        "formula": _formula(metric, language),
        "reading": translate(metric.reading, language),
        "assumptions": [
            {
                "code": "default_used",
                "message": translate("{name} is {value} unless it is given", language).format(
                    name=one.name, value=one.default
                ),
            }
            for one in metric.inputs
            if not one.required and metric.expression is not None
        ],
        "benchmarks": [
            {
                "label": translate(one.label, language),
                "low": one.low,
                "high": one.high,
                "unit": str(metric.unit),
                "source": one.source,
            }
            for one in metric.benchmarks
        ],
        "class": _classes(metric.classes),
        "source": metric.source,
        "example": {"inputs": request, "answer": answer(metric, request, language, "full")},
    }


def quantities(language: Language) -> dict[str, Any]:
    """Return the vocabulary: every input and every figure that is only counted."""
    used: dict[str, list[str]] = {name: [] for name in QUANTITIES}
    for metric in METRICS.values():
        for one in metric.inputs:
            if one.name in used:
                used[one.name].append(metric.id)
    return {
        "quantities": [
            {
                "name": one.name,
                "label": translate(one.label, language),
                "aliases": quantity_aliases(one),
                "unit": str(one.unit),
                "class": _classes(one.classes),
                "used_by": used[one.name],
            }
            for one in QUANTITIES.values()
        ]
    }


def _classes(classes: Mapping[Any, str]) -> list[dict[str, str]]:
    return [{"objective": objective, "class": kind} for objective, kind in classes.items()]


def _input(one: Input, language: Language) -> dict[str, Any]:
    shape = one.shape.each if isinstance(one.shape, Parts) else one.shape
    bounded = shape if isinstance(shape, Number | Real | Whole) else None
    accepts = "number" if bounded else "records"
    return {
        "name": one.name,
        "label": translate(one.label, language),
        "unit": str(one.unit),
        "minimum": bounded.minimum if bounded else None,
        "maximum": bounded.maximum if bounded else None,
        "required": one.required,
        "default": None if one.required else one.default,
        "accepts": "parts" if isinstance(one.shape, Parts) else accepts,
    }


def _formula(metric: Metric, language: Language) -> dict[str, str]:
    known = dict(formula(metric, language))
    if metric.expression is not None:
        known["sql"] = as_sql(metric.expression)
    return known
