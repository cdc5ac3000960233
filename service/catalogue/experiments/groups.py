"""Which campaign, channel or network does best, and what does each add?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from service.analytics.experiments import group_comparison as comparison
from service.analytics.experiments.group_comparison import MOST_GROUPS, Inputs
from service.analytics.experiments.group_notes import NO_DIRECTION
from service.catalogue.experiments.closed_metric import (
    closed_metric,
    figure_of,
    inputs_of_groups,
)
from service.catalogue.experiments.inputs import MOST_INPUTS, Confidence
from service.catalogue.experiments.results import GROUPS
from service.catalogue.goals.inputs import BETTER
from service.declare import algorithm
from service.finder import MetricId
from service.message import Message
from service.metric import Example, Input, Metric
from service.outcome import Outcome
from service.shape.container import MapOf
from service.shape.number import Number, Real
from service.units import unit

MetricName = Annotated[str, Input("metric", "the metric to compare", unit("name"), MetricId())]
Groups = Annotated[
    Mapping[str, Mapping[str, Decimal]],
    Input(
        "groups",
        "the metric's inputs for each group",
        unit("as result"),
        MapOf(MapOf(Number(), MOST_INPUTS), MOST_GROUPS, 2),
    ),
]
Target = Annotated[
    float | None, Input("target", "target of all groups together", unit("as result"), Real())
]
Better = Annotated[
    Literal["up", "down"] | None, Input("better", "which way is better", unit("name"), BETTER)
]


@algorithm(
    "as result",
    "neither",
    Example(
        {
            "metric": "traffic_to_mql_rate",
            "groups": {
                "Facebook": {"mqls": 40, "visits": 2_000},
                "Google": {"mqls": 90, "visits": 3_000},
                "e-mail": {"mqls": 50, "visits": 1_000},
            },
            "target": 0.04,
        },
        0.03,
    ),
    statement="pooled value = the metric of the inputs added up over the groups; contribution of a"
    " group = its numerator ÷ the denominator of all groups; influence = pooled value − pooled"
    " value of the other groups; χ² = Σ (x − n·p)² ÷ (n·p(1 − p)) with p the pooled rate",
    result=GROUPS,
    serves=["awareness", "leads", "sales", "retention"],
    aliases=["compare campaigns", "compare channels", "segment comparison", "impact ranking"],
)
def compare_groups(
    metric: MetricName,
    groups: Groups,
    target: Target = None,
    better: Better = None,
    confidence: Confidence = 0.95,
) -> Outcome:
    """Comparison of groups.

    One metric over several campaigns, channels, networks or ad groups: the value of each, their
    order, the value of all together, and what each group adds to it and to a target.

    Reading: Shift money to groups that are better than the pooled value and significantly so, and
    mend or end those that are worse; a small group may lead or trail by chance. The influence
    tells how much a group lifts or lowers the whole, for which its size counts as much as its
    value.

    Source: standard definition; χ² by K. Pearson (1900), Philosophical Magazine 50; p adjusted by
    S. Holm (1979), Scandinavian Journal of Statistics 6.
    """
    chosen = closed_metric(metric)
    outcome = comparison.compare_groups(
        groups=inputs_of_groups(chosen, groups),
        figure=figure_of(chosen),
        better=better or ("down" if chosen.better == "down" else "up"),
        target=target,
        confidence=confidence,
    )
    named = {"metric": chosen.id, "unit": str(chosen.unit)}
    undirected = better is None and chosen.better not in {"up", "down"}
    assumed = (*_defaults(chosen, groups), *((NO_DIRECTION,) if undirected else ()))
    return outcome._replace(
        result=outcome.result and {**named, **outcome.result},
        assumptions=(*assumed, *outcome.assumptions),
    )


def _defaults(metric: Metric, groups: Mapping[str, Inputs]) -> list[Message]:
    return [
        Message(
            "default_used",
            "{name} was not given: {value} was used",
            {"name": one.name, "value": one.default},
        )
        for one in metric.inputs
        if any(one.name not in given for given in groups.values())
    ]
