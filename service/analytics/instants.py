"""Dates and instants: telling them apart, and the days between them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias

from service.message import Refused

Instant: TypeAlias = date
"""A calendar date, or a moment with an offset: a `datetime`, which is a `date`, never naive."""

SECONDS_PER_DAY = 86_400


def days_between(earlier: Instant, later: Instant) -> float:
    """Return the days from *earlier* to *later*: whole for dates, exact for moments."""
    return (later - earlier).total_seconds() / SECONDS_PER_DAY


def refuse_mixed(instants: Iterable[Instant], pointer: str) -> None:
    """Refuse a mix of dates and moments: they have no common order.

    Raises:
        Refused: `inconsistent_inputs`, at *pointer*.
    """
    if len({isinstance(one, datetime) for one in instants}) > 1:
        raise Refused(
            pointer,
            "inconsistent_inputs",
            "dates and times with an offset are mixed; give all as dates or all with an offset",
        )
