"""How much customers spend at a time, and how often they buy."""

from __future__ import annotations

from decimal import Decimal

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money/order",
    "up",
    Example({"revenue": 20_000_000, "orders": 100}, 200_000, currency="VND"),
    serves=["sales"],
    aliases=["AOV", "ATV", "average transaction value", "average basket value"],
)
def average_order_value(revenue: Number, orders: Number) -> Number:
    """Average order value.

    The revenue of a period divided by the orders that brought it.

    Reading: Raise it with sets, related products or a threshold for free delivery, but look at the
    profit per order too: a discount can lift one and lower the other. A few very large orders move
    it; it says nothing of how often people buy.

    Source: https://kpitree.co/integrations/shopify/average-order-value.
    """
    return revenue / orders


@metric(
    "money/customer",
    "up",
    Example({"revenue": 60_000_000, "customers": 150}, 400_000, currency="VND"),
    serves=["sales", "retention"],
    aliases=[
        "ARPU",
        "ARPA",
        "ARPC",
        "average revenue per user",
        "average revenue per account",
        "average customer spend",
    ],
)
def average_revenue_per_customer(revenue: Number, customers: Number) -> Number:
    """Average revenue per customer.

    The revenue of a period divided by the customers active in it.

    Reading: It grows because customers pay more, or because the small ones left: read it with
    churn. It is revenue of one period, not of a lifetime.

    Source: ChartMogul help, https://help.chartmogul.com/hc/en-us/articles/203359301.
    """
    return revenue / customers


@metric(
    "order/customer",
    "up",
    Example({"orders": 600, "unique_customers": 300}, 2),
    serves=["retention"],
    aliases=["PF", "average purchase frequency", "orders per customer"],
)
def purchase_frequency(orders: Number, unique_customers: Number) -> Number:
    """Purchase frequency.

    The orders of a window of time divided by the different customers who placed them.

    Reading: At 1 nobody came back within the window. It belongs to the window counted: 2 in a
    quarter is far more than 2 in a year, so use the annual purchase frequency to compare windows.

    Source: http://help.malartu.co/kpi-glossary/financial-metrics/purchase-frequency;
    https://hbmedia.com.vn/cac-chi-so-do-luong-hieu-qua-kinh-doanh-online prints the same division.
    """
    return orders / unique_customers


@metric(
    "order/customer",
    "up",
    Example({"orders": 300, "unique_customers": 400, "window_days": 90}, 3),
    serves=["retention"],
    aliases=["annualised purchase frequency", "purchases per year"],
)
def annual_purchase_frequency(
    orders: Number,
    unique_customers: Number,
    window_days: Number,
    days_in_year: Number = Decimal(360),
) -> Number:
    """Annual purchase frequency.

    The purchase frequency of a window of any length, scaled to one year. The year has 360 days, as
    in the source documents, unless you give another.

    Reading: Feed it to the time between purchases. It assumes that the rest of the year is like the
    window: a month before a holiday promises too much. Short windows also miss slow customers and
    so count fewer of them.

    Source: orders over unique customers in 365 days at
    https://help.peelinsights.com/docs/purchases-1; other windows scaled in proportion.
    """
    return orders * days_in_year / (unique_customers * window_days)


@metric(
    "day",
    "down",
    Example({"purchase_frequency": 2}, 180),
    serves=["retention"],
    aliases=["TBP", "purchase interval", "interpurchase time"],
    base_reason="without purchases there is no time between them",
)
def time_between_purchases(
    purchase_frequency: Number, days_in_year: Number = Decimal(360)
) -> Number:
    """Time between purchases.

    The days that pass on average from one purchase of a customer to the next. The purchase
    frequency is the one of a year; the year has 360 days, as in the source documents, unless you
    give 365 or another number.

    Reading: A frequency of 2 gives 180 days, and to reach 3 the next purchase must come after 120.
    Send the reminder shortly before the interval ends. Take the annual purchase frequency as the
    input: the frequency of another window gives days that mean nothing.

    Source: 360 days over the frequency at
    https://hbmedia.com.vn/cac-chi-so-do-luong-hieu-qua-kinh-doanh-online; days of the period over
    the frequency at http://help.malartu.co/kpi-glossary/financial-metrics/time-between-purchases.
    """
    return days_in_year / purchase_frequency


@metric(
    "money/customer",
    "up",
    Example({"average_order_value": 200_000, "purchase_frequency": 2}, 400_000, currency="VND"),
    serves=["sales", "retention"],
    aliases=["CV"],
)
def customer_value(average_order_value: Number, purchase_frequency: Number) -> Number:
    """Customer value.

    What a customer spends in the window of the purchase frequency, usually a year: the average
    order times the orders in it.

    Reading: It is revenue, not profit. Times the lifespan in years it becomes the customer lifetime
    value; when it falls, its two factors tell whether orders got smaller or rarer.

    Source: HubSpot, https://blog.hubspot.com/service/how-to-calculate-customer-lifetime-value,
    where it is the step before the lifetime value.
    """
    return average_order_value * purchase_frequency
