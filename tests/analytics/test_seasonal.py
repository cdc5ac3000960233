"""Growth over the period before and over the same period a season earlier."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline import daily, monthly

from service.analytics.trends.seasonal import seasonal_growth
from service.message import Refused

POSITIVE = st.lists(st.floats(0.01, 1e6), min_size=14, max_size=40)


def growth(series: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    outcome = seasonal_growth(series=series, **options)
    assert outcome.result is not None
    return {**outcome.result, "value": outcome.value, "outcome": outcome}


def dated(values: list[float], *at: str) -> list[dict[str, Any]]:
    return [
        {"at": date.fromisoformat(one), "value": value}
        for one, value in zip(at, values, strict=True)
    ]


def codes(messages: Any) -> set[str]:
    return {message.code for message in messages}


@settings(max_examples=50, derandomize=True, deadline=None)
@given(POSITIVE, st.sampled_from([None, 4, 12, 13]))
def test_growth_as_pandas(values: list[float], season_length: int | None) -> None:
    """Period over period and year over year, where 12 months make the year unless told."""
    result = growth(monthly(values), season_length=season_length)
    series = pd.Series(values)

    for name, periods in (("period_over_period", 1), ("year_over_year", season_length or 12)):
        expected = series.pct_change(periods)
        found = [np.nan if row[name] is None else row[name] for row in result["periods"]]
        assert list(expected) == pytest.approx(found, rel=1e-9, abs=1e-12, nan_ok=True)
    assert result["periods"][-1]["year_over_year"] == result["value"]


def test_growth_by_hand() -> None:
    """120 after 100 a month ago and 80 a year ago: 20% and 50%, with both values beside them."""
    last = growth(monthly([80, *[90] * 10, 100, 120]))["last"]

    assert {
        "at": "2021-01-01",
        "value": 120.0,
        "complete": True,
        "previous_value": 100.0,
        "period_over_period": pytest.approx(0.2),
        "year_earlier_value": 80.0,
        "year_over_year": pytest.approx(0.5),
    } == last


@pytest.mark.parametrize(
    ("at", "season_length"),
    [
        (["2026-01-01", "2026-02-01"], 12),
        (["2026-01-31", "2026-02-28"], 12),
        (["2026-01-01", "2026-04-01"], 4),
        (["2025-01-01", "2026-01-01"], 1),
        (["2026-01-05", "2026-01-12"], 52),
        (["2026-01-05", "2026-01-06"], None),
    ],
)
def test_a_year_is_counted_in_the_periods_of_the_series(
    at: list[str], season_length: int | None
) -> None:
    """12 months, 4 quarters, 52 weeks; days do not make a whole season by themselves."""
    assert season_length == growth(dated([1.0, 2.0], *at))["season_length"]


def test_days_need_a_season_length() -> None:
    """Without one there is no year, and the answer asks for it; period over period stays."""
    result = growth(daily([1, 2]))

    assert "no_season" == result["outcome"].reason.code
    assert 1.0 == result["last"]["period_over_period"]


def test_years_grow_over_years() -> None:
    """For yearly points the period before is the year before."""
    last = growth(dated([50.0, 60.0], "2025-01-01", "2026-01-01"))["last"]

    assert 0.2 == pytest.approx(last["period_over_period"]) == last["year_over_year"]


def test_a_missing_period_is_no_base() -> None:
    """Growth never jumps a gap: from March to May there is none, and the gap is said."""
    series = monthly([100, 110, 121, 133, 146, 160])
    del series[3]
    result = growth(series)

    assert [None, pytest.approx(0.1), pytest.approx(0.1), None, pytest.approx(14 / 146)] == [
        row["period_over_period"] for row in result["periods"]
    ]
    assert "missing_periods" in codes(result["outcome"].warnings)


def test_a_gap_does_not_move_the_year() -> None:
    """The same month a year earlier is found by the calendar, not by counting points."""
    series = monthly(range(100, 113))
    del series[5]

    assert 0.12 == pytest.approx(growth(series)["value"])


@pytest.mark.parametrize(
    ("last_day", "as_of", "complete"),
    [
        ("2021-01-01", "2021-01-30", False),
        ("2021-01-01", "2021-01-31", True),
        ("2021-01-01", "2020-12-31", False),
        ("2021-01-01", "2022-06-01", True),
    ],
)
def test_a_month_is_complete_when_its_last_day_is_over(
    last_day: str,
    as_of: str,
    complete: bool,  # noqa: FBT001
) -> None:
    """The day of as_of counts as over; a month that is not complete has no growth."""
    result = growth(monthly([100] * 12 + [150]), as_of=date.fromisoformat(as_of))
    row = result["periods"][-1]

    assert (last_day, complete) == (row["at"], row["complete"])
    assert (0.5 if complete else None) == row["year_over_year"]
    assert complete == (result["last"] == row)
    assert complete == ("incomplete_periods" not in codes(result["outcome"].warnings))


def test_month_ends_close_their_months() -> None:
    """A point on 28 February is February, over on that day."""
    ends = ["2025-12-31", "2026-01-31", "2026-02-28"]
    result = growth(dated([1.0, 2.0, 3.0], *ends), as_of=date(2026, 2, 28))

    assert result["last"]["at"] == "2026-02-28"


def test_an_hour_is_complete_when_the_next_begins() -> None:
    """For moments the end is exact."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    series = [{"at": start + timedelta(hours=i), "value": i + 1.0} for i in range(3)]

    before = growth(series, as_of=start + timedelta(hours=2, minutes=59))
    after = growth(series, as_of=start + timedelta(hours=3))
    assert ("2026-01-01T01:00:00+00:00", "2026-01-01T02:00:00+00:00") == (
        before["last"]["at"],
        after["last"]["at"],
    )


