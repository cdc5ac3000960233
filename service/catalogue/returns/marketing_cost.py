"""How marketing cost compares with revenue, with other spending and with its budget."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"revenue": 480_000, "marketing_cost": 120_000}, 4, currency="USD"),
    serves=["sales"],
    display="multiple",
    aliases=["MER", "blended ROAS"],
)
def marketing_efficiency_ratio(revenue: Number, marketing_cost: Number) -> Number:
    """Marketing efficiency ratio.

    All revenue of a period divided by all marketing cost of the same period, without asking which
    channel brought which sale.

    Reading: 4.0x means four of revenue for each unit spent on marketing; one divided by the gross
    margin is its break-even. It counts sales that would have come anyway, so it guards the whole
    budget but cannot tell which channel to cut: that takes ROAS per channel, or experiments.

    Source: https://metrickittools.com/glossary/mer
    """
    return revenue / marketing_cost


@metric(
    "money",
    "up",
    Example({"revenue": 500_000_000, "marketing_cost": 100_000_000}, 400_000_000, currency="VND"),
    serves=["sales"],
    aliases=["net return on marketing"],
)
def marketing_net_return(revenue: Number, marketing_cost: Number) -> Number:
    """Marketing net return.

    Revenue that marketing brought in less what the marketing cost: an amount of money, for a
    campaign, a channel or a period. The cost of the goods is not in it.

    Reading: Above 0 more came in than was spent, below 0 less. A large activity can have a large
    net return and a poor ROI, so rank by both: this one tells how much came back, ROI how well the
    money was used.

    Source: standard definition, the numerator of marketing ROI;
    https://visualfoodie.com/the-importance-of-the-roi-formula-in-marketing
    """
    return revenue - marketing_cost


@metric(
    "ratio",
    "down",
    Example({"marketing_cost": 45_000, "revenue": 600_000}, "0.075", currency="USD"),
    serves=["sales"],
    aliases=["A/S ratio", "advertising-to-sales ratio", "marketing cost versus sales"],
)
def marketing_cost_to_sales(marketing_cost: Number, revenue: Number) -> Number:
    """Marketing cost to sales.

    Marketing cost as a share of the revenue of the same period, whether marketing brought that
    revenue or not. It is the inverse of the marketing efficiency ratio.

    Reading: A falling share can mean that money is used better, or that too little is spent for
    next year's sales. Compare it with your own past and with firms of your industry and stage: a
    launch spends a far larger share than an established brand.

    Source: https://www.investopedia.com/terms/a/advertising-to-sales-ratio.asp
    """
    return marketing_cost / revenue


@metric(
    "ratio",
    "neither",
    Example({"marketing_cost": 90_000, "compared_spend": 150_000}, "0.6", currency="USD"),
    serves=["sales"],
)
def marketing_cost_ratio(marketing_cost: Number, compared_spend: Number) -> Number:
    """Marketing cost ratio.

    Marketing cost divided by what another area spent in the same period, such as brand management
    or product development.

    Reading: At 100% both areas cost the same, above it marketing costs more. No value is good by
    itself: watch the trend, say which spend it is compared with, and make sure that no cost is
    counted on both sides.

    Source: a ratio of two spends, formed like the advertising-to-sales ratio in
    https://bizfluent.com/the-ratio-of-gross-revenue-to-advertising.html
    """
    return marketing_cost / compared_spend


@metric(
    "ratio",
    "neither",
    Example({"actual_spend": 18_500, "budget": 20_000}, "0.925", currency="USD"),
    serves=["leads", "sales"],
    aliases=["budget utilization", "budget utilisation rate", "budget spent"],
)
def budget_utilisation(actual_spend: Number, budget: Number) -> Number:
    """Budget utilisation.

    Money spent as a share of the budget that was set for the same period and purpose.

    Reading: At 100% the budget is used up, above it is overspent. While the period runs, compare
    it with the share of time that has passed; at the end a low value can be thrift, or work that
    was planned and not done.

    Source: https://www.hyperbots.com/glossary/budget-utilization
    """
    return actual_spend / budget
