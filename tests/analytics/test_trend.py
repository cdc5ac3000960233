"""The trend signal: band, CUSUM, verdict and severity, and its edges."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from timeline import daily, monthly

from service.analytics.trends.departures import Centre, tabular_cusum
from service.analytics.trends.trend import trend_signal
from service.message import Refused

LITERATURE = json.loads(
    (Path(__file__).parents[1] / "literature" / "stats" / "trend.json").read_text("utf-8")
)
START = date(2026, 1, 1)
VALUES = st.lists(st.integers(-9, 9).map(float), min_size=5, max_size=40)
HUNDREDTHS = st.integers(-1_000, 1_000).map(lambda count: count / 100)


def signal(values: Any, **options: Any) -> dict[str, Any]:
    outcome = trend_signal(series=daily(values), **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def codes(messages: Any) -> set[str]:
    return {message.code for message in messages}


def test_published_cusum() -> None:
    """Montgomery's chart: every upper sum, and where the run that signals began."""
    case = LITERATURE["tabular_cusum"]
    sums = tabular_cusum(case["data"], Centre(case["centre"], case["deviation"]))

    upper = [round(one.upper, 2) for one in sums]
    assert case["c_plus_of_periods_1_to_29"] == upper[:29]
    signals = case["first_signal_period"]
    assert signals == next(period for period, sum_ in enumerate(upper, 1) if sum_ > 5)
    assert case["last_period_in_control"] == signals - sums[signals - 1].upper_run


@pytest.mark.parametrize("values", [[], [1], [1, 2], [3, 2, 1], [4, 3, 2, 1]])
def test_under_five_points_there_is_no_verdict(values: list[float]) -> None:
    """Nothing fails on few points: the slope from two on, a verdict from five on."""
    result = signal(values)

    assert [None] * 4 == [result[name] for name in ("verdict", "severity", "band", "cusum")]
    assert {} == result["signals"]
    assert "no_verdict" in codes(result["outcome"].warnings)
    assert (len(values) < 2) == (result["value"] is None) == (result["outcome"].reason is not None)


def test_five_falling_points_have_a_verdict() -> None:
    """All ten pairs falling has a chance of 2 in 120."""
    result = signal([5, 4, 3, 2, 1])

    assert 2 / 120 == pytest.approx(result["trend"]["p_value"])
    assert ("falling", 4) == (result["verdict"], result["consecutive_falls"])


@pytest.mark.parametrize("value", [5.0, 0.0, -3.0, 1e299])
def test_a_constant_series_is_steady(value: float) -> None:
    """No change is no trend: S and Z are 0, p is 1, and no spread is said."""
    result = signal([value] * 8)

    assert {"slope_per_day": 0.0, "s": 0, "z": 0.0, "p_value": 1.0, "exact": False} == result[
        "trend"
    ]
    assert ("steady", 0, None) == (result["verdict"], result["severity"], result["cusum"])
    assert "no_spread" in codes(result["outcome"].warnings)


def test_without_spread_any_other_value_is_outside_the_band() -> None:
    """A count that was always 5 and is 0 now has fallen."""
    result = signal([5] * 10 + [0])

    assert ("falling", 1) == (result["signals"]["band"], result["severity"])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(VALUES)
def test_band_of_the_points_before(values: list[float]) -> None:
    """The last value is held against median ± 3 · 1.4826 · MAD of those before it."""
    before = np.array(values[:-1])
    reach = 3 * 1.4826 * stats.median_abs_deviation(before)
    low, high = np.median(before) - reach, np.median(before) + reach
    result = signal(values)

    assert [low, high] == pytest.approx([result["band"]["low"], result["band"]["high"]])
    side = "falling" if values[-1] < low else "rising" if values[-1] > high else "steady"
    assert side == result["signals"]["band"]


def test_the_window_sees_a_collapse_after_a_rise() -> None:
    """Registrations rise steadily and collapse: over few points both charts see it."""
    result = signal([*range(300, 360, 3), 180], window=8)

    assert ("falling", 2) == (result["verdict"], result["severity"])


