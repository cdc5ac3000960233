"""What the orders on record tell of the customers who placed them."""

from __future__ import annotations

from service.analytics.customers import purchases
from service.catalogue.customer_value.inputs import (
    PURCHASES,
    AsOf,
    DaysInYear,
    End,
    Industry,
    Orders,
    Start,
    Top,
)
from service.declare import algorithm
from service.metric import Example
from service.outcome import Outcome

ORDERS_OF_A_QUARTER = [
    {"customer": "An", "at": "2026-01-05", "value": 120, "group": "e-mail"},
    {"customer": "Binh", "at": "2026-01-20", "value": 200, "group": "search"},
    {"customer": "An", "at": "2026-02-10", "value": 80, "group": "e-mail"},
    {"customer": "Chen", "at": "2026-02-14", "value": 150, "group": "search"},
    {"customer": "Chen", "at": "2026-03-02", "value": 90, "group": "e-mail"},
    {"customer": "Dana", "at": "2026-03-20", "value": 80, "group": "search"},
]


@algorithm(
    "money/order",
    "up",
    Example(
        {"orders": ORDERS_OF_A_QUARTER, "start": "2026-01-01", "end": "2026-03-31"},
        120.0,
        currency="EUR",
    ),
    statement="average order value = revenue ÷ orders; purchase frequency = orders ÷ customers;"
    " repeat rate = customers with two or more orders ÷ customers; lifetime value = revenue ÷"
    " customers; time between purchases = days in the year ÷ purchases a year",
    result=PURCHASES,
    serves=["sales", "retention"],
    aliases=["order summary", "purchase behaviour", "customer purchase history"],
)
def purchase_summary(
    orders: Orders,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    industry: Industry = "general",
    days_in_year: DaysInYear = 360.0,
    top: Top = 10,
) -> Outcome:
    """Purchase summary.

    What the orders of a window tell: the value of an order, how often and how far apart customers
    buy, how many come back, what each has brought so far, who the best customers are, and all of
    this for each group of orders.

    Reading: Compare the repeat rate with the benchmark of the industry: below 20% is usual, 25% in
    finance and insurance, 35% in software as a service. The time between purchases that is observed
    knows only those who came back; the one from the frequency counts everybody.

    Source: standard definitions, as in the KPI glossary of Malartu,
    http://help.malartu.co/kpi-glossary/financial-metrics/purchase-frequency; the year of 360 days
    and the benchmarks are those of the source documents.
    """
    return purchases.purchase_summary(
        orders=orders,
        start=start,
        end=end,
        as_of=as_of,
        industry=industry,
        days_in_year=days_in_year,
        top=top,
    )
