"""Points in order of time, on the calendar step that reaches them all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.instants import Instant
from service.analytics.trends.series import Grid, lay_on_grid, read_series, refuse_gaps
from service.message import Refused


def points(*at: Instant) -> list[dict[str, Any]]:
    return [{"at": one, "value": float(index)} for index, one in enumerate(at)]


def grid_of(*at: Instant) -> Grid:
    grid = lay_on_grid(at)
    assert grid is not None
    return grid


def dates(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def moments(*texts: str) -> list[datetime]:
    return [datetime.fromisoformat(text) for text in texts]


def test_points_are_put_in_order_of_time() -> None:
    """The instants say the order, whatever the listing."""
    series = read_series(points(*dates("2026-03-01", "2026-01-01", "2026-02-01")))

    assert [1.0, 2.0, 0.0] == series.values
    assert [1, 2, 0] == series.listed


def test_a_changed_order_is_said() -> None:
    """A reader learns that the points were sorted; a listing in order needs no words."""
    listed = dates("2026-01-01", "2026-02-01")

    assert ["sorted_by_time"] == [one.code for one in read_series(points(*listed[::-1])).warnings]
    assert () == read_series(points(*listed)).warnings


def test_two_points_at_one_instant_are_refused() -> None:
    """A duplicate has no place in the order; the pointer names the second."""
    with pytest.raises(Refused) as refused:
        read_series(points(*dates("2026-02-01", "2026-01-01", "2026-02-01")))

    assert ("/series/2/at", "inconsistent_inputs") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_one_moment_in_two_offsets_is_a_duplicate() -> None:
    """An instant is the same wherever its clock hangs."""
    with pytest.raises(Refused, match="two points"):
        read_series(points(*moments("2026-01-01T07:00+07:00", "2026-01-01T00:00+00:00")))


def test_dates_and_moments_do_not_mix() -> None:
    """A day and a moment have no common order."""
    with pytest.raises(Refused) as refused:
        read_series(points(date(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC)))

    assert "/series" == refused.value.pointer


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_value_that_is_not_a_number_is_refused(value: float) -> None:
    """A missing value is not dropped in silence."""
    series = points(*dates("2026-01-01", "2026-01-02"))
    series[1]["value"] = value

    with pytest.raises(Refused) as refused:
        read_series(series)
    assert ("/series/1/value", "out_of_range") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_a_series_longer_than_can_be_compared_is_refused() -> None:
    """2,000 points are computed, 2,001 are not, and the message says how many may be."""
    start = date(2020, 1, 1)
    series = points(*(start + timedelta(days) for days in range(2_001)))

    assert 2_000 == len(read_series(series[:-1]))
    with pytest.raises(Refused, match="2000") as refused:
        read_series(series)
    assert "too_many_items" == refused.value.message.code


@pytest.mark.parametrize(
    ("at", "duration", "following"),
    [
        (["2026-01-01", "2026-01-02"], "P1D", "2026-01-03"),
        (["2026-01-05", "2026-01-12"], "P7D", "2026-01-19"),
        (["2026-01-01", "2026-02-01"], "P1M", "2026-03-01"),
        (["2026-01-15", "2026-02-15", "2026-03-15"], "P1M", "2026-04-15"),
        (["2026-01-31", "2026-02-28"], "P1M", "2026-03-31"),
        (["2025-12-30", "2026-01-30", "2026-02-28"], "P1M", "2026-03-30"),
        (["2026-02-28", "2026-03-31"], "P1M", "2026-04-30"),
        (["2028-02-29", "2028-03-31"], "P1M", "2028-04-30"),
        (["2026-04-30", "2026-06-30"], "P2M", "2026-08-31"),
        (["2026-01-01", "2026-04-01", "2026-07-01"], "P3M", "2026-10-01"),
        (["2026-03-31", "2026-06-30"], "P3M", "2026-09-30"),
        (["2025-01-01", "2026-01-01"], "P1Y", "2027-01-01"),
        (["2024-02-29", "2025-02-28"], "P1Y", "2026-02-28"),
        (["2024-01-01", "2026-01-01"], "P2Y", "2028-01-01"),
        (["2026-01-31", "2026-02-01"], "P1D", "2026-02-02"),
    ],
)
def test_the_step_of_dates_is_read_from_the_calendar(
    at: list[str], duration: str, following: str
) -> None:
    """Months are calendar months, on a day or at their ends; other distances are days."""
    grid = grid_of(*dates(*at))

    assert (duration, date.fromisoformat(following)) == (grid.duration, grid.at(len(at)))


@pytest.mark.parametrize(
    ("at", "duration", "following"),
    [
        (["2026-01-01T00:00+00:00", "2026-01-01T01:00+00:00"], "PT1H", "2026-01-01T02:00+00:00"),
        (["2026-01-01T00:00+00:00", "2026-01-01T00:15+00:00"], "PT15M", "2026-01-01T00:30+00:00"),
        (
            ["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01.500+00:00"],
            "PT1.5S",
            "2026-01-01T00:00:03+00:00",
        ),
        (["2026-03-28T00:00+01:00", "2026-03-29T00:00+01:00"], "P1D", "2026-03-30T00:00+01:00"),
        (["2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"], "P1D", "2026-03-31T00:00+02:00"),
        (["2026-03-01T00:00+01:00", "2026-04-01T00:00+02:00"], "P1M", "2026-05-01T00:00+02:00"),
        (["2026-01-01T09:30+07:00", "2026-01-08T09:30+07:00"], "P7D", "2026-01-15T09:30+07:00"),
        (["2026-01-01T00:00+00:00", "2026-01-02T12:00+00:00"], "PT36H", "2026-01-04T00:00+00:00"),
        # One day on two clocks: only the time between them counts.
        (["2026-01-01T00:00+07:00", "2026-01-01T00:00+00:00"], "PT7H", "2026-01-01T07:00+00:00"),
    ],
)
def test_the_step_of_moments_is_read_from_their_clocks(
    at: list[str], duration: str, following: str
) -> None:
    """A day at one time of day is a day though summer time begins; the rest is elapsed time."""
    grid = grid_of(*moments(*at))

    assert (duration, following) == (
        grid.duration,
        grid.at(len(at)).isoformat(timespec="minutes" if len(following) == 22 else "seconds"),
    )


def test_a_missing_month_is_a_missing_position() -> None:
    """The step is the longest that reaches every point, so a gap shows."""
    grid = grid_of(*dates("2026-01-01", "2026-02-01", "2026-05-01"))

    assert ([0, 1, 4], 2) == (grid.positions, grid.missing)


def test_gaps_are_refused_at_the_point_after_the_first() -> None:
    """The pointer is the place in the request and the message names the missing period."""
    series = read_series(points(*dates("2026-04-01", "2026-01-01", "2026-02-01")))

    with pytest.raises(Refused, match="2026-03-01") as refused:
        refuse_gaps(series, grid_of(*series.at))
    assert ("/series/0/at", "inconsistent_inputs") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_one_point_shows_no_step() -> None:
    """A distance needs two points."""
    assert lay_on_grid([date(2026, 1, 1)]) is None
    assert lay_on_grid([]) is None


@pytest.mark.parametrize(
    ("at", "periods"),
    [
        (["2026-01-01", "2026-02-01"], 12),
        (["2026-01-01", "2026-04-01"], 4),
        (["2025-01-01", "2026-01-01"], 1),
        (["2026-01-05", "2026-01-12"], 52),
        (["2026-01-01", "2026-01-02"], None),
        (["2026-01-01", "2026-06-01"], None),
    ],
)
def test_a_year_is_a_whole_number_of_periods_or_none(at: list[str], periods: int | None) -> None:
    """12 months, 4 quarters and 52 weeks make a year; days and five months do not."""
    assert periods == grid_of(*dates(*at)).periods_per_year


@pytest.mark.parametrize(
    "at",
    [
        dates("9999-11-01", "9999-12-01"),
        dates("9999-12-30", "9999-12-31"),
        moments("9999-12-31T22:00+00:00", "9999-12-31T23:00+00:00"),
    ],
)
def test_the_calendar_ends(at: list[Instant]) -> None:
    """Past the year 9999 there is no date, and no failure either."""
    assert grid_of(*at).at(2) is None


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), min_size=2, max_size=8, unique=True),
    st.sampled_from([None, UTC, timezone(timedelta(hours=-9, minutes=-30))]),
)
def test_a_grid_gives_back_the_points_it_was_laid_on(
    days: list[date], zone: timezone | None
) -> None:
    """Every point lies on its grid, and no longer step reaches them all."""
    at: list[Instant] = sorted(days)
    if zone:
        at = [datetime(day.year, day.month, day.day, 8, tzinfo=zone) for day in sorted(days)]
    grid = grid_of(*at)
    steps = [later - earlier for earlier, later in pairwise(grid.positions)]

    assert at == [grid.at(position) for position in grid.positions]
    assert not any(all(step % times == 0 for step in steps) for times in range(2, max(steps) + 1))