def test_a_band_around_a_trend_is_wide_and_says_so() -> None:
    """Over many rising points the band would hide a fall, so a shorter window is advised."""
    assert "wide_band" in codes(signal(range(20))["outcome"].warnings)
    assert "wide_band" not in codes(signal([1, 2, 1, 2, 1, 2])["outcome"].warnings)
    assert "wide_band" not in codes(signal([*range(20, 6, -1), 30])["outcome"].warnings)


def test_the_window_is_the_last_points() -> None:
    """What lies before the window does not count."""
    long = signal([9, 1, 8, 2, 7, 3, 4, 5, 6, 7, 8], window=6)

    assert signal([3, 4, 5, 6, 7, 8])["trend"] == long["trend"]
    assert 6 == long["points"]


def test_cusum_sees_a_small_lasting_shift() -> None:
    """Values that each stay in the band add up, and the answer says since when."""
    noise = [0.0, 1, -1, 0.5, -0.5, 1, -1, 0, 0.8, -0.8, 0.3, -0.3] * 3
    shifted = [-2.0, -1.6, -2.2, -1.8, -2.1, -1.9]
    result = signal(noise + shifted)

    assert ("steady", "falling") == (result["signals"]["band"], result["signals"]["cusum"])
    since = date.fromisoformat(result["cusum"]["since"])
    assert START + timedelta(len(noise) - 1) <= since <= START + timedelta(len(noise))
    assert signal(noise)["cusum"]["since"] is None


def test_a_season_is_no_departure() -> None:
    """A December like every December is neither outside the band nor a run."""
    years = [
        [100 + 5 * ((7 * month + 3 * year) % 5) for month in range(11)] + [400 + year]
        for year in range(4)
    ]
    months = monthly(chain(*years))

    plain = trend_signal(series=months).result
    seasonal = trend_signal(series=months, season_length=12).result
    assert plain is not None
    assert seasonal is not None
    assert ("rising", "steady") == (plain["signals"]["band"], seasonal["signals"]["band"])
    assert seasonal["band"]["low"] <= 403 <= seasonal["band"]["high"] < 500


def test_a_season_seen_once_before_has_no_charts() -> None:
    """Two values of a season do not show a spread; the test of the trend stands alone."""
    result = signal(range(14), season_length=7)

    assert (None, None) == (result["band"], result["cusum"])
    assert {"trend"} == set(result["signals"])
    assert "no_charts" in codes(result["outcome"].warnings)


def test_less_than_a_season_has_no_slope() -> None:
    """Without two points in one season there is nothing to compare, and the answer says so."""
    result = signal(range(7), season_length=7)

    assert result["outcome"].reason.code == "too_few_seasons"
    assert (None, None) == (result["value"], result["verdict"])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(VALUES)
def test_down_is_the_mirror_of_up(values: list[float]) -> None:
    """What is bad for sales is as bad for costs upside down."""
    up = signal(values, better="up")
    down = signal([-value for value in values], better="down")

    assert up["severity"] == down["severity"]
    mirrored = {"falling": "rising", "steady": "steady", "rising": "falling"}
    assert mirrored[up["verdict"]] == down["verdict"]
    assert (up["consecutive_falls"], up["value"]) == (down["consecutive_rises"], -down["value"])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(VALUES, st.sampled_from(["up", "down"]))
def test_verdict_and_severity_follow_from_the_signals(values: list[float], better: str) -> None:
    """The majority decides, the worse side where they cancel; severity counts the worse."""
    result = signal(values, better=better)
    signals = list(result["signals"].values())
    worse = "falling" if better == "up" else "rising"
    falls, rises = signals.count("falling"), signals.count("rising")

    assert signals.count(worse) == result["severity"]
    if falls == rises:
        assert ("steady" if falls == 0 else worse) == result["verdict"]
    else:
        assert ("falling" if falls > rises else "rising") == result["verdict"]


