"""Which forecasting method would have served this series best so far?

Every method forecasts the last points from before each of them (a rolling origin), knowing only
what came earlier, and the smallest mean absolute error is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from service.analytics.trends.fitting import (
    DAMPED,
    HOLT,
    SEASONAL,
    Choices,
    Fit,
    fit,
    rolling_forecasts,
)
from service.analytics.trends.smoothing import Parameters, State

Method: TypeAlias = Literal["naive", "holt", "damped", "seasonal"]

FEWEST_POINTS = 5
"""With fewer no method but the naive one can be told from chance."""

_FEWEST_TRAINING_POINTS = 4
_TIE = 1e-9
_CHOICES: dict[Method, Choices] = {"holt": HOLT, "damped": DAMPED, "seasonal": SEASONAL}


class Trial(NamedTuple):
    """How well a method forecast the last points.

    The scale of the mean absolute scaled error is the mean absolute change from point to point
    before the first origin; where that is 0 the scaled error does not exist.

    Source: R. J. Hyndman and A. B. Koehler, Another look at measures of forecast accuracy,
    International Journal of Forecasting 22 (2006).
    """

    method: Method
    mean_absolute_error: float
    scale: float
    origins: int
    forecasts: int

    @property
    def mase(self) -> float | None:
        return self.mean_absolute_error / self.scale if self.scale else None


def compare_methods(values: Sequence[float], season_length: int, horizon: int) -> list[Trial]:
    """Return a trial of every method that *values* allow, the simplest method first.

    The origins are the last max(*horizon*, *season_length*) points, or fewer where that would
    leave less than 4 points, or a season, before them.  *season_length* is 1 for none.  Fewer
    than 5 points allow the naive method only, untried; a season needs two seasons of points.
    """
    if len(values) < FEWEST_POINTS:
        return []
    methods: list[Method] = ["naive", "holt", "damped"]
    training = _FEWEST_TRAINING_POINTS
    if 1 < season_length <= len(values) / 2:
        methods.append("seasonal")
        training = max(training, season_length)
    origins = min(max(horizon, season_length), len(values) - training)
    return [_try(method, values, season_length, origins, horizon) for method in methods]


def best_method(trials: Sequence[Trial], values: Sequence[float]) -> Method:
    """Return the method with the smallest error, of equal ones the first; naive without trials."""
    if not trials:
        return "naive"
    smallest = min(trial.mean_absolute_error for trial in trials)
    rounding = _TIE * (max(values) - min(values))
    return next(
        trial.method for trial in trials if trial.mean_absolute_error <= smallest + rounding
    )


def fit_method(method: Method, values: Sequence[float], season_length: int) -> Fit:
    """Return *method* fitted to all of *values*."""
    if method == "naive":
        changes = [later - earlier for earlier, later in pairwise(values)]
        start, end = (State(value, 0.0, (0.0,)) for value in (values[0], values[-1]))
        return Fit(Parameters(1.0, 0.0, 0.0, 1.0), start, changes, end)
    return fit(values, season_length if method == "seasonal" else 1, _CHOICES[method])


def _try(
    method: Method, values: Sequence[float], season_length: int, origins: int, horizon: int
) -> Trial:
    first = len(values) - origins
    if method == "naive":
        forecasts = [
            [values[origin - 1]] * min(horizon, len(values) - origin)
            for origin in range(first, len(values))
        ]
    else:
        length = season_length if method == "seasonal" else 1
        forecasts = rolling_forecasts(values, length, _CHOICES[method], origins, horizon)
    errors = [
        abs(value - forecast)
        for origin, ahead in enumerate(forecasts, first)
        for value, forecast in zip(values[origin:], ahead, strict=False)
    ]
    changes = [abs(later - earlier) for earlier, later in pairwise(values[:first])]
    return Trial(
        method,
        mean_absolute_error=sum(errors) / len(errors),
        scale=sum(changes) / len(changes),
        origins=origins,
        forecasts=len(errors),
    )
