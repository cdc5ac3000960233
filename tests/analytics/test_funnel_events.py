"""People are counted at the stages they reach, in order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.funnels.events import follow

DAY = date(2026, 4, 1)


def event(stage: str, day: int, who: str = "an") -> Any:
    return {"who": who, "stage": stage, "at": DAY + timedelta(days=day)}


def by_the_definition(
    events: list[Any], stages: list[str], within_days: float | None
) -> tuple[list[int], list[list[float]]]:
    """Count each person by scanning all their events anew for every stage."""
    counts = [0] * len(stages)
    days: list[list[float]] = [[] for _ in stages[1:]]
    for who in dict.fromkeys(event["who"] for event in events):
        own = [(e["at"], i, e["stage"]) for i, e in enumerate(events) if e["who"] == who]
        times: list[Any] = []
        last = (date.min, -1)
        for k, stage in enumerate(stages):
            later = sorted((at, i) for at, i, name in own if name == stage and (at, i) > last)
            if within_days is not None and times:
                later = [(at, i) for at, i in later if (at - times[0]).days <= within_days]
            if not later:
                break
            last = later[0]
            times.append(last[0])
            counts[k] += 1
            if k:
                days[k - 1].append((times[k] - times[k - 1]).days)
    return counts, days


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.lists(
        st.builds(
            event, st.sampled_from("abcx"), st.integers(0, 6), st.sampled_from(["an", "bo", "ca"])
        ),
        max_size=25,
    ),
    st.none() | st.integers(0, 5),
)
def test_counted_as_defined(events: list[Any], within_days: int | None) -> None:
    """One pass over sorted events counts as the definition does, person by person."""
    counts, days = by_the_definition(events, ["a", "b", "c"], within_days)
    found = follow(events, ["a", "b", "c"], within_days)

    assert counts == found.counts
    assert [sorted(one) for one in days] == [sorted(one) for one in found.days]
    assert sum(event["stage"] == "x" for event in events) == found.others


def test_order_counts() -> None:
    """A purchase before the visit is no conversion of the visit."""
    assert [1, 0] == follow([event("b", 0), event("a", 1)], ["a", "b"], None).counts


@pytest.mark.parametrize(
    ("events", "counts"),
    [
        ([event("a", 0), event("b", 0)], [1, 1]),
        ([event("b", 0), event("a", 0)], [1, 0]),
    ],
)
def test_one_instant_is_read_as_listed(events: list[Any], counts: list[int]) -> None:
    """Of two events at one instant the one listed first came first."""
    assert counts == follow(events, ["a", "b"], None).counts


def test_the_window_opens_with_the_first_stage() -> None:
    """Within 5 days means of the first stage, not of the step before."""
    events = [event("a", 0), event("b", 4), event("c", 6)]

    assert [1, 1, 0] == follow(events, ["a", "b", "c"], 5).counts
    assert [1, 1, 1] == follow(events, ["a", "b", "c"], 6).counts


def test_moments_are_compared_across_offsets() -> None:
    """09:00 in Hanoi is before 03:00 in Greenwich of the same day."""
    hanoi = timezone(timedelta(hours=7))
    events: list[Any] = [
        {"who": "an", "stage": "b", "at": datetime(2026, 4, 1, 3, tzinfo=UTC)},
        {"who": "an", "stage": "a", "at": datetime(2026, 4, 1, 9, tzinfo=hanoi)},
    ]
    found = follow(events, ["a", "b"], None)

    assert ([1, 1], [[pytest.approx(1 / 24, rel=1e-12)]]) == (found.counts, found.days)
