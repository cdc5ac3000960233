"""Whether a customer is worth what winning one costs, and what may be spent on it."""

from __future__ import annotations

from decimal import Decimal

from service.declare import metric
from service.formula import Number
from service.metric import Benchmark, Example


@metric(
    "month",
    "down",
    Example(
        {
            "customer_acquisition_cost": 600,
            "monthly_revenue_per_customer": 50,
            "gross_margin": "0.8",
        },
        15,
        currency="USD",
    ),
    serves=["sales", "retention"],
    aliases=["CAC payback", "months to recover CAC"],
    bases=["gross_margin"],
    base_reason="the acquisition cost is never paid back",
)
def cac_payback_months(
    customer_acquisition_cost: Number,
    monthly_revenue_per_customer: Number,
    gross_margin: Number,
) -> Number:
    """CAC payback period.

    Months until the gross profit from a customer has paid back the cost of winning them: the
    acquisition cost divided by monthly revenue per customer times gross margin.

    Reading: A customer who leaves sooner is a loss, so compare it with customer lifespan; a long
    payback also ties up cash while you grow. Leaving out the margin makes it look shorter than it
    is. At a margin of 0 or less the cost never comes back.

    Source: standard definition; https://tools.lishuyu.app/saasmetrics.html
    """
    return customer_acquisition_cost / (monthly_revenue_per_customer * gross_margin)


@metric(
    "ratio",
    "up",
    Example(
        {"customer_lifetime_value": 700, "customer_acquisition_cost": 500}, "1.4", currency="BRL"
    ),
    serves=["sales", "retention"],
    display="multiple",
    aliases=["LTV:CAC", "LTV/CAC", "LTV to CAC", "CLV:CAC"],
    benchmarks=[
        Benchmark(
            "Healthy, for lifetime value on gross margin",
            "3",
            None,
            "https://statsforstartups.com/kpis/LTV-CAC-Ratio/",
        )
    ],
)
def ltv_to_cac_ratio(customer_lifetime_value: Number, customer_acquisition_cost: Number) -> Number:
    """Lifetime value to acquisition cost.

    Lifetime value of a customer divided by the cost of winning one, both for the same customers
    and on one basis.

    Reading: Below 1.0x a customer costs more than they bring. The usual bar is 3.0x, and it is
    meant for lifetime value on gross margin: on revenue, ask for more. A very high ratio can mean
    that too little is spent on growth. Time is not in it: read it with the payback period.

    Source: David Skok, SaaS Metrics 2.0, For Entrepreneurs; bar of 3 in
    https://statsforstartups.com/kpis/LTV-CAC-Ratio/
    """
    return customer_lifetime_value / customer_acquisition_cost


@metric(
    "money/customer",
    "neither",
    Example({"customer_lifetime_value": 900}, 300, currency="USD"),
    serves=["sales"],
    aliases=["maximum allowable CAC", "allowable CAC"],
)
def maximum_allowable_cac(
    customer_lifetime_value: Number, target_ltv_to_cac: Number = Decimal(3)
) -> Number:
    """Maximum allowable acquisition cost.

    Lifetime value divided by the ratio of value to cost that you aim for: the most that a new
    customer may cost. The ratio is 3 unless you give another.

    Reading: An acquisition cost above it eats into what the ratio was meant to protect; one far
    below it may leave growth unused. It is only as good as the forecast of lifetime value: take
    the value on gross margin, and a higher ratio while the forecast is uncertain.

    Source: https://www.bavstudios.com/blog/ltv-cac-ratio
    """
    return customer_lifetime_value / target_ltv_to_cac


@metric(
    "money",
    "neither",
    Example({"maximum_allowable_cac": 300, "planned_new_customers": 250}, 75_000, currency="USD"),
    serves=["sales"],
    aliases=["customer acquisition budget"],
)
def acquisition_budget(maximum_allowable_cac: Number, planned_new_customers: Number) -> Number:
    """Acquisition budget.

    The most that a new customer may cost times the new customers planned: a ceiling for all sales
    and marketing costs, not for ads alone.

    Reading: A plan that needs more than this is worth less than it costs by your own target.
    Further customers tend to cost more than the first: watch what the latest ones cost and not
    only the average, and stop when they reach the maximum.

    Source: the ceiling on acquisition cost that sets the budget in
    https://www.bavstudios.com/blog/ltv-cac-ratio
    """
    return maximum_allowable_cac * planned_new_customers
