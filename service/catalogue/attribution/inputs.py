"""What the attribution metrics take and answer with, described once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from service.analytics import journeys as records
from service.analytics.journeys import Key
from service.metric import Input
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Flag, Moment, Text
from service.units import unit

_COUNT = Real(minimum=0)
_NAME = Text(records.LONGEST_NAME)
_TOUCHPOINT = Record(
    {
        "channel": _NAME,
        "at": Moment(),
        "campaign": _NAME,
        "effort": _NAME,
        "stage": _NAME,
    },
    dict.fromkeys(["at", "campaign", "effort", "stage"]),
)


@dataclass(frozen=True)
class JourneyList:
    """Journeys, read in one loop: nested shapes take several times as long."""

    def read(self, raw: Any, pointer: str) -> records.Journeys:
        return records.read_journeys(raw, pointer)

    def schema(self) -> dict[str, Any]:
        touchpoint = {"anyOf": [_NAME.schema(), _TOUCHPOINT.schema()]}
        counts = dict.fromkeys(["conversions", "not_converted"], _COUNT.schema())
        return {
            "type": "array",
            "maxItems": records.MOST_JOURNEYS,
            "items": {
                "type": "object",
                "properties": {
                    "touchpoints": {"type": "array", "items": touchpoint},
                    **counts,
                    "value": Real().schema(),
                    "converted_at": Moment().schema(),
                },
                "required": ["touchpoints"],
                "additionalProperties": False,
            },
        }


def _weight(label: str) -> Input:
    return Input("", label, unit("ratio"), Real(minimum=0, maximum=1))


Journeys = Annotated[
    records.Journeys, Input("journeys", "journeys", unit("journey"), JourneyList())
]
By = Annotated[
    Key,
    Input("by", "the key that earns credit", unit("ratio"), Choice(get_args(Key))),
]
LookbackDays = Annotated[
    float | None, Input("lookback_days", "look-back in days", unit("day"), Real(above=0))
]
DirectChannels = Annotated[
    Sequence[str],
    Input("direct_channels", "direct channels", unit("ratio"), ListOf(_NAME, most=100)),
]
FirstWeight = Annotated[float, _weight("weight of the first touch")]
LastWeight = Annotated[float, _weight("weight of the last touch")]
LeadWeight = Annotated[float, _weight("weight of the lead's touch")]
OpportunityWeight = Annotated[float, _weight("weight of the opportunity's touch")]
CloseWeight = Annotated[float, _weight("weight of the closing touch")]
HalfLifeDays = Annotated[
    float, Input("half_life_days", "half-life in days", unit("day"), Real(above=0))
]
Weights = Annotated[
    Sequence[float],
    Input(
        "weights",
        "weights from the last touch backwards",
        unit("ratio"),
        ListOf(Real(minimum=0), most=1_000, least=1),
    ),
]
Order = Annotated[int, Input("order", "order of the chain", unit("ratio"), Whole(1, 3))]

_CREDIT: dict[str, Shape] = {
    "conversions": Real(),
    "value": Real(),
    "share": Nullable(Real()),
}
_GIVEN: dict[str, Shape] = {"conversions": Real(), "value": Real(), "not_converted": Real()}
_TOTALS: dict[str, Shape] = {
    **_GIVEN,
    "credited_conversions": Real(),
    "credited_value": Real(),
    "conversions_difference": Real(),
    "value_difference": Real(),
}
_MANY = records.MOST_TOUCHPOINTS


def _credits(**more: Any) -> Record:
    return Record(
        {
            "by": Text(),
            "channels": ListOf(Record({"channel": Text(), **_CREDIT}), _MANY),
            "totals": Record(_TOTALS),
            **more,
        }
    )


CREDITS = _credits()
CREDITS_OF_SETS = _credits(equals_linear=Flag())
CREDITS_OF_CHAIN = _credits(
    order=Whole(1, 3),
    states=Whole(0, _MANY),
    conversion_probability=Nullable(Real()),
    removal_effects=ListOf(
        Record({"channel": Text(), "visits": Real(), "removal_effect": Nullable(Real())}), _MANY
    ),
)
_MODEL: dict[str, Shape] = {"model": Text()}
COMPARISON = Record(
    {
        "by": Text(),
        "models": ListOf(Record({**_MODEL, **_TOTALS}), 20),
        "left_out": ListOf(Record({**_MODEL, "code": Text()}), 20),
        "channels": ListOf(
            Record(
                {
                    "channel": Text(),
                    "mean_conversions": Real(),
                    "lowest_conversions": Real(),
                    "highest_conversions": Real(),
                    "spread": Real(),
                    "best_rank": Whole(1, _MANY),
                    "worst_rank": Whole(1, _MANY),
                    "credits": ListOf(Record({**_MODEL, **_CREDIT, "rank": Whole(1, _MANY)}), 20),
                }
            ),
            _MANY,
        ),
        "rank_depends_on_model": ListOf(Text(), _MANY),
        "totals": Record(_GIVEN),
    }
)
OVERLAP = Record(
    {
        "by": Text(),
        "combinations": ListOf(Record({"channels": ListOf(Text(), _MANY), **_CREDIT}), _MANY),
        "channels": ListOf(
            Record(
                {
                    "channel": Text(),
                    "assisted_conversions": Real(),
                    "assisted_value": Real(),
                    "last_touch_conversions": Real(),
                    "last_touch_value": Real(),
                    "assisted_to_last_touch": Nullable(Real()),
                    "influenced_conversions": Real(),
                    "influenced_value": Real(),
                }
            ),
            _MANY,
        ),
        "totals": Record(
            {
                **_GIVEN,
                "influenced_conversions": Real(),
                "influenced_value": Real(),
                "multi_channel_conversions": Real(),
            }
        ),
    }
)
