"""Variants, shares and effects that contradict themselves."""

from __future__ import annotations

from typing import Any

import pytest
from experiment_arms import counted, measured

from service.analytics.experiments.ab_test import ab_test
from service.message import Refused


@pytest.mark.parametrize("arm", [0, 1])
def test_more_conversions_than_visitors_are_refused(arm: int) -> None:
    """A rate over 1 is an error of the input, named at the variant."""
    arms = [(10, 100), (10, 100)]
    arms[arm] = (101, 100)
    with pytest.raises(Refused) as refusal:
        ab_test(variants=counted(*arms))

    assert (f"/variants/{arm}/conversions", "part_exceeds_whole") == (
        refusal.value.pointer,
        refusal.value.message.code,
    )


@pytest.mark.parametrize("share", [{"A": 0.5}, {"A": 0.5, "C": 0.5}, {"A": 0.5, "B": 0.6}])
def test_shares_that_do_not_fit_are_refused(share: dict[str, float]) -> None:
    """Every variant needs a share, no other has one, and they add up to 1."""
    with pytest.raises(Refused) as refusal:
        ab_test(variants=counted((1, 10), (2, 10)), expected_share=share)

    assert ("/expected_share", "inconsistent_inputs") == (
        refusal.value.pointer,
        refusal.value.message.code,
    )


def test_an_effect_in_percent_is_refused() -> None:
    """5 where 0.05 is meant is told so."""
    with pytest.raises(Refused, match=r"such as 0\.05") as refusal:
        ab_test(variants=counted((10, 100), (12, 100)), minimum_detectable_effect=5)

    assert "out_of_range" == refusal.value.message.code


def test_too_many_variants_are_refused() -> None:
    """101 variants are more than are compared."""
    variants = [{**counted((1, 10))[0], "name": str(index)} for index in range(101)]
    with pytest.raises(Refused, match="100") as refusal:
        ab_test(variants=variants)

    assert "too_many_items" == refusal.value.message.code


@pytest.mark.parametrize("arms", [[], [(1, 10)]])
def test_a_control_alone_is_refused(arms: list[tuple[int, int]]) -> None:
    """A test needs something to compare."""
    with pytest.raises(Refused) as refusal:
        ab_test(variants=counted(*arms))

    assert ("/variants", "missing") == (refusal.value.pointer, refusal.value.message.code)


def test_a_name_used_twice_is_refused() -> None:
    """Two variants of one name could not be told apart."""
    variants = [*counted((1, 10), (2, 10)), *counted((3, 10))]
    with pytest.raises(Refused) as refusal:
        ab_test(variants=variants)

    assert ("/variants/2/name", "inconsistent_inputs") == (
        refusal.value.pointer,
        refusal.value.message.code,
    )


@pytest.mark.parametrize(
    "change",
    [{"conversions": None}, {"value_mean": 1.0}, {"conversions": None, "value_mean": 1.0}],
)
def test_a_variant_with_half_its_figures_is_refused(change: dict[str, Any]) -> None:
    """Conversions, or a mean with its standard deviation, but not a mix."""
    control, arm = counted((1, 10), (2, 10))
    with pytest.raises(Refused) as refusal:
        ab_test(variants=[control, arm | change])

    assert "/variants/1" == refusal.value.pointer


def test_rates_and_means_are_not_compared() -> None:
    """All variants are measured like the control."""
    with pytest.raises(Refused, match="like the control") as refusal:
        ab_test(variants=[counted((1, 10))[0], measured((1, 1, 10), (1, 1, 10))[1]])

    assert "/variants/1" == refusal.value.pointer
