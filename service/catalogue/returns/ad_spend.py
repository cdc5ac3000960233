"""What advertising brought back for each unit of money spent on ads."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"ad_revenue": 25_000, "ad_spend": 5_000}, 5, currency="USD"),
    serves=["sales"],
    display="multiple",
    aliases=["ROAS", "return on advertising spend"],
)
def return_on_ad_spend(ad_revenue: Number, ad_spend: Number) -> Number:
    """Return on ad spend.

    Revenue attributed to ads divided by what the ads cost, for the same ads and period. Only what
    was paid for the ads counts: fees, salaries and the cost of the goods are not in it.

    Reading: 5.0x means five of revenue for each unit of ad spend, an ROI of 400% on the same
    figures (ROI = ROAS - 1). Judge it against break-even ROAS: 3.0x loses money at a margin of
    25%. Platforms that claim the same sale overstate it; check with the marketing efficiency ratio.

    Source: Google Ads API, target ROAS as revenue per unit of spend,
    https://developers.google.com/google-ads/api/reference/rpc/v18/AccessibleBiddingStrategy.TargetRoas
    """
    return ad_revenue / ad_spend


@metric(
    "ratio",
    "up",
    Example({"incremental_revenue": 9_600, "ad_spend": 4_000}, "2.4", currency="USD"),
    serves=["sales"],
    display="multiple",
    aliases=["iROAS", "incremental ROAS"],
    primary=["iROAS"],
)
def incremental_return_on_ad_spend(incremental_revenue: Number, ad_spend: Number) -> Number:
    """Incremental return on ad spend.

    Revenue that would not have come without the ads, divided by what the ads cost. It takes an
    experiment to know: sales where the ads ran less sales in a comparable control group.

    Reading: Far below the attributed ROAS, it shows that ads took credit for sales that would have
    come anyway; 0 means that they added nothing, a negative value that the control group sold
    more. One test is one estimate: repeat it before you move a large budget.

    Source: Vaver and Koehler (2011), Measuring Ad Effectiveness Using Geo Experiments, Google,
    https://research.google/blog/measuring-ad-effectiveness-using-geo-experiments/
    """
    return incremental_revenue / ad_spend


@metric(
    "ratio",
    "down",
    Example({"gross_margin": "0.4"}, "2.5"),
    serves=["sales"],
    display="multiple",
    aliases=["break-even return on ad spend"],
    base_reason="advertising never breaks even",
)
def break_even_roas(gross_margin: Number) -> Number:
    """Break-even ROAS.

    The return on ad spend at which ads neither make nor lose money: one divided by the margin that
    is left after every variable cost except the ads (goods, shipping, payment fees, returns).

    Reading: A ROAS above it earns money, one below it loses money on each order; the lower it is,
    the more room there is to bid. It pays for no fixed costs and counts no repeat purchases. With
    a margin of 0 or less no ROAS is high enough.

    Source: https://www.metrickittools.com/guides/break-even-roas-guide
    """
    return 1 / gross_margin


@metric(
    "ratio",
    "down",
    Example({"ad_spend": 5_000, "ad_revenue": 25_000}, "0.2", currency="USD"),
    serves=["sales"],
    aliases=["ACoS", "CIR"],
)
def advertising_cost_of_sales(ad_spend: Number, ad_revenue: Number) -> Number:
    """Advertising cost of sales.

    Ad spend as a share of the revenue attributed to those ads: how much of each sale went to pay
    for the ad. It is the inverse of return on ad spend.

    Reading: Below the margin before ads the sales earn money, at that margin they break even, and
    above 100% the ads cost more than they sold. A very low value can mean that you bid too little
    or only on your own brand name: read it with the total advertising cost of sales.

    Source: https://webmasterid.com/analytics-metrics/advertising-cost-of-sales-acos-metric
    """
    return ad_spend / ad_revenue


@metric(
    "ratio",
    "down",
    Example({"ad_spend": 5_000, "revenue": 62_500}, "0.08", currency="USD"),
    serves=["sales"],
    aliases=["TACoS"],
)
def total_advertising_cost_of_sales(ad_spend: Number, revenue: Number) -> Number:
    """Total advertising cost of sales.

    Ad spend as a share of all revenue of the same period, whether an ad brought it or not.

    Reading: Falling while sales grow, it shows that organic sales grow along with the ads; rising
    while sales stand still, that the business leans on ads. Compare it over time within one
    business: between two, it mostly tells how much of their revenue was meant to come from ads.

    Source: https://proactiveplusppc.com/blog/acos-vs-tacos-guide
    """
    return ad_spend / revenue
