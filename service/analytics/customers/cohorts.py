"""How many of the customers won in a month still buy in the months after?"""

from __future__ import annotations

import math
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.analytics.customers.orders import (
    REFUNDS,
    Order,
    check_orders,
    is_refund,
    latest,
    up_to,
)
from service.analytics.instants import Instant
from service.analytics.magnitude import in_range, ratio
from service.analytics.window import closing_of, is_after
from service.message import Message, Refused
from service.outcome import Outcome

MOST_CELLS = 60_000
"""The largest matrix: cohorts times months."""

_MONTHS_PER_YEAR = 12


@in_range
def cohort_retention(
    *,
    orders: Sequence[Order],
    start: Instant | None = None,
    end: Instant | None = None,
    as_of: Instant | None = None,
) -> Outcome:
    """Return, by cohort, the customers and the revenue of each month since the first order.

    A cohort is the customers whose first order lies in one calendar month, or, where
    the orders carry a `cohort`, the customers of that name.  With m(c) the calendar
    month of the first order of customer c,

        customers(k) = customers of the cohort whose month m(c) + k has begun
        retained(k)  = those of them with an order in month m(c) + k
        rate(k)      = retained(k) ÷ customers(k)

    A month that has not begun is not observed: None, never 0.  One that had not ended
    on the last day observed is `partial`.  Customers whose first order is before
    *start* are not new and stand in no cohort.

    There is no headline value.  `result.cohorts` is the matrix, a row per cohort with a
    cell per month; `result.months` adds up the complete cells of all cohorts.

    Source: the definitions of the service's catalogue.

    Raises:
        Refused: Too many orders or cells, dates mixed with moments, a customer of two
            cohorts or of none, or a window that ends before it starts.
    """
    check_orders(orders)
    closing = closing_of(start, end, as_of) or latest(orders)
    known, warnings = up_to(orders, closing)
    first = _first_purchases(known)
    new = {
        customer: _month(at)
        for customer, at in first.items()
        if start is None or not is_after(start, at)
    }
    cohorts = _cohorts(known, first, new, _cohort_names(orders, new))
    rows: list[dict[str, Any]] = []
    if new and closing:
        # Where offsets differ, an order before the closing may be written with a later month.
        last = max(_month(at) for at in (closing, *(order["at"] for order in known)))
        width = last - min(new.values()) + 1
        _refuse_large(len(cohorts), width)
        complete = _ends_a_month(closing)
        rows = [_row(cohorts[name], width, last, complete=complete) for name in sorted(cohorts)]
    return Outcome(
        value=None,
        result={
            "start": start and start.isoformat(),
            "as_of": closing and closing.isoformat(),
            "customers": len(new),
            "existing_customers": len(first) - len(new),
            "cohorts": rows,
            "months": _pooled(rows),
        },
        reason=None if new else _NO_NEW_CUSTOMERS,
        assumptions=_assumptions(start, known),
        warnings=(*warnings, *_stray_refunds(known, first)),
    )


_NO_NEW_CUSTOMERS = Message(
    "no_new_customers",
    "no customer placed a first order in the window, so there is no cohort to follow",
)


@dataclass
class _Cohort:
    """Customers by the month of their first order, and what happened k months later."""

    name: str
    starts: Counter[int] = field(default_factory=Counter)
    retained: Counter[int] = field(default_factory=Counter)
    revenue: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


def _month(at: Instant) -> int:
    """Return the calendar month the instant is written with, counted from year 0."""
    return at.year * _MONTHS_PER_YEAR + at.month - 1


def _first_purchases(orders: Sequence[Order]) -> dict[str, Instant]:
    first: dict[str, Instant] = {}
    for order in orders:
        customer, at = order["customer"], order["at"]
        if not is_refund(order) and (customer not in first or at < first[customer]):
            first[customer] = at
    return first


def _cohort_names(orders: Sequence[Order], new: Collection[str]) -> dict[str, str] | None:
    """Return the cohort each new customer is named into, None where no order names one."""
    names: dict[str, str] = {}
    for index, order in enumerate(orders):
        customer, name = order["customer"], order["cohort"]
        if name is not None and names.setdefault(customer, name) != name:
            raise Refused(
                f"/orders/{index}/cohort",
                "inconsistent_inputs",
                "customer {customer} is in the cohorts {first} and {second};"
                " a customer belongs to one cohort",
                customer=customer,
                first=names[customer],
                second=name,
            )
    if not names:
        return None
    for index, order in enumerate(orders):
        if order["customer"] in new and order["customer"] not in names:
            raise Refused(
                f"/orders/{index}/cohort",
                "inconsistent_inputs",
                "customer {customer} has no cohort and other customers have one;"
                " name the cohort of all customers or of none",
                customer=order["customer"],
            )
    return names


