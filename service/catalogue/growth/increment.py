"""Which sales would not have come without the campaign."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money",
    "up",
    Example({"sales": 100_000_000, "contribution_share": "0.1"}, 10_000_000, currency="VND"),
    serves=["sales"],
    aliases=["incremental revenue"],
)
def incremental_sales(sales: Number, contribution_share: Number) -> Number:
    """Incremental sales.

    The part of the sales of a period that a campaign contributed, from its share in them. The
    campaign often ran a period earlier.

    Reading: The result is as good as the share: take it from a test or an attribution model, not
    from a guess. With known sales without the campaign, use the incremental sales over baseline
    instead.

    Source: the source documents, which take 10% of a month's sales; what counts as incremental at
    https://improvado.io/blog/incremental-sales.
    """
    return sales * contribution_share


@metric(
    "money",
    "up",
    Example({"sales": 100_000_000, "baseline_sales": 90_000_000}, 10_000_000, currency="VND"),
    serves=["sales"],
    aliases=["sales lift amount"],
)
def incremental_sales_over_baseline(sales: Number, baseline_sales: Number) -> Number:
    """Incremental sales over baseline.

    The sales of a period less those expected without the campaign. The baseline comes from a
    control group, from the same period of last year or from a forecast.

    Reading: Below 0 the campaign coincided with fewer sales than expected. A control group makes
    the best baseline; the month before is the worst, because it takes every season for an effect.

    Source:
    https://www.repsly.com/blog/sales-lift-calculator-measuring-effective-in-store-promotions;
    https://metrickittools.com/guides/incrementality-guide.
    """
    return sales - baseline_sales


@metric(
    "ratio",
    "up",
    Example(
        {"sales": 100_000_000, "baseline_sales": 90_000_000},
        "0.1111111111111111111111111111",
        currency="VND",
    ),
    serves=["sales"],
    aliases=["sales lift", "incremental lift"],
    base_reason="a lift needs baseline sales above 0; use the incremental sales over baseline",
)
def incremental_sales_lift(sales: Number, baseline_sales: Number) -> Number:
    """Incremental sales lift.

    The sales gained over the baseline, against the baseline: by how much the campaign raised what
    would have come anyway.

    Reading: It is not the incremental sales share: 10 million on 90 million is a lift of 11% and a
    share of 10%. Compare lifts only of campaigns whose baselines were found in the same way.

    Source: https://metrickittools.com/guides/incrementality-guide;
    https://improvado.io/blog/incremental-sales.
    """
    return (sales - baseline_sales) / baseline_sales


@metric(
    "ratio",
    "up",
    Example({"sales": 100_000_000, "baseline_sales": 90_000_000}, "0.1", currency="VND"),
    serves=["sales"],
    aliases=["incremental share"],
    base_reason="a share needs a whole above 0",
)
def incremental_sales_share(sales: Number, baseline_sales: Number) -> Number:
    """Incremental sales share.

    The share of the sales of a period that came on top of the baseline, that is, that a campaign
    contributed.

    Reading: At 0 everything would have come anyway; below 0 sales stayed under the baseline. It is
    never larger than the lift of the same campaign.

    Source: the source documents, which name a share of 10%; what counts as incremental at
    https://improvado.io/blog/incremental-sales.
    """
    return (sales - baseline_sales) / sales
