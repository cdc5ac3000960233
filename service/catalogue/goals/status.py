"""Will the target be reached in time?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from service.analytics.goals import goal, portfolio
from service.analytics.goals.direction import Nature, direction
from service.catalogue.goals.inputs import (
    BETTER,
    COMPONENTS,
    CURVE,
    KPI_STATUS,
    OPERATOR,
    PORTFOLIO,
    TOLERANCE,
    NodeList,
)
from service.declare import REGISTRY, algorithm
from service.finder import MetricId
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape.number import Real
from service.shape.word import Flag, Moment
from service.units import THINGS, Unit, unit

Target = Annotated[float, Input("target", "target", unit("as target"), Real())]
Start = Annotated[date, Input("start", "first day of the period", unit("date"), Moment())]
End = Annotated[date, Input("end", "last day of the period", unit("date"), Moment())]
AsOf = Annotated[date, Input("as_of", "last day counted so far", unit("date"), Moment())]
Actual = Annotated[float | None, Input("actual", "actual", unit("as actual"), Real())]
Components = Annotated[
    Mapping[str, float] | None,
    Input("components", "components of the KPI", unit("as actual"), COMPONENTS),
]
ComponentTargets = Annotated[
    Mapping[str, float] | None,
    Input("component_targets", "targets of the components", unit("as target"), COMPONENTS),
]
Operator = Annotated[
    Literal["sum", "product"] | None,
    Input("operator", "how the components make the KPI", unit("name"), OPERATOR),
]
Better = Annotated[
    Literal["up", "down"] | None, Input("better", "which way is better", unit("name"), BETTER)
]
Accumulates = Annotated[
    bool | None,
    Input("accumulates", "whether the KPI adds up over the days", unit("flag"), Flag()),
]
MetricName = Annotated[
    str | None,
    Input("metric", "the metric that the KPI follows", unit("name"), MetricId()),
]
Tolerance = Annotated[
    float, Input("tolerance", "tolerance around the pace", unit("ratio"), TOLERANCE)
]
Curve = Annotated[Sequence[float] | None, Input("curve", "weight of each day", unit("1"), CURVE)]
BusinessDays = Annotated[
    bool, Input("business_days", "whether only business days count", unit("flag"), Flag())
]
Nodes = Annotated[
    Sequence[Mapping[str, Any]],
    Input("nodes", "KPIs and groups of KPIs", unit("node"), NodeList()),
]
Cap = Annotated[float, Input("cap", "most that one KPI may count", unit("ratio"), Real(above=0))]

ORDERS_OF_THE_MONTH = {
    "target": 500,
    "actual": 150,
    "start": "2026-04-01",
    "end": "2026-04-30",
    "as_of": "2026-04-20",
}
COMPANY = [
    {
        "name": "Marketing",
        "weight": 3,
        "children": [
            {"name": "Leads", "kpi": {"target": 400, "actual": 300}},
            {
                "name": "Webinar registrations",
                "kpi": {
                    "target": 50,
                    "components": {"Facebook": 20, "e-mail": 20, "landing page": 20},
                    "operator": "sum",
                },
            },
        ],
    },
    {"name": "Sales", "weight": 2, "kpi": {"target": 200_000, "actual": 180_000, "unit": "USD"}},
]


@algorithm(
    "ratio",
    "up",
    Example(ORDERS_OF_THE_MONTH, 0.3),
    statement="attainment = actual ÷ target; pacing = actual ÷ (target × days passed ÷ days of the"
    " period); for a KPI that should fall both are turned over",
    result=KPI_STATUS,
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["KPI tracking", "goal pacing", "on track", "KPI dashboard"],
)
def kpi_status(
    target: Target,
    start: Start,
    end: End,
    as_of: AsOf,
    actual: Actual = None,
    components: Components = None,
    component_targets: ComponentTargets = None,
    operator: Operator = None,
    metric: MetricName = None,
    better: Better = None,
    accumulates: Accumulates = None,
    tolerance: Tolerance = 0.05,
    curve: Curve = None,
    business_days: BusinessDays = False,  # noqa: FBT002  an input of the metric
) -> Outcome:
    """KPI status.

    How far a KPI is on the way to its target on a given day of its period: what is reached, what
    should be reached by then, where the present pace ends, and what each day left must bring. A
    KPI made of several figures is added up or multiplied from them.

    Reading: The status is reached, missed, ahead, on track or behind; pacing above 1 is ahead
    whichever way the KPI should go. Compare the required rate with the run rate: several times as
    much is out of reach without a change. Orders, leads and spend accumulate; rates, averages and
    costs per unit do not, and are held against their target on any day.

    Source: pacing as in Basis, Understanding Pacing View Details,
    https://dspsupport.basis.net/hc/en-us/articles/115010154367-Understanding-Pacing-View-Details;
    the gap of a product by the logarithmic means of B. W. Ang (2005), The LMDI approach to
    decomposition analysis, Energy Policy 33, 867-871.
    """
    settled = direction(_nature(metric), better, accumulates)
    outcome = goal.kpi_status(
        target=target,
        start=start,
        end=end,
        as_of=as_of,
        actual=actual,
        components=components,
        component_targets=component_targets,
        operator=operator,
        better=settled.better,
        accumulates=settled.accumulates,
        tolerance=tolerance,
        curve=curve,
        business_days=business_days,
    )
    return outcome._replace(assumptions=(*settled.assumptions, *outcome.assumptions))


@algorithm(
    "ratio",
    "up",
    Example({"nodes": COMPANY}, 0.885),
    statement="children of one unit that accumulate: Σ actual ÷ Σ target; others:"
    " Σ weight × min(attainment, cap) ÷ Σ weight, over the children that have an attainment",
    result=PORTFOLIO,
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["KPI scorecard", "weighted goal attainment", "company KPI roll-up"],
)
def kpi_portfolio(nodes: Nodes, cap: Cap = 1.0) -> Outcome:
    """KPI portfolio.

    How far all KPIs are together, from teams and departments up to the company. KPIs of one unit
    are added; different ones are averaged by weight.

    Reading: At 1 every KPI counted is at its target. The cap keeps one KPI far above its target
    from hiding another that lags; the uncapped figure stands beside it. Look at what was left
    out, and at the lowest child before the mean.

    Source: Infor Strategy Management, Calculate parent activity values,
    https://docs.infor.com/cpm/10.4.x/en-us/useradminlib/infor_cpm_strategy_management_user_guide/ldn1582886726924.html
    """
    return portfolio.kpi_portfolio(nodes=nodes, cap=cap)


def _nature(metric_id: str | None) -> Nature | None:
    if metric_id is None:
        return None
    metric = REGISTRY[metric_id]
    return Nature(metric.name, metric.better, _adds_up(metric.unit))


def _adds_up(measured: Unit) -> bool:
    """Tell money and counts from rates, averages, prices, durations and ranks."""
    return measured.label == "money" or measured.label in THINGS
