"""How fast sales, revenue, traffic and the market grow."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"sales_now": 120_000_000, "sales_before": 100_000_000}, "0.2", currency="VND"),
    serves=["sales"],
    aliases=["sales growth"],
    base_reason="growth needs an earlier value above 0; compare the two values themselves",
)
def sales_growth_rate(sales_now: Number, sales_before: Number) -> Number:
    """Sales growth rate.

    The change in sales from an earlier period to this one, against the earlier one. Both periods
    have the same length.

    Reading: Below 0 sales fell. Compare with the same period of last year where sales follow the
    seasons, and with the growth of the market: a rise smaller than the market's loses share.

    Source: https://liveflow.io/financial-literacy/how-to-calculate-sales-growth-rate.
    """
    return (sales_now - sales_before) / sales_before


@metric(
    "ratio",
    "up",
    Example({"revenue_now": 575_000, "revenue_before": 500_000}, "0.15", currency="USD"),
    serves=["sales"],
    aliases=["revenue growth"],
    base_reason="growth needs an earlier value above 0; compare the two values themselves",
)
def revenue_growth_rate(revenue_now: Number, revenue_before: Number) -> Number:
    """Revenue growth rate.

    The change in all revenue from an earlier period to this one, against the earlier one. Revenue
    holds more than sales of goods: fees, rents and refunds count too.

    Reading: Below 0 revenue fell. A single large contract can make it; look at the growth of the
    single streams. Growth that costs more than it brings shows in the profit, not here.

    Source: standard definition, as for the sales growth rate at
    https://liveflow.io/financial-literacy/how-to-calculate-sales-growth-rate.
    """
    return (revenue_now - revenue_before) / revenue_before


@metric(
    "ratio",
    "up",
    Example({"visits_now": 12_600, "visits_before": 12_000}, "0.05"),
    serves=["awareness", "leads"],
    aliases=["traffic growth", "website traffic growth"],
    base_reason="growth needs an earlier value above 0; compare the two values themselves",
)
def traffic_growth_rate(visits_now: Number, visits_before: Number) -> Number:
    """Traffic growth rate.

    The change in the visits to a site from an earlier period to this one, against the earlier one.

    Reading: Steady or rising traffic is good only while the conversion rate holds: more visits with
    the same leads come from the wrong people. Campaigns and bots make jumps; look at the sources
    apart.

    Source: Geckoboard,
    https://www.geckoboard.com/best-practice/kpi-examples/website-traffic-growth/.
    """
    return (visits_now - visits_before) / visits_before


@metric(
    "ratio",
    "up",
    Example({"market_now": 54_000_000, "market_before": 50_000_000}, "0.08", currency="USD"),
    serves=["sales"],
    aliases=["market growth"],
    base_reason="growth needs an earlier value above 0; compare the two values themselves",
)
def market_growth_rate(market_now: Number, market_before: Number) -> Number:
    """Market growth rate.

    The change in the sales of all suppliers of a market from an earlier period to this one, against
    the earlier one.

    Reading: A growing market carries everybody: subtract it from your own growth to see what is
    your doing. Take both figures from one study, since two studies rarely draw the market alike.

    Source: https://the-definition.com/term/market-growth-rate.
    """
    return (market_now - market_before) / market_before


@metric(
    "ratio",
    "up",
    Example({"own_growth_rate": "0.15", "market_growth_rate": "0.08"}, "0.07"),
    serves=["sales"],
    display="points",
    aliases=["growth relative to the market", "growth against the market"],
)
def relative_market_growth(own_growth_rate: Number, market_growth_rate: Number) -> Number:
    """Relative market growth.

    Your own growth rate less the growth rate of the market, in percentage points, over the same
    period.

    Reading: Above 0 you win market share, at 0 you keep it, below 0 you lose it even if your sales
    rise. A small company grows fast in percent: read it with the market share itself.

    Source: standard definition, the difference of two growth rates;
    https://the-definition.com/term/market-growth-rate judges a company by the same comparison.
    """
    return own_growth_rate - market_growth_rate


@metric(
    "ratio",
    "up",
    Example({"value_at_end": 1_331_000, "value_at_start": 1_000_000, "years": 3}, "0.1"),
    serves=["sales"],
    aliases=["CAGR"],
    base_reason="growth needs a value at the start above 0, and some years",
)
def compound_annual_growth_rate(
    value_at_end: Number, value_at_start: Number, years: Number
) -> Number:
    """Compound annual growth rate.

    The one yearly growth rate that would have led from the first value to the last in the years
    between them.

    Reading: It looks only at both ends: the years between may have gone up and down, and a poor
    first year flatters it. Three yearly values span two years, not three.

    Source:
    https://articles.bplans.com/what-is-compound-average-growth-rate-cagr-business-definition/.
    """
    return (value_at_end / value_at_start) ** (1 / years) - 1
