"""Churn by three conventions, side by side."""

from __future__ import annotations

from typing import Any

import pytest
from records import codes

from service.analytics.customers.churn import churn_by_convention
from service.message import Refused
from service.outcome import Outcome


def churn(start: float, end: float, new: float, lost: float) -> Outcome:
    return churn_by_convention(
        customers_at_start=start, customers_at_end=end, new_customers=new, customers_lost=lost
    )


def rates(outcome: Outcome) -> dict[str, Any]:
    assert outcome.result is not None
    return {row["name"]: row["rate"] for row in outcome.result["conventions"]}


def test_three_conventions_by_hand() -> None:
    """20 of 200 left while 60 came: a tenth of the start, of 220 on average, of 260 in all."""
    outcome = churn(200, 240, 60, 20)

    assert 0.1 == outcome.value
    assert {"by_start": 0.1, "by_mean": 20 / 220, "by_start_plus_new": 20 / 260} == rates(outcome)
    assert () == outcome.warnings


def test_every_rate_carries_its_counts() -> None:
    """Each row can be divided again."""
    outcome = churn(200, 240, 60, 20)
    assert outcome.result is not None

    for row in outcome.result["conventions"]:
        assert row["customers_lost"] / row["base"] == row["rate"]


def test_without_customers_at_start_the_others_remain() -> None:
    """A business that has just begun has no churn by start."""
    outcome = churn(0, 8, 10, 2)

    assert (None, "division_by_zero") == (outcome.value, outcome.reason and outcome.reason.code)
    assert {"by_start": None, "by_mean": 0.5, "by_start_plus_new": 0.2} == rates(outcome)


def test_without_any_customers_there_is_no_rate() -> None:
    """Four zeros have no rate by any convention."""
    outcome = churn(0, 0, 0, 0)

    assert {None} == set(rates(outcome).values())
    assert () == outcome.warnings


def test_more_lost_than_there_were_is_refused() -> None:
    """Nobody leaves who never came."""
    with pytest.raises(Refused) as refused:
        churn(10, 0, 5, 16)

    assert ("/customers_lost", "part_exceeds_whole") == (
        refused.value.pointer,
        refused.value.message.code,
    )


def test_losing_new_customers_too_is_told() -> None:
    """By start the rate passes 1, which is said."""
    outcome = churn(10, 3, 5, 12)

    assert (1.2, ["lost_new_customers"]) == (outcome.value, codes(outcome.warnings))


def test_counts_that_do_not_add_up_are_told() -> None:
    """Start plus new minus lost is the end."""
    assert ["counts_do_not_add_up"] == codes(churn(200, 239, 60, 20).warnings)


def test_fractions_that_add_up_are_not_blamed_for_rounding() -> None:
    """0.1 + 0.2 − 0 is 0.3."""
    assert () == churn(0.1, 0.3, 0.2, 0).warnings


def test_an_overflow_is_a_reason() -> None:
    """Counts beyond all numbers have no mean."""
    reason = churn(1.7e308, 1.7e308, 0, 1).reason

    assert "out_of_range" == (reason and reason.code)
