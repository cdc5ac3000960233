"""Which share of the market, and of its own revenue, something has."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "up",
    Example({"own_sales": 12_000_000, "market_sales": 150_000_000}, "0.08", currency="USD"),
    over_one="refuse",
    serves=["sales"],
    aliases=["share of market"],
    base_reason="a share needs a whole above 0",
)
def market_share(own_sales: Number, market_sales: Number) -> Number:
    """Market share.

    Your own sales as a share of the sales of all suppliers in the market, your own among them, over
    one period.

    Reading: A share that falls while sales rise means that the others grow faster. It depends on
    how the market is drawn: say which products and places are in it, and keep to that.

    Source: https://simplicable.com/new/market-penetration-vs-market-share.
    """
    return own_sales / market_sales


@metric(
    "ratio",
    "up",
    Example({"customers": 300, "target_market": 1_200}, "0.25"),
    over_one="warn",
    serves=["sales"],
    aliases=["market penetration", "penetration rate"],
    base_reason="a share needs a whole above 0",
)
def market_penetration_rate(customers: Number, target_market: Number) -> Number:
    """Market penetration rate.

    The share of the target market, counted in people or companies, that has bought from you.

    Reading: A low value leaves room to win new customers; near 1 growth must come from selling more
    to each. Market share counts money, this counts buyers. Above 1, the target market was drawn too
    small.

    Source: https://simplicable.com/new/market-penetration-vs-market-share.
    """
    return customers / target_market


@metric(
    "ratio",
    "up",
    Example({"marketing_attributed_revenue": 150_000, "revenue": 500_000}, "0.3", currency="USD"),
    over_one="warn",
    serves=["sales"],
    aliases=["marketing-sourced revenue share", "marketing contribution to revenue"],
    base_reason="a share needs a whole above 0",
)
def marketing_revenue_share(marketing_attributed_revenue: Number, revenue: Number) -> Number:
    """Marketing revenue share.

    The share of revenue credited to marketing, or to one effort such as content, by an attribution
    model that hands out each sale once.

    Reading: It depends on the model: name it (first touch, last touch, several touches) and keep to
    it. Against the share of the costs, it tells which effort earns its budget.

    Source: https://techstartup.bartleyeditions.com/pipeline-attribution; what sourced revenue
    counts at https://www.pedowitzgroup.com/sourced-vs.-influenced-revenue-in-revenue-marketing.
    """
    return marketing_attributed_revenue / revenue


@metric(
    "ratio",
    "up",
    Example({"marketing_influenced_revenue": 325_000, "revenue": 500_000}, "0.65", currency="USD"),
    over_one="warn",
    serves=["sales"],
    aliases=["marketing-influenced revenue"],
    base_reason="a share needs a whole above 0",
)
def marketing_influenced_revenue_share(
    marketing_influenced_revenue: Number, revenue: Number
) -> Number:
    """Marketing-influenced revenue share.

    The share of revenue from deals that marketing touched at least once, whoever began them. Each
    deal counts once, with its full value.

    Reading: It is higher than the share credited to marketing, since one newsletter is enough, and
    sales may claim the same deals. Use it to see reach into the pipeline, not to judge a budget.

    Source: https://www.pedowitzgroup.com/sourced-vs.-influenced-revenue-in-revenue-marketing.
    """
    return marketing_influenced_revenue / revenue


@metric(
    "ratio",
    "neither",
    Example({"stream_revenue": 125_000, "revenue": 500_000}, "0.25", currency="USD"),
    over_one="warn",
    serves=["sales"],
    aliases=["revenue mix", "sales mix"],
    base_reason="a share needs a whole above 0",
)
def revenue_share(stream_revenue: Number, revenue: Number) -> Number:
    """Revenue share.

    The share of revenue that one stream brings: a product, a channel, a region or a campaign.

    Reading: Neither high nor low is good by itself: a large share is a strength and a risk at once.
    Above 1, another stream had more refunds than sales. The shares of all streams add up to 1.

    Source: https://accountinginsights.org/how-to-calculate-sales-mix-by-units-and-revenue.
    """
    return stream_revenue / revenue
