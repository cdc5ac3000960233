"""Who got how far, and how long did each step take them?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypedDict

from service.analytics.instants import SECONDS_PER_DAY, Instant, refuse_mixed

MAX_EVENTS = 100_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS_PER_DAY = SECONDS_PER_DAY * 1_000_000


class Event(TypedDict):
    """Somebody was seen at a stage."""

    who: str
    stage: str
    at: Instant


class Followed(NamedTuple):
    """The people counted at each stage, the days each of them took for each step.

    *others* is how many events were of a stage that the funnel does not have.
    """

    counts: list[int]
    days: list[list[float]]
    others: int


def follow(events: Sequence[Event], stages: Sequence[str], within_days: float | None) -> Followed:
    """Return how many people reached each of *stages*, one after the other.

    A person counts at a stage at their first event of it at or after the moment they
    counted at the stage before; of events at one instant the one listed first comes
    first.  With *within_days* only what happens that soon after the first stage counts.
    One event counts for one stage.  Time O(n log n) in the number of events.

    Raises:
        Refused: Dates and moments are mixed.
    """
    refuse_mixed((event["at"] for event in events), "/events")
    position = {name: i for i, name in enumerate(stages)}
    timed = [(_microseconds(event["at"]), event) for event in events if event["stage"] in position]
    others = len(events) - len(timed)
    timed.sort(key=lambda one: one[0])  # stable: the listed order decides between equals
    reached: dict[str, list[int]] = {}
    window = None if within_days is None else within_days * _MICROSECONDS_PER_DAY
    for at, event in timed:
        times = reached.setdefault(event["who"], [])
        if position[event["stage"]] != len(times):
            continue
        if not times or window is None or at - times[0] <= window:
            times.append(at)
    counts = [0] * len(stages)
    days: list[list[float]] = [[] for _ in stages[1:]]
    for times in reached.values():
        for i, at in enumerate(times):
            counts[i] += 1
            if i:
                days[i - 1].append((at - times[i - 1]) / _MICROSECONDS_PER_DAY)
    return Followed(counts, days, others)


def _microseconds(at: Instant) -> int:
    """Return *at* as a whole number, which sorts faster than moments with offsets do."""
    if isinstance(at, datetime):
        return (at - _EPOCH) // _MICROSECOND
    return at.toordinal() * _MICROSECONDS_PER_DAY
