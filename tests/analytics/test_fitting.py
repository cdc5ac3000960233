"""The fit of exponential smoothing: published estimates, statsmodels and brute force."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from timeline import noisy

from service.analytics.trends.fitting import (
    DAMPED,
    HOLT,
    SEASONAL,
    Choices,
    fit,
    rolling_forecasts,
    seasonal_start,
)
from service.analytics.trends.smoothing import Parameters, State, project, smooth

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "forecast.json").read_text("utf-8")
)


def squares(errors: list[float]) -> float:
    return sum(error * error for error in errors)


def test_published_damped_trend() -> None:
    """Damping and start estimated, α and β given: the textbook's forecasts."""
    case = LITERATURE["damped"]
    choices = Choices((case["alpha"],), (case["beta"],), phi=DAMPED.phi)
    fitted = fit(LITERATURE["holt"]["data"], 1, choices)

    assert case["forecasts"] == pytest.approx(
        project(fitted.end, fitted.parameters.phi, 5), abs=0.01
    )


def test_published_estimates() -> None:
    """Parameters, start and squared errors of the textbook's fit."""
    case = LITERATURE["livestock"]
    fitted = fit(case["data"], 1, DAMPED._replace(phi=(case["phi"],)))

    assert case["alpha"] == pytest.approx(fitted.parameters.alpha, abs=0.005)
    assert case["beta"] == pytest.approx(fitted.parameters.beta, abs=0.005)
    assert case["level"] == pytest.approx(fitted.start.level, abs=0.005)
    assert case["trend"] == pytest.approx(fitted.start.trend, abs=0.005)
    assert case["sum_of_squares"] == pytest.approx(squares(fitted.errors), abs=0.005)


@pytest.mark.parametrize("choices", [HOLT, DAMPED])
@pytest.mark.parametrize(
    "values", [LITERATURE["holt"]["data"], LITERATURE["livestock"]["data"], noisy(40), noisy(12)]
)
def test_the_fit_is_as_close_as_that_of_statsmodels(values: list[float], choices: Choices) -> None:
    """Their optimiser, with level and trend at the start free, finds no fit that is 0.1% closer."""
    theirs = ExponentialSmoothing(
        np.array(values),
        trend="add",
        damped_trend=choices is DAMPED,
        initialization_method="estimated",
        bounds={"damping_trend": (0.8, 0.98)} if choices is DAMPED else {},
    ).fit()

    assert squares(fit(values, 1, choices).errors) <= theirs.sse * 1.001


@pytest.mark.parametrize(
    ("values", "season_length"),
    [(LITERATURE["tourists"]["data"], 4), (noisy(48, 12), 12), (noisy(40, 7), 7)],
)
def test_the_seasonal_fit_is_as_close_as_that_of_statsmodels(
    values: list[float], season_length: int
) -> None:
    """From the same start their optimiser finds no parameters that are 0.1% closer."""
    fitted = fit(values, season_length, SEASONAL)
    theirs = ExponentialSmoothing(
        np.array(values),
        trend="add",
        seasonal="add",
        seasonal_periods=season_length,
        initialization_method="known",
        initial_level=fitted.start.level,
        initial_trend=fitted.start.trend,
        initial_seasonal=fitted.start.seasonal,
    ).fit()

    assert squares(fitted.errors) <= theirs.sse * 1.001
    assert fitted.parameters.gamma <= 1 - fitted.parameters.alpha


def test_equal_fits_are_not_told_apart_by_rounding() -> None:
    """On a line every choice is perfect, and the first is taken."""
    assert Parameters(0.0, 0.0, 0.0, 1.0) == fit([0.1 * i + 0.7 for i in range(30)], 1, HOLT)[0]


def test_a_high_level_costs_no_precision() -> None:
    """What is added to every value is added to the level at the start, and changes no choice."""
    values = [round(value) for value in noisy(40)]
    low, high = fit(values, 1, HOLT), fit([value + 2.0**40 for value in values], 1, HOLT)

    assert low.parameters == high.parameters
    assert low.start.trend == high.start.trend
    assert low.start.level == pytest.approx(high.start.level - 2.0**40, abs=1e-3)


def test_the_seasonal_start_is_that_of_a_line_with_a_season() -> None:
    """From two seasons of a line with seasonal effects, the effects come back."""
    effects = [5.0, -3.0, 0.0, -2.0]
    values = [10 + 0.75 * i + effects[i % 4] for i in range(8)]

    assert effects == pytest.approx(seasonal_start(values, 4))


@pytest.mark.parametrize(
    ("n", "season_length", "phi"),
    [(18, 1, (1.0,)), (18, 1, (0.8, 0.9)), (18, 4, (1.0,)), (12, 4, (1.0,))],
)
def test_every_origin_knows_only_what_came_before(
    n: int, season_length: int, phi: tuple[float, ...]
) -> None:
    """Each rolling forecast is the one of a fit, by brute force, to the values before it."""
    values = noisy(n, season_length)
    choices = Choices((0.0, 0.5, 1.0), (0.0, 0.5), (0.0, 0.5) if season_length > 1 else (0.0,), phi)
    origins, horizon = 6, 3
    seasonal = seasonal_start(values[: len(values) - origins], season_length)
    rolled = rolling_forecasts(values, season_length, choices, origins, horizon)

    for origin, forecasts in enumerate(rolled, len(values) - origins):
        past = values[:origin]
        fits = []
        for alpha, beta, share, damping in product(*choices):
            parameters = Parameters(alpha, beta, share * (1 - alpha), damping)
            nothing, level, trend = (
                np.array(smooth(data, State(*start), parameters)[0])
                for data, start in (
                    (past, (0.0, 0.0, seasonal)),
                    ([0.0] * origin, (1.0, 0.0, (0.0,) * season_length)),
                    ([0.0] * origin, (0.0, 1.0, (0.0,) * season_length)),
                )
            )
            (first, slope), *_ = np.linalg.lstsq(np.array([level, trend]).T, -nothing, rcond=None)
            errors, end = smooth(past, State(first, slope, seasonal), parameters)
            fits.append((squares(errors), project(end, damping, len(forecasts))))
        assert min(horizon, len(values) - origin) == len(forecasts)
        assert min(fits)[1] == pytest.approx(forecasts)
