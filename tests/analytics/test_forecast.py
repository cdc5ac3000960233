"""The forecast: what the answer holds and says, its dates, intervals, targets and edges."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import NormalDist
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline import daily, monthly, noisy

from service.analytics.trends.forecast import forecast
from service.analytics.trends.smoothing import Parameters, State, project, smooth
from service.message import Refused


def answer(values: Any, **options: Any) -> dict[str, Any]:
    outcome = forecast(series=monthly(values), **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def codes(messages: Any) -> set[str]:
    return {message.code for message in messages}


def squares(errors: list[float]) -> float:
    return sum(error * error for error in errors)


@pytest.mark.parametrize("values", [[4], [4, 6], [4, 6, 5], [4, 6, 5, 7]])
def test_under_five_points_the_last_value_stays(values: list[float]) -> None:
    """Too few points for anything but the last value, which is said."""
    result = answer(values, horizon=2)

    assert ("naive", values[-1], []) == (result["method"], result["value"], result["comparison"])
    assert "too_few_points" in codes(result["outcome"].warnings)


def test_one_point_has_neither_dates_nor_intervals() -> None:
    """One point shows no step in time and no error."""
    row = answer([4], horizon=1)["forecasts"][0]

    assert {"at": None, "value": 4.0, "interval": None, "target": 4.0} == row


def test_no_point_has_no_forecast() -> None:
    """An empty series is a reason."""
    outcome = forecast(series=[])

    assert outcome.reason is not None
    assert (None, "too_few_points") == (outcome.value, outcome.reason.code)


def test_the_naive_interval_by_hand() -> None:
    """± z · √(mean squared change) · √h around the last value."""
    values = [4.0, 6.0, 5.0, 7.0]
    deviation = math.sqrt(sum((b - a) ** 2 for a, b in pairwise(values)) / 3)
    margin = NormalDist().inv_cdf(0.95) * deviation * math.sqrt(2)
    result = answer(values, horizon=2, confidence=0.9)

    assert {"low": 7 - margin, "high": 7 + margin} == pytest.approx(
        result["forecasts"][1]["interval"]
    )
    assert deviation == pytest.approx(result["residual_standard_deviation"])


@pytest.mark.parametrize(
    ("season_length", "method", "estimated"), [(None, "damped", 5), (12, "seasonal", 16)]
)
def test_the_deviation_counts_what_was_estimated(
    season_length: int | None, method: str, estimated: int
) -> None:
    """Smoothing parameters, level, trend and seasonal effects but one cost a degree each."""
    values = (
        noisy(48, 12)
        if season_length
        else [100 * 0.9**i + (-1) ** i * 0.01 * (i % 3) for i in range(30)]
    )
    result = answer(values, season_length=season_length)
    start = State(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in {
                **result["initial"],
                "seasonal": result["initial"]["seasonal"] or [0.0],
            }.items()
        }
    )
    given_parameters = result["parameters"]
    parameters = Parameters(
        given_parameters["alpha"],
        given_parameters["beta"],
        given_parameters["gamma"] or 0.0,
        given_parameters["phi"] or 1.0,
    )
    errors, end = smooth(values, start, parameters)

    assert method == result["method"]
    expected = math.sqrt(squares(errors) / (len(values) - estimated))
    assert expected == pytest.approx(result["residual_standard_deviation"], rel=1e-6)
    assert project(end, parameters.phi, 12) == pytest.approx(
        [row["value"] for row in result["forecasts"]]
    )


@pytest.mark.parametrize(
    ("values", "season_length", "method"),
    [([5] * 9, None, "naive"), (range(9), None, "holt"), ([9, 1, 5, 3] * 3, 4, "seasonal")],
)
def test_the_answer_says_how_it_started(
    values: Any, season_length: int | None, method: str
) -> None:
    """The method, its start and where the start is from are named."""
    result = answer(values, season_length=season_length)

    assert method == result["method"]
    assert f"method_{method}" in codes(result["outcome"].assumptions)
    assert "start" in " ".join(map(str, result["outcome"].assumptions))
    assert (season_length or 0) == len(result["initial"]["seasonal"])


def test_the_type_of_interval_is_said() -> None:
    """Prediction intervals, normal, with known parameters."""
    messages = answer(range(9))["outcome"].assumptions

    assert any("prediction intervals at confidence 0.95" in str(message) for message in messages)


def test_one_origin_is_not_much_and_is_said() -> None:
    """A horizon of 1 without a season leaves the choice to one point."""
    assert "few_origins" in codes(answer(noisy(30), horizon=1)["outcome"].warnings)
    assert "few_origins" not in codes(answer(noisy(30), horizon=5)["outcome"].warnings)


def test_a_forecast_below_zero_is_said() -> None:
    """What has never been negative and falls past 0 gets a warning; what has been, does not."""
    fall = [90 - 10 * i for i in range(9)]

    assert "negative_forecast" in codes(answer(fall)["outcome"].warnings)
    assert "negative_forecast" not in codes(answer([x - 50 for x in fall])["outcome"].warnings)


def test_months_are_no_gaps() -> None:
    """February is as far from March as January is from February."""
    ends = ["2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28"]
    series = [{"at": date.fromisoformat(at), "value": 1.0} for at in ends]
    outcome = forecast(series=series, horizon=3)

    assert outcome.result is not None
    assert ["2026-03-31", "2026-04-30", "2026-05-31"] == [
        row["at"] for row in outcome.result["forecasts"]
    ]


def test_a_gap_is_an_error() -> None:
    """A missing period is for the caller to fill; the pointer shows where."""
    series = monthly(range(10))
    del series[6]

    with pytest.raises(Refused, match="2020-07-01") as refused:
        forecast(series=series)
    assert ("/series/6/at", "inconsistent_inputs") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_hours_go_on_in_hours() -> None:
    """Moments are followed by moments with their offset."""
    start = datetime(2026, 1, 1, 22, tzinfo=UTC)
    series = [{"at": start + timedelta(hours=i), "value": 1.0} for i in range(6)]
    outcome = forecast(series=series, horizon=1)

    assert outcome.result is not None
    assert ("PT1H", "2026-01-02T04:00:00+00:00") == (
        outcome.result["step"],
        outcome.result["forecasts"][0]["at"],
    )


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=25), st.randoms(use_true_random=False))
def test_the_same_points_give_the_same_answer(values: list[int], random: Any) -> None:
    """Neither the listing nor chance has a say."""
    shuffled = monthly(values)
    random.shuffle(shuffled)

    assert answer(values, season_length=4) | {"outcome": None} == {
        **(forecast(series=shuffled, season_length=4).result or {}),
        "value": answer(values, season_length=4)["value"],
        "outcome": None,
    }


@settings(max_examples=25, derandomize=True, deadline=None)
@given(
    st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=25),
    st.sampled_from([2.0**-900, 2.0**900]),
)
def test_the_unit_does_not_matter(values: list[float], unit: float) -> None:
    """Thousands or billions: the same method, every forecast in the other unit."""
    plain, scaled = answer(values), answer([value * unit for value in values])

    assert plain["method"] == scaled["method"]
    assert [row["value"] * unit for row in plain["forecasts"]] == [
        row["value"] for row in scaled["forecasts"]
    ]


@settings(max_examples=25, derandomize=True, deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=25), st.sampled_from([None, 2, 4]))
def test_intervals_hold_the_forecast_and_widen(
    values: list[int], season_length: int | None
) -> None:
    """Further ahead is never surer."""
    rows = answer(values, season_length=season_length)["forecasts"]

    widths = [row["interval"]["high"] - row["interval"]["low"] for row in rows]
    assert all(later >= earlier * (1 - 1e-9) for earlier, later in pairwise(widths))
    for row in rows:
        middle = (row["interval"]["high"] + row["interval"]["low"]) / 2
        assert middle == pytest.approx(row["value"], abs=1e-9 * (1 + widths[-1]))


def test_a_missing_value_is_not_dropped() -> None:
    """A NaN among the points is refused where it stands."""
    with pytest.raises(Refused) as refused:
        answer([1.0, 2.0, math.nan, 4.0, 5.0])

    assert "/series/2/value" == refused.value.pointer


@pytest.mark.parametrize("values", [[1e300] * 6, [-1.7e308, 1.7e308] * 4])
def test_huge_values_are_out_of_range(values: list[float]) -> None:
    """What cannot be written is a reason, not a failure."""
    outcome = forecast(series=monthly(values))

    assert outcome.reason is not None
    assert (None, "out_of_range") == (outcome.value, outcome.reason.code)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=12),
    st.sampled_from([None, 2, 5, 366]),
    st.sampled_from([1, 7]),
    st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=3),
)
def test_every_series_has_an_answer(
    values: list[float], season_length: int | None, horizon: int, competitors: list[float]
) -> None:
    """Whatever the numbers, the answer is JSON, or there is a reason."""
    outcome = forecast(
        series=monthly(values),
        season_length=season_length,
        horizon=horizon,
        competitor_values=competitors,
    )

    assert (outcome.value is None) == (outcome.reason is not None)
    json.dumps([outcome.value, outcome.result], allow_nan=False)
    for message in (*outcome.assumptions, *outcome.warnings):
        assert "{" not in str(message)


def test_the_largest_series_is_answered_soon() -> None:
    """The longest series, season and horizon take under a second; the bound is for a slow one."""
    begun = perf_counter()
    outcome = forecast(series=daily(noisy(2_000, 366)), season_length=366, horizon=366)

    assert outcome.result is not None
    assert 366 == len(outcome.result["forecasts"])
    assert perf_counter() - begun < 10
