"""How often, how lately and for how long has each customer bought?

What the models of repeat buying need of a customer: the number of repeat purchases
(frequency), the time from the first purchase to the last (recency) and to the last
day observed (age), and the mean value of the repeat purchases.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from service.analytics.customers.orders import Order, is_refund
from service.analytics.instants import Instant
from service.message import Refused

if TYPE_CHECKING:
    from service.analytics.customers.likelihood import Vector

MOST_CUSTOMERS = 200_000


class Histories(NamedTuple):
    """One entry per customer; *mean_value* is NaN where it is not known."""

    customers: list[str | None]
    frequency: Vector
    recency: Vector
    age: Vector
    mean_value: Vector


def of_orders(orders: Sequence[Order], as_of: Instant | None, days_per_unit: float) -> Histories:
    """Return the histories on *as_of* of those who ordered, as they first appear.

    The orders of one customer on one day are one purchase, worth their sum; refunds are
    left out.

    Source: Fader, Hardie & Lee 2005 build the CDNOW histories from daily records in this
    way, and measure them in weeks.
    """
    import numpy as np

    days: defaultdict[str, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for order in orders:
        if not is_refund(order):
            days[order["customer"]][order["at"].toordinal()].append(order["value"])
    closing = as_of.toordinal() if as_of else 0
    rows = []
    for purchases in days.values():
        first, last, repeats = min(purchases), max(purchases), len(purchases) - 1
        spent = math.fsum(
            value for day, values in purchases.items() if day != first for value in values
        )
        mean = spent / repeats if repeats else math.nan
        # Where offsets differ, a moment before as_of may be written with the day after it.
        rows.append((repeats, last - first, max(closing, last) - first, mean))
    frequency, recency, age, mean_value = np.array(rows, dtype=float).reshape(-1, 4).T
    return Histories(
        list(days), frequency, recency / days_per_unit, age / days_per_unit, mean_value
    )


def of_summaries(customers: Sequence[Mapping[str, Any]]) -> Histories:
    """Return the histories given as `{"customer", "frequency", "recency", "age", "mean_value"}`.

    Raises:
        Refused: Too many customers, or one whose numbers contradict each other.
    """
    import numpy as np

    if len(customers) > MOST_CUSTOMERS:
        raise Refused(
            "/customers",
            "too_many_items",
            "{count} customers were sent and at most {limit} are accepted; send a sample of them",
            count=len(customers),
            limit=MOST_CUSTOMERS,
        )
    for index, customer in enumerate(customers):
        _check(customer, f"/customers/{index}/recency")
    frequency, recency, age = (
        np.array([customer[name] for customer in customers], dtype=float)
        for name in ("frequency", "recency", "age")
    )
    # None becomes NaN.
    mean_value = np.array([customer["mean_value"] for customer in customers], dtype=float)
    names = [customer["customer"] for customer in customers]
    return Histories(names, frequency, recency, age, mean_value)


def _check(customer: Mapping[str, Any], pointer: str) -> None:
    frequency, recency, age = customer["frequency"], customer["recency"], customer["age"]
    if recency > age:
        raise Refused(
            pointer,
            "inconsistent_inputs",
            "recency {recency} is more than age {age}; both count from the first purchase,"
            " recency to the last purchase and age to the last day observed",
            recency=recency,
            age=age,
        )
    if (recency > 0) != (frequency > 0):
        raise Refused(
            pointer,
            "inconsistent_inputs",
            "frequency is {frequency} and recency is {recency}; frequency counts repeat"
            " purchases, so both are 0 after a single purchase and neither is 0 otherwise",
            frequency=frequency,
            recency=recency,
        )