@pytest.mark.parametrize(("better", "verdict"), [("up", "falling"), ("down", "rising")])
def test_signals_that_cancel_out_are_read_the_worse_way(better: str, verdict: str) -> None:
    """A falling trend and a last value above the band: which of them is bad decides."""
    result = signal([*range(20, 6, -1), 30], better=better)

    assert {"trend": "falling", "band": "rising", "cusum": "steady"} == result["signals"]
    assert (verdict, 1) == (result["verdict"], result["severity"])


@pytest.mark.parametrize(
    ("values", "falls", "rises"),
    [([1, 3, 2, 1], 2, 0), ([1, 2, 2, 3], 0, 1), ([3, 2, 2], 0, 0), ([5], 0, 0)],
)
def test_a_run_ends_where_the_value_stands_still(
    values: list[float], falls: int, rises: int
) -> None:
    """Consecutive falls are strict and count back from the last point."""
    result = signal(values)

    assert (falls, rises) == (result["consecutive_falls"], result["consecutive_rises"])


def test_the_seasonal_band_by_hand() -> None:
    """Each value less the median of its season, the last one not counted, and back again."""
    lows, highs = [10, 14, 11, 19, 60], [100, 104, 101, 107]
    values = [value for pair in zip(lows, highs, strict=False) for value in pair] + lows[-1:]
    departures = np.array([*(np.array(lows[:-1]) - 12.5), *(np.array(highs) - 102.5)])
    middle = np.median(departures)
    reach = 3 * 1.4826 * stats.median_abs_deviation(departures)
    band = signal(values, season_length=2)["band"]

    assert [12.5 + middle - reach, 12.5 + middle, 12.5 + middle + reach] == pytest.approx(
        [band["low"], band["median"], band["high"]]
    )


@settings(max_examples=50, derandomize=True, deadline=None)
@given(VALUES, st.randoms(use_true_random=False))
def test_the_listing_does_not_matter(values: list[float], random: Any) -> None:
    """Shuffled points are the same series."""
    shuffled = daily(values)
    random.shuffle(shuffled)

    assert trend_signal(series=daily(values)).result == trend_signal(series=shuffled).result


@settings(max_examples=50, derandomize=True, deadline=None)
@given(VALUES, st.sampled_from([2.0**-900, 2.0**900]))
def test_the_unit_does_not_matter(values: list[float], unit: float) -> None:
    """Thousands or billions: the same signals, the slope in the other unit."""
    plain = signal(values)
    scaled = signal([value * unit for value in values])

    assert plain["value"] * unit == scaled["value"]
    assert (plain["signals"], plain["cusum"]) == (scaled["signals"], scaled["cusum"])


@pytest.mark.parametrize("values", [[1e300] * 6, [-1.7e308, 1.7e308] * 4])
def test_huge_values_are_out_of_range(values: list[float]) -> None:
    """What cannot be written is a reason, not a failure."""
    outcome = trend_signal(series=daily(values))

    assert outcome.reason is not None
    assert (None, "out_of_range") == (outcome.value, outcome.reason.code)


def test_a_missing_value_is_not_dropped() -> None:
    """A NaN among the points is refused where it stands."""
    with pytest.raises(Refused) as refused:
        signal([1.0, math.nan, 3.0, 4.0, 5.0])

    assert "/series/1/value" == refused.value.pointer


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=12),
    st.sampled_from([None, 2, 5]),
    st.sampled_from([None, 2, 6]),
)
def test_every_series_has_an_answer(
    values: list[float], season_length: int | None, window: int | None
) -> None:
    """Whatever the numbers, the answer is JSON, or there is a reason."""
    outcome = trend_signal(series=daily(values), season_length=season_length, window=window)

    assert (outcome.value is None) == (outcome.reason is not None)
    json.dumps([outcome.value, outcome.result], allow_nan=False)
    for message in (*outcome.assumptions, *outcome.warnings):
        assert "{" not in str(message)


def test_the_largest_series_is_answered_soon() -> None:
    """Two million pairs take a fraction of a second; the bound is for a slow machine."""
    begun = perf_counter()
    result = signal([day % 97 for day in range(2_000)])

    assert 2_000 == result["points"]
    assert perf_counter() - begun < 10
