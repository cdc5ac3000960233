"""Orders, deals and customers for the tests of what is read from records."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CLV = Path(__file__).parent / "literature" / "clv"

_IDS = count(1)


def on(text: str) -> date:
    """Return the date, or the moment if there is a time in *text*."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def order(customer: str, at: str, value: float = 10.0, **more: str) -> dict[str, Any]:
    """Return an order with all its keys."""
    return {
        "customer": customer,
        "at": on(at),
        "value": value,
        "group": None,
        "cohort": None,
    } | more


def deal(created: str, closed: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a deal with all its keys, won if it is closed and nothing else is said."""
    return {
        "id": f"deal-{next(_IDS)}",
        "stage": None,
        "value": 100.0,
        "created": on(created),
        "closed": None if closed is None else on(closed),
        "won": None if closed is None else True,
        "owner": None,
    } | more


def codes(messages: Any) -> list[str]:
    """Return the codes of *messages*."""
    return [message.code for message in messages]


@cache
def published() -> dict[str, Any]:
    """Return the published parameters and expectations, each with its source."""
    figures: dict[str, Any] = json.loads((CLV / "expected.json").read_text("utf-8"))
    return figures


@cache
def cdnow() -> tuple[NDArray[np.float64], ...]:
    """Return frequency, recency, age in weeks and mean value of the 2,357 CDNOW customers."""
    with (CLV / "cdnow_customers_summary_with_transactions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(np.array([float(row[name]) for row in rows]) for name in ("x", "t_x", "T", "zbar"))


def cdnow_customers() -> list[dict[str, Any]]:
    """Return the CDNOW customers as the service takes them, in weeks."""
    return [
        {
            "customer": None,
            "frequency": int(frequency),
            "recency": recency,
            "age": age,
            "mean_value": value,
        }
        for frequency, recency, age, value in zip(
            *(column.tolist() for column in cdnow()), strict=True
        )
    ]


@cache
def cdnow_orders() -> list[dict[str, Any]]:
    """Return the transactions of the CDNOW customers, 1997 to June 1998."""
    lines = (CLV / "cdnow_sample.txt").read_text("utf-8").splitlines()
    return [
        order(customer, f"{day[:4]}-{day[4:6]}-{day[6:]}", float(value))
        for _, customer, day, _, value in map(str.split, lines)
    ]
