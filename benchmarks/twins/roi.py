"""What both twins answer: the marketing ROI, with the body that the service sends.

The twins do by hand, for one metric and one language, what the service derives
for all: they are the least a framework needs for the same answer.
"""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Any

CONTEXT = decimal.Context(prec=28)
READING = (
    "Above 0 the spend brought in more than it cost; at 0 it broke even; below 0 it lost money."
    " A value of 4 means that every 1 spent came back with 4 more. Revenue is not profit: compare"
    " it with the ROI on gross profit."
)
FORMULA = {
    "text": "(revenue − marketing cost) ÷ marketing cost",
    "expression": "(revenue - marketing_cost) / marketing_cost",
    "latex": "\\frac{\\text{revenue} - \\text{marketing cost}}{\\text{marketing cost}}",
    "spreadsheet": "=(revenue-marketing_cost)/marketing_cost",
}


def value_of(revenue: float, marketing_cost: float) -> Decimal | None:
    """Return the ROI in decimal arithmetic, or None where it does not exist."""
    cost = Decimal(str(marketing_cost))
    if not cost:
        return None
    return CONTEXT.divide(Decimal(str(revenue)) - cost, cost)


def answer(revenue: float, marketing_cost: float, currency: str | None) -> dict[str, Any]:
    """Return the full answer."""
    value = value_of(revenue, marketing_cost)
    text = "" if value is None else f"{value:f}"
    left = f"({revenue:.15g} − {marketing_cost:.15g}) ÷ {marketing_cost:.15g}"
    return {
        "metric": "marketing_roi",
        "name": "Marketing ROI",
        "status": "undefined" if value is None else "ok",
        "value": None if value is None else float(value),
        "value_text": text,
        "unit": "ratio",
        "currency": currency,
        "display": "" if value is None else f"{float(value) * 100:,.2f}%",
        "formula": {**FORMULA, "substituted": f"{left} = {text}"},
        "inputs": {"revenue": revenue, "marketing_cost": marketing_cost},
        "reading": READING,
        "assumptions": [],
        "warnings": [],
        "reason": None,
        "period": None,
        "label": None,
    }


def short(index: int, revenue: float, marketing_cost: float) -> dict[str, Any]:
    """Return the answer with detail=value, as an item of a batch."""
    value = value_of(revenue, marketing_cost)
    return {
        "index": index,
        "id": None,
        "metric": "marketing_roi",
        "status": "undefined" if value is None else "ok",
        "value": None if value is None else float(value),
        "value_text": "" if value is None else f"{value:f}",
        "unit": "ratio",
        "reason": None,
    }
