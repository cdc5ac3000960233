"""Which records had happened by a given day or moment?

A record carries a date or a moment; a window is given in dates or in moments,
whichever the caller has.  Two moments are compared exactly.  Otherwise the
calendar day decides, a moment standing for the day it is written with, and both
ends of a window belong to it.
"""

from __future__ import annotations

from datetime import datetime

from service.analytics.instants import Instant
from service.message import Refused


def is_after(one: Instant, other: Instant) -> bool:
    """Return whether *one* is later than *other*: exactly for two moments, else by the day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return one.toordinal() > other.toordinal()


def is_within(one: Instant, start: Instant | None, closing: Instant | None) -> bool:
    """Return whether *one* lies from *start* to *closing*; None leaves that side open."""
    return (start is None or not is_after(start, one)) and (
        closing is None or not is_after(one, closing)
    )


def closing_of(start: Instant | None, end: Instant | None, as_of: Instant | None) -> Instant | None:
    """Return the last day or moment observed, which a caller may name *end* or *as_of*.

    Raises:
        Refused: `inconsistent_inputs` when the two differ, or come before *start*.
    """
    if end is not None and as_of is not None and end != as_of:
        raise Refused(
            "/as_of",
            "inconsistent_inputs",
            "end and as_of both name the last day observed, and they differ; give one of them",
        )
    closing = as_of if end is None else end
    if start is not None and closing is not None and is_after(start, closing):
        raise Refused(
            "/start",
            "inconsistent_inputs",
            "start {start} is after the last day observed, {last}; give an earlier start",
            start=start.isoformat(),
            last=closing.isoformat(),
        )
    return closing
