"""Whether the target will be met at the present pace, and which pace it takes."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "as_the_kpi",
    Example({"actual": 150, "days_total": 30, "target": 500, "days_elapsed": 20}, "0.45"),
    within=[(["days_elapsed"], "days_total")],
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["pacing", "on-schedule indicator", "OSI", "pacing index"],
    base_reason="a pace needs a target above 0 and some days gone by",
)
def kpi_pacing_index(
    actual: Number, days_total: Number, target: Number, days_elapsed: Number
) -> Number:
    """KPI pacing index.

    What was reached so far against what should have been reached by now if the target were spread
    evenly over the days of the period. Only for quantities that add up day by day, such as orders,
    leads or spend.

    Reading: At 1 the KPI is on schedule, below 1 it lags, above 1 it leads. For a cost, above 1
    means that the budget goes too fast. Rates and averages do not add up day by day: use the
    attainment there. Sales that come mostly at the end of the month look late all month.

    Source: the on-schedule indicator of Basis,
    https://dspsupport.basis.net/hc/en-us/articles/115010154367-Understanding-Pacing-View-Details;
    the source documents give the target and the count of the day.
    """
    return actual * days_total / (target * days_elapsed)


@metric(
    "as target",
    "as_the_kpi",
    Example({"actual": 150, "days_total": 30, "days_elapsed": 20}, 225),
    within=[(["days_elapsed"], "days_total")],
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["end-of-period projection", "straight-line projection", "run-rate projection"],
    base_reason="no day has gone by yet",
)
def kpi_projection(actual: Number, days_total: Number, days_elapsed: Number) -> Number:
    """KPI projection.

    What the period will end with if every remaining day brings as much as the average day so far.
    Only for quantities that add up day by day.

    Reading: Compare it with the target. A few days into the period it swings widely, and it knows
    neither weekends nor seasons: the forecast takes those into account.

    Source: https://codingace.net/sales/quarterly_run_rate.html; the source documents give the
    target and the count of the day.
    """
    return actual * days_total / days_elapsed


@metric(
    "as target/day",
    "as_the_kpi",
    Example({"actual": 150, "days_elapsed": 20}, "7.5"),
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["run rate", "daily run rate", "daily average"],
    base_reason="no day has gone by yet",
)
def kpi_run_rate(actual: Number, days_elapsed: Number) -> Number:
    """KPI run rate.

    What an average day of the period brought so far.

    Reading: Hold it against the required rate: below it, the target is missed at the present pace.
    Count calendar days or business days, but the same ones throughout.

    Source: https://bime.zendesk.com/hc/en-us/articles/219236977-Creating-run-rate-calculations; the
    source documents give the target and the count of the day.
    """
    return actual / days_elapsed


@metric(
    "as target/day",
    "neither",
    Example({"target": 500, "actual": 150, "days_total": 30, "days_elapsed": 20}, 35),
    within=[(["days_elapsed"], "days_total")],
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["required run rate", "required daily rate", "daily target"],
    base_reason="no days are left in the period",
)
def kpi_required_rate(
    target: Number, actual: Number, days_total: Number, days_elapsed: Number
) -> Number:
    """KPI required rate.

    What each remaining day must bring, on average, for the target to be met.

    Reading: Compare it with the run rate: a multiple of it means that the target is out of reach
    without a change. Below 0 the target is passed already. After the last day the value means
    nothing.

    Source: https://codingace.net/sales/quarterly_run_rate.html; the source documents give the
    target and the count of the day.
    """
    return (target - actual) / (days_total - days_elapsed)
