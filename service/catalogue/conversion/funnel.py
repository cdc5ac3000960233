"""Where people drop out on the way to the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from service.analytics.funnels import funnel
from service.analytics.funnels.events import MAX_EVENTS, Event
from service.analytics.funnels.yardsticks import Wanted
from service.declare import algorithm
from service.metric import Example, Input
from service.outcome import Outcome
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real
from service.shape.word import Choice, Flag, Moment, Text
from service.units import unit

MOST_CONFIDENCE = 0.999999
"""Beyond it the quantiles of the intervals lose their digits."""

_NAME = Text()
_COUNT = Real(minimum=0, maximum=funnel.MAX_COUNT)
_RATE = Real(minimum=0, maximum=1)
_WANTED = ListOf(
    Record(
        {"name": _NAME, "count": Nullable(_COUNT), "rate": Nullable(_RATE)},
        {"count": None, "rate": None},
    ),
    funnel.MAX_STAGES,
)

Stages = Annotated[
    Sequence[funnel.Stage],
    Input(
        "stages",
        "stages in order",
        unit("stage"),
        ListOf(
            Record({"name": _NAME, "count": Nullable(_COUNT)}, {"count": None}), funnel.MAX_STAGES
        ),
    ),
]
Events = Annotated[
    Sequence[Event] | None,
    Input(
        "events",
        "who reached which stage when",
        unit("event"),
        ListOf(Record({"who": _NAME, "stage": _NAME, "at": Moment()}), MAX_EVENTS),
    ),
]
WithinDays = Annotated[
    float | None,
    Input("within_days", "days from the first stage to the last", unit("day"), Real(minimum=0)),
]
Targets = Annotated[Sequence[Wanted], Input("targets", "targets", unit("stage"), _WANTED)]
Benchmarks = Annotated[Sequence[Wanted], Input("benchmarks", "benchmarks", unit("stage"), _WANTED)]
Previous = Annotated[
    Sequence[Wanted], Input("previous", "the previous period", unit("stage"), _WANTED)
]
Open = Annotated[bool, Input("open", "whether people may enter at any stage", unit("flag"), Flag())]
Confidence = Annotated[
    float,
    Input("confidence", "confidence of the intervals", unit("ratio"), Real(0.5, MOST_CONFIDENCE)),
]

_INTERVAL = Nullable(Record({"low": _RATE, "high": _RATE}))
_MAYBE_RATE = Nullable(_RATE)
_MAYBE_NUMBER = Nullable(Real(minimum=0))
_YARDSTICK = Choice(("target", "benchmark", "previous"))
_STEP: dict[str, Shape] = {
    "from": _NAME,
    "to": _NAME,
    "entered": _COUNT,
    "advanced": _COUNT,
    "rate": _MAYBE_RATE,
    "drop_off": Nullable(_COUNT),
    "drop_off_rate": _MAYBE_RATE,
    "interval": _INTERVAL,
    "cumulative_rate": _MAYBE_RATE,
    "median_days": _MAYBE_NUMBER,
    "target_rate": _MAYBE_NUMBER,
    "benchmark_rate": _MAYBE_NUMBER,
    "previous_rate": _MAYBE_NUMBER,
}
FUNNEL = Record(
    {
        "stages": ListOf(
            Record(
                {
                    "name": _NAME,
                    "count": _COUNT,
                    "target_count": Nullable(_COUNT),
                    "benchmark_count": Nullable(_COUNT),
                    "previous_count": Nullable(_COUNT),
                }
            ),
            funnel.MAX_STAGES,
        ),
        "steps": ListOf(Record(_STEP), funnel.MAX_STAGES),
        "overall": Record(
            {
                "entered": _COUNT,
                "conversions": _COUNT,
                "rate": _MAYBE_RATE,
                "interval": _INTERVAL,
            }
        ),
        "worst_step": Nullable(
            Record(
                {
                    "from": _NAME,
                    "to": _NAME,
                    "rate": _RATE,
                    "yardstick": Choice((*_YARDSTICK.words, "lowest_rate")),
                    "yardstick_rate": _MAYBE_NUMBER,
                    "rate_to_yardstick": _MAYBE_NUMBER,
                }
            )
        ),
        "advice": ListOf(
            Record(
                {
                    "code": Choice(("raise_budget", "change_content", "fix_page_or_inbox")),
                    "stage": _NAME,
                    "yardstick": Nullable(_YARDSTICK),
                    "actual": Real(minimum=0),
                    "expected": _MAYBE_NUMBER,
                }
            ),
            funnel.MAX_STAGES,
        ),
    }
)

CAMPAIGN = {
    "stages": [
        {"name": "impressions", "count": 100_000},
        {"name": "clicks", "count": 2_000},
        {"name": "messages", "count": 500},
        {"name": "orders", "count": 60},
    ],
    "targets": [
        {"name": "impressions", "count": 120_000},
        {"name": "clicks", "rate": 0.025},
        {"name": "messages", "rate": 0.2},
        {"name": "orders", "rate": 0.2},
    ],
}


@algorithm(
    "ratio",
    "up",
    Example(CAMPAIGN, 0.0006),
    statement="overall conversion = people at the last stage ÷ people at the first; conversion of a"
    " step = people at a stage ÷ people at the stage before",
    result=FUNNEL,
    serves=["awareness", "leads", "sales"],
    aliases=["purchase funnel", "sales funnel", "conversion funnel", "drop-off analysis"],
)
def funnel_analysis(
    stages: Stages,
    events: Events = None,
    within_days: WithinDays = None,
    targets: Targets = (),
    benchmarks: Benchmarks = (),
    previous: Previous = (),
    open: Open = False,  # noqa: A002, FBT002  an input of the metric
    confidence: Confidence = 0.95,
) -> Outcome:
    """Funnel analysis.

    How many people get from each stage to the next, from the impression to the order, and where
    most are lost against the target, the benchmark or the previous period.

    Reading: Mend the worst step first. It is the one furthest below its yardstick: the lowest rate
    alone is no fault, since few impressions are ever clicked. Too few impressions ask for budget,
    few clicks for other content, clicks without orders for a look at the page and the inbox.

    Source: SealMetrics, Funnel report (completion and drop-off of each step),
    https://docs.sealmetrics.com/reports/funnel; open and closed funnels as in
    https://webmasterid.com/analytics-reporting/funnel-exploration-report
    """
    return funnel.funnel_analysis(
        stages=stages,
        events=events,
        within_days=within_days,
        targets=targets,
        benchmarks=benchmarks,
        previous=previous,
        open=open,
        confidence=confidence,
    )
