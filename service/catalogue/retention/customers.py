"""Which share of the customers stays, leaves or comes back."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Benchmark, Example


@metric(
    "ratio",
    "down",
    Example({"customers_lost": 10, "customers_at_start": 200}, "0.05"),
    over_one="refuse",
    part_reason="count only customers who were there at the start, or use churn_by_convention",
    serves=["retention"],
    aliases=["customer churn rate", "attrition rate", "customer turnover"],
)
def churn_rate(customers_lost: Number, customers_at_start: Number) -> Number:
    """Churn rate.

    The share of the customers present at the start of a period who left during it. Lost are only
    customers who were there at the start: those who came and left within the period do not count.

    Reading: At 0 nobody left. It is 1 less the customer retention rate. Monthly churn adds up: 5% a
    month is 46% a year, not 60%. If your count of losses includes newcomers, use the churn by
    convention (churn_by_convention), which says whom it counts.

    Source:
    https://help.metapulse.com/en/articles/12334551-tips-tricks-how-to-track-customer-churn-rate-in-your-business.
    """
    return customers_lost / customers_at_start


@metric(
    "ratio",
    "up",
    Example(
        {"customers_at_end": 220, "new_customers_at_end": 50, "customers_at_start": 200}, "0.85"
    ),
    over_one="refuse",
    serves=["retention"],
    aliases=["CRR", "retention rate", "logo retention"],
    primary=["CRR"],
    within=[(["new_customers_at_end"], "customers_at_end")],
)
def customer_retention_rate(
    customers_at_end: Number, new_customers_at_end: Number, customers_at_start: Number
) -> Number:
    """Customer retention rate.

    The share of the customers present at the start of a period who are still customers at its end.
    New are those acquired in the period and still customers at its end, and they are taken out.

    Reading: At 1 everybody stayed. It is 1 less the churn rate only if newcomers who already left
    are in neither count. Whoever buys now and then has no clear end as a customer: use the repeat
    customer rate there.

    Source: https://www.lifesight.io/glossary/customer-retention-rate.
    """
    return (customers_at_end - new_customers_at_end) / customers_at_start


@metric(
    "ratio",
    "up",
    Example({"repeat_customers": 50, "customers": 200}, "0.25"),
    over_one="refuse",
    serves=["retention"],
    aliases=["CRR", "repeat purchase rate", "returning customer rate", "customer loyalty"],
    benchmarks=[
        Benchmark(
            "General",
            None,
            "0.20",
            "the source documents, which give neither a survey nor a period",
        ),
        Benchmark(
            "Finance and insurance",
            "0.25",
            "0.25",
            "the source documents, which give neither a survey nor a period",
        ),
        Benchmark(
            "Software as a service",
            "0.35",
            "0.35",
            "the source documents, which give neither a survey nor a period",
        ),
    ],
)
def repeat_customer_rate(repeat_customers: Number, customers: Number) -> Number:
    """Repeat customer rate.

    The share of the customers of a period who bought at least twice.

    Reading: The higher, the longer customers stay and the less must be spent on winning new ones.
    It depends on the period: the longer it is, the more come back, so compare equal periods. It is
    not the customer retention rate, though both are called CRR.

    Source: https://www.wallstreetprep.com/knowledge/repeat-purchase-rate/;
    https://sskpi.com/vi/thu-vien-kpi/kpi-cham-soc-khach-hang/kpi-ty-le-khach-hang-quay-lai/.
    """
    return repeat_customers / customers


@metric(
    "ratio",
    "up",
    Example({"repeat_orders": 360, "orders": 1_200}, "0.3"),
    over_one="refuse",
    serves=["retention"],
    aliases=["share of repeat orders", "recurring purchases"],
)
def repeat_order_rate(repeat_orders: Number, orders: Number) -> Number:
    """Repeat order rate.

    The share of the orders of a period that came from customers who had bought before.

    Reading: It counts orders, the repeat customer rate counts people: a few loyal customers can
    carry it. A very high value may also mean that no new customers come.

    Source: https://littlestreamsoftware.com/glossary/repeat-sales-rate, which sets the count of
    orders apart from their amounts.
    """
    return repeat_orders / orders
