"""Whether the pipeline holds enough, who filled it and how fast it flows."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "money/day",
    "up",
    Example(
        {
            "opportunities": 12,
            "average_deal_value": 6000,
            "win_rate": "0.30",
            "sales_cycle_days": 45,
        },
        480,
        currency="USD",
    ),
    serves=["sales"],
    aliases=["sales velocity", "sales pipeline velocity"],
)
def pipeline_velocity(
    opportunities: Number,
    average_deal_value: Number,
    win_rate: Number,
    sales_cycle_days: Number,
) -> Number:
    """Pipeline velocity.

    Opportunities times average deal value times win rate, divided by the sales cycle in days: the
    revenue that the pipeline yields per day.

    Reading: It has four levers; a shorter cycle works on all deals at once. Take all four from one
    period and one kind of deal, or the pace is true of none. It is an average pace, not a promise
    for next month.

    Source: https://prospectengine.com/blog/sales-pipeline-velocity-formula-improve
    """
    return opportunities * average_deal_value * win_rate / sales_cycle_days


@metric(
    "ratio",
    "up",
    Example({"deals_closed": 18, "measured_opportunities": 60}, "0.3"),
    over_one="warn",
    serves=["sales"],
    aliases=["pipeline contribution"],
)
def pipeline_contribution_rate(deals_closed: Number, measured_opportunities: Number) -> Number:
    """Pipeline contribution rate.

    Deals closed divided by the opportunities measured in the same period: the share of the
    pipeline that leads to new business.

    Reading: It counts deals, not money: a large deal weighs no more than a small one. For the money
    use the marketing-sourced share of won revenue.

    Source: the source documents print this definition; the ratio is also HubSpot's closing ratio,
    https://www.hubspot.com/glossary/closing-ratio
    """
    return deals_closed / measured_opportunities


@metric(
    "ratio",
    "up",
    Example({"marketing_sourced_won_revenue": 36_000, "won_revenue": 90_000}, "0.4"),
    over_one="refuse",
    serves=["sales"],
    aliases=["pipeline contribution", "marketing-sourced won revenue"],
)
def pipeline_revenue_share(marketing_sourced_won_revenue: Number, won_revenue: Number) -> Number:
    """Marketing-sourced share of won revenue.

    Revenue won from deals that marketing started, divided by all revenue won in the period.

    Reading: Only deals whose first contact came from marketing are in it, not those it merely
    helped along. With few large customers it is lower by nature, so compare it with your own
    past.

    Source: https://techstartup.bartleyeditions.com/pipeline-attribution
    """
    return marketing_sourced_won_revenue / won_revenue


@metric(
    "ratio",
    "up",
    Example({"marketing_sourced_pipeline": 270_000, "pipeline_created": 600_000}, "0.45"),
    over_one="refuse",
    serves=["leads", "sales"],
    aliases=["marketing-sourced pipeline"],
)
def marketing_sourced_pipeline_share(
    marketing_sourced_pipeline: Number, pipeline_created: Number
) -> Number:
    """Marketing-sourced pipeline share.

    Value of the new pipeline that marketing started, divided by the value of all pipeline created
    in the period.

    Reading: It shows marketing's part long before deals close. Watch the win rate of that part:
    pipeline that never closes contributes nothing. Keep one rule for what counts as sourced.

    Source: https://techstartup.bartleyeditions.com/pipeline-attribution
    """
    return marketing_sourced_pipeline / pipeline_created


@metric(
    "ratio",
    "up",
    Example({"pipeline_value": 990_000, "sales_target": 300_000}, "3.3"),
    serves=["sales"],
    display="multiple",
    aliases=["pipeline coverage ratio"],
)
def pipeline_coverage(pipeline_value: Number, sales_target: Number) -> Number:
    """Pipeline coverage.

    Value of the open pipeline divided by the sales target that it has to meet.

    Reading: Below 1 the target is out of reach with what is open now. What is enough follows from
    the win rate, as one divided by it: at 25% it takes four times the target. The popular three
    times fits only a win rate near one third.

    Source: https://kpitree.co/glossary/sales-metrics/pipeline-coverage-ratio
    """
    return pipeline_value / sales_target


@metric(
    "ratio",
    "up",
    Example({"qualified_leads_now": 440, "qualified_leads_before": 400}, "0.1"),
    serves=["leads", "sales"],
    aliases=["LVR"],
)
def lead_velocity_rate(qualified_leads_now: Number, qualified_leads_before: Number) -> Number:
    """Lead velocity rate.

    Growth of the qualified leads from one period, usually a month, to the next.

    Reading: It looks ahead: today's leads are revenue one sales cycle later. From a small base a
    few leads move it wildly, so look at several months. A looser rule for qualified leads raises
    it without any growth.

    Source: https://kpitree.co/glossary/sales-metrics/lead-velocity-rate
    """
    return (qualified_leads_now - qualified_leads_before) / qualified_leads_before