def _cohorts(
    orders: Sequence[Order],
    first: Mapping[str, Instant],
    new: Mapping[str, int],
    names: Mapping[str, str] | None,
) -> dict[str, _Cohort]:
    cohorts: dict[str, _Cohort] = {}
    of_customer: dict[str, _Cohort] = {}
    for customer, month in new.items():
        name = names[customer] if names else _month_name(month)
        cohort = of_customer[customer] = cohorts.setdefault(name, _Cohort(name))
        cohort.starts[month] += 1
    active: set[tuple[str, int]] = set()
    for order in orders:
        customer, at = order["customer"], order["at"]
        if customer not in new or at < first[customer]:
            continue
        cohort, age = of_customer[customer], _month(at) - new[customer]
        cohort.revenue[age].append(order["value"])
        if not is_refund(order) and (customer, age) not in active:
            active.add((customer, age))
            cohort.retained[age] += 1
    return cohorts


def _month_name(month: int) -> str:
    year, index = divmod(month, _MONTHS_PER_YEAR)
    return f"{year:04}-{index + 1:02}"


def _refuse_large(cohorts: int, months: int) -> None:
    if cohorts * months > MOST_CELLS:
        raise Refused(
            "/orders",
            "too_many_items",
            "{cohorts} cohorts over {months} months are more than {limit} cells;"
            " send a later start or fewer cohorts",
            cohorts=cohorts,
            months=months,
            limit=MOST_CELLS,
        )


def _row(cohort: _Cohort, width: int, last: int, *, complete: bool) -> dict[str, Any]:
    return {
        "cohort": cohort.name,
        "customers": cohort.starts.total(),
        "revenue": math.fsum(value for values in cohort.revenue.values() for value in values),
        "cells": [_cell(cohort, age, last - age, complete=complete) for age in range(width)],
    }


def _cell(cohort: _Cohort, age: int, youngest: int, *, complete: bool) -> dict[str, Any]:
    """Return what happened *age* months on to those who began by the month *youngest*."""
    customers = sum(count for month, count in cohort.starts.items() if month <= youngest)
    if not customers:
        unobserved = dict.fromkeys(("customers", "retained", "rate", "revenue", "partial"))
        return {"month": age, **unobserved}
    return {
        "month": age,
        "customers": customers,
        "retained": cohort.retained[age],
        "rate": cohort.retained[age] / customers,
        "revenue": math.fsum(cohort.revenue[age]),
        "partial": youngest in cohort.starts and not complete,
    }


def _ends_a_month(closing: Instant) -> bool:
    """Return whether the month is over: a date stands for its whole day, a moment does not."""
    last_day = monthrange(closing.year, closing.month)[1]
    return closing.day == last_day and not isinstance(closing, datetime)


def _pooled(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the sums over the complete cells of each month; months without one are left out."""
    pooled = []
    for age in range(len(rows[0]["cells"]) if rows else 0):
        cells = [row["cells"][age] for row in rows if row["cells"][age]["partial"] is False]
        if cells:
            customers = sum(cell["customers"] for cell in cells)
            retained = sum(cell["retained"] for cell in cells)
            pooled.append(
                {
                    "month": age,
                    "customers": customers,
                    "retained": retained,
                    "rate": ratio(retained, customers),
                    "revenue": math.fsum(cell["revenue"] for cell in cells),
                }
            )
    return pooled


def _stray_refunds(orders: Sequence[Order], first: Mapping[str, Instant]) -> tuple[Message, ...]:
    """Return a warning if refunds come before anything their customer bought."""
    strays = sum(
        order["customer"] not in first or order["at"] < first[order["customer"]] for order in orders
    )
    if not strays:
        return ()
    return (
        Message(
            "refund_before_order",
            "{count} refunds come before any order of their customer and were left out",
            {"count": strays},
        ),
    )


def _assumptions(start: Instant | None, orders: Sequence[Order]) -> tuple[Message, ...]:
    said = [
        Message(
            "calendar_months",
            "months are calendar months counted from the month of a customer's first order;"
            " a retained customer placed an order in that very month",
        )
    ]
    if start is None:
        said.append(
            Message(
                "everyone_is_new",
                "without start, every customer counts as new at their first order in the"
                " records; send older orders with a start to leave out old customers",
            )
        )
    if any(map(is_refund, orders)):
        said.append(REFUNDS)
    return tuple(said)