def test_an_incomplete_period_is_no_base() -> None:
    """Nothing is compared with a period that is not over."""
    result = growth(monthly([100, 110, 120]), as_of=date(2020, 2, 15))

    assert [None, None, None] == [row["period_over_period"] for row in result["periods"]]
    assert [True, False, False] == [row["complete"] for row in result["periods"]]


def test_all_periods_count_without_as_of_and_that_is_said() -> None:
    """What cannot be known is stated."""
    assert "complete_periods" in codes(growth(monthly(range(1, 14)))["outcome"].assumptions)


def test_as_of_is_of_the_kind_of_the_series() -> None:
    """Dates are not compared with moments."""
    with pytest.raises(Refused) as refused:
        growth(monthly([1, 2]), as_of=datetime(2026, 1, 1, tzinfo=UTC))

    assert "/as_of" == refused.value.pointer


@pytest.mark.parametrize(
    ("series", "code"),
    [
        ([], "too_few_points"),
        (monthly([1]), "too_few_points"),
        (daily([1, 2]), "no_season"),
        (monthly([1] * 12), "too_few_points"),
        (monthly([0] + [1] * 12), "division_by_zero"),
        (monthly([-1] + [1] * 12), "non_positive_base"),
        (monthly([1e-300] * 12 + [1e300]), "out_of_range"),
        (monthly([1e300] * 13), "out_of_range"),
    ],
)
def test_no_growth_has_a_reason(series: list[dict[str, Any]], code: str) -> None:
    """Every missing growth says why."""
    outcome = seasonal_growth(series=series)

    assert outcome.reason is not None
    assert (None, code) == (outcome.value, outcome.reason.code)


def test_growth_from_a_base_to_zero_or_below() -> None:
    """Only the base must be above 0: a fall to nothing is −100%, to a loss more."""
    values = [row["period_over_period"] for row in growth(monthly([10, 0, 5, -5, 5]))["periods"]]

    assert [None, -1.0, None, -2.0, None] == values


@settings(max_examples=50, derandomize=True, deadline=None)
@given(POSITIVE, st.randoms(use_true_random=False))
def test_the_listing_does_not_matter(values: list[float], random: Any) -> None:
    """Shuffled points are the same series."""
    shuffled = monthly(values)
    random.shuffle(shuffled)

    assert growth(monthly(values))["periods"] == growth(shuffled)["periods"]


def test_a_missing_value_is_not_dropped() -> None:
    """A NaN among the points is refused where it stands."""
    with pytest.raises(Refused) as refused:
        growth(monthly([1.0, math.nan, 3.0]))

    assert "/series/1/value" == refused.value.pointer


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=12),
    st.sampled_from([None, 1, 5]),
    st.sampled_from([None, date(2026, 1, 3), date.min, date.max]),
)
def test_every_series_has_an_answer(
    values: list[float], season_length: int | None, as_of: date | None
) -> None:
    """Whatever the numbers, the answer is JSON, or there is a reason."""
    outcome = seasonal_growth(series=daily(values), season_length=season_length, as_of=as_of)

    assert (outcome.value is None) == (outcome.reason is not None)
    json.dumps([outcome.value, outcome.result], allow_nan=False)
    for message in (*outcome.assumptions, *outcome.warnings):
        assert "{" not in str(message)
