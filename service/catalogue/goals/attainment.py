"""How much of a target is reached, and how much is missing."""

from __future__ import annotations

from service.declare import metric
from service.formula import Number
from service.metric import Example


@metric(
    "ratio",
    "as_the_kpi",
    Example({"actual": 150, "target": 500}, "0.3"),
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["goal attainment", "target achievement", "achievement rate", "KPI achievement"],
    base_reason="attainment needs a target above 0; use the KPI gap instead",
)
def kpi_attainment(actual: Number, target: Number) -> Number:
    """KPI attainment.

    What was reached, as a share of the target. Both are in one unit and for one period; a KPI made
    of several figures is added up first.

    Reading: At 1 the target is met, above 1 it is passed. In the middle of a period it must be read
    against the time gone by: the KPI pacing index does that. For costs, churn and other KPIs that
    should fall, use the attainment for which lower is better.

    Source: SAP Strategy Management help,
    https://help.sap.com/saphelp_stm75/helpdata/en/79/e2458916994fb89a795dee6965d622/content.htm,
    its achievement score.
    """
    return actual / target


@metric(
    "ratio",
    "up",
    Example({"target": 50_000, "actual": 62_500}, "0.8"),
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["attainment of a falling KPI", "goal attainment, lower is better"],
    base_reason="there is nothing left to lower; use the KPI gap instead",
)
def kpi_attainment_lower_is_better(target: Number, actual: Number) -> Number:
    """KPI attainment, lower is better.

    The target of a KPI that should fall, such as a cost, the churn or the bounce rate, as a share
    of what was reached.

    Reading: At 1 the target is met, above 1 the KPI fell below it, under 1 it is still too high.
    Some reports use 2 less actual over target; the two agree at 1 only, so do not mix them.

    Source: target over actual for KPIs where lower is better, as at
    https://codingace.net/prod/kpi_achievement_rate.html; the other form, not used here, at
    https://www.manula.com/manuals/stratec-informatica/gestao-estrategica-2-0/1/en/topic/calculos-de-desempenho.
    """
    return target / actual


@metric(
    "as target",
    "as_the_kpi",
    Example({"target": 500, "actual": 150}, 350),
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["target gap", "goal gap", "shortfall", "performance gap"],
)
def kpi_gap(target: Number, actual: Number) -> Number:
    """KPI gap.

    What is missing to the target, in the unit of the target.

    Reading: Above 0 something is missing, at 0 the target is met, below 0 it is passed; for a KPI
    that should fall the signs mean the opposite. Divided by the days left it is the required rate.

    Source: http://www.processdriven.org/performance_gap.html.
    """
    return target - actual
