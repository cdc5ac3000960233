"""A lead qualifies by its score or by what it did."""

from __future__ import annotations

from typing import Any

import pytest

from service.analytics.funnels.scoring import lead_score

WEIGHTS = {"pages_read": 2.0, "fits_profile": 30.0, "unsubscribed": -50.0}


def scored(signals: dict[str, float], **inputs: Any) -> dict[str, Any]:
    inputs = {"weights": WEIGHTS, "threshold": 50.0, "triggers": ["asked_for_a_call"]} | inputs
    result = lead_score(signals=signals, **inputs).result

    assert result is not None
    return dict(result)


@pytest.mark.parametrize(
    ("signals", "score", "decided_by"),
    [
        ({"pages_read": 10.0, "fits_profile": 1.0}, 50.0, ["score"]),
        ({"pages_read": 9.0, "fits_profile": 1.0}, 48.0, []),
        ({"pages_read": 10.0, "fits_profile": 1.0, "unsubscribed": 1.0}, 0.0, []),
        ({"asked_for_a_call": 1.0}, 0.0, ["trigger"]),
        ({"asked_for_a_call": 0.0}, 0.0, []),
        (
            {"pages_read": 10.0, "fits_profile": 1.0, "asked_for_a_call": 1.0},
            50.0,
            ["score", "trigger"],
        ),
        ({}, 0.0, []),
    ],
)
def test_what_decides(signals: dict[str, float], score: float, decided_by: list[str]) -> None:
    """At the threshold the score qualifies; a trigger qualifies whatever the score."""
    found = scored(signals)

    assert (score, decided_by, bool(decided_by)) == (
        found["score"],
        found["decided_by"],
        found["qualified"],
    )


def test_the_score_is_the_sum_of_its_points() -> None:
    """Every weight shows its points, the largest first, and they add up to the score."""
    found = scored({"pages_read": 10.0, "fits_profile": 1.0, "unsubscribed": 1.0})

    assert [("unsubscribed", -50.0), ("fits_profile", 30.0), ("pages_read", 20.0)] == [
        (row["name"], row["points"]) for row in found["contributions"]
    ]
    assert found["score"] == sum(row["points"] for row in found["contributions"])


def test_a_signal_that_is_missing_counts_as_nothing() -> None:
    """A weighted signal that is not given is shown as 0 and adds 0."""
    found = scored({}, weights={"pages_read": 2.0})

    assert [{"name": "pages_read", "signal": 0.0, "weight": 2.0, "points": 0.0}] == found[
        "contributions"
    ]


def test_rounding_does_not_disqualify() -> None:
    """0.7 + 0.1 qualifies at 0.8."""
    found = scored({"a": 1.0, "b": 1.0}, weights={"a": 0.7, "b": 0.1}, threshold=0.8)

    assert found["qualified"]


def test_a_trigger_named_twice_fires_once() -> None:
    """Triggers are a set, in the order given."""
    found = scored({"b": 1.0, "a": 2.0}, triggers=["b", "a", "b", "c"])

    assert ["b", "a"] == found["triggers_fired"]


def test_a_signal_without_weight_is_warned_about() -> None:
    """A signal that neither weighs nor triggers is probably misspelt."""
    outcome = lead_score(
        signals={"page_read": 3.0, "asked_for_a_call": 1.0},
        weights=WEIGHTS,
        threshold=1.0,
        triggers=["asked_for_a_call"],
    )

    assert ["signals_without_weight"] == [one.code for one in outcome.warnings]
    assert str(outcome.warnings[0]).endswith("to the score: page_read")
