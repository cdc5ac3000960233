"""How has each period grown over the one before it, and over the same one a season earlier?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from service.analytics.instants import Instant, refuse_mixed
from service.analytics.magnitude import in_range
from service.analytics.trends.series import Grid, Series, lay_on_grid, read_series
from service.message import Message
from service.outcome import Outcome

MAX_SEASON_LENGTH = 1_000

_DAY = timedelta(days=1)

_Row: TypeAlias = dict[str, Any]


@in_range
def seasonal_growth(
    *,
    series: Sequence[Mapping[str, Any]],
    season_length: int | None = None,
    as_of: Instant | None = None,
) -> Outcome:
    """Seasonal growth: the last complete period against the same one a season earlier.

        growth = (value − base) ÷ base

    with the value one period earlier as base for period over period, and *season_length* periods
    earlier for year over year; without it a year is 12 months, 4 quarters, 52 weeks.  A period
    missing from the series is no base, nor is one that is not over by *as_of*, and on a base of
    0 or less growth does not exist.

    Raises:
        Refused: A series that is too long or has two points at one instant; an *as_of* that is
            not of the same kind as its dates or moments.
    """
    points = read_series(series)
    if as_of is not None:
        refuse_mixed([*points.at, as_of], "/as_of")
    grid = lay_on_grid(points.at)
    length = season_length or (grid.periods_per_year if grid else None)
    rows = list(_rows(points, grid, length, as_of))
    complete = [row for row in rows if row["complete"]]
    last = complete[-1] if complete else None
    growth = last["year_over_year"] if last else None
    return Outcome(
        growth,
        result={
            "points": len(points),
            "step": grid.duration if grid else None,
            "season_length": length,
            "periods": rows,
            "last": last,
        },
        reason=None if growth is not None else _why_not(last, grid, length),
        assumptions=tuple(_assumptions(length, as_of)),
        warnings=(*points.warnings, *_warnings(grid, rows)),
    )


def _rows(
    points: Series, grid: Grid | None, season_length: int | None, as_of: Instant | None
) -> Iterator[_Row]:
    """Yield the growth of every period, None where there is no base to grow from."""
    positions = grid.positions if grid else range(len(points))
    values = dict(zip(positions, points.values, strict=True))
    for index, position in enumerate(positions):
        over = _is_over(points, grid, index, as_of)
        before = values.get(position - 1) if over else None
        earlier = values.get(position - season_length) if over and season_length else None
        yield {
            "at": points.at[index].isoformat(),
            "value": points.values[index],
            "complete": over,
            "previous_value": before,
            "period_over_period": _growth(points.values[index], before),
            "year_earlier_value": earlier,
            "year_over_year": _growth(points.values[index], earlier),
        }


def _is_over(points: Series, grid: Grid | None, index: int, as_of: Instant | None) -> bool:
    """Return whether a period has ended by *as_of*, a date of which counts as a whole day.

    A period ends with the last day of the month that it carries, else where the next one begins.
    """
    if as_of is None:
        return True
    if grid is None or grid.labels_period_ends:
        return points.at[index] <= as_of
    following = grid.at(grid.positions[index] + 1)
    if following is None:
        return False
    return following <= as_of if isinstance(as_of, datetime) else following - _DAY <= as_of


def _growth(value: float, base: float | None) -> float | None:
    return (value - base) / base if base is not None and base > 0 else None


def _why_not(last: _Row | None, grid: Grid | None, season_length: int | None) -> Message:
    """Return why the last complete period has no growth over the one a season earlier."""
    if last is None:
        return Message(
            "too_few_points", "the series has no complete period; give periods that are over"
        )
    if grid is None:
        return Message("too_few_points", "growth needs two periods and there is one; give more")
    if season_length is None:
        return Message(
            "no_season",
            "how many periods make a year cannot be told from the series; give season_length",
        )
    if last["year_earlier_value"] is None:
        return Message(
            "too_few_points",
            "the series has no period {season_length} periods before {at}, the last complete one;"
            " give it too",
            {"season_length": season_length, "at": last["at"]},
        )
    if last["year_earlier_value"] == 0:
        return Message(
            "division_by_zero",
            "the value a season before {at} is 0, so its growth is undefined",
            {"at": last["at"]},
        )
    return Message(
        "non_positive_base",
        "the value a season before {at} is below 0, so its growth is undefined;"
        " compare the difference instead",
        {"at": last["at"]},
    )


def _assumptions(season_length: int | None, as_of: Instant | None) -> Iterator[Message]:
    if season_length:
        yield Message(
            "season",
            "the value is year over year, which compares each period with the one"
            " {season_length} periods earlier",
            {"season_length": season_length},
        )
    if as_of is None:
        yield Message(
            "complete_periods",
            "every period is taken as complete; give as_of to leave out one that is not over",
        )


def _warnings(grid: Grid | None, rows: Sequence[_Row]) -> Iterator[Message]:
    if grid and grid.missing:
        yield Message(
            "missing_periods",
            "the points are {step} apart (ISO 8601) and {missing} of them are missing; growth"
            " from or to a missing one is left out",
            {"step": grid.duration, "missing": grid.missing},
        )
    incomplete = sum(not row["complete"] for row in rows)
    if incomplete:
        yield Message(
            "incomplete_periods",
            "periods that are not over and have no growth yet: {incomplete}",
            {"incomplete": incomplete},
        )
