"""How much cheaper the same work became."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money",
    "up",
    Example({"previous_cost": 64_000, "current_cost": 52_000}, 12_000, currency="USD"),
    serves=["sales"],
    aliases=["cost reduction"],
)
def cost_savings(previous_cost: Number, current_cost: Number) -> Number:
    """Cost savings.

    Cost before less cost now, for the same work over periods of the same length.

    Reading: Above 0 money was saved, below 0 costs rose. It is a saving only if the result held:
    fewer ads with fewer sales are a cut, so set it beside the cost per lead or per order.

    Source: https://www.certitrek.com/nlpa/blog/savings-reports-honest/
    """
    return previous_cost - current_cost


@metric(
    "ratio",
    "up",
    Example({"previous_cost": 64_000, "current_cost": 52_000}, "0.1875", currency="USD"),
    serves=["sales"],
    aliases=["cost reduction rate"],
)
def cost_savings_rate(previous_cost: Number, current_cost: Number) -> Number:
    """Cost savings rate.

    Cost before less cost now, as a share of the cost before, for the same work.

    Reading: 10% took a tenth off, 0 changed nothing, and a negative rate means that costs rose.
    Rates in sequence do not add up: two savings of 10% make 19%. Take out changes in volume and
    currency first.

    Source: standard definition; savings over an earlier cost in
    https://www.certitrek.com/nlpa/blog/savings-reports-honest/
    """
    return (previous_cost - current_cost) / previous_cost
