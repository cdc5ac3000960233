"""What experiments and comparisons take, described once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from service.analytics.experiments.variants import FEWEST_VARIANTS, MOST_VARIANTS
from service.metric import Input
from service.shape.container import ListOf, MapOf, Record
from service.shape.number import Real, Whole
from service.shape.word import Flag, Text
from service.units import unit

MOST_PEOPLE = 10**15
MOST_INPUTS = 20

NAME = Text()
COUNT = Whole(0, MOST_PEOPLE)
SPREAD = Real(minimum=0)
SHARE = Real(minimum=0, maximum=1)
CERTAINTY = Real(minimum=0.5, maximum=0.999_999)

Variants = Annotated[
    list[Mapping[str, Any]],
    Input(
        "variants",
        "variants, the control first",
        unit("visitor"),
        ListOf(
            Record(
                {
                    "name": NAME,
                    "visitors": COUNT,
                    "conversions": COUNT,
                    "value_mean": Real(),
                    "value_sd": SPREAD,
                },
                dict.fromkeys(["conversions", "value_mean", "value_sd"]),
            ),
            most=MOST_VARIANTS,
            least=FEWEST_VARIANTS,
        ),
    ),
]
ExpectedShare = Annotated[
    Mapping[str, float] | None,
    Input(
        "expected_share",
        "share of the visitors meant for each variant",
        unit("ratio"),
        MapOf(Real(above=0, maximum=1), MOST_VARIANTS, FEWEST_VARIANTS),
    ),
]
Effect = Annotated[
    float | None,
    Input(
        "minimum_detectable_effect",
        "smallest effect worth finding",
        unit("as result"),
        Real(),
    ),
]
EffectOnRate = Annotated[
    float,
    Input(
        "minimum_detectable_effect",
        "smallest effect worth finding",
        unit("ratio"),
        Real(),
    ),
]
Confidence = Annotated[float, Input("confidence", "confidence level", unit("ratio"), CERTAINTY)]
BaselineRate = Annotated[
    float, Input("baseline_rate", "conversion rate without the change", unit("ratio"), SHARE)
]
Power = Annotated[
    float, Input("power", "chance of seeing an effect that is there", unit("ratio"), CERTAINTY)
]
Relative = Annotated[
    bool,
    Input("relative", "whether the effect is a share of the baseline", unit("flag"), Flag()),
]
BaselineVariance = Annotated[
    bool,
    Input(
        "baseline_variance", "whether to take the variance of the baseline", unit("flag"), Flag()
    ),
]

_ARM = Record(
    {"size": COUNT, "conversions": COUNT, "revenue": Real(), "revenue_sd": SPREAD},
    dict.fromkeys(["revenue", "revenue_sd"]),
)
Treated = Annotated[
    Mapping[str, Any], Input("treated", "people who got the campaign", unit("person"), _ARM)
]
HeldOut = Annotated[
    Mapping[str, Any], Input("held_out", "people it was withheld from", unit("person"), _ARM)
]
Cost = Annotated[float, Input("cost", "cost of the campaign", unit("money"), Real(minimum=0))]
ValuePerConversion = Annotated[
    float | None,
    Input(
        "value_per_conversion",
        "value of a conversion",
        unit("money/conversion"),
        Real(minimum=0),
    ),
]
GrossMargin = Annotated[
    float | None,
    Input("gross_margin", "gross margin on the revenue", unit("ratio"), Real(maximum=1)),
]

_CELL = Record(
    {"mean": Real(), "size": Whole(1, MOST_PEOPLE), "sd": SPREAD}, dict.fromkeys(["size", "sd"])
)


def _cell(name: str, label: str) -> Input:
    return Input(name, label, unit("as result"), _CELL)


TreatedBefore = Annotated[
    Mapping[str, Any], _cell("treated_before", "treated group before the change")
]
TreatedAfter = Annotated[
    Mapping[str, Any], _cell("treated_after", "treated group after the change")
]
ControlBefore = Annotated[
    Mapping[str, Any], _cell("control_before", "control group before the change")
]
ControlAfter = Annotated[
    Mapping[str, Any], _cell("control_after", "control group after the change")
]
