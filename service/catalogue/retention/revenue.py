"""How much of the recurring revenue stays, leaves or grows."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example(
        {"starting_revenue": 100_000, "contraction_revenue": 4_000, "churned_revenue": 6_000},
        "0.9",
        currency="USD",
    ),
    over_one="refuse",
    serves=["retention"],
    aliases=["GRR", "gross dollar retention", "GDR"],
    within=[(["contraction_revenue", "churned_revenue"], "starting_revenue")],
)
def gross_revenue_retention(
    starting_revenue: Number, contraction_revenue: Number, churned_revenue: Number
) -> Number:
    """Gross revenue retention.

    The share of the recurring revenue at the start of a period that is left after customers left or
    paid less. What others paid more does not count, nor do new customers.

    Reading: It can never be above 1, and it shows the leak that the net revenue retention may hide.
    It is 1 less the revenue churn rate.

    Source: https://metrickittools.com/guides/grr-guide.
    """
    return (starting_revenue - contraction_revenue - churned_revenue) / starting_revenue


@metric(
    "ratio",
    "up",
    Example(
        {
            "starting_revenue": 100_000,
            "expansion_revenue": 15_000,
            "contraction_revenue": 4_000,
            "churned_revenue": 6_000,
        },
        "1.05",
        currency="USD",
    ),
    serves=["retention"],
    aliases=["NRR", "NDR", "net dollar retention"],
    within=[(["contraction_revenue", "churned_revenue"], "starting_revenue")],
)
def net_revenue_retention(
    starting_revenue: Number,
    expansion_revenue: Number,
    contraction_revenue: Number,
    churned_revenue: Number,
) -> Number:
    """Net revenue retention.

    What the customers of the start of a period pay at its end, against what they paid at the start:
    upgrades added, downgrades and departures taken off. New customers are not in it.

    Reading: Above 1 the existing customers alone make the revenue grow; below 1 new ones must fill
    the gap first. A few large upgrades can hide many departures: read it beside the gross revenue
    retention.

    Source: https://churnzero.net/churnopedia/net-revenue-retention/.
    """
    return (
        starting_revenue + expansion_revenue - contraction_revenue - churned_revenue
    ) / starting_revenue


@metric(
    "ratio",
    "down",
    Example(
        {"contraction_revenue": 4_000, "churned_revenue": 6_000, "starting_revenue": 100_000},
        "0.1",
        currency="USD",
    ),
    over_one="refuse",
    serves=["retention"],
    aliases=["gross revenue churn", "gross MRR churn rate"],
)
def revenue_churn_rate(
    contraction_revenue: Number, churned_revenue: Number, starting_revenue: Number
) -> Number:
    """Revenue churn rate.

    The share of the recurring revenue at the start of a period lost to cancellations and
    downgrades.

    Reading: Compare it with the churn rate of customers: higher means that the large ones leave,
    lower that the small ones do. Expansion is left out; the net revenue churn rate has it.

    Source: https://www.klipfolio.com/metrics/difference/gross-mrr-churn-rate-vs-net-mrr-churn-rate.
    """
    return (contraction_revenue + churned_revenue) / starting_revenue


@metric(
    "ratio",
    "down",
    Example(
        {
            "contraction_revenue": 4_000,
            "churned_revenue": 6_000,
            "expansion_revenue": 15_000,
            "starting_revenue": 100_000,
        },
        "-0.05",
        currency="USD",
    ),
    serves=["retention"],
    aliases=["net MRR churn rate", "net churn"],
    within=[(["contraction_revenue", "churned_revenue"], "starting_revenue")],
)
def net_revenue_churn_rate(
    contraction_revenue: Number,
    churned_revenue: Number,
    expansion_revenue: Number,
    starting_revenue: Number,
) -> Number:
    """Net revenue churn rate.

    The recurring revenue lost to cancellations and downgrades less what the remaining customers
    added, against the revenue at the start of the period.

    Reading: Below 0, called negative churn, the remaining customers add more than the others take
    away. It is 1 less the net revenue retention.

    Source: https://www.klipfolio.com/metrics/difference/gross-mrr-churn-rate-vs-net-mrr-churn-rate.
    """
    return (contraction_revenue + churned_revenue - expansion_revenue) / starting_revenue


@metric(
    "ratio",
    "up",
    Example(
        {
            "new_revenue": 25_000,
            "expansion_revenue": 15_000,
            "contraction_revenue": 4_000,
            "churned_revenue": 6_000,
        },
        4,
        currency="USD",
    ),
    serves=["sales", "retention"],
    display="multiple",
    aliases=["SaaS quick ratio"],
    base_reason="no revenue was lost, so there is nothing to hold the gains against",
)
def quick_ratio(
    new_revenue: Number,
    expansion_revenue: Number,
    contraction_revenue: Number,
    churned_revenue: Number,
) -> Number:
    """Quick ratio.

    The recurring revenue gained in a period, from new customers and upgrades, for each unit of it
    lost to departures and downgrades.

    Reading: Below 1 the revenue shrinks; 4 is the bar usually quoted for a healthy young company. A
    young company with hardly any losses gets huge values that mean little. It has nothing to do
    with the quick ratio of a balance sheet.

    Source: https://www.firstofficer.io/saas-metrics-glossary/quick-ratio/.
    """
    return (new_revenue + expansion_revenue) / (contraction_revenue + churned_revenue)
