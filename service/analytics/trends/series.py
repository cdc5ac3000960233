"""When was each value seen, and is anything missing between the first and the last?

A series arrives as points in any order.  Reading it puts them in order of time and refuses
what has no order: two values at one instant, a mix of dates and moments.  Laying it on a grid
finds the calendar step that reaches every point (months as the calendar counts them, else whole
days, else elapsed time), so that a missing period shows as a missing position.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from service.analytics.instants import Instant, refuse_mixed
from service.message import Message, Refused

MAX_POINTS = 2_000
"""The longest series: a trend compares every pair of its points."""

Unit: TypeAlias = Literal["month", "day", "microsecond"]

_MONTHS_PER_YEAR = 12
_WEEKS_PER_YEAR = 52
_DAYS_PER_WEEK = 7
_LONGEST_MONTH = 31
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_PER_SECOND = 1_000_000


@dataclass(frozen=True)
class Series:
    """Values in order of time; `listed[i]` is the place in the request of the i-th."""

    at: Sequence[Instant]
    values: Sequence[float]
    listed: Sequence[int]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What a reader must know about the order in which the points were listed."""
        if list(self.listed) == sorted(self.listed):
            return ()
        return (Message("sorted_by_time", "the points were not in order of time and were sorted"),)

    def latest(self, count: int | None) -> Series:
        """Return the last *count* points; all of them for None."""
        if count is None:
            return self
        return Series(self.at[-count:], self.values[-count:], self.listed[-count:])


def read_series(points: Sequence[Mapping[str, Any]]) -> Series:
    """Return the points, each an `at` and a `value`, in order of time.

    Raises:
        Refused: More than `MAX_POINTS`, a value that is not finite, dates mixed with moments,
            or two points at one instant.
    """
    if len(points) > MAX_POINTS:
        raise Refused(
            "/series",
            "too_many_items",
            "the series has {points} points and at most {limit} are computed at once;"
            " add them up to longer periods or send the latest ones",
            points=len(points),
            limit=MAX_POINTS,
        )
    for index, point in enumerate(points):
        if not math.isfinite(point["value"]):
            raise Refused(
                f"/series/{index}/value",
                "out_of_range",
                "the value at {at} is not a finite number; give the number or leave the point out",
                at=point["at"].isoformat(),
            )
    refuse_mixed((point["at"] for point in points), "/series")
    listed = sorted(range(len(points)), key=lambda index: points[index]["at"])
    for earlier, later in pairwise(listed):
        if points[earlier]["at"] == points[later]["at"]:
            raise Refused(
                f"/series/{later}/at",
                "inconsistent_inputs",
                "two points are given for {at}; keep one or add them up",
                at=points[later]["at"].isoformat(),
            )
    return Series(
        at=[points[index]["at"] for index in listed],
        values=[points[index]["value"] for index in listed],
        listed=listed,
    )


def unit_near(values: Sequence[float]) -> float:
    """Return a power of two near the largest of *values*.

    Measured in it, no digit changes and neither differences nor squares overflow.
    """
    return 2.0 ** (math.frexp(max(map(abs, values), default=0.0))[1] - 1)


