"""What the metrics of a series take and answer with, described once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, get_args

from service.analytics.trends import forecast, seasonal, trend
from service.analytics.trends.method_choice import Method
from service.analytics.trends.series import MAX_POINTS
from service.metric import Input
from service.shape import Shape
from service.shape.container import ListOf, Nullable, Record
from service.shape.number import Real, Whole
from service.shape.word import Choice, Flag, Moment, Text
from service.units import unit

Direction = Literal["up", "down"]

_NUMBER = Nullable(Real())
_INSTANT = Nullable(Moment())
_STEP = Nullable(Text())
_POINTS = Whole(0, MAX_POINTS)

Series = Annotated[
    Sequence[Mapping[str, Any]],
    Input(
        "series",
        "series",
        unit("as actual"),
        ListOf(Record({"at": Moment(), "value": Real()}), MAX_POINTS),
    ),
]
Better = Annotated[
    Direction,
    Input("better", "which way is better", unit("name"), Choice(get_args(Direction))),
]
Window = Annotated[
    int | None, Input("window", "latest points to look at", unit("record"), Whole(1, MAX_POINTS))
]
SeasonLength = Annotated[
    int | None,
    Input(
        "season_length",
        "periods in a season",
        unit("period"),
        Whole(2, min(trend.MAX_SEASON_LENGTH, forecast.MAX_SEASON_LENGTH)),
    ),
]
SeasonBefore = Annotated[
    int | None,
    Input(
        "season_length",
        "periods in a season",
        unit("period"),
        Whole(1, seasonal.MAX_SEASON_LENGTH),
    ),
]
AsOf = Annotated[date | None, Input("as_of", "last day observed", unit("date"), Moment())]
Confidence = Annotated[
    float, Input("confidence", "confidence", unit("ratio"), Real(above=0, below=1))
]
Horizon = Annotated[
    int,
    Input("horizon", "how many periods ahead", unit("period"), Whole(1, forecast.MAX_HORIZON)),
]
Uplift = Annotated[
    float,
    Input("uplift", "uplift of the target over the forecast", unit("ratio"), Real(-1, maximum=100)),
]
CompetitorValues = Annotated[
    Sequence[float],
    Input(
        "competitor_values",
        "values of competitors",
        unit("as actual"),
        ListOf(Real(), forecast.MAX_COMPETITORS),
    ),
]

_SIDE = Choice(("falling", "steady", "rising"))
_SIGNALS: dict[str, Shape] = dict.fromkeys(["trend", "band", "cusum"], _SIDE)
TREND = Record(
    {
        "points": _POINTS,
        "trend": Nullable(
            Record(
                {
                    "slope_per_day": Real(),
                    "s": Whole(-(MAX_POINTS**2), MAX_POINTS**2),
                    "z": Real(),
                    "p_value": Real(minimum=0, maximum=1),
                    "exact": Flag(),
                }
            )
        ),
        "consecutive_falls": _POINTS,
        "consecutive_rises": _POINTS,
        "band": Nullable(
            Record(
                {
                    **dict.fromkeys(["value", "median", "deviation", "low", "high"], Real()),
                    "points": _POINTS,
                }
            )
        ),
        "cusum": Nullable(
            Record(
                {
                    "upper": Real(minimum=0),
                    "lower": Real(minimum=0),
                    "since": _INSTANT,
                    "points": _POINTS,
                }
            )
        ),
        "signals": Record(_SIGNALS, dict.fromkeys(_SIGNALS)),
        "verdict": Nullable(_SIDE),
        "severity": Nullable(Whole(0, len(_SIGNALS))),
    }
)

_METHOD = Choice(get_args(Method))
_INTERVAL = Record({"low": Real(), "high": Real()})
FORECAST = Record(
    {
        "method": _METHOD,
        "points": _POINTS,
        "step": _STEP,
        "confidence": Real(above=0, below=1),
        "forecasts": ListOf(
            Record(
                {
                    "at": _INSTANT,
                    "value": Real(),
                    "interval": Nullable(_INTERVAL),
                    "target": Real(),
                }
            ),
            forecast.MAX_HORIZON,
        ),
        "residual_standard_deviation": _NUMBER,
        "parameters": Record(dict.fromkeys(["alpha", "beta", "gamma", "phi"], _NUMBER)),
        "initial": Record(
            {
                "level": Real(),
                "trend": Real(),
                "seasonal": ListOf(Real(), forecast.MAX_SEASON_LENGTH),
            }
        ),
        "comparison": ListOf(
            Record(
                {
                    "method": _METHOD,
                    "mase": _NUMBER,
                    "mean_absolute_error": Real(minimum=0),
                    "origins": _POINTS,
                    "forecasts": Whole(0, MAX_POINTS * forecast.MAX_HORIZON),
                }
            ),
            len(get_args(Method)),
        ),
        "targets": ListOf(
            Record(
                {
                    "name": Choice(("forecast", "forecast_with_uplift", "past", "competitors")),
                    "quantile": Nullable(Real(minimum=0, maximum=1)),
                    "value": Real(),
                    "points": _POINTS,
                }
            ),
            10,
        ),
    }
)

_PERIOD = Record(
    {
        "at": Moment(),
        "value": Real(),
        "complete": Flag(),
        **dict.fromkeys(
            ["previous_value", "period_over_period", "year_earlier_value", "year_over_year"],
            _NUMBER,
        ),
    }
)
GROWTH = Record(
    {
        "points": _POINTS,
        "step": _STEP,
        "season_length": Nullable(Whole(1, seasonal.MAX_SEASON_LENGTH)),
        "periods": ListOf(_PERIOD, MAX_POINTS),
        "last": Nullable(_PERIOD),
    }
)
