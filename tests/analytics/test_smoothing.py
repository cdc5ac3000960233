"""The recursion of exponential smoothing: published figures and statsmodels."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from service.analytics.trends.smoothing import Parameters, State, error_growth, project, smooth

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "forecast.json").read_text("utf-8")
)
NO_SEASON = (0.0,)
VALUES = [41.7, 24.0, 32.3, 37.3, 46.2, 29.3, 36.5, 43.0, 48.9, 31.2, 37.7, 40.4, 51.2, 31.9, 41.0]


def test_published_simple_smoothing() -> None:
    """With a level only, each forecast is 0.3 of the last value and 0.7 of the last forecast."""
    case = LITERATURE["simple_smoothing"]
    data = case["data"]
    errors, end = smooth(data, State(data[0], 0.0, NO_SEASON), Parameters(0.3, 0.0, 0.0, 1.0))

    forecasts = [value - error for value, error in zip(data, errors, strict=True)]
    assert case["forecasts_of_periods_2_to_11"] == pytest.approx([*forecasts[1:], end.level])


def test_published_holt() -> None:
    """The textbook's Holt forecasts from the textbook's start."""
    case = LITERATURE["holt"]
    data = case["data"]
    start = State(data[0], data[1] - data[0], NO_SEASON)
    _, end = smooth(data, start, Parameters(case["alpha"], case["beta"], 0.0, 1.0))

    assert case["forecasts"] == pytest.approx(project(end, 1.0, 5), abs=0.01)


@pytest.mark.parametrize(
    ("parameters", "season_length"),
    [
        (Parameters(0.3, 0.2, 0.0, 1.0), 1),
        (Parameters(0.6, 0.4, 0.0, 0.9), 1),
        (Parameters(0.3, 0.2, 0.25, 1.0), 4),
        (Parameters(0.1, 0.0, 0.8, 1.0), 3),
    ],
)
def test_forecasts_and_their_spread_as_statsmodels(
    parameters: Parameters, season_length: int
) -> None:
    """Point forecasts and standard deviations are those of the additive state space models."""
    horizon = 9
    effects = tuple(map(float, np.linspace(-2, 2, season_length))) if season_length > 1 else (0.0,)
    start = State(95.0, 0.7, effects)
    seasonal = {
        "seasonal": "add",
        "seasonal_periods": season_length,
        "initial_seasonal": effects,
    }
    model = ETSModel(
        pd.Series(VALUES, pd.period_range("2020-01", periods=len(VALUES), freq="M")),
        trend="add",
        damped_trend=parameters.phi < 1,
        initialization_method="known",
        initial_level=start.level,
        initial_trend=start.trend,
        **(seasonal if season_length > 1 else {}),
    )
    alpha, beta, gamma, phi = parameters
    given_parameters = [alpha, alpha * beta]
    given_parameters += [gamma] if season_length > 1 else []
    given_parameters += [phi] if phi < 1 else []
    result = model.smooth(given_parameters)
    predicted = result.get_prediction(start=len(VALUES), end=len(VALUES) + horizon - 1)
    errors, end = smooth(VALUES, start, parameters)

    assert list(predicted.predicted_mean) == pytest.approx(project(end, phi, horizon))
    deviations = np.sqrt(predicted.forecast_variance)
    assert list(deviations) == pytest.approx(
        [
            math.sqrt(sum(e * e for e in errors) / len(errors)) * growth
            for growth in error_growth(parameters, season_length, horizon)
        ]
    )
