"""What will the next periods bring, how sure is that, and what would be a reasonable target?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from statistics import NormalDist
from typing import Any

from service.analytics.magnitude import in_range
from service.analytics.trends.fitting import Fit
from service.analytics.trends.method_choice import (
    FEWEST_POINTS,
    Method,
    Trial,
    best_method,
    compare_methods,
    fit_method,
)
from service.analytics.trends.series import (
    Grid,
    Series,
    lay_on_grid,
    read_series,
    refuse_gaps,
    unit_near,
)
from service.analytics.trends.smoothing import error_growth, project
from service.analytics.trends.targets import suggested_targets, with_uplift
from service.message import Message
from service.outcome import Outcome

MAX_HORIZON = 366
MAX_SEASON_LENGTH = 366
MAX_COMPETITORS = 1_000

_FEW_ORIGINS = 5

_METHODS: dict[Method, Message] = {
    "naive": Message(
        "method_naive", "the forecast repeats the last value (naive method); it starts there"
    ),
    "holt": Message(
        "method_holt",
        "the forecast is Holt's linear trend; level and trend at the start were estimated by least"
        " squares together with the smoothing parameters",
    ),
    "damped": Message(
        "method_damped",
        "the forecast is Holt's linear trend, damped; level and trend at the start were estimated"
        " by least squares together with the smoothing parameters",
    ),
    "seasonal": Message(
        "method_seasonal",
        "the forecast is Holt-Winters with an additive season; level and trend at the start were"
        " estimated by least squares together with the smoothing parameters, the seasonal effects"
        " at the start are means of the first two seasons",
    ),
}


@in_range
def forecast(
    *,
    series: Sequence[Mapping[str, Any]],
    horizon: int = 12,
    season_length: int | None = None,
    uplift: float = 0.0,
    competitor_values: Sequence[float] = (),
    confidence: float = 0.95,
) -> Outcome:
    """Forecast: the value of the next period; in the result *horizon* periods with intervals.

    The method is the one of naive, Holt, damped Holt and additive Holt-Winters with the smallest
    mean absolute scaled error over the last max(horizon, season) points; under 5 points naive.

        ŷ_h = l + (φ + … + φʰ)·b + s,   interval ŷ_h ± z·σ·√(1 + Σ_{j<h} c_j²)

    Recursion, c_j and sources are in `smoothing`; σ² is the sum of squared one-step errors over
    points less estimated parameters.  Suggested targets: the forecast plus *uplift* of its size,
    quantiles of the past and of *competitor_values*.

    Raises:
        Refused: A series that is too long, has two points at one instant, or has gaps.
    """
    points = read_series(series)
    if not points.values:
        return Outcome(
            None, reason=Message("too_few_points", "the series has no points; give at least one")
        )
    grid = lay_on_grid(points.at)
    if grid:
        refuse_gaps(points, grid)
    unit = unit_near(points.values)
    values = [value / unit for value in points.values]
    trials = compare_methods(values, season_length or 1, horizon)
    method = best_method(trials, values)
    fitted = fit_method(method, values, season_length or 1)
    deviation = _residual_deviation(method, fitted)
    ahead = list(_ahead(fitted, horizon, deviation))
    following = ahead[0][0] * unit
    rows = [
        {
            "at": _label(grid, len(values) + step),
            "value": value * unit,
            "interval": _interval(value, error, confidence, unit),
            "target": with_uplift(value, uplift) * unit,
        }
        for step, (value, error) in enumerate(ahead)
    ]
    return Outcome(
        following,
        result={
            "method": method,
            "points": len(values),
            "step": grid.duration if grid else None,
            "confidence": confidence,
            "forecasts": rows,
            "residual_standard_deviation": None if deviation is None else deviation * unit,
            "parameters": _parameters(method, fitted),
            "initial": _initial(method, fitted, unit),
            "comparison": [_comparison(trial, unit) for trial in trials],
            "targets": suggested_targets(points.values, following, uplift, competitor_values),
        },
        assumptions=tuple(_assumptions(method, trials, deviation, confidence)),
        warnings=(*points.warnings, *_warnings(points, season_length, trials, rows)),
    )


def _ahead(
    fitted: Fit, horizon: int, deviation: float | None
) -> Iterator[tuple[float, float | None]]:
    """Yield the forecast of each period to come and the standard deviation of its error."""
    forecasts = project(fitted.end, fitted.parameters.phi, horizon)
    growth = error_growth(fitted.parameters, len(fitted.end.seasonal), horizon)
    for value, widening in zip(forecasts, growth, strict=True):
        yield value, None if deviation is None else deviation * widening


def _label(grid: Grid | None, position: int) -> str | None:
    """Return the date of a period to come; None where one point shows no step."""
    at = grid.at(position) if grid else None
    return at.isoformat() if at else None


def _residual_deviation(method: Method, fitted: Fit) -> float | None:
    """Return √(Σ e² ÷ (errors − estimated parameters)), or None without an error.

    Estimated are α, β and two numbers of the start; φ; γ and all seasonal effects but one.
    """
    if not fitted.errors:
        return None
    estimated = {"naive": 0, "holt": 4, "damped": 5, "seasonal": 4 + len(fitted.start.seasonal)}
    freedom = max(1, len(fitted.errors) - estimated[method])
    return math.sqrt(sum(error**2 for error in fitted.errors) / freedom)


def _interval(
    value: float, error: float | None, confidence: float, unit: float
) -> dict[str, float] | None:
    if error is None:
        return None
    # The lower tail: 1 minus a confidence keeps digits that 1 plus it would lose.
    margin = -NormalDist().inv_cdf((1 - confidence) / 2) * error
    return {"low": (value - margin) * unit, "high": (value + margin) * unit}


def _parameters(method: Method, fitted: Fit) -> dict[str, float | None]:
    """Return the smoothing parameters, None for those that the method does not have."""
    alpha, beta, gamma, phi = fitted.parameters
    smoothed = method != "naive"
    return {
        "alpha": alpha if smoothed else None,
        "beta": beta if smoothed else None,
        "gamma": gamma if method == "seasonal" else None,
        "phi": phi if method == "damped" else None,
    }


def _initial(method: Method, fitted: Fit, unit: float) -> dict[str, Any]:
    """Return the state before the first point."""
    level, trend, seasonal = fitted.start
    effects = [effect * unit for effect in seasonal] if method == "seasonal" else []
    return {"level": level * unit, "trend": trend * unit, "seasonal": effects}


def _comparison(trial: Trial, unit: float) -> dict[str, Any]:
    return {
        "method": trial.method,
        "mase": trial.mase,
        "mean_absolute_error": trial.mean_absolute_error * unit,
        "origins": trial.origins,
        "forecasts": trial.forecasts,
    }


def _assumptions(
    method: Method, trials: Sequence[Trial], deviation: float | None, confidence: float
) -> Iterator[Message]:
    yield _METHODS[method]
    if trials:
        yield Message(
            "method_choice",
            "the method has the smallest mean absolute scaled error (MASE) of {methods} methods,"
            " forecasting from before each of the last {origins} points; of equal ones the simpler",
            {"methods": len(trials), "origins": trials[0].origins},
        )
    if deviation is not None:
        yield Message(
            "prediction_interval",
            "the intervals are prediction intervals at confidence {confidence}: normal,"
            " uncorrelated errors of constant variance, parameters taken as known, so rather"
            " too narrow than too wide",
            {"confidence": confidence},
        )
    yield Message(
        "targets",
        "target = forecast + uplift × |forecast|; quantiles are linear between ordered values",
    )


def _warnings(
    points: Series, season_length: int | None, trials: Sequence[Trial], rows: Sequence[Any]
) -> Iterator[Message]:
    if len(points) < FEWEST_POINTS:
        yield Message(
            "too_few_points",
            "{points} points are too few to see a trend; give at least {needed}",
            {"points": len(points), "needed": FEWEST_POINTS},
        )
    if season_length and len(points) < 2 * season_length:
        yield Message(
            "too_few_seasons",
            "{points} points do not hold two seasons of {season_length}, so no seasonal method"
            " was tried; give at least {needed} points",
            {
                "points": len(points),
                "season_length": season_length,
                "needed": 2 * season_length,
            },
        )
    if trials and trials[0].origins < _FEW_ORIGINS:
        yield Message(
            "few_origins",
            "the method was chosen by the last {origins} points only and may change with the"
            " next one; give a longer series or horizon",
            {"origins": trials[0].origins},
        )
    if min(points.values) >= 0 and any(row["value"] < 0 for row in rows):
        yield Message(
            "negative_forecast",
            "a forecast is below 0 though no past value is; the trend cannot go on for so long",
        )
