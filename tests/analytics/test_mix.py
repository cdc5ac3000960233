"""Parts of a whole are ranked, and their shares add up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.analytics.breakdowns.mix import popular_devices, revenue_breakdown, traffic_mix
from service.outcome import Outcome

AMOUNTS = st.floats(0, 1e12)


def rows(outcome: Outcome, key: str) -> list[dict[str, Any]]:
    assert outcome.result is not None
    found: list[dict[str, Any]] = outcome.result[key]
    return found


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.dictionaries(st.text(max_size=3), AMOUNTS, min_size=1, max_size=30))
def test_shares_add_up_to_one(sources: Mapping[str, float]) -> None:
    """The shares of the traffic add up to 1, unless there is no traffic."""
    outcome = traffic_mix(sources=sources)
    shares = [row["share"] for row in rows(outcome, "sources")]

    if any(sources.values()):
        assert pytest.approx(1) == math.fsum(shares)
    else:
        assert [None] * len(sources) == shares


def test_a_mix_is_listed_by_size() -> None:
    """The largest comes first, with its rank, its count and its share."""
    outcome = popular_devices(devices={"tablet": 50.0, "phone": 750.0, "desktop": 200.0})

    assert [
        {"rank": 1, "name": "phone", "value": 750.0, "share": 0.75},
        {"rank": 2, "name": "desktop", "value": 200.0, "share": 0.2},
        {"rank": 3, "name": "tablet", "value": 50.0, "share": 0.05},
    ] == rows(outcome, "devices")
    assert (None, None) == (outcome.value, outcome.reason)


def test_equal_parts_share_a_rank() -> None:
    """Equal counts have one rank, stand by name, and the next rank is left out."""
    outcome = popular_devices(devices={"c": 1.0, "b": 5.0, "a": 5.0})

    assert [("a", 1), ("b", 1), ("c", 3)] == [
        (row["name"], row["rank"]) for row in rows(outcome, "devices")
    ]


@pytest.mark.parametrize(("organic", "expected"), [(501.0, "organic"), (500.0, None)])
def test_the_larger_part_is_more_than_half(organic: float, expected: str | None) -> None:
    """Organic search has the larger part of the traffic above a half, not at it (W18)."""
    outcome = traffic_mix(sources={"organic": organic, "direct": 1000.0 - organic})

    assert outcome.result is not None
    assert expected == outcome.result["majority"]


@pytest.mark.parametrize("sources", [{}, {"organic": 0.0, "direct": 0.0}])
def test_no_traffic_has_no_shares(sources: dict[str, float]) -> None:
    """Shares of nothing are undefined, and the reason says so."""
    outcome = traffic_mix(sources=sources)

    assert outcome.reason is not None
    assert "division_by_zero" == outcome.reason.code
    assert outcome.result is not None
    assert outcome.result["majority"] is None


def test_streams_are_compared_with_their_mean() -> None:
    """Streams of 70, 40 and 10 have a mean of 40: above, at and below it."""
    outcome = revenue_breakdown(streams={"shop": 70.0, "repairs": 40.0, "rent": 10.0})

    assert outcome.result is not None
    assert 40 == outcome.result["mean"]
    assert [("above", 30.0), ("at", 0.0), ("below", -30.0)] == [
        (row["compared_to_mean"], row["gap_to_mean"]) for row in rows(outcome, "streams")
    ]


def test_rounding_is_not_above_the_mean() -> None:
    """Three equal streams are at their mean, whatever a third of their sum rounds to."""
    streams = dict.fromkeys("abc", 0.1)
    outcome = revenue_breakdown(streams=streams)

    assert ["at"] * 3 == [row["compared_to_mean"] for row in rows(outcome, "streams")]


def test_a_stream_of_refunds_is_warned_about() -> None:
    """A negative stream makes the others' shares larger: they add up, and the answer warns."""
    outcome = revenue_breakdown(streams={"shop": 1.25, "rent": 0.25, "returns": -1.0})

    assert [2.5, 0.5, -2.0] == [row["share"] for row in rows(outcome, "streams")]
    assert ["negative_stream"] == [one.code for one in outcome.warnings]
    assert () == revenue_breakdown(streams={"shop": 150.0, "rent": 0.0}).warnings


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ({}, "division_by_zero"),
        ({"shop": 5.0, "returns": -5.0}, "division_by_zero"),
        ({"shop": 5.0, "returns": -6.0}, "non_positive_base"),
    ],
)
def test_shares_need_a_whole_above_zero(streams: dict[str, float], code: str) -> None:
    """A total of 0 or less has no shares."""
    outcome = revenue_breakdown(streams=streams)

    assert outcome.reason is not None
    assert code == outcome.reason.code
    assert [None] * len(streams) == [row["share"] for row in rows(outcome, "streams")]
