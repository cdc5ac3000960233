"""How much of a period has passed, in whole days with both ends counted?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from service.analytics.instants import Instant
from service.message import Refused

MAX_CURVE_DAYS = 36_525
"""The longest curve: a weight for each day of a century."""

_DAYS_PER_WEEK = 7
_WORKDAYS_PER_WEEK = 5


class Elapsed(NamedTuple):
    """The days of a period that count, those that have passed, and whether it has ended.

    *worth* is what the days passed weigh, in days of average weight: *days_elapsed*
    itself unless the days weigh differently.
    """

    days_total: int
    days_elapsed: int
    worth: float
    ended: bool


def elapsed(
    start: Instant,
    end: Instant,
    as_of: Instant,
    *,
    curve: Sequence[float] | None = None,
    business_days: bool = False,
) -> Elapsed:
    """Return how much of the period from *start* to *end* has passed when *as_of* is over.

    The day of *as_of* counts as passed: 20 April is day 20 of 30 of April.  A moment
    stands for the calendar day it is written with.  *curve* weighs each calendar day;
    *business_days* counts Monday to Friday.

    Raises:
        Refused: Dates out of order, a curve that does not fit, or nothing to count.
    """
    first, last, now = (calendar_day(one) for one in (start, end, as_of))
    if last < first:
        raise Refused(
            "/end",
            "inconsistent_inputs",
            "end {end} is before start {start}; swap them",
            end=last.isoformat(),
            start=first.isoformat(),
        )
    if now < first:
        raise Refused(
            "/as_of",
            "inconsistent_inputs",
            "as_of {as_of} is before start {start}: the period has not begun;"
            " give an as_of from start on",
            as_of=now.isoformat(),
            start=first.isoformat(),
        )
    if curve is not None and business_days:
        raise Refused(
            "/business_days",
            "inconsistent_inputs",
            "curve and business_days both weigh the days; give one of them",
        )
    until, ended = min(now, last), now >= last
    if business_days:
        return _of_business_days(first, last, until, ended=ended)
    days, passed = _days(first, last), _days(first, until)
    if curve is None:
        return Elapsed(days, passed, passed, ended)
    whole = _weight(curve, days)
    worth = days if ended else math.fsum(curve[:passed]) / whole * days
    return Elapsed(days, passed, worth, ended)


def _of_business_days(first: date, last: date, until: date, *, ended: bool) -> Elapsed:
    days, passed = _business_days(first, last), _business_days(first, until)
    if days == 0:
        raise Refused(
            "/business_days",
            "inconsistent_inputs",
            "no day from {start} to {end} is a business day; count calendar days instead",
            start=first.isoformat(),
            end=last.isoformat(),
        )
    return Elapsed(days, passed, passed, ended)


def _weight(curve: Sequence[float], days: int) -> float:
    """Return the weight of the whole *curve*, checked against the period."""
    if len(curve) != days:
        raise Refused(
            "/curve",
            "inconsistent_inputs",
            "curve has {count} weights and the period has {days} days; give one for each day",
            count=len(curve),
            days=days,
        )
    whole = math.fsum(curve)
    if whole <= 0:
        raise Refused(
            "/curve",
            "inconsistent_inputs",
            "every weight of curve is 0; give the days on which something is expected a weight",
        )
    return whole


def calendar_day(one: Instant) -> date:
    """Return the date that *one* is written with, whatever its offset."""
    return one.date() if isinstance(one, datetime) else one


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _business_days(first: date, last: date) -> int:
    """Return the Mondays to Fridays from *first* to *last*, both counted."""
    weeks, rest = divmod(_days(first, last), _DAYS_PER_WEEK)
    weekdays = ((first.weekday() + i) % _DAYS_PER_WEEK for i in range(rest))
    return weeks * _WORKDAYS_PER_WEEK + sum(day < _WORKDAYS_PER_WEEK for day in weekdays)
