"""The choice of a method: by rolling origin, the simpler one where two are equal."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline import monthly, noisy

from service.analytics.trends.forecast import forecast
from service.analytics.trends.method_choice import Trial, best_method


def answer(values: Any, **options: Any) -> dict[str, Any]:
    outcome = forecast(series=monthly(values), **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def test_a_line_is_holt() -> None:
    """A straight line goes on, its interval is closed, and nothing more elaborate is taken."""
    result = answer([3 * i + 10 for i in range(30)], season_length=12, horizon=3)

    assert "holt" == result["method"]
    assert [100, 103, 106] == pytest.approx([row["value"] for row in result["forecasts"]])


def test_a_season_is_seasonal() -> None:
    """Two seasons on a line, and no more, repeat with the line."""
    effects = [9, -4, 1, -6]
    values = [2 * i + 50 + effects[i % 4] for i in range(16)]
    result = answer(values[:12], season_length=4, horizon=4)

    assert "seasonal" == result["method"]
    assert values[12:] == pytest.approx([row["value"] for row in result["forecasts"]])


def test_exactly_two_seasons_may_be_seasonal() -> None:
    """A season needs two seasons of points: 24 months do, 23 are told so."""
    season = [math.sin(math.pi * i / 6) * 30 + 100 for i in range(24)]

    assert "seasonal" == answer(season, season_length=12)["method"]
    less = answer(season[:23], season_length=12)
    assert "seasonal" not in {row["method"] for row in less["comparison"]}
    assert "too_few_seasons" in {one.code for one in less["outcome"].warnings}


@pytest.mark.parametrize("value", [7.0, 0.0, -7.0, 1e299])
def test_a_constant_series_stays(value: float) -> None:
    """All methods are right, the simplest is taken, and no error can be scaled by no change."""
    result = answer([value] * 10)

    assert "naive" == result["method"]
    assert {value} == {row["value"] for row in result["forecasts"]}
    assert {"low": value, "high": value} == result["forecasts"][-1]["interval"]
    assert [None] * 3 == [row["mase"] for row in result["comparison"]]


@pytest.mark.parametrize(
    ("n", "season_length", "horizon", "origins"),
    [
        (40, None, 6, 6),
        (40, 12, 6, 12),
        (40, 4, 10, 10),
        (24, 12, 24, 12),
        (9, None, 12, 5),
        (5, None, 1, 1),
    ],
)
def test_the_last_points_decide(
    n: int, season_length: int | None, horizon: int, origins: int
) -> None:
    """The origins are the last max(horizon, season) points, less where too few would be left."""
    trial = answer(noisy(n), season_length=season_length, horizon=horizon)["comparison"][0]

    steps = [min(horizon, left) for left in range(1, origins + 1)]
    assert (origins, sum(steps)) == (trial["origins"], trial["forecasts"])


def test_the_naive_error_by_hand() -> None:
    """MASE = mean error from every origin ÷ mean change before the first of them."""
    values = [10, 12, 11, 15, 14, 18, 17]
    # From 15: 14, 18; from 14: 18, 17; from 18: 17.  With two steps ahead and three origins.
    errors = [1, 3, 4, 3, 1]
    changes = [2, 1, 4]
    trial = answer(values, horizon=2)["comparison"][0]
    # max(horizon, season) is 2, so the last two origins only.
    expected = sum(errors[2:]) / 3 / (sum([*changes, 1]) / 4)

    assert ("naive", 2) == (trial["method"], trial["origins"])
    assert expected == pytest.approx(trial["mase"])


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=5, max_size=30), st.sampled_from([None, 2, 4]))
def test_the_smallest_error_is_taken(values: list[int], season_length: int | None) -> None:
    """No method tried is better than the one named, and no simpler one as good."""
    result = answer(values, season_length=season_length, horizon=4)
    errors = {row["method"]: row["mean_absolute_error"] for row in result["comparison"]}
    rounding = 1e-9 * (max(values) - min(values))
    chosen = errors.pop(result["method"])

    order = ["naive", "holt", "damped", "seasonal"]
    for method, error in errors.items():
        assert chosen <= error + rounding
        if order.index(method) < order.index(result["method"]):
            assert chosen < error


def test_a_difference_by_rounding_is_none() -> None:
    """Of two methods that differ in the last digits the simpler is taken."""
    naive = Trial("naive", mean_absolute_error=1.0, scale=1.0, origins=1, forecasts=1)
    holt = naive._replace(method="holt", mean_absolute_error=1 - 1e-12)

    assert best_method([naive, holt], [0.0, 1.0]) == "naive"
    assert best_method([naive, holt._replace(mean_absolute_error=0.9)], [0.0, 1.0]) == "holt"
