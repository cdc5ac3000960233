"""Mann-Kendall's test and Sen's slope: published figures, other programs, brute force."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pymannkendall
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from timeline import daily, monthly

from service.analytics.trends.trend import trend_signal

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "trend.json").read_text("utf-8")
)
START = date(2026, 1, 1)
VALUES = st.lists(st.integers(-9, 9).map(float), min_size=5, max_size=40)
HUNDREDTHS = st.integers(-1_000, 1_000).map(lambda count: count / 100)


def trend_of(values: Any, **options: Any) -> dict[str, Any]:
    """Return the test and the slope of daily values."""
    outcome = trend_signal(series=daily(values), **options)
    assert outcome.result is not None
    return dict(outcome.result["trend"])


def test_published_mann_kendall() -> None:
    """The by-hand example: S, Z and p as printed, and Sen's slope."""
    case = LITERATURE["mann_kendall"]
    trend = trend_of(case["data"])

    assert (case["S"], False) == (trend["s"], trend["exact"])
    assert case["Z"] == pytest.approx(trend["z"], rel=1e-12)
    assert case["p_two_sided"] == pytest.approx(trend["p_value"], rel=1e-9)
    assert case["sen_slope"] == pytest.approx(trend["slope_per_day"])


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.one_of(VALUES, st.lists(HUNDREDTHS, min_size=11, max_size=40)))
def test_mann_kendall_as_pymannkendall(values: list[float]) -> None:
    """S, Z, the normal p and the slope, with and without ties."""
    expected = pymannkendall.original_test(values)
    trend = trend_of(values)

    assert int(expected.s) == trend["s"]
    assert expected.z == pytest.approx(trend["z"], abs=1e-12)
    assert expected.slope == pytest.approx(trend["slope_per_day"], abs=1e-12)
    if not trend["exact"]:
        assert expected.p == pytest.approx(trend["p_value"], abs=1e-12)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(HUNDREDTHS, min_size=15, max_size=60), st.integers(2, 7))
def test_seasonal_kendall_as_pymannkendall(values: list[float], season_length: int) -> None:
    """With a season every comparison stays within it; their slope is per season, this per day."""
    expected = pymannkendall.seasonal_test(values, period=season_length)
    trend = trend_of(values, season_length=season_length)

    assert int(expected.s) == trend["s"]
    assert expected.z == pytest.approx(trend["z"], abs=1e-12)
    assert expected.p == pytest.approx(trend["p_value"], abs=1e-12)
    assert expected.slope / season_length == pytest.approx(trend["slope_per_day"], abs=1e-12)


@pytest.mark.parametrize("n", [5, 6])
def test_small_p_values_count_all_orders(n: int) -> None:
    """Without ties p is the share of all orders that are at least as extreme."""
    orders = list(permutations(range(n)))
    scores = [
        sum(
            (later > earlier) - (later < earlier)
            for i, earlier in enumerate(order)
            for later in order[i:]
        )
        for order in orders
    ]

    for order, score in list(zip(orders, scores, strict=True))[:: n * n]:
        expected = sum(abs(one) >= abs(score) for one in scores) / len(scores)
        assert expected == pytest.approx(trend_of(order)["p_value"], rel=1e-12)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(HUNDREDTHS, min_size=5, max_size=12, unique=True))
def test_exact_up_to_ten_points(values: list[float]) -> None:
    """Up to 10 points without ties p is exact, from 11 on it is normal."""
    expected = stats.kendalltau(range(len(values)), values, method="exact").pvalue
    trend = trend_of(values)

    assert (len(values) <= 10) == trend["exact"]
    if trend["exact"]:
        assert expected == pytest.approx(trend["p_value"], rel=1e-9)


@pytest.mark.parametrize(("n", "code"), [(10, "exact_p_value"), (11, "normal_p_value")])
def test_the_distribution_behind_p_is_said(n: int, code: str) -> None:
    """The answer names where p is from."""
    assert code in {one.code for one in trend_signal(series=daily(range(n))).assumptions}


def test_ties_make_a_small_sample_normal() -> None:
    """The exact distribution is for different values; a tie takes the normal one."""
    values = [1, 2, 2, 4, 5, 6]
    trend = trend_of(values)

    assert not trend["exact"]
    assert pymannkendall.original_test(values).p == pytest.approx(trend["p_value"])


def test_slope_is_per_day_whatever_the_spacing() -> None:
    """Unevenly spaced dates count by the days between them."""
    days = [0, 1, 4, 9, 11, 30, 31]
    values = [3.0, 1.0, 4.0, 1.5, 9.0, 2.0, 6.0]
    series = [{"at": START + timedelta(d), "value": v} for d, v in zip(days, values, strict=True)]

    expected = stats.theilslopes(values, days).slope
    assert expected == pytest.approx(trend_signal(series=series).value)


def test_slope_of_moments_is_per_day() -> None:
    """One more every six hours is four more a day."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    series = [{"at": start + timedelta(hours=6 * i), "value": float(i)} for i in range(6)]

    assert 4.0 == pytest.approx(trend_signal(series=series).value)


def test_a_season_survives_a_gap() -> None:
    """A missing month leaves every other one compared with its own kind."""
    months = monthly(100 * (i % 12) + i // 12 for i in range(36))
    del months[17]
    outcome = trend_signal(series=months, season_length=12)

    # Eleven months with three rises each, one with a single rise.
    assert outcome.result is not None
    assert 11 * 3 + 1 == outcome.result["trend"]["s"]