@dataclass(frozen=True)
class Grid:
    """The regular steps on which all points of a series lie.

    *origin* and *step* count months, days or microseconds; `positions[i]` is how many steps
    point i is after the first.  *last* lends its time of day and offset to later points,
    *day_of_month* matters to months only; 31 is the last day of any month.
    """

    unit: Unit
    origin: int
    step: int
    positions: Sequence[int]
    last: Instant
    day_of_month: int

    @property
    def duration(self) -> str:
        """The step as an ISO 8601 duration: `P1M`, `P7D`, `PT1H`."""
        if self.unit == "month":
            years, months = divmod(self.step, _MONTHS_PER_YEAR)
            return f"P{self.step}M" if months else f"P{years}Y"
        if self.unit == "day":
            return f"P{self.step}D"
        for seconds, letter in ((3_600, "H"), (60, "M")):
            count, rest = divmod(self.step, seconds * _MICROSECONDS_PER_SECOND)
            if not rest:
                return f"PT{count}{letter}"
        return f"PT{self.step / _MICROSECONDS_PER_SECOND:.6f}".rstrip("0").rstrip(".") + "S"

    @property
    def periods_per_year(self) -> int | None:
        """How many steps make a year: 12, 4, 1 …, 52 of a week; None where no whole number does."""
        if self.unit == "month" and _MONTHS_PER_YEAR % self.step == 0:
            return _MONTHS_PER_YEAR // self.step
        if self.unit == "day" and self.step == _DAYS_PER_WEEK:
            return _WEEKS_PER_YEAR
        return None

    @property
    def missing(self) -> int:
        """How many positions from the first point to the last have none."""
        return self.positions[-1] + 1 - len(self.positions)

    @property
    def labels_period_ends(self) -> bool:
        """Whether the points carry the last day of their months, so that a period ends with it."""
        return self.unit == "month" and self.day_of_month == _LONGEST_MONTH

    def at(self, position: int) -> Instant | None:
        """Return the instant *position* steps after the first point; None past the year 9999."""
        count = self.origin + position * self.step
        try:
            if isinstance(self.last, datetime) and self.unit == "microsecond":
                return (_EPOCH + count * _MICROSECOND).astimezone(self.last.tzinfo)
            if self.unit == "month":
                year, month = divmod(count, _MONTHS_PER_YEAR)
                longest = monthrange(year, month + 1)[1]
                day = date(year, month + 1, min(self.day_of_month, longest))
            else:
                day = date.fromordinal(count)
        except (OverflowError, ValueError):
            return None
        return datetime.combine(day, self.last.timetz()) if isinstance(self.last, datetime) else day


def lay_on_grid(at: Sequence[Instant]) -> Grid | None:
    """Return the grid of instants in order of time, or None for fewer than two.

    The step is the longest that reaches every point, so a single stray date makes it short and
    the series full of gaps.  Points on one day of the month (or on the last day of a shorter
    month) are months, however many days lie between them.  Moments at one time of day on their
    own clocks are days or months, so that summer time does not break them.
    """
    if len(at) <= 1:
        return None
    days = _days_on_the_clock(at)
    if not days:
        moments = [(one - _EPOCH) // _MICROSECOND for one in at if isinstance(one, datetime)]
        return _grid("microsecond", moments, at[-1], _LONGEST_MONTH)
    lengths = [monthrange(day.year, day.month)[1] for day in days]
    day_of_month = max(day.day for day in days)
    if all(day.day == length for day, length in zip(days, lengths, strict=True)):
        day_of_month = _LONGEST_MONTH
    if all(d.day == min(day_of_month, length) for d, length in zip(days, lengths, strict=True)):
        months = [day.year * _MONTHS_PER_YEAR + day.month - 1 for day in days]
        return _grid("month", months, at[-1], day_of_month)
    return _grid("day", [day.toordinal() for day in days], at[-1], day_of_month)


def refuse_gaps(series: Series, grid: Grid) -> None:
    """Refuse a series with no value at some position of its grid.

    Raises:
        Refused: `inconsistent_inputs`, at the first point after a gap.
    """
    for (before, after), listed in zip(pairwise(grid.positions), series.listed[1:], strict=True):
        if after - before > 1:
            absent = grid.at(before + 1)
            raise Refused(
                f"/series/{listed}/at",
                "inconsistent_inputs",
                "the points are {step} apart (ISO 8601) and {missing} of them are missing,"
                " the first at {absent}; give every period, 0 where nothing happened,"
                " with dates at equal distances",
                step=grid.duration,
                missing=grid.missing,
                absent=absent.isoformat() if absent else "",
            )


def _grid(unit: Unit, counts: Sequence[int], last: Instant, day_of_month: int) -> Grid:
    """Return the grid of points that lie *counts* units after year 0 or 1970."""
    step = math.gcd(*(later - earlier for earlier, later in pairwise(counts)))
    positions = [(count - counts[0]) // step for count in counts]
    return Grid(unit, counts[0], step, positions, last, day_of_month)


def _days_on_the_clock(at: Sequence[Instant]) -> Sequence[date]:
    """Return the days of dates, or of moments at one time of day on their own clocks, or none."""
    days = [date.fromordinal(one.toordinal()) for one in at]
    times = {one.time() for one in at if isinstance(one, datetime)}
    # Offsets that jump can put two moments in order of time on one day, or on days out of order.
    in_order = all(earlier < later for earlier, later in pairwise(days))
    return days if len(times) <= 1 and in_order else []
