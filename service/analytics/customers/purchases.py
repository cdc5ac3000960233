"""How much, how often and how far apart do customers buy?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from service.analytics.customers.orders import REFUNDS, Order, check_orders, is_refund, latest
from service.analytics.instants import Instant
from service.analytics.magnitude import in_range, ratio
from service.analytics.window import closing_of, is_within
from service.message import Message
from service.outcome import Outcome

INDUSTRIES = {
    "general": (0.20, "upper_limit"),
    "finance_and_insurance": (0.25, "typical"),
    "saas": (0.35, "typical"),
}
"""The repeat rate of an industry as the service's sources give it: usually below 20%,
25% in finance and insurance, 35% in software as a service; without a period."""


@in_range
def purchase_summary(
    *,
    orders: Sequence[Order],
    start: Instant | None = None,
    end: Instant | None = None,
    as_of: Instant | None = None,
    industry: str = "general",
    days_in_year: float = 360.0,
    top: int = 10,
) -> Outcome:
    """Return the average order value, and how often the customers of a window buy.

    With n orders worth R of c customers in a window of w days:

        average order value          AOV = R ÷ n
        purchase frequency           PF = n ÷ c in the window, n · y ÷ (c · w) a year of y days
        time between purchases       y ÷ annual PF, and the mean gap between the days on which
                                     one customer bought
        repeat rate                  customers with two or more orders ÷ c
        historical lifetime value    R ÷ c, and the sum of a customer's orders for the best

    The value is the average order value, in money per order.  `result` holds the
    window, these figures with their counts, the repeat rate beside the benchmark of
    *industry*, the *top* customers by revenue, and the same figures by `group` where
    an order names one.  Figures that do not exist are None.

    Source: the definitions of the service's catalogue; the year of 360 days and the
    benchmarks are those of the service's sources.

    Raises:
        Refused: Too many orders, dates mixed with moments, or a window that ends before
            it starts.
    """
    check_orders(orders)
    closing = closing_of(start, end, as_of)
    inside = [order for order in orders if is_within(order["at"], start, closing)]
    window = _window(inside, start, closing)
    figures = _figures(inside)
    yearly = _yearly_frequency(figures, window["days"], days_in_year)
    result = {
        "window": window,
        **figures,
        "annual_purchase_frequency": yearly,
        "time_between_purchases": {
            "by_frequency_days": ratio(days_in_year, yearly) if yearly else None,
            **_observed_gaps(inside),
        },
        "benchmark": _against_benchmark(figures["repeat_rate"], industry),
        "top_customers": _top_customers(inside, figures["revenue"], top),
        "groups": _by_group(inside, figures["revenue"]),
    }
    return Outcome(
        value=figures["average_order_value"],
        result=result,
        reason=None if figures["orders"] else _NO_ORDERS,
        assumptions=_assumptions(
            result, days_in_year, bounded=start is not None and closing is not None
        ),
        warnings=_warnings(len(orders) - len(inside)),
    )


_NO_ORDERS = Message(
    "division_by_zero",
    "no order lies in the window, so the average order value is undefined",
)


def _window(
    orders: Sequence[Order], start: Instant | None, closing: Instant | None
) -> dict[str, Any]:
    """Return the first and last day of the window, both counted, and how many days that is."""
    first = start or min((order["at"] for order in orders), default=None)
    last = closing or latest(orders)
    days = None
    if first is not None and last is not None:
        # Where offsets differ, the later moment may be written with the earlier day.
        days = max(1, last.toordinal() - first.toordinal() + 1)
    return {"start": _text(first), "end": _text(last), "days": days}


def _text(instant: date | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _figures(orders: Sequence[Order]) -> dict[str, Any]:
    """Return the counts, sums and ratios of *orders*, as a row of the answer."""
    refunds = [order["value"] for order in orders if is_refund(order)]
    bought: defaultdict[str, int] = defaultdict(int)
    for order in orders:
        if not is_refund(order):
            bought[order["customer"]] += 1
    count, customers = len(orders) - len(refunds), len(bought)
    repeating = sum(times > 1 for times in bought.values())
    revenue = math.fsum(order["value"] for order in orders)
    return {
        "orders": count,
        "customers": customers,
        "revenue": revenue,
        "refunds": len(refunds),
        "refunded": math.fsum(-value for value in refunds),
        "average_order_value": ratio(revenue, count),
        "purchase_frequency": ratio(count, customers),
        "repeat_customers": repeating,
        "repeat_rate": ratio(repeating, customers),
        "historical_lifetime_value": ratio(revenue, customers),
    }


def _yearly_frequency(
    figures: dict[str, Any], days: int | None, days_in_year: float
) -> float | None:
    if not days or not figures["customers"]:
        return None
    return float(figures["orders"] * days_in_year / (figures["customers"] * days))


def _observed_gaps(orders: Sequence[Order]) -> dict[str, Any]:
    """Return the mean gap between the days on which one customer bought, and how many gaps."""
    days: defaultdict[str, set[int]] = defaultdict(set)
    for order in orders:
        if not is_refund(order):
            days[order["customer"]].add(order["at"].toordinal())
    gaps = sum(len(dates) - 1 for dates in days.values())
    spanned = sum(max(dates) - min(dates) for dates in days.values())
    return {"observed_days": ratio(spanned, gaps), "gaps": gaps}


def _against_benchmark(repeat_rate: float | None, industry: str) -> dict[str, Any]:
    benchmark, kind = INDUSTRIES[industry]
    return {
        "industry": industry,
        "rate": benchmark,
        "kind": kind,
        "gap": None if repeat_rate is None else repeat_rate - benchmark,
    }


def _top_customers(orders: Sequence[Order], revenue: float, top: int) -> list[dict[str, Any]]:
    """Return the *top* customers by what they have spent, refunds taken off."""
    values: defaultdict[str, list[float]] = defaultdict(list)
    for order in orders:
        values[order["customer"]].append(order["value"])
    spent = {customer: math.fsum(own) for customer, own in values.items()}
    best = sorted(spent, key=lambda customer: (-spent[customer], customer))[:top]
    return [
        {
            "customer": customer,
            "orders": sum(value >= 0 for value in values[customer]),
            "revenue": spent[customer],
            "share": _share(spent[customer], revenue),
        }
        for customer in best
    ]


def _by_group(orders: Sequence[Order], revenue: float) -> list[dict[str, Any]]:
    """Return a row per group, highest revenue first; orders without a group have the name None."""
    members: defaultdict[str | None, list[Order]] = defaultdict(list)
    for order in orders:
        members[order["group"]].append(order)
    if set(members) <= {None}:
        return []
    rows = [{"name": name, **_figures(own)} for name, own in members.items()]
    for row in rows:
        row["share"] = _share(row["revenue"], revenue)
    return sorted(rows, key=lambda row: (-row["revenue"], row["name"] or ""))


def _share(part: float, revenue: float) -> float | None:
    """Return the part of the revenue, None where refunds leave nothing to share out."""
    return part / revenue if revenue > 0 else None


def _assumptions(
    result: dict[str, Any], days_in_year: float, *, bounded: bool
) -> tuple[Message, ...]:
    said = [
        Message(
            "year_length",
            "a year has {days} days; the annual frequency extrapolates the days of the window",
            {"days": days_in_year},
        ),
        Message(
            "observed_gaps",
            "the observed time between purchases knows only customers who came back in the"
            " window, so it is shorter than the true one; orders of one day are one purchase",
        ),
        Message(
            "repeat_benchmark",
            "the benchmark is the share of customers with two or more orders;"
            " its source gives no period",
        ),
    ]
    if not bounded:
        said.append(
            Message(
                "window_from_orders",
                "an end of the window that is not given is the first or the last order,"
                " which makes the annual frequency too high; give start and end",
            )
        )
    if result["refunds"]:
        said.append(REFUNDS)
    return tuple(said)


def _warnings(outside: int) -> tuple[Message, ...]:
    if not outside:
        return ()
    return (
        Message(
            "outside_window", "{count} orders outside the window were left out", {"count": outside}
        ),
    )
