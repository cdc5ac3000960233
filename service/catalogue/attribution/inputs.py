"""What the attribution metrics take and answer with, described once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from service.analytics.attribution import journeys as records
from service.analytics.attribution.journeys import Key
from service.message import Refused
from service.metric import Input
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.refusal import NotFinite, TooLong, not_a_number
from service.shape.word import Choice, Flag, Moment, Text
from service.units import unit

MOST_DIRECT_CHANNELS = 100
MOST_WEIGHTS = 1_000

_COUNT = Real(minimum=0)
_WHEN = Nullable(Moment())


@dataclass(frozen=True)
class JourneyList:
    """Journeys, read in one loop: nested shapes take several times as long."""

    def read(self, raw: Any, pointer: str) -> records.Journeys:
        try:
            return records.read_journeys(raw, pointer)
        except Refused as refused:
            if refused.message.code == "wrong_type":
                found = _found(raw, refused.pointer.removeprefix(pointer))
                if isinstance(found, NotFinite | TooLong):  # which the loop takes for texts
                    raise not_a_number(found, refused.pointer) from None
            raise

    def schema(self) -> dict[str, Any]:
        name = {
            **Text(records.LONGEST_NAME).schema(),
            "pattern": r"\S",
            "not": {"const": records.UNATTRIBUTED},
        }
        given = {"anyOf": [name, {"type": "null"}]}
        names = dict.fromkeys(["campaign", "effort", "stage"], given)
        touchpoint = _object({"channel": name, "at": _WHEN.schema(), **names}, "channel")
        journey = {
            "touchpoints": {"type": "array", "items": {"anyOf": [name, touchpoint]}},
            "conversions": _COUNT.schema(),
            "value": Real().schema(),
            "not_converted": _COUNT.schema(),
            "converted_at": _WHEN.schema(),
        }
        return {
            "type": "array",
            "maxItems": records.MOST_JOURNEYS,
            "items": _object(journey, "touchpoints"),
        }


def _object(properties: dict[str, Any], required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [required],
        "additionalProperties": False,
    }


def _found(raw: Any, pointer: str) -> Any:
    """Return what stands at *pointer* in *raw*."""
    for token in pointer.split("/")[1:]:
        raw = raw[int(token) if isinstance(raw, list) else token]
    return raw


def _weight(label: str) -> Input:
    return Input("", label, unit("ratio"), Real(minimum=0, maximum=1))


Journeys = Annotated[
    records.Journeys, Input("journeys", "journeys", unit("journey"), JourneyList())
]
By = Annotated[
    Key,
    Input("by", "the key that earns credit", unit("name"), Choice(get_args(Key))),
]
LookbackDays = Annotated[
    float | None, Input("lookback_days", "look-back in days", unit("day"), Real(above=0))
]
DirectChannels = Annotated[
    Sequence[str],
    Input(
        "direct_channels",
        "direct channels",
        unit("name"),
        ListOf(Text(records.LONGEST_NAME), MOST_DIRECT_CHANNELS, least=1),
    ),
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
        ListOf(Real(minimum=0), MOST_WEIGHTS, least=1),
    ),
]
Order = Annotated[int, Input("order", "order of the chain", unit("1"), Whole(1, 3))]

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
