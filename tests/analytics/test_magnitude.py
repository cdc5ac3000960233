"""Numbers that no float holds are said to be out of range."""

from __future__ import annotations

import math
from typing import Any

import pytest

from service.analytics.magnitude import in_range, ratio, reaches, total
from service.outcome import Outcome


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan, 1e300, -1e300])
@pytest.mark.parametrize("place", ["value", "result", "deep"])
def test_no_number_out_of_range_is_answered(number: float, place: str) -> None:
    """Infinity, NaN and 1e300 are out of range wherever in the outcome they stand."""
    value = number if place == "value" else 1.0
    result: dict[str, Any] = {"value": number if place == "result" else 1.0}
    if place == "deep":
        result["rows"] = [{"share": 0.5}, {"parts": [number]}]
    outcome = in_range(lambda: Outcome(value, result))()

    assert (None, None) == (outcome.value, outcome.result)
    assert outcome.reason is not None
    assert "out_of_range" == outcome.reason.code


def test_an_overflow_is_out_of_range() -> None:
    """A sum that overflows on the way is out of range, too."""
    outcome = in_range(lambda: Outcome(math.exp(1e6)))()

    assert outcome.reason is not None
    assert "out_of_range" == outcome.reason.code


def test_opposite_infinities_have_no_total() -> None:
    """Two products beyond floats, one of either sign, are an overflow and not an error of type."""
    with pytest.raises(OverflowError):
        total([math.inf, -math.inf])


def test_what_is_in_range_is_left_alone() -> None:
    """An outcome of ordinary numbers, texts and gaps passes unchanged."""
    outcome = Outcome(9.9e299, {"a": None, "b": ["x", 1, True, {"c": -9.9e299}]})

    assert outcome is in_range(lambda: outcome)()


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 4, 0.25), (0, 4, 0.0), (1, 0, None), (0, 0, None), (1e200, 1e-200, None)],
)
def test_ratio(part: float, whole: float, expected: float | None) -> None:
    """There is no ratio to 0, not even of 0, and none beyond floats."""
    assert expected == ratio(part, whole)


@pytest.mark.parametrize(
    ("value", "bar", "expected"),
    [(50, 50, True), (49, 50, False), (0.7 + 0.1, 0.8, True), (0.8 - 1e-9, 0.8, False)],
)
def test_reaches_forgives_rounding_only(value: float, bar: float, *, expected: bool) -> None:
    """At the bar is enough, a rounding error below it too, anything less is not."""
    assert expected == reaches(value, bar)
